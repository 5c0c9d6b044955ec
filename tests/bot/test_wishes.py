"""Reading what stands after /schedule."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import WishIncomplete
from bot.times import DurationNotUnderstood, Question, TimeInPast, TimeNotUnderstood, When
from bot.aspects.times import LONGEST_PHRASE, Scene
from bot.wishes import USUAL, read_wish
from rooms.errors import DurationOutOfRange, TopicMalformed
from tests.bot.forum import ROME
from tests.fakes.clock import NOON

SCENE = Scene(NOON, ROME, "en")
TOMORROW = When(datetime(2026, 11, 25, 17, 30, tzinfo=UTC), ROME)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("Careers | tomorrow 18:30 | 45m", 45 * MINUTE),
        ("Careers|tomorrow 18:30|45m", 45 * MINUTE),
        ("Careers | 45m | tomorrow 18:30", 45 * MINUTE),
        ("Careers | tomorrow 18:30", USUAL),
        ("Careers | tomorrow 18:30 |", USUAL),
        ("  Careers  \n| tomorrow 18:30\n| 1h 30m  ", 90 * MINUTE),
        ("Careers \uff5c tomorrow 18:30 \uff5c 2 hours", 120 * MINUTE),
        ("Careers | domani alle 18:30 | un'ora", 60 * MINUTE),
        ("Careers | tomorrow 18:30 | 1:30", 90 * MINUTE),
    ],
)
def test_title_time_and_length_are_found(text: str, duration: timedelta) -> None:
    wish = read_wish(text, SCENE)
    assert (wish.title, wish.when, wish.duration) == ("Careers", TOMORROW, duration)


def test_a_tag_in_the_title_is_the_topic() -> None:
    wish = read_wish("Careers #Work after 40 | tomorrow 18:30", SCENE)
    assert (wish.title, wish.topic) == ("Careers after 40", "work")


def test_a_title_keeps_emoji_and_loses_what_would_hide_or_turn_text() -> None:
    wish = read_wish("👩‍💻 Work\u202e\u0007 \u200bnow | tomorrow 18:30", SCENE)
    assert wish.title == "👩‍💻 Work now"


def test_two_lengths_of_which_one_may_be_a_time_keep_their_order() -> None:
    wish = read_wish("Careers | 18:30 | 1:30", SCENE)
    assert wish.when == When(datetime(2026, 11, 24, 17, 30, tzinfo=UTC), ROME)
    assert wish.duration == 90 * MINUTE


def test_a_time_in_doubt_stays_a_question_beside_its_length_in_either_order() -> None:
    for text in ("Careers | tomorrow at 6 | 45m", "Careers | 45m | tomorrow at 6"):
        wish = read_wish(text, SCENE)
        assert isinstance(wish.when, Question)
        assert wish.duration == 45 * MINUTE


@pytest.mark.parametrize(
    "text",
    ["", "   ", "|", "||", "Careers", "Careers |", "Careers | 45m", "Careers || 45m", "A | b | c | d | e"],
)
def test_a_request_without_all_it_needs_is_incomplete(text: str) -> None:
    with pytest.raises(WishIncomplete):
        read_wish(text, SCENE)


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("Careers | when pigs fly | 45m", TimeNotUnderstood),
        ("Careers | tomorrow 18:30 | long", DurationNotUnderstood),
        ("Careers | tomorrow 18:30 | 30h", DurationOutOfRange),
        ("Careers | yesterday 18:30 | 45m", TimeInPast),
        ("Careers #a-b | tomorrow 18:30", TopicMalformed),
        ("Careers | " + "tomorrow " * LONGEST_PHRASE, TimeNotUnderstood),
        ("Careers | tomorrow 18:30 | " + "1" * LONGEST_PHRASE + "m", DurationNotUnderstood),
    ],
)
def test_what_cannot_be_read_is_refused_for_what_it_is(text: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        read_wish(text, SCENE)
