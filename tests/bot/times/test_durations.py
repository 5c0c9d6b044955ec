"""How long a talk lasts."""

from datetime import timedelta

import pytest

from bot.times import DurationNotUnderstood, read_duration, read_span
from rooms.errors.times import DurationOutOfRange

ENGLISH = {
    "45m": 45,
    "45 M": 45,
    "45min.": 45,
    "(45m)": 45,
    "\uff14\uff15 minutes 🎉": 45,
    "45 minutes": 45,
    "forty-five minutes": 45,
    "45 minuts": 45,
    "30'": 30,
    "1h": 60,
    "an hour": 60,
    "one hour": 60,
    "about an hour": 60,
    "for an hour, please": 60,
    "it lasts an hour": 60,
    "1h05": 65,
    "1h30": 90,
    "1h 30m": 90,
    "1 hr 30": 90,
    "1:30": 90,
    "01:30": 90,
    "1.5 hours": 90,
    "1,5 h": 90,
    "90 minutes": 90,
    "90min": 90,
    "an hour and a half": 90,
    "one and a half hours": 90,
    "one hour thirty": 90,
    "half an hour": 30,
    "a half hour": 30,
    "three quarters of an hour": 45,
    "a quarter of an hour": 15,
    "an hour and a quarter": 75,
    "two hours and fifteen minutes": 135,
    "2 hours, 15 minutes": 135,
    "a couple of hours": 120,
    "0:45": 45,
    "24 hours": 1440,
    "1 day": 1440,
}
ITALIAN = {
    "45m": 45,
    "45 minuti": 45,
    "quarantacinque minuti": 45,
    "45 minutti": 45,
    "durata: 45 minuti": 45,
    "90'": 90,
    "un'ora": 60,
    "un ora": 60,
    "1 ora": 60,
    "circa un'ora": 60,
    "un'oretta": 60,
    "dura un'ora": 60,
    "per un'ora, grazie": 60,
    "un'ora e mezza": 90,
    "un'ora e mezzo": 90,
    "1 ora e mezza": 90,
    "1 ora 30": 90,
    "1,5 ore": 90,
    "1:30": 90,
    "1h30": 90,
    "2 ore": 120,
    "due ore": 120,
    "un paio d'ore": 120,
    "due ore e mezza": 150,
    "2h e mezza": 150,
    "2 ore e 30": 150,
    "mezz'ora": 30,
    "mezzora": 30,
    "mezza ora": 30,
    "tre quarti d'ora": 45,
    "un quarto d'ora": 15,
    "un'ora e un quarto": 75,
    "un'ora e tre quarti": 105,
    "un'ora e quindici minuti": 75,
    "un giorno": 1440,
}
NONSENSE = (
    *("", " ", "45", "banana", "-5 minutes", "1:75", "1:3", "an hour or two", "45-60 minutes", "until 9pm"),
    *(
        "forever",
        "1h90",
        "1.30 h",
        "30 minutes 1 hour",
        "1 hour 2 hours",
        "1 month",
        "half a day",
        "every hour",
        "99999999999m",
        "1e3 minutes",
        "18.30",
    ),
    *(
        "un'ora o due",
        "fino alle 21",
        "un mese",
        "mezza giornata",
        "45 minuti al massimo",
        "x" * 10_000,
        "😀",
    ),
)


@pytest.mark.parametrize(("words", "minutes"), ENGLISH.items())
def test_lengths_in_english(words: str, minutes: int) -> None:
    assert read_duration(words, "en") == timedelta(minutes=minutes)


@pytest.mark.parametrize(("words", "minutes"), ITALIAN.items())
def test_lengths_in_italian(words: str, minutes: int) -> None:
    assert read_duration(words, "it") == timedelta(minutes=minutes)


@pytest.mark.parametrize("words", NONSENSE)
@pytest.mark.parametrize("language", ["en", "it"])
def test_what_is_no_length_is_refused(words: str, language: str) -> None:
    with pytest.raises(DurationNotUnderstood):
        read_duration(words, language)


@pytest.mark.parametrize("words", ["0 minutes", "25 hours", "two days", "a fortnight", "99:00"])
def test_nothing_and_more_than_a_day_are_refused_with_the_bounds(words: str) -> None:
    with pytest.raises(DurationOutOfRange):
        read_duration(words, "en")


@pytest.mark.parametrize("minutes", range(1, 24 * 60, 7))
def test_hours_and_minutes_are_read_back(minutes: int) -> None:
    hours, rest = divmod(minutes, 60)
    for words in (f"{hours}:{rest:02}", f"{hours}h {rest}m", f"{hours}h{rest:02}", f"{minutes}m"):
        for language in ("en", "it"):
            assert read_duration(words, language) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("words", "language", "length"),
    [("7d", "en", timedelta(days=7)), ("7 g", "it", timedelta(days=7)), ("10gg", "it", timedelta(days=10)),
     ("2w", "en", timedelta(weeks=2)), ("2 settimane", "it", timedelta(weeks=2)),
     ("a month", "en", timedelta(days=30)), ("due anni", "it", timedelta(days=720)),
     ("45m", "en", timedelta(minutes=45)), ("0d", "en", timedelta(0))],
)  # fmt: skip
def test_a_span_is_of_any_size(words: str, language: str, length: timedelta) -> None:
    assert read_span(words, language) == length


@pytest.mark.parametrize("words", ["", "7x", "-1d", "999999999d", "99999999999999 days", "soon", "٣d"])
def test_what_is_no_span_is_refused(words: str) -> None:
    with pytest.raises(DurationNotUnderstood):
        read_span(words, "en")
