"""The mixer: true when it is quiet, gentle when it is loud."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.voice.sounds import cut, strength, tone
from voice.mixing.mixer import CEILING, Mixer, added
from voice.mixing.sound import Block
from voice.mixing.units import SLOT


def test_nobody_is_silence() -> None:
    assert not Mixer().mix([]).any()


def test_one_voice_passes_unchanged() -> None:
    (block,) = cut(tone(440, 0.02))
    assert np.array_equal(Mixer().mix([block]), block)


def test_two_voices_are_added() -> None:
    one, other = cut(tone(440, 0.02, 5000))[0], cut(tone(1000, 0.02, 5000))[0]
    assert np.array_equal(Mixer().mix([one, other]), one + other)


def test_too_many_loud_voices_keep_their_pitch_and_do_not_clip() -> None:
    mixer = Mixer()
    mixed = np.concatenate([mixer.mix([block] * 4) for block in cut(tone(440, 1, 20_000))])
    steady = mixed[24_000:]
    assert np.abs(steady).max() <= CEILING
    assert strength(steady, 440) > 29_000
    assert strength(steady, 1320) < 300


def test_the_gain_comes_back_when_the_shouting_is_over() -> None:
    mixer = Mixer()
    mixer.mix([np.full(SLOT, 30_000, np.int16)] * 3)
    for _ in range(30):
        mixer.mix([])
    (block,) = cut(tone(440, 0.02))
    assert np.array_equal(mixer.mix([block]), block)


def test_a_loud_voice_alone_is_turned_down_too() -> None:
    mixer = Mixer()
    mixed = np.concatenate([mixer.mix([block]) for block in cut(tone(440, 0.5, 32_700))])
    assert np.abs(mixed).max() <= CEILING


def test_what_was_added_up_elsewhere_is_limited_alike() -> None:
    one, other = Mixer(), Mixer()
    for block in cut(tone(440, 0.5, 20_000)):
        assert np.array_equal(one.mix([block] * 3), other.limit(added([block] * 3)))


def test_sums_are_exact_however_loud() -> None:
    loudest = np.full(SLOT, 32767, np.int16)
    total = added([loudest] * 40)
    assert (total == 40 * 32767).all()
    assert np.array_equal(total - added([loudest] * 39), loudest)


@given(st.lists(st.lists(st.integers(-32768, 32767), min_size=3, max_size=3), max_size=6))
def test_nothing_ever_wraps_around(levels: list[list[int]]) -> None:
    mixer = Mixer()
    for slot in levels:
        blocks: list[Block] = [np.full(SLOT, level, np.int16) for level in slot]
        mixed = mixer.mix(blocks)
        total = sum(slot)
        assert (np.sign(mixed) == np.sign(total)).all() or abs(total) < 40
