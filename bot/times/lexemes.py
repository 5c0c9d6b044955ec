"""What a word, a number or a sign of a phrase may mean: the alphabet of the grammar's rules."""

from dataclasses import dataclass
from enum import Enum, auto


class Kind(Enum):
    """The kinds of lexeme; each has a letter: a phrase is a string, and a rule a regular expression."""

    NUMBER = auto()
    CLOCK = auto()  # 18:30
    HOURED = auto()  # 9h20: an hour of the day or a length of time
    PAIR = auto()  # 18.30 or 18,30: an hour, a date or a fraction, as the rest decides
    DATE = auto()  # 26/11, 2026-11-26
    HOUR = auto()  # noon, midnight
    ONE = auto()  # a, an
    ORDINAL = auto()  # first, primo
    SUFFIX = auto()  # -th, °
    WEEKDAY = auto()
    MONTH = auto()
    DAY = auto()  # tomorrow
    PART = auto()  # evening
    PART_OF = auto()  # in the evening, di sera
    PARTS = auto()  # (Thursday) evenings
    PART_TODAY = auto()  # tonight, stasera
    THIS = auto()
    NEXT = auto()
    COMING = auto()
    LAST = auto()
    THIS_WEEK = auto()
    NEXT_WEEK = auto()
    WEEK_LATER = auto()  # (Friday) week, (venerdì) a otto
    FROM = auto()  # from, dalle
    WEEKEND = auto()
    SOME_MONTH = auto()  # (the 3rd of) next month
    SOME_YEAR = auto()  # (3 May of) next year
    FEAST = auto()  # Christmas; its number is the day times 100 plus the month
    IN = auto()
    FROM_NOW = auto()
    AGO = auto()
    UNIT = auto()
    AT = auto()
    ORE = auto()  # Italian: "ore 18" and "2 ore"
    HRS = auto()
    OCLOCK = auto()
    MERIDIEM = auto()
    AND = auto()
    HALF = auto()
    QUARTER = auto()
    PAST = auto()
    TO = auto()
    LESS = auto()
    OR = auto()
    ZONE = auto()  # Europe/Rome, CET
    PLACE = auto()  # London
    NAME = auto()  # Sofia: a place, but just as well a person or a word
    TIME_OF = auto()  # ora di (Londra)
    TIME = auto()  # (London) time
    NEAR = auto()  # Italian "a" (Londra)
    THE = auto()
    OF = auto()
    DASH = auto()
    COMMA = auto()
    FILLER = auto()  # please
    EVERY = auto()
    OTHER = auto()  # (every) other (Thursday), (un giovedì) sì e uno no
    WEEKDAYS = auto()  # Thursdays
    WEEK_PART = auto()  # weekdays, giorni feriali; its name is a BYDAY of RFC 5545
    RHYTHM = auto()  # fortnightly; its name is a FREQ of RFC 5545, its number counts them, 0 in doubt
    SINCE = auto()  # Italian "dal", which is no hour's as "dalle" is
    UNTIL = auto()  # in series; elsewhere it may as well be a range: TO
    FOR = auto()  # for (ten weeks)
    TIMES = auto()  # (ten) times
    SLIP = auto()  # thesday: of two words, and nobody can tell of which
    BARRED = auto()  # known to change the meaning in a way that one talk cannot have: every, after, not

    @property
    def letter(self) -> str:
        """One character for the kind, without a meaning in regular expressions."""
        return chr(0xE000 + self.value)


@dataclass(frozen=True)
class Lexeme:
    """A piece of the phrase with its meaning: `number` and `name` carry what the kind needs."""

    kind: Kind
    text: str
    number: int = 0
    name: str = ""


@dataclass(frozen=True)
class Entry:
    """One meaning of the vocabulary and the ways to say it, separated by `|`, unaccented, in lower case."""

    kind: Kind
    words: str
    number: int = 0
    name: str = ""

    def phrases(self) -> list[tuple[str, ...]]:
        """Each way to say it, as the sequence of its words."""
        return [tuple(words.split()) for words in self.words.split("|")]
