"""Who speaks: without flicker."""

import numpy as np

from tests.voice.sounds import tone
from voice.mixing.sound import SILENCE, Block
from voice.mixing.speaking import TO_BEGIN, TO_END, Speaking

VOICE = tone(300, 0.02, 3000)
MURMUR = tone(300, 0.02, 180)


def follow(speaking: Speaking, block: Block | None, slots: int) -> None:
    for _ in range(slots):
        speaking.follow({} if block is None else {7: block})


def test_a_voice_that_lasts_is_speech() -> None:
    speaking = Speaking()
    follow(speaking, VOICE, TO_BEGIN - 1)
    assert not speaking.sources
    follow(speaking, VOICE, 1)
    assert speaking.sources == {7}
    assert speaking.has_changed


def test_a_click_is_none() -> None:
    speaking = Speaking()
    for _ in range(10):
        follow(speaking, VOICE, TO_BEGIN - 1)
        follow(speaking, SILENCE, 1)
    assert not speaking.sources


def test_a_short_pause_does_not_end_it() -> None:
    speaking = Speaking()
    follow(speaking, VOICE, TO_BEGIN)
    follow(speaking, SILENCE, TO_END - 1)
    follow(speaking, VOICE, 1)
    follow(speaking, SILENCE, TO_END - 1)
    assert speaking.sources == {7}
    assert not speaking.has_changed


def test_a_long_pause_does() -> None:
    speaking = Speaking()
    follow(speaking, VOICE, TO_BEGIN)
    follow(speaking, SILENCE, TO_END)
    assert not speaking.sources
    assert speaking.has_changed


def test_a_source_that_vanishes_falls_silent() -> None:
    speaking = Speaking()
    follow(speaking, VOICE, TO_BEGIN)
    follow(speaking, None, TO_END)
    assert not speaking.sources


def test_between_the_thresholds_all_stays_as_it_is() -> None:
    speaking = Speaking()
    follow(speaking, MURMUR, 2 * TO_END)
    assert not speaking.sources
    follow(speaking, VOICE, TO_BEGIN)
    follow(speaking, MURMUR, 2 * TO_END)
    assert speaking.sources == {7}


def test_two_sources_are_two() -> None:
    speaking = Speaking()
    for _ in range(TO_BEGIN):
        speaking.follow({1: VOICE, 2: np.zeros_like(VOICE), 3: VOICE})
    assert speaking.sources == {1, 3}
