"""What holds for every phrase, whoever writes it, whenever and wherever."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_datetime
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bot.times import (
    Doubt,
    DurationNotUnderstood,
    Question,
    TimeImpossible,
    TimeInPast,
    TimeNotUnderstood,
    When,
    read_duration,
    read_time,
)
from rooms.errors.times import DurationOutOfRange
from tests.bot.times.saying import TUESDAY, Scene, rows, scene

UNHURRIED = settings(deadline=None)
LANGUAGES = st.sampled_from(["en", "it"])
ZONES = st.sampled_from(
    [
        "Europe/Rome",
        "America/Sao_Paulo",
        "Australia/Lord_Howe",
        "Asia/Kathmandu",
        "America/St_Johns",
        "Pacific/Kiritimati",
        "Etc/UTC",
    ]
).map(ZoneInfo)
SCENES = st.builds(
    Scene,
    now=st.datetimes(scene("2024-01-01 00:00 Etc/UTC").now, scene("2030-01-01 00:00 Etc/UTC").now),
    zone=ZONES,
)
PIECES = """
    1 6 9 12 18 24 26 31 99 0930 1830 2030 18:30 9.05 10.12 3/4 26/11 18-20 2026-11-27 - , / 😀
    a an the at in on of from to past and or half quarter noon midnight am pm h o'clock next this last week
    weeks hour hours days ago now thursday tomorow tonight evening november first utc london rome time please
    alle ore il di e mezza meno un quarto tra fra due giorni domani stasera giovedì prossimo mattina
    mezzogiorno novembre settimana ora primo roma grazie
"""
SOUPS = st.lists(st.sampled_from(PIECES.split()), max_size=9).map(" ".join)


def _answer(words: str, where: Scene, language: str) -> When | Question | None:
    """The answer, or None for a refusal; anything else that is raised is a bug."""
    try:
        return where.answer(words, language)
    except (TimeNotUnderstood, TimeImpossible, TimeInPast):
        return None


@UNHURRIED
@given(words=st.text(max_size=250) | SOUPS, where=SCENES, language=LANGUAGES)
@example(words="10.12 " * 33, where=TUESDAY, language="en")
@example(words="9 " * 100, where=TUESDAY, language="it")
@example(words="31 december 9999 23:59 utc-12:00", where=TUESDAY, language="en")
def test_any_text_is_answered_or_refused(words: str, where: Scene, language: str) -> None:
    answer = _answer(words, where, language)
    if isinstance(answer, When):
        assert answer.instant > where.instant
        assert answer.instant.tzinfo is UTC
    if isinstance(answer, Question):
        moments = [option.instant for option in answer.options]
        assert all(moment > where.instant for moment in moments)
        assert moments == sorted(moments)


@UNHURRIED
@given(words=st.text(max_size=250) | SOUPS, language=LANGUAGES)
def test_any_text_is_a_length_of_at_most_a_day_or_refused(words: str, language: str) -> None:
    try:
        length = read_duration(words, language)
    except (DurationNotUnderstood, DurationOutOfRange):
        return
    assert timedelta(0) < length <= timedelta(days=1)


def _babel(pattern: str) -> Callable[[datetime, str], str]:
    return lambda local, language: format_datetime(local, pattern, locale=language)


WRITTEN: tuple[Callable[[datetime, str], str], ...] = (
    _babel("yyyy-MM-dd'T'HH:mm"),
    _babel("yyyy-MM-dd HH:mm:ss"),
    _babel("d MMMM yyyy HH:mm:ss"),
    _babel("EEEE d MMMM yyyy, HH:mm:ss"),
    _babel("EEE d MMM yyyy HH:mm"),
    _babel("HH:mm d MMMM yyyy"),
    _babel("yyyy/MM/dd HH.mm"),
    lambda local, _: local.isoformat(),
)
ABSOLUTE: tuple[Callable[[datetime, ZoneInfo], str], ...] = (
    lambda instant, zone: instant.astimezone(zone).isoformat(),
    lambda instant, _: f"{instant:%Y-%m-%dT%H:%MZ}",
    lambda instant, _: f"{instant:%Y-%m-%d %H:%M:%S} UTC",
    lambda instant, _: (
        f"{instant:%d}.{instant:%m}.{instant:%Y} {instant:%H:%M:%S} UTC"
        if instant.day > 12
        else f"{instant:%Y-%m-%d %H:%M:%S} gmt"
    ),
)
AHEAD = st.integers(1, 3 * 365 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


def _is_plain(local: datetime, zone: ZoneInfo) -> bool:
    """Whether the clocks in `zone` show this hour just once."""
    first, second = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return first == second


def _is_given(answer: When | Question | None, instant: datetime) -> bool:
    """The instant is what is answered or, where figures may mean two things ("01.01"), offered."""
    if isinstance(answer, Question) and answer.kind in (Doubt.AM_OR_PM, Doubt.DAY_OR_HOUR):
        return instant in [option.instant for option in answer.options]
    return isinstance(answer, When) and answer.instant == instant


@UNHURRIED
@given(where=SCENES, ahead=AHEAD, write=st.sampled_from(WRITTEN), language=LANGUAGES)
def test_a_local_time_that_is_written_out_is_read_back(
    where: Scene, ahead: timedelta, write: Callable[[datetime, str], str], language: str
) -> None:
    instant = (where.instant + ahead).replace(second=0, microsecond=0)
    assume(instant > where.instant)
    local = instant.astimezone(where.zone).replace(tzinfo=None)
    answer = _answer(write(local, language), where, language)
    if _is_plain(local, where.zone):
        assert _is_given(answer, instant)
    else:
        assert isinstance(answer, Question)
        assert instant in [option.instant for option in answer.options]


@UNHURRIED
@given(where=SCENES, ahead=AHEAD, write=st.sampled_from(ABSOLUTE), zone=ZONES, language=LANGUAGES)
def test_an_instant_that_is_written_out_with_its_offset_is_read_back(
    where: Scene, ahead: timedelta, write: Callable[[datetime, ZoneInfo], str], zone: ZoneInfo, language: str
) -> None:
    instant = (where.instant + ahead).replace(second=0, microsecond=0)
    assume(instant > where.instant)
    answer = _answer(write(instant, zone), where, language)
    assert isinstance(answer, When)
    assert answer.instant == instant


@UNHURRIED
@given(minutes=st.integers(1, 24 * 60), where=SCENES)
def test_so_many_minutes_from_now_are_that(minutes: int, where: Scene) -> None:
    exact = where.instant + timedelta(minutes=minutes)
    hours, rest = divmod(minutes, 60)
    for words in (
        f"in {minutes} minutes",
        f"{minutes} minutes from now",
        f"in {hours} hours and {rest} minutes",
    ):
        assert where.answer(words, "en") == When(exact, where.zone)
    for words in (f"tra {minutes} minuti", f"fra {hours}h {rest}m"):
        assert where.answer(words, "it") == When(exact, where.zone)


DAYS = {
    "en": [
        "tomorrow",
        "thursday",
        "next thursday",
        "on the 3rd",
        "27 november",
        "christmas",
        "3/12",
        "in 3 days",
    ],
    "it": [
        "domani",
        "giovedì",
        "giovedì prossimo",
        "il 3 dicembre",
        "3/12",
        "tra 3 giorni",
        "a natale",
        "il 27",
    ],
}
HOURS = {
    "en": ["at 18:30", "at 9", "at half past six pm", "at noon", "at 6pm", "at quarter to nine"],
    "it": [
        "alle 18:30",
        "alle 9",
        "alle sei e mezza di sera",
        "a mezzogiorno",
        "ore 18",
        "alle nove meno un quarto",
    ],
}
PLACES = {"en": ["", "London time", "UTC"], "it": ["", "ora di Londra", "UTC"]}


@UNHURRIED
@given(language=LANGUAGES, choose=st.data(), where=SCENES)
def test_the_order_of_day_hour_and_zone_does_not_matter(
    language: str, choose: st.DataObject, where: Scene
) -> None:
    pieces = [choose.draw(st.sampled_from(table[language])) for table in (DAYS, HOURS, PLACES)]
    heard = {where.hears(" ".join(order), language) for order in permutations(filter(None, pieces))}
    assert len(heard) == 1


def _phrases(language: str) -> list[tuple[Scene, str, str]]:
    text = (Path(__file__).parent / f"phrases_{language}.txt").read_text()
    return list(rows("\n".join(line for line in text.splitlines() if not line.startswith("# "))))


@pytest.mark.parametrize("language", ["en", "it"])
@pytest.mark.parametrize(
    "written",
    [
        str.upper,
        str.title,
        lambda words: "  " + words.replace(" ", " \t ") + "\n",
        lambda words: words + "!!",
        lambda words: words + " …",
        lambda words: f"«{words}»",
        lambda words: f"{words} 🎉",
    ],
    ids=["upper", "title", "blanks", "shout", "dots", "quotes", "emoji"],
)
def test_case_blanks_and_marks_around_do_not_matter(written: Callable[[str], str], language: str) -> None:
    changed = [
        (words, where.hears(written(words), language), meant)
        for where, words, meant in _phrases(language)[::4]
        if where.hears(written(words), language) != meant
    ]
    assert changed == []


@UNHURRIED
@given(where=SCENES, words=SOUPS, language=LANGUAGES)
def test_an_answer_does_not_depend_on_where_the_clock_stands_in_utc(
    where: Scene, words: str, language: str
) -> None:
    """`now` may come in any zone: it is the same instant."""
    elsewhere = where.instant.astimezone(ZoneInfo("Asia/Tokyo"))
    try:
        answer = read_time(words, now=elsewhere, zone=where.zone, language=language)
    except (TimeNotUnderstood, TimeImpossible, TimeInPast):
        assert _answer(words, where, language) is None
    else:
        assert answer == where.answer(words, language)
