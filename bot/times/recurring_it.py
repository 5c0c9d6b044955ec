"""The Italian words of series, beside those of single times and before them."""

from bot.times.lexemes import Entry, Kind

_WEEKDAYS = ("i lunedi", "i martedi", "i mercoledi", "i giovedi", "i venerdi", "i sabati", "le domeniche")

ENTRIES: tuple[Entry, ...] = (
    Entry(
        Kind.EVERY,
        "ogni|ogni singolo|ogni singola|ogni santo|ogni santa|tutti i|tutti gli|tutte le|tutti|tutte|ciascun|"
        "ciascuna",
    ),
    Entry(Kind.EVERY, "ongi|ogn|oggni|tuti i|tutt i"),
    Entry(
        Kind.OTHER,
        "si e uno no|si e una no|si e l altro no|si e l altra no|si uno no|si una no|si e no|alterni|alterne",
    ),
    *(Entry(Kind.WEEKDAYS, name, day) for day, name in enumerate(_WEEKDAYS)),
    Entry(Kind.WEEKDAYS, "i sabato|sabati|tutti sabati", 5),
    Entry(Kind.WEEKDAYS, "domeniche", 6),
    Entry(
        Kind.WEEK_PART,
        "giorno feriale|giorni feriali|nei giorni feriali|i giorni feriali|feriali|nei feriali|"
        "giorno lavorativo|giorni lavorativi|nei giorni lavorativi|i giorni lavorativi",
        name="MO,TU,WE,TH,FR",
    ),
    Entry(
        Kind.WEEK_PART,
        "i weekend|nei weekend|i week end|nei week end|i fine settimana|nei fine settimana|weekends",
        name="SA,SU",
    ),
    Entry(
        Kind.RHYTHM,
        "quotidianamente|quotidiano|quotidiana|giornaliero|giornaliera|giornalmente|una volta al giorno",
        1,
        "DAILY",
    ),
    Entry(Kind.RHYTHM, "a giorni alterni", 2, "DAILY"),
    Entry(
        Kind.RHYTHM,
        "settimanale|settimanali|settimanalmente|una volta a settimana|una volta alla settimana",
        1,
        "WEEKLY",
    ),
    Entry(Kind.RHYTHM, "quindicinale|quindicinali|quindicinalmente|a settimane alterne", 2, "WEEKLY"),
    Entry(Kind.RHYTHM, "mensile|mensili|mensilmente|una volta al mese", 1, "MONTHLY"),
    Entry(Kind.RHYTHM, "bimestrale|bimestralmente|a mesi alterni", 2, "MONTHLY"),
    Entry(Kind.RHYTHM, "trimestrale|trimestralmente|ogni trimestre", 3, "MONTHLY"),
    Entry(Kind.RHYTHM, "semestrale|semestralmente|ogni semestre", 6, "MONTHLY"),
    Entry(Kind.RHYTHM, "annuale|annualmente|una volta all anno|una volta l anno", 1, "YEARLY"),
    Entry(Kind.RHYTHM, "bisettimanale|bisettimanalmente", 0, "WEEKLY"),
    Entry(Kind.RHYTHM, "bimensile|bimensilmente", 0, "MONTHLY"),
    Entry(Kind.PARTS, "mattine|mattinate", name="MORNING"),
    Entry(Kind.PARTS, "pomeriggi", name="AFTERNOON"),
    Entry(Kind.PARTS, "sere", name="EVENING"),
    Entry(Kind.PARTS, "notti", name="NIGHT"),
    Entry(Kind.ORDINAL, "primi|prime|prima", 1),
    Entry(Kind.ORDINAL, "terzi|terze", 3),
    Entry(Kind.ORDINAL, "quinto|quinta", 5),
    Entry(Kind.LAST, "ultimi|ultime"),
    Entry(Kind.NEXT, "prossimi|prossime|i prossimi|le prossime"),
    Entry(
        Kind.FROM,
        "da|dalla|dalle|dall|a partire|a partire da|a partire dalla|a partire dalle|a partire dall|"
        "partendo da|iniziando da|cominciando da|con inizio da",
    ),
    Entry(
        Kind.SINCE,
        "dal|a partire dal|partendo dal|iniziando dal|cominciando dal|con inizio dal|con inizio il",
    ),
    Entry(Kind.UNTIL, "fino|fino a|fino ad|fino al|fino all|fino alla|sino|sino a|sino ad|sino al|sino all"),
    Entry(Kind.UNTIL, "sino alla|fin|fin al|fino a tutto"),
    Entry(Kind.TO, "al"),
    Entry(Kind.FILLER, "fine|fine di|la fine di|fine del|la fine del|la fine dell"),
    Entry(Kind.FEAST, "fine anno|la fine dell anno|fine dell anno", 3112),
    Entry(Kind.FOR, "per|per un totale di|per i|per le|x"),
    Entry(Kind.TIMES, "volte|volta|puntate|incontri|edizioni|serate|appuntamenti|sessioni|episodi|talk"),
    Entry(Kind.FILLER, "si ripete|ripetuto|ripetuta|ripeti|ripetere|ripetiamo|ricorrente|serie|una volta"),
    Entry(Kind.FILLER, "compreso|compresa|incluso|inclusa"),
)
