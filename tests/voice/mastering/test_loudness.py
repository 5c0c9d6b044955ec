"""Loudness: as EBU R 128 has it, and as another program measures it."""

import math
from pathlib import Path

import av
import numpy as np
import pytest

from tests.voice.mastering.independent import loudness_of, needs_ffmpeg
from tests.voice.sounds import tone
from voice.mastering.interpolation import Samples
from voice.mastering.loudness import Meter
from voice.mixing.sound import Block
from voice.mixing.units import SLOT


def metered(sound: Samples, piece: int = 50 * SLOT) -> Meter:
    meter = Meter()
    for begin in range(0, len(sound), piece):
        meter.feed(sound[begin : begin + piece])
    return meter


def floats(sound: Block) -> Samples:
    return sound.astype(np.float32) / np.float32(32768)


def write_wave(path: Path, sound: Block) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=48_000, layout="mono")
        frame = av.AudioFrame.from_ndarray(sound.reshape(1, -1), "s16", "mono")
        frame.sample_rate = 48_000
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def test_the_standard_s_own_tone_has_the_standard_s_loudness() -> None:
    """997 Hz at full scale is -3.01 LUFS on one channel (BS.1770-5, annex 1)."""
    assert metered(floats(tone(997, 5, 32767))).integrated == pytest.approx(-3.01, abs=0.05)


def test_pauses_do_not_count() -> None:
    """EBU Tech 3341, case 3: what is more than 10 LU below the rest is left out."""
    loud, soft = tone(1000, 10, 2316), tone(1000, 3, 500)
    silence = np.zeros(48_000 * 5, np.int16)
    together = np.concatenate((silence, soft, loud, silence, soft))
    assert metered(floats(together)).integrated == pytest.approx(metered(floats(loud)).integrated, abs=0.3)


@needs_ffmpeg
@pytest.mark.parametrize("seed", range(3))
def test_it_agrees_with_another_program(tmp_path: Path, seed: int) -> None:
    chance = np.random.default_rng(seed)
    noise = np.cumsum(chance.standard_normal(48_000 * 12)) * 20
    noise -= np.convolve(noise, np.ones(480) / 480, mode="same")
    sound = np.clip(noise * np.repeat(chance.random(12), 48_000) * 20, -32000, 32000).astype(np.int16)
    sound[-48_000:] //= 100  # the other program leaves out what is less than a block at the end
    meter = metered(floats(sound))
    integrated, peak = loudness_of(write_wave(tmp_path / "a.wav", sound))
    assert meter.integrated == pytest.approx(integrated, abs=0.1)
    assert meter.true_peak == pytest.approx(peak, abs=0.2)


def test_pieces_of_any_size_make_no_difference() -> None:
    sound = floats(tone(700, 3, 9000))
    assert metered(sound, SLOT).integrated == pytest.approx(metered(sound, 30 * SLOT).integrated, abs=0.001)


@pytest.mark.parametrize("sound", [np.zeros(48_000, np.int16), tone(500, 0.38), np.empty(0, np.int16)])
def test_silence_and_what_is_shorter_than_a_block_have_no_loudness(sound: Block) -> None:
    assert metered(floats(sound)).integrated == -math.inf


def test_silence_has_no_peak() -> None:
    assert metered(np.zeros(48_000, np.float32)).true_peak == -math.inf
