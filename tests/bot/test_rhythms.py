"""Rhythms are said as people would say them, so that what was said can be written again."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot import saying
from bot.rhythms import rhythm
from bot.times import Every, read_recurrence
from bot.words import Words
from rooms.recurrence import read_rule
from rooms.rule_reading import read_rule_text
from tests.bot.forum import LANGUAGES

ROME = ZoneInfo("Europe/Rome")
TUESDAY = datetime(2026, 11, 24, 8, tzinfo=UTC)
EN, IT = LANGUAGES.of("en"), LANGUAGES.of("it")
SAID = [
    ("FREQ=DAILY", "every day", "ogni giorno"),
    ("FREQ=DAILY;INTERVAL=3", "every 3 days", "ogni 3 giorni"),
    ("FREQ=WEEKLY;BYDAY=TH", "every Thursday", "ogni giovedì"),
    ("FREQ=WEEKLY;BYDAY=MO,TH", "every Monday and Thursday", "ogni lunedì e giovedì"),
    ("FREQ=WEEKLY;BYDAY=SA,SU", "every Saturday and Sunday", "ogni sabato e domenica"),
    (
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        "every week from Monday to Friday",
        "ogni settimana da lunedì a venerdì",
    ),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "every second Tuesday", "ogni due settimane di martedì"),
    (
        "FREQ=WEEKLY;INTERVAL=3;BYDAY=TU,SU",
        "every 3 weeks on Tuesday and Sunday",
        "ogni 3 settimane di martedì e domenica",
    ),
    ("FREQ=MONTHLY;BYDAY=1MO", "on the first Monday of every month", "ogni primo lunedì del mese"),
    (
        "FREQ=MONTHLY;BYDAY=1SU,3SU",
        "on the first Sunday and third Sunday of every month",
        "ogni prima domenica e terza domenica del mese",
    ),
    ("FREQ=MONTHLY;BYDAY=-1FR", "on the last Friday of every month", "ogni ultimo venerdì del mese"),
    (
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR",
        "every 2 months on the last Friday",
        "ogni 2 mesi, ultimo venerdì,",
    ),
    ("FREQ=MONTHLY;BYMONTHDAY=15", "on day 15 of every month", "il giorno 15 di ogni mese"),
    ("FREQ=MONTHLY;BYMONTHDAY=1,15", "on days 1 and 15 of every month", "i giorni 1 e 15 di ogni mese"),
    ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15", "every 3 months on day 15", "ogni 3 mesi il giorno 15"),
    ("FREQ=MONTHLY;BYMONTHDAY=-1", "on the last day of every month", "ogni ultimo giorno del mese"),
    (
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "on the last working day of every month",
        "ogni ultimo giorno lavorativo del mese",
    ),
    ("FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=8", "every year on 8 May", "ogni 8 maggio"),
    ("FREQ=YEARLY;INTERVAL=2;BYMONTH=5;BYMONTHDAY=8", "every 2 years on 8 May", "ogni 2 anni, 8 maggio,"),
    (
        "FREQ=YEARLY;BYMONTH=5;BYDAY=2SU",
        "every year on the second Sunday of May",
        "ogni seconda domenica di maggio",
    ),
]


@pytest.mark.parametrize(("rule", "english", "italian"), SAID)
def test_a_rhythm_is_said_in_both_languages(rule: str, english: str, italian: str) -> None:
    assert rhythm(read_rule_text(rule), EN) == english
    assert rhythm(read_rule_text(rule), IT) == italian


def test_days_that_not_every_month_has_are_said_to_be_such() -> None:
    rule = read_rule_text("FREQ=MONTHLY;BYMONTHDAY=30,31")
    assert rhythm(rule, EN) == "on days 30 and 31 of every month that has them"
    assert rhythm(rule, IT) == "i giorni 30 e 31 dei mesi che li hanno"


@pytest.mark.parametrize("words", [EN, IT], ids=["en", "it"])
@pytest.mark.parametrize("rule", [rule for rule, *_ in SAID])
@pytest.mark.parametrize("end", ["", ";COUNT=10", ";UNTIL=20290630T215959Z"])
def test_what_is_said_is_read_back_as_the_same(rule: str, end: str, words: Words) -> None:
    series = read_rule(rule + end, datetime(2026, 11, 24, 18, 30), ROME)  # noqa: DTZ001
    said = saying.recurrence(series, words)
    answer = read_recurrence(said, now=TUESDAY, zone=ROME, language=words.language)
    assert isinstance(answer, Every)
    assert answer.recurrence == series


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=5",
        "FREQ=WEEKLY;BYMONTH=5;BYDAY=TH",
        "FREQ=WEEKLY;BYDAY=MO,TH;BYSETPOS=1",
        "FREQ=MONTHLY;BYDAY=TH",
        "FREQ=MONTHLY;BYDAY=-2FR",
        "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
        "FREQ=MONTHLY;BYMONTHDAY=1,-1",
        "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=31",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=YEARLY;BYMONTH=5,6;BYMONTHDAY=1",
        "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=-1",
        "FREQ=YEARLY;BYDAY=20MO",
    ],
)
def test_a_rhythm_that_nobody_would_say_is_left_to_its_rule(rule: str) -> None:
    assert rhythm(read_rule_text(rule), EN) is None
