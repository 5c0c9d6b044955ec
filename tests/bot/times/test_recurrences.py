"""What people say of series, as it was agreed to be read: tables in `series_*.txt`, and conventions."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.times import (
    Every,
    Question,
    TimeImpossible,
    TimeInPast,
    TimeNotUnderstood,
    When,
    read_recurrence,
    speaks_of_recurrence,
)
from rooms.errors.series import RecurrenceMalformed
from tests.bot.times.saying import TUESDAY, Scene, rows, scene

_HERE = Path(__file__).parent
LATE = scene("2026-11-26 23:30 Europe/Rome")


def hears(words: str, language: str = "en", where: Scene = TUESDAY) -> str:
    return where.hears_of_series(words, language)


def _sections() -> Iterator[tuple[str, str, str]]:
    for language in ("en", "it"):
        head, *sections = (_HERE / f"series_{language}.txt").read_text().split("\n# ")
        for section in sections:
            title, _, table = section.partition("\n")
            yield language, title, f"{head}\n{table}"


@pytest.mark.parametrize(
    ("language", "table"),
    [pytest.param(lang, table, id=f"{lang}: {title}") for lang, title, table in _sections()],
)
def test_series_are_read_as_people_mean_them(language: str, table: str) -> None:
    heard = [(words, where.hears_of_series(words, language), meant) for where, words, meant in rows(table)]
    assert [row for row in heard if row[1] != row[2]] == []


@pytest.mark.parametrize("language", ["en", "it"])
def test_there_are_many_series_of_each_outcome(language: str) -> None:
    text = (_HERE / f"series_{language}.txt").read_text()
    assert text.count("=> ?") >= 20
    assert text.count("=> !") >= 10
    assert text.count("=>") > 150


def test_the_first_occurrence_is_the_next_even_if_it_is_today() -> None:
    assert hears("every tuesday 18:30") == "11-24 18:30 FREQ=WEEKLY;BYDAY=TU"
    assert hears("every tuesday 08:00") == "12-01 08:00 FREQ=WEEKLY;BYDAY=TU"


def test_a_series_begins_where_it_is_said_to() -> None:
    assert hears("every thursday 18:30 from 4 december") == "12-10 18:30 FREQ=WEEKLY;BYDAY=TH"
    assert hears("every two weeks on thursday 18:30 from 3 december") == (
        "12-03 18:30 FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"
    )
    assert hears("ogni giovedì alle 18:30 da gennaio", "it") == "2027-01-07 18:30 FREQ=WEEKLY;BYDAY=TH"


def test_a_beginning_that_has_gone_by_is_refused() -> None:
    assert hears("every thursday 18:30 from 3 november 2025") == "! past"


def test_a_day_that_is_said_without_from_must_be_one_of_the_series() -> None:
    assert hears("every thursday 3 december 18:30") == "12-03 18:30 FREQ=WEEKLY;BYDAY=TH"
    assert hears("every thursday 4 december 18:30").startswith("? weekday_mismatch")


def test_the_last_day_belongs_to_the_series() -> None:
    last = "UNTIL=20261210T225959Z"
    assert hears("every thursday 18:30 until 10 december") == f"11-26 18:30 FREQ=WEEKLY;BYDAY=TH;{last}"


def test_until_a_month_means_all_of_it() -> None:
    assert hears("every thursday 18:30 until june").endswith("UNTIL=20270630T215959Z")
    assert hears("ogni giovedì alle 18:30 fino a giugno", "it").endswith("UNTIL=20270630T215959Z")


def test_the_end_is_looked_for_after_the_beginning() -> None:
    said = "every thursday 18:30 from 3 december 2027 until 30 june"
    assert hears(said).endswith("UNTIL=20280630T215959Z")


def test_ten_weeks_are_ten_thursdays() -> None:
    answer = TUESDAY.series("every thursday at 18:30 for 10 weeks", "en")
    assert isinstance(answer, Every)
    end = scene("2027-12-31 00:00 Europe/Rome").instant
    assert len(list(answer.recurrence.occurrences(TUESDAY.instant, end))) == 10


def test_an_end_said_twice_is_refused() -> None:
    assert hears("every thursday 18:30 for 10 weeks until june") == "! not understood"
    assert hears("RRULE:FREQ=WEEKLY;BYDAY=TH;COUNT=5 18:30 until june") == "! two_ends"


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("every 31st at 18:00", "en"),
        ("ogni 30 del mese alle 18", "it"),
        ("every month from 31 december 18:00", "en"),
        ("every 29 february 18:00", "en"),
        ("il quinto giovedì di ogni mese alle 18", "it"),
    ],
)
def test_a_day_that_not_every_month_has_is_asked_about(words: str, language: str) -> None:
    assert hears(words, language) == "? short_month"


def test_who_writes_a_rule_of_31sts_means_it() -> None:
    assert hears("RRULE:FREQ=MONTHLY;BYMONTHDAY=31 18:00") == "12-31 18:00 FREQ=MONTHLY;BYMONTHDAY=31"


def test_the_second_tuesday_is_every_other_one_in_english_and_asked_about_in_italian() -> None:
    assert hears("every second tuesday 20:00") == "11-24 20:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"
    assert hears("ogni secondo martedì alle 20", "it") == "? which_rhythm"
    assert hears("every third tuesday 20:00") == "? which_rhythm"


def test_fifteen_days_are_two_weeks_in_italian_where_a_weekday_says_so() -> None:
    two_weeks = "11-26 20:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"
    assert hears("ogni 15 giorni il giovedì alle 20", "it") == two_weeks
    assert hears("ogni 15 giorni alle 20", "it") == "? which_rhythm"
    assert hears("every 15 days at 20:00") == "11-24 20:00 FREQ=DAILY;INTERVAL=15"


def test_every_midnight_needs_no_question_and_that_of_a_day_does() -> None:
    assert hears("every day at midnight") == "11-25 00:00 FREQ=DAILY"
    assert hears("every friday at midnight") == (
        "? which_night 11-27 00:00 FREQ=WEEKLY;BYDAY=FR, 11-28 00:00 FREQ=WEEKLY;BYDAY=SA"
    )


def test_a_midnight_that_would_leave_its_day_is_offered_only_before_it() -> None:
    assert hears("every first monday of the month at midnight") == (
        "? which_night 12-07 00:00 FREQ=MONTHLY;BYDAY=1MO"
    )


def test_a_zone_in_the_phrase_is_the_series_own() -> None:
    answer = TUESDAY.series("every thursday 18:30 London", "en")
    assert isinstance(answer, Every)
    assert answer.recurrence.zone.key == answer.zone.key == "Europe/London"
    assert answer.first == When(answer.instant, answer.zone)


def test_a_skipped_hour_is_asked_about_only_on_the_first_day() -> None:
    eve, week_before = scene("2027-03-27 12:00 Europe/Rome"), scene("2027-03-20 12:00 Europe/Rome")
    assert hears("every sunday 02:30", where=eve).startswith("? skipped_hour 03-28 01:30")
    assert hears("every sunday 02:30", where=week_before) == "03-21 02:30 FREQ=WEEKLY;BYDAY=SU"


def test_an_hour_that_comes_twice_is_the_first_of_them() -> None:
    answer = scene("2026-10-24 12:00 Europe/Rome").series("every sunday 02:30", "en")
    assert isinstance(answer, Every)
    assert f"{answer.instant:%d %H:%M}" == "25 00:30"


def test_late_on_its_day_a_series_begins_with_the_next() -> None:
    assert hears("every thursday 18:30", where=LATE) == "12-03 18:30 FREQ=WEEKLY;BYDAY=TH"


def test_options_are_series_that_can_be_taken() -> None:
    answer = TUESDAY.series("every thursday at 9", "en")
    assert isinstance(answer, Question)
    assert [f"{one.recurrence.first:%H}" for one in answer.options if isinstance(one, Every)] == ["09", "21"]


@pytest.mark.parametrize(
    "words",
    [
        "RRULE:FREQ=WEEKLY;BYDAY=TH 18:30",
        "18:30 rrule:freq=weekly;byday=th",
        "FREQ = WEEKLY ; BYDAY = TH, 18:30",
        "at 18:30, RRULE:BYDAY=TH;FREQ=WEEKLY;",
        "RRULE:FREQ=WEEKLY on thursdays 18:30",
    ],
)
def test_a_rule_stands_among_words(words: str) -> None:
    assert hears(words) == "11-26 18:30 FREQ=WEEKLY;BYDAY=TH"


@pytest.mark.parametrize(
    "words", ["DTSTART:20261126T183000\nRRULE:FREQ=WEEKLY", "RRULE:FREQ=DAILY 18:30 EXDATE:20261224"]
)
def test_other_lines_of_a_calendar_are_refused(words: str) -> None:
    assert hears(words) == "! other_lines"


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("thursday 18:30", "en"),
        ("next thursday 18:30", "en"),
        ("monday or thursday 18:30", "en"),
        ("ciao a tutti, giovedì alle 18:30", "it"),
        ("la domenica alle 17", "it"),
        ("lunedì e giovedì alle 19", "it"),
        ("", "en"),
        ("banana", "it"),
    ],
)
def test_one_talk_is_no_series(words: str, language: str) -> None:
    assert not speaks_of_recurrence(words, language)
    with pytest.raises(TimeNotUnderstood):
        read_recurrence(words, now=TUESDAY.instant, zone=TUESDAY.zone, language=language)


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("every thursday", "en"),
        ("Thursdays", "en"),
        ("weekdays", "en"),
        ("rrule", "en"),
        ("every banana", "en"),
        ("ogni giovedì", "it"),
        ("tutte le sere", "it"),
        ("il lunedì e il giovedì", "it"),
        ("un giovedì sì e uno no", "it"),
    ],
)
def test_words_speak_of_a_series(words: str, language: str) -> None:
    assert speaks_of_recurrence(words, language)


def test_what_cannot_be_read_is_named() -> None:
    with pytest.raises(TimeNotUnderstood) as refused:
        TUESDAY.series("every monday 18:30 except christmas", "en")
    assert refused.value.part == "except"


PIECES = """
    every each other second first last third 15th 31st daily weekly monthly yearly biweekly weekdays thursdays
    monday thursday friday week weeks month months day year june december christmas of the on at from until to
    for and or , 2 3 10 times 18:30 9 9pm 18 midnight evening tomorrow next london rrule freq=weekly
    RRULE:FREQ=MONTHLY;BYDAY=-1FR FREQ=DAILY;COUNT=3 until: ogni tutti i due settimane mese del
    giovedì lunedì e il alle 21 primo ultimo secondo fino a giugno dal dicembre per volte sì uno no
    alterni feriali sera
"""
SOUPS = st.lists(st.sampled_from(PIECES.split()), max_size=9).map(" ".join)
SCENES = st.builds(
    Scene,
    now=st.datetimes(scene("2024-01-01 00:00 Etc/UTC").now, scene("2030-01-01 00:00 Etc/UTC").now),
    zone=st.sampled_from(["Europe/Rome", "America/Sao_Paulo", "Australia/Lord_Howe"]).map(
        lambda key: scene(f"2026-01-01 00:00 {key}").zone
    ),
)


@settings(deadline=None)
@given(words=st.text(max_size=250) | SOUPS, where=SCENES, language=st.sampled_from(["en", "it"]))
@example(words="every " * 40, where=TUESDAY, language="en")
@example(words="FREQ=" * 60, where=TUESDAY, language="en")
@example(words="RRULE:FREQ=WEEKLY;BYDAY=" + "TH, " * 200, where=TUESDAY, language="it")
@example(words="every monday 18:30 until 31 december 9999", where=TUESDAY, language="en")
def test_any_text_is_answered_or_refused(words: str, where: Scene, language: str) -> None:
    try:
        answer = where.series(words, language)
    except (TimeNotUnderstood, TimeImpossible, TimeInPast, RecurrenceMalformed):
        return
    options = answer.options if isinstance(answer, Question) else (answer,)
    for one in options:
        assert isinstance(one, Every)
        assert one.instant > where.instant
        assert one.recurrence.next_after(where.instant) == one.instant
