"""Times and lengths in either language."""

from datetime import timedelta

import pytest

from bot.aspects.times import LONGEST_PHRASE, Scene, read_length, read_when, reads
from bot.times import DurationNotUnderstood, Every, TimeNotUnderstood
from tests.bot.forum import ROME
from tests.fakes.clock import NOON

ENGLISH, ITALIAN = Scene(NOON, ROME, "en"), Scene(NOON, ROME, "it")


@pytest.mark.parametrize("scene", [ENGLISH, ITALIAN])
def test_both_languages_are_understood_in_every_group(scene: Scene) -> None:
    assert read_when("tomorrow 18:30", scene) == read_when("domani alle 18:30", scene)
    assert read_length("un'ora", scene) == read_length("one hour", scene) == timedelta(hours=1)
    assert isinstance(read_when("ogni giovedì 18:30", scene), Every)
    assert isinstance(read_when("every Thursday 18:30", scene), Every)


def test_endless_words_are_not_even_looked_at() -> None:
    with pytest.raises(TimeNotUnderstood):
        read_when("tomorrow " * LONGEST_PHRASE, ENGLISH)
    with pytest.raises(DurationNotUnderstood):
        read_length("1" * LONGEST_PHRASE + "m", ENGLISH)


def test_what_is_refused_for_what_it_says_was_read() -> None:
    assert reads(read_when, "yesterday 18:30", ENGLISH)
    assert reads(read_length, "30h", ENGLISH)
    assert not reads(read_when, "45m", ENGLISH)
    assert not reads(read_length, "tomorrow", ENGLISH)
