"""How times are said."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot import saying
from rooms.recurrence import read_rule
from tests.bot.forum import LANGUAGES, ROME
from tests.fakes.clock import NOON

EN, IT = LANGUAGES.of("en"), LANGUAGES.of("it")
LONDON, FIXED = ZoneInfo("Europe/London"), ZoneInfo("Etc/GMT-2")


def test_a_moment_is_said_with_weekday_date_hour_zone_and_distance() -> None:
    instant = datetime(2026, 11, 26, 17, 30, tzinfo=UTC)
    assert saying.moment_and_distance(instant, ROME, EN, NOON) == (
        "Thursday 26 November 2026, 18:30 Europe/Rome, in 2 days"
    )
    assert saying.moment_and_distance(instant, ROME, IT, NOON) == (
        "giovedì 26 novembre 2026, 18:30 Europe/Rome, tra 2 giorni"
    )


@pytest.mark.parametrize(
    ("left", "english", "italian"),
    [
        (timedelta(0), "now", "adesso"),
        (timedelta(seconds=15), "in 15 seconds", "tra 15 secondi"),
        (timedelta(minutes=1), "in 1 minute", "tra 1 minuto"),
        (timedelta(seconds=118), "in 2 minutes", "tra 2 minuti"),
        (timedelta(minutes=9, seconds=59.9), "in 10 minutes", "tra 10 minuti"),
        (timedelta(hours=1, minutes=40), "in 100 minutes", "tra 100 minuti"),
        (timedelta(hours=1), "in 1 hour", "tra 1 ora"),
        (timedelta(hours=11), "in 11 hours", "tra 11 ore"),
        (timedelta(hours=23), "tomorrow", "domani"),
        (timedelta(days=14), "in 14 days", "tra 14 giorni"),
        (timedelta(days=60), "in 2 months", "tra 2 mesi"),
    ],
)
def test_how_far_off_goes_by_the_calendar(left: timedelta, english: str, italian: str) -> None:
    assert saying.distance(NOON + left, ROME, EN, NOON) == english
    assert saying.distance(NOON + left, ROME, IT, NOON) == italian


def test_after_midnight_tomorrow_evening_is_tomorrow() -> None:
    late = datetime(2026, 11, 24, 22, 59, tzinfo=UTC)
    assert saying.distance(late + timedelta(hours=19), ROME, EN, late) == "tomorrow"
    assert (
        saying.distance(late + timedelta(hours=19), ROME, EN, late + 2 * timedelta(minutes=1))
        == "in 19 hours"
    )


def test_an_hour_that_the_clock_shows_twice_is_told_apart() -> None:
    first, second = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert saying.moment(first, ROME, EN).endswith("02:30 Europe/Rome (GMT+02:00)")
    assert saying.label(first, ROME, ROME, EN) != saying.label(second, ROME, ROME, EN)


def test_half_an_hour_west_of_greenwich_is_said_as_that() -> None:
    newfoundland = datetime(2026, 11, 1, 3, 30, tzinfo=UTC)
    assert saying.moment(newfoundland, ZoneInfo("America/St_Johns"), EN).endswith("(GMT-02:30)")


def test_a_label_names_only_a_zone_that_is_not_the_group_s() -> None:
    assert saying.label(NOON, ROME, ROME, EN) == "Tue 24 Nov 2026, 13:00"
    assert saying.label(NOON, LONDON, ROME, EN) == "Tue 24 Nov 2026, 12:00 Europe/London"
    assert saying.label(NOON, FIXED, ROME, IT) == "mar 24 nov 2026, 14:00 GMT+02:00"


@pytest.mark.parametrize(
    ("duration", "english", "italian"),
    [
        (timedelta(minutes=45), "45 minutes", "45 minuti"),
        (timedelta(hours=1), "1 hour", "1 ora"),
        (timedelta(minutes=90), "1 hour and 30 minutes", "1 ora e 30 minuti"),
        (timedelta(seconds=61), "1 minute and 1 second", "1 minuto e 1 secondo"),
        (timedelta(0), "0 seconds", "0 secondi"),
    ],
)
def test_lengths(duration: timedelta, english: str, italian: str) -> None:
    assert (saying.length(duration, EN), saying.length(duration, IT)) == (english, italian)


@pytest.mark.parametrize(
    ("rule", "english", "italian"),
    [
        ("FREQ=WEEKLY;BYDAY=TH", "every Thursday at 18:30", "ogni giovedì alle 18:30"),
        (
            "FREQ=WEEKLY;BYDAY=TH;COUNT=10",
            "every Thursday at 18:30, 10 times",
            "ogni giovedì alle 18:30, 10 volte",
        ),
        ("FREQ=DAILY;COUNT=1", "every day at 18:30, 1 time", "ogni giorno alle 18:30, 1 volta"),
        (
            "FREQ=WEEKLY;BYDAY=TH;UNTIL=20270630",
            "every Thursday at 18:30, until Wednesday 30 June 2027",
            "ogni giovedì alle 18:30, fino a mercoledì 30 giugno 2027",
        ),
        (
            "FREQ=WEEKLY;BYDAY=TH;UNTIL=20261217T172959Z",
            "every Thursday at 18:30, until Wednesday 16 December 2026",
            "ogni giovedì alle 18:30, fino a mercoledì 16 dicembre 2026",
        ),
        (
            "FREQ=YEARLY;BYYEARDAY=100;COUNT=3",
            "by the rule FREQ=YEARLY;BYYEARDAY=100;COUNT=3, at 18:30",
            "secondo la regola FREQ=YEARLY;BYYEARDAY=100;COUNT=3, alle 18:30",
        ),
    ],
)
def test_a_series_is_said_with_its_rhythm_its_hour_and_its_end(rule: str, english: str, italian: str) -> None:
    series = read_rule(rule, (NOON + timedelta(hours=6, minutes=30)).replace(tzinfo=None), ROME)
    assert (saying.recurrence(series, EN), saying.recurrence(series, IT)) == (english, italian)


def test_beside_a_talk_a_series_has_its_zone_where_that_is_another_and_is_usual_where_the_talk_is_not() -> (
    None
):
    weekly = read_rule("FREQ=WEEKLY;BYDAY=TH;COUNT=9", datetime(2026, 11, 26, 18, 30), ROME)  # noqa: DTZ001
    first = datetime(2026, 11, 26, 17, 30, tzinfo=UTC)
    for at, zone, said in (
        (first, ROME, "every Thursday at 18:30, 9 times"),
        (first, LONDON, "every Thursday at 18:30 Europe/Rome, 9 times"),
        (first + timedelta(weeks=3), ROME, "every Thursday at 18:30, 9 times"),
        (first + timedelta(days=1), ROME, "usually every Thursday at 18:30, 9 times"),
        (first + timedelta(hours=1), ROME, "usually every Thursday at 18:30, 9 times"),
    ):
        assert saying.recurrence_beside(weekly, at, zone, EN) == said
