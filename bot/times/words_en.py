"""The English vocabulary of times, but for the names of months and weekdays, which CLDR gives."""

from collections.abc import Iterator

from bot.times.lexemes import Entry, Kind

_UNITS = """
    zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|
    sixteen|seventeen|eighteen|nineteen
"""
_TENS = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 90: "ninety"}
_ORDINALS = """
    first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|
    fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty first|
    twenty second|twenty third|twenty fourth|twenty fifth|twenty sixth|twenty seventh|twenty eighth|
    twenty ninth|thirtieth|thirty first
"""


def _numbers() -> Iterator[Entry]:
    units = [unit.strip() for unit in _UNITS.split("|")]
    for value, word in enumerate(units):
        yield Entry(Kind.NUMBER, word, value)
    for tens, word in _TENS.items():
        yield Entry(Kind.NUMBER, word, tens)
        for unit in range(1, 10):
            yield Entry(Kind.NUMBER, f"{word} {units[unit]}|{word}{units[unit]}", tens + unit)
    for value, word in enumerate(_ORDINALS.split("|"), start=1):
        # "second" alone is a unit of time
        yield Entry(Kind.ORDINAL, "the second|second of" if word.strip() == "second" else word, value)


def _hundreds() -> Iterator[Entry]:
    """Hours as soldiers and radio say them: "eighteen hundred hours"."""
    units = [unit.strip() for unit in _UNITS.split("|")]
    names = (
        dict(enumerate(units)) | {20: "twenty"} | {20 + unit: f"twenty {units[unit]}" for unit in (1, 2, 3)}
    )
    for hour in range(13, 24):
        yield Entry(Kind.HOUR, f"{names[hour]} hundred|{names[hour]} hundred hours", hour)


_ARTICLES = ("", "a ", "an ", "the ", "this ", "our ", "my ")
_OCCASIONS = (
    *("talk", "room", "call", "event", "session", "show", "meeting", "chat", "conversation", "meetup"),
    *("interview", "debate", "one"),
)

ENTRIES: tuple[Entry, ...] = (
    *_numbers(),
    Entry(Kind.NUMBER, "a couple|a pair|couple", 2),
    Entry(Kind.NUMBER, "fourty", 40),
    Entry(Kind.ONE, "a|an", 1),
    Entry(Kind.SUFFIX, "st|nd|rd|th"),
    Entry(Kind.WEEKDAY, "tues", 1),
    Entry(Kind.WEEKDAY, "weds|wensday|wendsday|wenesday|wedensday", 2),
    Entry(Kind.WEEKDAY, "thur|thurs", 3),
    Entry(Kind.MONTH, "sept", 9),
    Entry(Kind.DAY, "the day before yesterday|day before yesterday", -2),
    Entry(Kind.DAY, "yesterday", -1),
    Entry(Kind.DAY, "today|later today", 0),
    Entry(Kind.DAY, "tomorrow|tmrw|tmr|tmw|tomo|tomoz|tomoro|tomorro", 1),
    Entry(Kind.DAY, "the day after tomorrow|day after tomorrow|overmorrow", 2),
    Entry(Kind.DAY, "day after tmrw|day after tmr|day after tmw|day after tomo|day after tomoz", 2),
    Entry(Kind.PART, "morning|early morning|late morning|mid morning|first thing", name="MORNING"),
    Entry(Kind.PART, "first thing in the morning", name="MORNING"),
    Entry(Kind.PART, "breakfast|breakfast time|at breakfast", name="MORNING"),
    Entry(Kind.PART, "lunch|lunchtime|lunch time|at lunch|at lunchtime|over lunch", name="LUNCH"),
    Entry(Kind.PART, "afternoon|early afternoon|late afternoon|mid afternoon|after lunch", name="AFTERNOON"),
    Entry(
        Kind.PART, "evening|early evening|late evening|night|late night|nigth|after dinner", name="EVENING"
    ),
    Entry(
        Kind.PART_OF, "in the morning|of the morning|in the early morning|in the late morning", name="MORNING"
    ),
    Entry(Kind.PART_OF, "in the afternoon|in the early afternoon|in the late afternoon", name="AFTERNOON"),
    Entry(Kind.PART_OF, "in the evening|of the evening|in the late evening", name="EVENING"),
    Entry(Kind.PART_OF, "at night|in the night|during the night", name="NIGHT"),
    Entry(Kind.PART_TODAY, "last night|yesterday night", -1, "EVENING"),
    Entry(Kind.PART_TODAY, "this morning", 0, "MORNING"),
    Entry(Kind.PART_TODAY, "this lunchtime", 0, "LUNCH"),
    Entry(Kind.PART_TODAY, "this afternoon|later this afternoon", 0, "AFTERNOON"),
    Entry(
        Kind.PART_TODAY,
        "this evening|later this evening|tonight|later tonight|tonite|this night",
        0,
        "EVENING",
    ),
    Entry(Kind.HOUR, "noon|midday|mid day|high noon", 12),
    Entry(Kind.HOUR, "midnight|mid night", 0),
    *_hundreds(),
    Entry(Kind.THIS, "this"),
    Entry(Kind.NEXT, "next|the next"),
    Entry(Kind.COMING, "coming|this coming|the coming|upcoming|the upcoming"),
    Entry(Kind.LAST, "last|previous"),
    Entry(Kind.THIS_WEEK, "this week"),
    Entry(Kind.NEXT_WEEK, "next week|the coming week|the following week"),
    Entry(Kind.WEEKEND, "weekend|week end"),
    Entry(Kind.SOME_MONTH, "this month|of this month", 0),
    Entry(Kind.SOME_MONTH, "next month|of next month|of the next month", 1),
    Entry(Kind.SOME_MONTH, "end of month|end of the month|the end of the month|month end", 0),
    Entry(Kind.SOME_YEAR, "this year|of this year", 0),
    Entry(Kind.SOME_YEAR, "next year|of next year", 1),
    Entry(Kind.FEAST, "christmas|christmas day|xmas", 2512),
    Entry(Kind.FEAST, "christmas eve|xmas eve", 2412),
    Entry(Kind.FEAST, "boxing day", 2612),
    Entry(Kind.FEAST, "new years eve|new year eve", 3112),
    Entry(Kind.FEAST, "new years day|new year day", 101),
    Entry(Kind.FEAST, "halloween", 3110),
    Entry(Kind.FEAST, "valentine day|valentines day|saint valentine day|st valentine day", 1402),
    Entry(Kind.IN, "in"),
    Entry(Kind.FROM, "from"),
    Entry(Kind.FROM_NOW, "from now|from right now|hence"),
    Entry(Kind.AGO, "ago"),
    Entry(Kind.UNIT, "second|seconds|sec|secs|s", 1, "second"),
    Entry(Kind.UNIT, "minute|minutes|min|mins|m", 60, "second"),
    Entry(Kind.UNIT, "hour|hours", 3600, "second"),
    Entry(Kind.HRS, "h|hr|hrs", 3600, "second"),
    Entry(Kind.UNIT, "day|days", 1, "day"),
    Entry(Kind.UNIT, "week|weeks|wk|wks", 7, "day"),
    Entry(Kind.UNIT, "fortnight|fortnights", 14, "day"),
    Entry(Kind.UNIT, "month|months", 1, "month"),
    Entry(Kind.UNIT, "year|years", 12, "month"),
    Entry(Kind.AT, "at|around|about|at around|at about|approximately|roughly"),
    Entry(Kind.OCLOCK, "oclock|sharp|on the dot"),
    Entry(Kind.MERIDIEM, "am", 0),
    Entry(Kind.MERIDIEM, "pm", 12),
    Entry(Kind.AND, "and"),
    Entry(Kind.OR, "or"),
    Entry(Kind.HALF, "half"),
    Entry(Kind.QUARTER, "quarter|quarters"),
    Entry(Kind.PAST, "past"),
    Entry(Kind.TO, "to|till|til|until"),
    Entry(Kind.TIME, "time|local time|timezone|time zone"),
    Entry(Kind.THE, "the"),
    Entry(Kind.OF, "of|on"),
    Entry(
        Kind.FILLER,
        """
        please|pls|plz|kindly|thanks|thank you|thank you very much|thanks a lot|thanks so much|
        many thanks|thx|cheers|hi|hello|hey|dear|good morning|good afternoon|good evening|everyone|
        everybody|hi all|hello all|hey all|you all|thanks all|folks|guys|friends|team|ok|okay|yes|yeah|yep|
        sure|right|well|so|then|ah|oh|um|for|let|us|lets|do|make|it|set|set it|put|schedule|schedule it|
        scheduled|plan|planned|book|start|starts|starting|begin|begins|beginning|meet|see|hear|
        could|can|would|will|shall|should|may we|may i|may be|might|we|you|i|i am|
        i m|we re|you re|we are|are|d|ll|ve|
        like|love|want|need|have|hold|had|like to|love to|want to|need to|going to|to schedule|
        to plan|to start|to begin|to do|to have|to hold|to set|to meet|to say|
        to talk|to go|to be|to see|to join|
        is|be|that|how|what|how about|what about|think|i was thinking|thinking|i was thinking of|
        thinking of|i was thinking about|thinking about|think about|think of|
        if|possible|maybe|perhaps|probably|ideally|preferably|prefer|prefer to|suggest|propose|hope|guess|
        works|work|suits|suit|great|good|fine|perfect|nice|best|better|cool|awesome|say|my|our|me|
        just|when|date|happen|happens|take place|takes place|go|goes|go for|go with|live|go live|
        going live|exactly|precisely|up|doing|there|here|lasts|lasting|long|
        early|late|bot|join|join us|sorry|meant|i mean|mean|
        with you|with me|with us|with everyone|with everybody|with all of you|
        have a good day|have a nice day|good day|good night
        """,
    ),
    Entry(Kind.SLIP, "thesday|tuersday"),
    Entry(
        Kind.BARRED,
        """
        every|each|daily|weekly|fortnightly|biweekly|monthly|yearly|hourly|nightly|before|after|by|except|
        not|dont|never|between|within|weekday|weekdays|mondays|tuesdays|wednesdays|thursdays|fridays|
        saturdays|sundays|mornings|evenings|nights|weekends|any|sometime|someday|soon|later|earlier|
        my time|your time|his time|her time|their time
        """,
    ),
    Entry(Kind.FILLER, "|".join(article + occasion for article in _ARTICLES for occasion in _OCCASIONS)),
)

ZONES: dict[str, str] = {
    "italian time": "Europe/Rome",
    "british time": "Europe/London",
    "greenwich mean time": "Etc/UTC",
    "irish time": "Europe/Dublin",
    "german time": "Europe/Berlin",
    "french time": "Europe/Paris",
    "swiss time": "Europe/Zurich",
    "polish time": "Europe/Warsaw",
    "greek time": "Europe/Athens",
    "indian time": "Asia/Kolkata",
    "japanese time": "Asia/Tokyo",
    "chinese time": "Asia/Shanghai",
    "nepali time|nepalese time": "Asia/Kathmandu",
    "israeli time": "Asia/Jerusalem",
    "eastern time|us eastern time|eastern|et": "America/New_York",
    "central time|us central time": "America/Chicago",
    "mountain time|us mountain time": "America/Denver",
    "pacific time|us pacific time|pacific|pt": "America/Los_Angeles",
}

PLACES: dict[str, str] = {
    "milan|naples|turin|florence|venice|bologna|genoa|palermo|bari|catania|verona|trieste": "Europe/Rome",
    "italy": "Europe/Rome",
    "uk|england|scotland|wales|britain": "Europe/London",
    "ireland": "Europe/Dublin",
    "france": "Europe/Paris",
    "germany": "Europe/Berlin",
    "switzerland": "Europe/Zurich",
    "austria": "Europe/Vienna",
    "poland": "Europe/Warsaw",
    "greece": "Europe/Athens",
    "india": "Asia/Kolkata",
    "nepal": "Asia/Kathmandu",
    "japan": "Asia/Tokyo",
    "china": "Asia/Shanghai",
    "israel": "Asia/Jerusalem",
    "st john": "America/St_Johns",
    "munich|frankfurt|hamburg|cologne": "Europe/Berlin",
    "geneva|bern|basel": "Europe/Zurich",
    "barcelona|seville": "Europe/Madrid",
    "marseille|lyon": "Europe/Paris",
    "edinburgh|glasgow|manchester|liverpool": "Europe/London",
    "the hague|rotterdam": "Europe/Amsterdam",
    "kiev": "Europe/Kyiv",
    "boston|washington|washington dc|miami|atlanta|philadelphia|nyc": "America/New_York",
    "houston|dallas|austin|new orleans": "America/Chicago",
    "san francisco|seattle|san diego|las vegas|california|la|sf": "America/Los_Angeles",
    "montreal|ottawa": "America/Toronto",
    "rio de janeiro|rio|brasilia": "America/Sao_Paulo",
    "mumbai|delhi|new delhi|bangalore|bengaluru|chennai|calcutta": "Asia/Kolkata",
    "beijing|shenzhen|guangzhou": "Asia/Shanghai",
    "osaka|kyoto": "Asia/Tokyo",
    "katmandu": "Asia/Kathmandu",
    "saigon": "Asia/Ho_Chi_Minh",
    "abu dhabi": "Asia/Dubai",
    "tel aviv": "Asia/Jerusalem",
    "ankara": "Europe/Istanbul",
    "saint petersburg|st petersburg": "Europe/Moscow",
    "cape town": "Africa/Johannesburg",
    "canberra": "Australia/Sydney",
    "wellington": "Pacific/Auckland",
}
