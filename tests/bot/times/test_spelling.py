"""Which word a slip was meant to be."""

import pytest

from bot.times.spelling import meant_by, slips

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "noon")


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("friday", "friday", 0),
        ("fridya", "friday", 1),
        ("frday", "friday", 1),
        ("friiday", "friday", 1),
        ("frifay", "friday", 1),
        ("thrusady", "thursday", 2),
        ("", "noon", 4),
    ],
)
def test_slips_are_letters_added_dropped_changed_or_swapped(one: str, other: str, count: int) -> None:
    assert slips(one, other) == slips(other, one) == count


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("thrusday", "thursday"),
        ("wendesday", "wednesday"),
        ("wensday", ""),
        ("saterday", "saturday"),
        ("sunda", "sunday"),
    ],
)
def test_the_nearest_word_is_meant(written: str, meant: str) -> None:
    assert meant_by(written, WEEKDAYS) == ((meant,) if meant else ())


def test_a_toss_up_gives_both() -> None:
    assert set(meant_by("tursday", WEEKDAYS)) == {"thursday", "tuesday"}


def test_short_words_are_never_corrected() -> None:
    assert meant_by("none", WEEKDAYS) == ()


def test_two_slips_count_only_in_long_words_that_begin_alike() -> None:
    assert meant_by("wednesdey", WEEKDAYS) == meant_by("wednsdya", WEEKDAYS) == ("wednesday",)
    assert meant_by("vednesdey", WEEKDAYS) == ()
    assert meant_by("frixay", ["sunday"]) == ()
