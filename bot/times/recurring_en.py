"""The English words of series, beside those of single times and before them."""

from bot.times.lexemes import Entry, Kind

_WEEKDAYS = ("mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays")

ENTRIES: tuple[Entry, ...] = (
    Entry(Kind.EVERY, "every|each|every single|each and every|all|all the|evry|evey|evrey"),
    Entry(Kind.OTHER, "other|alternate|alternating"),
    *(Entry(Kind.WEEKDAYS, name, day) for day, name in enumerate(_WEEKDAYS)),
    Entry(
        Kind.WEEK_PART,
        "weekday|weekdays|week day|week days|workday|workdays|working day|working days|business day|"
        "business days",
        name="MO,TU,WE,TH,FR",
    ),
    Entry(Kind.WEEK_PART, "weekends|week ends", name="SA,SU"),
    Entry(Kind.RHYTHM, "daily|everyday|once a day|day after day", 1, "DAILY"),
    Entry(Kind.RHYTHM, "weekly|once a week|week after week", 1, "WEEKLY"),
    Entry(Kind.RHYTHM, "fortnightly|once a fortnight", 2, "WEEKLY"),
    Entry(Kind.RHYTHM, "monthly|once a month", 1, "MONTHLY"),
    Entry(Kind.RHYTHM, "quarterly|once a quarter|every quarter|each quarter", 3, "MONTHLY"),
    Entry(Kind.RHYTHM, "yearly|annually|annual|once a year", 1, "YEARLY"),
    Entry(Kind.RHYTHM, "biweekly|bi weekly|semiweekly", 0, "WEEKLY"),
    Entry(Kind.RHYTHM, "bimonthly|bi monthly", 0, "MONTHLY"),
    Entry(Kind.RHYTHM, "biannually|biannual", 0, "YEARLY"),
    Entry(Kind.PARTS, "mornings", name="MORNING"),
    Entry(Kind.PARTS, "afternoons", name="AFTERNOON"),
    Entry(Kind.PARTS, "evenings|nights", name="EVENING"),
    Entry(
        Kind.FROM,
        "from|from the|starting|starting from|starting on|starting in|beginning|beginning on|beginning in|"
        "as of|as from|commencing",
    ),
    Entry(
        Kind.UNTIL,
        "until|till|til|untill|up to|up until|up to and including|through|thru|ending|ending on|ending in",
    ),
    Entry(Kind.FILLER, "the end of|end of"),
    Entry(Kind.FEAST, "the end of the year|end of the year|end of year|year end", 3112),
    Entry(Kind.FOR, "for|for a total of|x"),
    Entry(Kind.TIMES, "times|sessions|episodes|occurrences|editions|talks|times in total|times in all"),
    Entry(
        Kind.FILLER,
        "repeat|repeats|repeated|repeating|recurring|regular|regularly|series|once|inclusive|included",
    ),
)
