"""A plan stays within its bounds."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.errors.refusal import Refusal
from rooms.errors.talks import DescriptionTooLong, SeatsOutOfRange, TitleMissing, TitleTooLong
from rooms.errors.times import DurationOutOfRange, StartsInPast, StartsTooFarAhead
from rooms.plan import CALL_TITLE_LENGTH, HORIZON, LONGEST, SHORTEST
from tests.fakes.clock import NOON
from tests.fakes.talks import HOUR, MINUTE, a_plan

TICK = timedelta(microseconds=1)


@pytest.mark.parametrize(
    "asked",
    [
        {"title": "x" * 200},
        {"description": "x" * 2000},
        {"seats": 1},
        {"seats": 10_000},
        {"duration": SHORTEST},
        {"duration": LONGEST},
        {"starts_at": NOON + TICK},
        {"starts_at": NOON + HORIZON},
    ],
)
def test_the_bounds_themselves_are_allowed(asked: dict[str, Any]) -> None:
    replace(a_plan(), **asked).check(NOON)


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({"title": ""}, TitleMissing),
        ({"title": "x" * 201}, TitleTooLong),
        ({"description": "x" * 2001}, DescriptionTooLong),
        ({"seats": 0}, SeatsOutOfRange),
        ({"seats": 10_001}, SeatsOutOfRange),
        ({"duration": SHORTEST - TICK}, DurationOutOfRange),
        ({"duration": LONGEST + TICK}, DurationOutOfRange),
        ({"starts_at": NOON}, StartsInPast),
        ({"starts_at": NOON + HORIZON + TICK}, StartsTooFarAhead),
    ],
)
def test_what_lies_beyond_is_refused(asked: dict[str, Any], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        replace(a_plan(), **asked).check(NOON)


def test_it_ends_after_its_duration() -> None:
    assert a_plan().ends_at == NOON + HOUR + 45 * MINUTE


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("x" * 64, "x" * 64),
        ("x" * 65, "x" * 63 + "…"),
        ("a" * 62 + " " + "b" * 9, "a" * 62 + "…"),
    ],
)
def test_a_call_shows_the_beginning_of_a_long_title(title: str, shown: str) -> None:
    assert a_plan(title).call_title == shown


@given(st.text(min_size=1, max_size=200))
def test_a_call_title_is_never_longer_than_what_telegram_shows(title: str) -> None:
    assert 0 < len(a_plan(title).call_title) <= CALL_TITLE_LENGTH
