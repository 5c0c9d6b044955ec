"""Of several moments one is chosen by a button."""

from datetime import datetime, timedelta

import pytest

from bot.choices import AS_WRITTEN, asking_when, option_label, settled
from bot.errors import WishGone
from bot.keyboards import key
from bot.scheduling import Choose
from bot.times import Doubt, Question, When
from rooms.ids import PersonId
from tests.bot.forum import ROME
from tests.bot.speeches import ENGLISH
from tests.fakes.clock import NOON

HOUR = timedelta(hours=1)
EARLY, LATE = When(NOON + HOUR, ROME), When(NOON + 13 * HOUR, ROME)
DOUBT = Question(Doubt.AM_OR_PM, (EARLY, LATE))


def chosen(moment: datetime) -> Choose:
    return Choose(moment, 0, PersonId(0))


def test_the_chosen_moment_takes_the_place_of_the_doubt() -> None:
    assert settled(DOUBT, LATE.instant) == LATE


def test_what_leaves_no_doubt_or_was_not_answered_stays_as_it_was_written() -> None:
    assert settled(EARLY, LATE.instant) == EARLY
    assert settled(DOUBT, AS_WRITTEN) == DOUBT


def test_a_moment_that_is_not_meant_any_more_is_refused() -> None:
    with pytest.raises(WishGone):
        settled(DOUBT, NOON)


def test_each_moment_has_a_button_and_the_other_ways_stand_below() -> None:
    text, keyboard = asking_when(DOUBT, ENGLISH, chosen, [key("Other", Choose(AS_WRITTEN, 1, PersonId(0)))])
    assert text == "In the morning or in the evening?"
    assert keyboard is not None
    rows = [[one.text for one in row] for row in keyboard.inline_keyboard]
    assert rows == [[option_label(EARLY, ENGLISH)], [option_label(LATE, ENGLISH)], ["Other"]]


def test_without_moments_it_is_said_how_to_write_one() -> None:
    text, keyboard = asking_when(Question(Doubt.MISSING_TIME, ()), ENGLISH, chosen)
    assert text.startswith("At what time? Write the hour too")
    assert keyboard is None
