"""Hours that clocks skip or show twice are asked about, never moved."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.times import Doubt, Question, When
from bot.times.moments import instants
from tests.bot.times.saying import Scene, scene


def _eve(day: str, zone: str) -> Scene:
    return scene(f"{day} 10:00 {zone}")


@pytest.mark.parametrize(
    ("eve", "zone", "hour", "gap"),
    [
        ("2027-03-27", "Europe/Rome", "02:30", 60),
        ("2027-03-27", "Europe/Rome", "02:00", 60),
        ("2027-10-02", "Australia/Lord_Howe", "02:15", 30),
        ("2027-03-13", "America/St_Johns", "02:30", 60),
        ("2027-03-13", "America/New_York", "02:59", 60),
    ],
)
def test_a_skipped_hour_is_asked_about_with_the_hour_before_and_after(
    eve: str, zone: str, hour: str, gap: int
) -> None:
    where = _eve(eve, zone)
    for words, language in ((f"tomorrow {hour}", "en"), (f"domani alle {hour}", "it")):
        answer = where.answer(words, language)
        assert isinstance(answer, Question)
        assert answer.kind is Doubt.SKIPPED_HOUR
        before, after = (option.instant for option in answer.options)
        assert after - before == timedelta(minutes=gap)
        assert f"{before.astimezone(where.zone):%H:%M}" < hour < f"{after.astimezone(where.zone):%H:%M}"


@pytest.mark.parametrize(
    ("eve", "zone", "hour", "apart"),
    [
        ("2027-10-30", "Europe/Rome", "02:30", 60),
        ("2027-10-30", "Europe/Rome", "02:00", 60),
        ("2027-04-03", "Australia/Lord_Howe", "01:45", 30),
        ("2027-11-06", "America/St_Johns", "01:30", 60),
        ("2027-11-06", "America/New_York", "01:00", 60),
    ],
)
def test_a_doubled_hour_is_asked_about_with_both(eve: str, zone: str, hour: str, apart: int) -> None:
    where = _eve(eve, zone)
    for words, language in ((f"tomorrow {hour}", "en"), (f"domani alle {hour}", "it")):
        answer = where.answer(words, language)
        assert isinstance(answer, Question)
        assert answer.kind is Doubt.DOUBLED_HOUR
        first, second = (option.instant for option in answer.options)
        assert second - first == timedelta(minutes=apart)
        assert {f"{one.astimezone(where.zone):%H:%M}" for one in (first, second)} == {hour}


@pytest.mark.parametrize(
    ("eve", "zone", "hour"),
    [
        ("2027-03-27", "Europe/Rome", "01:59"),
        ("2027-03-27", "Europe/Rome", "03:00"),
        ("2027-10-30", "Europe/Rome", "01:59"),
        ("2027-10-30", "Europe/Rome", "03:00"),
        ("2027-10-02", "Australia/Lord_Howe", "02:30"),
        ("2027-04-03", "Australia/Lord_Howe", "01:29"),
        ("2027-04-03", "Australia/Lord_Howe", "02:00"),
        ("2027-02-20", "America/Sao_Paulo", "00:00"),
        ("2027-10-16", "America/Sao_Paulo", "00:30"),
        ("2027-03-27", "Asia/Kathmandu", "02:30"),
    ],
)
def test_hours_beside_them_and_where_there_is_no_summer_time_are_plain(
    eve: str, zone: str, hour: str
) -> None:
    where = _eve(eve, zone)
    answer = where.answer(f"tomorrow {hour}", "en")
    assert isinstance(answer, When)
    tomorrow = where.now.date() + timedelta(days=1)
    assert f"{answer.instant.astimezone(where.zone):%Y-%m-%d %H:%M}" == f"{tomorrow} {hour}"


def test_a_zone_in_the_phrase_has_its_own_skipped_hours() -> None:
    where = _eve("2027-03-13", "Europe/Rome")
    assert where.hears("tomorrow at 02:30 New York time", "en").startswith("? skipped_hour")
    assert where.hears("tomorrow at 02:30", "en") == "03-14 02:30"


def test_a_fixed_offset_settles_a_doubled_hour() -> None:
    where = _eve("2027-10-30", "Europe/Rome")
    assert where.answer("tomorrow 02:30 CEST", "en") != where.answer("tomorrow 02:30 CET", "en")
    assert (
        where.hears("tomorrow 02:30 CEST", "en") == where.hears("tomorrow 02:30 CET", "en") == "10-31 02:30"
    )


def test_of_a_doubled_hour_only_what_is_still_ahead_is_offered() -> None:
    between = scene("2027-10-31 02:40 Europe/Rome")
    answer = between.answer("today at 02:30", "en")
    assert isinstance(answer, Question)
    assert [option.instant for option in answer.options] == [datetime(2027, 10, 31, 1, 30, tzinfo=UTC)]


def test_half_of_the_day_comes_before_summer_time_among_the_doubts() -> None:
    where = _eve("2027-03-27", "Europe/Rome")
    assert where.hears("tomorrow at 2:30", "en") == "? am_or_pm 03-28 01:30, 03-28 03:30, 03-28 14:30"


def test_instants_outside_the_years_of_the_calendar_are_impossible() -> None:
    where = _eve("2027-03-27", "Europe/Rome")
    assert where.hears("31 december 9999 23:59 utc-10", "en") == "! impossible"


def test_a_plain_hour_is_one_instant() -> None:
    where = scene("2027-01-01 00:00 Europe/Rome")
    assert instants(where.now, where.zone) == ((datetime(2026, 12, 31, 23, tzinfo=UTC),), None)
