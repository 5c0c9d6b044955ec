"""Loudness in dBov."""

import numpy as np
import pytest

from tests.voice.sounds import tone
from voice.mixing.sound import SILENCE, loudness
from voice.mixing.units import SLOT


def test_silence_is_127() -> None:
    assert loudness(SILENCE) == 127
    assert loudness(np.zeros(0, np.int16)) == 127


def test_the_loudest_is_0() -> None:
    assert loudness(np.full(SLOT, -32768, np.int16)) == 0


@pytest.mark.parametrize(("amplitude", "level"), [(32767, 3), (3277, 23), (328, 43)])
def test_a_tenth_is_20_db(amplitude: int, level: int) -> None:
    assert loudness(tone(1000, 0.02, amplitude)) == level
