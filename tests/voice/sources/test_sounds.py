"""The house's own sounds, and how they follow each other."""

import numpy as np
import pytest

from tests.voice.sounds import rms, tone
from voice.mixing.sound import Block, loudness
from voice.mixing.units import RATE, SLOT
from voice.sources.player import Player
from voice.sources.sounds import FADE_SLOTS, Sounds, load_sounds

HOLD, JINGLE = tone(300, 1), tone(900, 0.25)


@pytest.fixture
def player() -> Player:
    return Player(Sounds(HOLD, JINGLE))


def play(player: Player, slots: int) -> Block:
    blocks = [player.take(is_talked_over=False) for _ in range(slots)]
    return np.concatenate([block for block in blocks if block is not None])


def test_nothing_plays_unasked(player: Player) -> None:
    assert player.take(is_talked_over=False) is None


def test_hold_music_comes_softly_and_loops(player: Player) -> None:
    player.hold()
    sound = play(player, 150)
    assert rms(sound[:SLOT]) < rms(sound[5 * SLOT : 6 * SLOT]) < rms(sound[20 * SLOT : 21 * SLOT])
    assert np.array_equal(sound[RATE : 2 * RATE], HOLD)
    assert np.array_equal(sound[2 * RATE : 3 * RATE], HOLD)


def test_asked_again_it_just_goes_on(player: Player) -> None:
    player.hold()
    play(player, 50)
    player.hold()
    assert np.array_equal(play(player, 50), HOLD)


def test_at_the_start_the_music_fades_and_the_jingle_sounds_once(player: Player) -> None:
    player.hold()
    play(player, 50)
    player.begin()
    fading = play(player, FADE_SLOTS)
    assert rms(fading[:SLOT]) > 3 * rms(fading[-SLOT:])
    jingle = play(player, 13)
    assert np.array_equal(jingle[: len(JINGLE)], JINGLE)
    assert player.take(is_talked_over=False) is None


def test_without_music_the_jingle_comes_at_once(player: Player) -> None:
    player.begin()
    assert np.array_equal(play(player, 1), JINGLE[:SLOT])


def test_the_committed_sounds_are_whole_and_quiet_enough() -> None:
    sounds = load_sounds()
    assert len(sounds.hold) == 32 * RATE
    assert len(sounds.jingle) == pytest.approx(3.4 * RATE, abs=SLOT)
    assert 24 <= loudness(sounds.hold) <= 30
    assert 17 <= loudness(sounds.jingle) <= 23


def test_the_music_loops_without_a_click() -> None:
    hold = load_sounds().hold
    steps = np.abs(np.diff(np.concatenate((hold[-SLOT:], hold[:SLOT])).astype(int)))
    assert steps[SLOT - 1] <= steps.max()
    assert steps[SLOT - 1] < 500
