"""The Italian vocabulary of times, but for the names of months and weekdays, which CLDR gives."""

from collections.abc import Iterator

from bot.times.lexemes import Entry, Kind

_UNITS = """
    zero|uno|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici|tredici|quattordici|quindici|
    sedici|diciassette|diciotto|diciannove
"""
_TENS = {20: "venti", 30: "trenta", 40: "quaranta", 50: "cinquanta", 60: "sessanta", 90: "novanta"}


def _numbers() -> Iterator[Entry]:
    units = [unit.strip() for unit in _UNITS.split("|")]
    for value, word in enumerate(units):
        yield Entry(Kind.NUMBER, word, value)
    for tens, word in _TENS.items():
        yield Entry(Kind.NUMBER, word, tens)
        for unit in range(1, 10):
            stem = word[:-1] if unit in (1, 8) else word  # ventuno, ventotto
            yield Entry(Kind.NUMBER, f"{stem}{units[unit]}|{word} {units[unit]}", tens + unit)
            yield Entry(Kind.NUMBER, f"duemila{stem}{units[unit]}", 2000 + tens + unit)


_ARTICLES = ("", "un ", "una ", "il ", "la ", "lo ", "l ", "questo ", "questa ", "il nostro ", "la nostra ")
_OCCASIONS = (
    *("talk", "incontro", "appuntamento", "stanza", "evento", "chiacchierata", "conferenza", "riunione"),
    *("sessione", "puntata", "diretta", "chiamata", "conversazione", "dibattito", "intervista", "call"),
    *("meeting", "room"),
)

ENTRIES: tuple[Entry, ...] = (
    *_numbers(),
    Entry(Kind.NUMBER, "un|una", 1),
    Entry(Kind.NUMBER, "un paio|paio", 2),
    Entry(Kind.WEEKDAY, "mart", 1),
    Entry(Kind.WEEKDAY, "merc", 2),
    Entry(Kind.WEEKDAY, "giov", 3),
    Entry(Kind.WEEKDAY, "vener", 4),
    Entry(Kind.WEEKDAY, "dome", 6),
    Entry(Kind.ORDINAL, "primo|la prima", 1),
    Entry(Kind.ORDINAL, "seconda", 2),
    Entry(Kind.ORDINAL, "terzo|terza", 3),
    Entry(Kind.ORDINAL, "quarta", 4),
    Entry(Kind.DAY, "l altro ieri|altro ieri|avantieri|avant ieri|ieri l altro|altroieri", -2),
    Entry(Kind.DAY, "ieri", -1),
    Entry(Kind.DAY, "oggi|in giornata|ogi|ogg", 0),
    Entry(Kind.DAY, "domani", 1),
    Entry(Kind.DAY, "dopodomani|dopo domani|posdomani|domani l altro", 2),
    Entry(Kind.PART, "mattina|mattino|mattinata|prima mattina|tarda mattinata|tarda mattina", name="MORNING"),
    Entry(Kind.PART, "in tarda mattinata|a colazione|ora di colazione|all ora di colazione", name="MORNING"),
    Entry(
        Kind.PART,
        "pranzo|a pranzo|ora di pranzo|all ora di pranzo|pausa pranzo|in pausa pranzo",
        name="LUNCH",
    ),
    Entry(Kind.PART, "pomeriggio|primo pomeriggio|tardo pomeriggio|dopo pranzo|dopopranzo", name="AFTERNOON"),
    Entry(Kind.PART, "sera|serata|prima serata|in prima serata|tarda serata|tarda sera", name="EVENING"),
    Entry(Kind.PART, "in tarda serata|in tarda sera", name="EVENING"),
    Entry(Kind.PART, "cena|a cena|ora di cena|all ora di cena|dopo cena|dopocena", name="EVENING"),
    Entry(Kind.PART, "notte|nottata|notte fonda", name="NIGHT"),
    Entry(
        Kind.PART_OF,
        "di mattina|del mattino|della mattina|di mattino|al mattino|alla mattina|la mattina|in mattinata|"
        "nella mattinata",
        name="MORNING",
    ),
    Entry(
        Kind.PART_OF,
        "di pomeriggio|del pomeriggio|nel pomeriggio|al pomeriggio|il pomeriggio|nel primo pomeriggio|"
        "nel tardo pomeriggio",
        name="AFTERNOON",
    ),
    Entry(Kind.PART_OF, "di sera|della sera|alla sera|la sera|in serata|nella serata|serali", name="EVENING"),
    Entry(Kind.PART_OF, "di notte|della notte|la notte|nella notte", name="NIGHT"),
    Entry(
        Kind.PART_TODAY,
        "stamattina|stamani|stamane|questa mattina|sta mattina|questa mattinata",
        0,
        "MORNING",
    ),
    Entry(Kind.PART_TODAY, "questo pomeriggio|sto pomeriggio", 0, "AFTERNOON"),
    Entry(Kind.PART_TODAY, "stasera|questa sera|sta sera|questa serata", 0, "EVENING"),
    Entry(Kind.PART_TODAY, "stanotte|questa notte|sta notte", 0, "NIGHT"),
    Entry(Kind.PART_TODAY, "domattina", 1, "MORNING"),
    Entry(Kind.HOUR, "mezzogiorno|mezzo giorno|mezzodi", 12),
    Entry(Kind.HOUR, "mezzanotte|mezza notte", 0),
    Entry(Kind.HOUR, "l una", 1),
    Entry(Kind.THIS, "questo|questa"),
    Entry(Kind.NEXT, "prossimo|prossima|pross|prox"),
    Entry(
        Kind.COMING, "che viene|p v|pv|prossimo venturo|prossima ventura|entrante|venturo|ventura|in arrivo"
    ),
    Entry(Kind.LAST, "scorso|scorsa|passato|passata|ultimo|ultima"),
    Entry(Kind.THIS_WEEK, "questa settimana|settimana corrente|settimana in corso"),
    Entry(
        Kind.NEXT_WEEK,
        "settimana prossima|prossima settimana|settimana entrante|settimana che viene|settimana ventura",
    ),
    Entry(Kind.WEEK_LATER, "a otto|in otto", 7, "day"),
    Entry(Kind.WEEK_LATER, "a quindici", 14, "day"),
    Entry(Kind.WEEKEND, "weekend|week end|fine settimana|finesettimana"),
    Entry(Kind.SOME_MONTH, "questo mese|di questo mese|del mese corrente|corrente mese|del corrente mese", 0),
    Entry(Kind.SOME_MONTH, "mese prossimo|prossimo mese|mese che viene|mese entrante", 1),
    Entry(Kind.SOME_MONTH, "fine mese|fine del mese|la fine del mese", 0),
    Entry(Kind.SOME_YEAR, "quest anno|di quest anno|questo anno", 0),
    Entry(Kind.SOME_YEAR, "anno prossimo|prossimo anno|anno che viene|anno venturo", 1),
    Entry(Kind.FEAST, "natale|giorno di natale", 2512),
    Entry(Kind.FEAST, "vigilia di natale", 2412),
    Entry(Kind.FEAST, "santo stefano", 2612),
    Entry(Kind.FEAST, "san silvestro|vigilia di capodanno|ultimo dell anno", 3112),
    Entry(Kind.FEAST, "epifania|befana", 601),
    Entry(Kind.FEAST, "ferragosto", 1508),
    Entry(Kind.FEAST, "san valentino", 1402),
    Entry(Kind.FEAST, "ognissanti", 111),
    Entry(Kind.FEAST, "immacolata|giorno dell immacolata", 812),
    Entry(Kind.IN, "tra|fra|in|di qui a|da qui a"),
    Entry(Kind.FROM, "da|dalle|dall|a partire da|a partire dalle"),
    Entry(Kind.FROM_NOW, "da adesso|da ora|da questo momento|a partire da adesso|a partire da ora"),
    Entry(Kind.AGO, "fa|or sono"),
    Entry(Kind.UNIT, "secondo|secondi|sec|s", 1, "second"),
    Entry(Kind.UNIT, "minuto|minuti|min|m", 60, "second"),
    Entry(Kind.UNIT, "oretta", 3600, "second"),
    Entry(Kind.ORE, "ora|ore", 3600, "second"),
    Entry(Kind.HRS, "h|hh", 3600, "second"),
    Entry(Kind.UNIT, "giorno|giorni|gg", 1, "day"),
    Entry(Kind.UNIT, "settimana|settimane|sett", 7, "day"),
    Entry(Kind.UNIT, "mese|mesi", 1, "month"),
    Entry(Kind.UNIT, "anno|anni", 12, "month"),
    Entry(Kind.AT, "alle|all|a le|le|ale|alel|allle|sulle|delle|alla"),
    Entry(Kind.OCLOCK, "in punto|precise|esatte|esatti|esatta|spaccate"),
    Entry(Kind.MERIDIEM, "am|antimeridiane|antimeridiana", 0),
    Entry(Kind.MERIDIEM, "pm|pomeridiane|pomeridiana", 12),
    Entry(Kind.AND, "e|ed"),
    Entry(Kind.OR, "o|oppure|od|ovvero"),
    Entry(Kind.HALF, "mezza|mezzo|mezz"),
    Entry(Kind.QUARTER, "quarto|quarti"),
    Entry(Kind.LESS, "meno"),
    Entry(
        Kind.TIME_OF,
        "ora di|ore di|ora del|ora della|ora dell|ora d|ora locale di|orario di|fuso|fuso di|fuso orario|"
        "fuso orario di",
    ),
    Entry(Kind.NEAR, "a|ad"),
    Entry(Kind.THE, "il|lo|la|l|i"),
    Entry(Kind.OF, "di|del|della|dell|d|nel|nella"),
    Entry(
        Kind.FILLER,
        """
        per|per favore|per piacere|perfavore|per cortesia|cortesemente|gentilmente|grazie|grazie mille|
        grazie in anticipo|mille|ciao|salve|buongiorno|buonasera|buona sera|buon giorno|buon pomeriggio|
        ragazzi|raga|amici|gente|a tutti|ciao tutti|salve tutti|a tutti voi|tutti voi|ok|okay|si|dai|ecco|
        va bene|va|bene|benissimo|benone|ottimo|perfetto|prego|ti prego|vi prego|scusa|scusate|scusami|
        allora|direi|dire|diciamo|facciamo|facciamolo|farei|fare|farlo|fai|si fa|mettiamo|mettiamola|
        mettiamolo|mettila|mettilo|metti|mettere|fissiamo|fissa|fissare|fissato|programmiamo|programma|
        programmare|programmato|pianifica|pianificare|pianifichiamo|organizziamo|organizza|organizzare|
        prenota|prenotare|
        vorrei|voglio|vogliamo|vorremmo|volevo|volevamo|intendevo|penso|pensavo|pensiamo|pensavamo|pensate|
        preferirei|preferisco|preferiamo|preferirebbe|preferibilmente|meglio|propongo|proporrei|suggerisco|
        possiamo|puoi|potete|potremmo|potresti|potreste|potrebbe|potrebbe andare|andare|si puo|puo|
        si potrebbe|se possibile|se|possibile|magari|forse|probabilmente|spero|credo|
        che|che ne dite di|che ne dici di|che ne dite|che ne dici|che dite|cosa ne dite di|cosa ne dici di|
        che ne pensate di|che ne pensi di|ne|pensi|ci|vediamo|ci vediamo|vediamoci|vederci|si vede|
        sentiamoci|sentiamo|ci sentiamo|sentirci|troviamoci|troviamo|trovarci|incontriamoci|incontriamo|
        incontrarci|colleghiamo|colleghiamoci|collegarci|parliamo|parliamone|parlare|
        iniziamo|inizia|inizio|con inizio|iniziare|inizierei|inizierebbe|comincia|cominciamo|cominciare|
        parte|partiamo|partire|partenza|dura|durata|durera|durare|
        circa|ca|verso|intorno|attorno|quindi|noi|io|mi|me|voi|da parte mia|piacerebbe|
        in data|data|quando|orario|ora locale|orario locale|nella giornata di|presto|tardi|sul presto|
        sul tardi|buona serata|buona giornata|buona notte|buonanotte|a presto|andrebbe|andrebbe bene|vi|ti|
        va bene per|sara|sarebbe|sia|e possibile|siete|siamo|siete d accordo|d accordo|esattamente
        """,
    ),
    Entry(
        Kind.BARRED,
        """
        ogni|tutti i|tutte le|tutti|tutte|prima|dopo|entro|oltre|tranne|eccetto|non|mai|fino|settimanale|
        settimanali|quotidiano|poi|prossimi|prossime|qualche|qualsiasi|domenicale|feriale|feriali|festivi|
        i lunedi|i martedi|i mercoledi|i giovedi|i venerdi|i sabati|sabati|le domeniche|domeniche|
        al piu presto|il piu presto|domenico|martino|marco
        """,
    ),
    Entry(Kind.FILLER, "|".join(article + occasion for article in _ARTICLES for occasion in _OCCASIONS)),
)

ZONES: dict[str, str] = {
    "ora italiana|orario italiano|fuso italiano": "Europe/Rome",
    "ora inglese|ora britannica|orario inglese": "Europe/London",
    "ora irlandese": "Europe/Dublin",
    "ora tedesca|orario tedesco": "Europe/Berlin",
    "ora francese|orario francese": "Europe/Paris",
    "ora spagnola|orario spagnolo": "Europe/Madrid",
    "ora svizzera|orario svizzero": "Europe/Zurich",
    "ora greca|orario greco": "Europe/Athens",
    "ora giapponese": "Asia/Tokyo",
    "ora indiana": "Asia/Kolkata",
    "ora cinese": "Asia/Shanghai",
    "ora nepalese": "Asia/Kathmandu",
    "ora della california": "America/Los_Angeles",
    "ora di greenwich": "Etc/UTC",
}

PLACES: dict[str, str] = {
    "milano|napoli|torino|firenze|venezia|bologna|genova|palermo|bari|catania|verona|trieste|padova|pisa|cagliari|"
    "perugia|ancona|bergamo|brescia|parma|modena|lecce|trento|bolzano|rome|italia": "Europe/Rome",
    "inghilterra|scozia|galles|gran bretagna|regno unito": "Europe/London",
    "irlanda": "Europe/Dublin",
    "francia": "Europe/Paris",
    "germania": "Europe/Berlin",
    "svizzera": "Europe/Zurich",
    "austria": "Europe/Vienna",
    "polonia": "Europe/Warsaw",
    "grecia": "Europe/Athens",
    "india": "Asia/Kolkata",
    "nepal": "Asia/Kathmandu",
    "giappone": "Asia/Tokyo",
    "cina": "Asia/Shanghai",
    "israele": "Asia/Jerusalem",
    "st john": "America/St_Johns",
    "monaco di baviera|francoforte|amburgo|colonia|berlin": "Europe/Berlin",
    "ginevra|lugano|berna|basilea": "Europe/Zurich",
    "barcellona|siviglia": "Europe/Madrid",
    "marsiglia|lione|paris": "Europe/Paris",
    "edimburgo|glasgow|manchester|liverpool|london": "Europe/London",
    "rotterdam|l aia": "Europe/Amsterdam",
    "kiev": "Europe/Kyiv",
    "boston|washington|miami|atlanta|filadelfia|nyc": "America/New_York",
    "houston|dallas|austin|new orleans": "America/Chicago",
    "san francisco|seattle|san diego|las vegas": "America/Los_Angeles",
    "montreal|ottawa": "America/Toronto",
    "rio de janeiro|rio|brasilia|san paolo del brasile": "America/Sao_Paulo",
    "mumbai|delhi|nuova delhi|new delhi|bangalore|calcutta": "Asia/Kolkata",
    "pechino|shenzhen|canton": "Asia/Shanghai",
    "osaka|kyoto": "Asia/Tokyo",
    "katmandu": "Asia/Kathmandu",
    "saigon": "Asia/Ho_Chi_Minh",
    "abu dhabi": "Asia/Dubai",
    "tel aviv": "Asia/Jerusalem",
    "ankara": "Europe/Istanbul",
    "san pietroburgo": "Europe/Moscow",
    "citta del capo": "Africa/Johannesburg",
    "canberra": "Australia/Sydney",
    "wellington": "Pacific/Auckland",
}
