"""Levelling: -16 LUFS and no peak above -1 dBTP, measured by another program after decoding."""

from pathlib import Path

import numpy as np
import pytest

from tests.voice.mastering.independent import loudness_of, needs_ffmpeg
from tests.voice.sounds import tone
from voice.mastering.hearing import encoded
from voice.mastering.levelling import NOISE, gain_for, level, measured
from voice.mixing.sound import Block
from voice.mixing.units import SLOT
from voice.recording.spliced import GAPS, PACKETS, read_slotwise, write_packets


def written(path: Path, sound: Block) -> Path:
    whole = sound[: len(sound) // SLOT * SLOT]
    tags = {PACKETS: str(len(whole) // SLOT), GAPS: ""}
    write_packets(path, encoded([whole], 28_000), tags)
    return path


def levelled(folder: Path, sound: Block) -> tuple[float, float]:
    """By ffmpeg: loudness and true peak of the levelled sound."""
    source, target = written(folder / "talk.ogg", sound), folder / "whole.ogg"
    level(source, target, gain_for(measured(read_slotwise(source))), 40_000)
    return loudness_of(target)


def voice(seed: int, loudness: float, peaky: float = 1.0) -> Block:
    """Something like speech: buzzing syllables of many strengths, with pauses."""
    chance = np.random.default_rng(seed)
    time = np.arange(48_000 * 8) / 48_000
    buzz = sum(np.sin(2 * np.pi * 130 * k * time + peaky * k) / k for k in range(1, 20))
    syllables = np.repeat(np.clip(chance.normal(0.5, 0.5, 8 * 5), 0, None), 9600)
    smooth = np.convolve(syllables, np.hanning(2400) / 1200, mode="same")
    return np.clip(buzz * smooth * loudness, -32_000, 32_000).astype(np.int16)


@needs_ffmpeg
@pytest.mark.parametrize("loudness", [300, 6000])
@pytest.mark.parametrize("peaky", [0.0, 2.1])
def test_soft_and_loud_talks_become_equally_loud(tmp_path: Path, loudness: float, peaky: float) -> None:
    integrated, peak = levelled(tmp_path, voice(1, loudness, peaky))
    assert integrated == pytest.approx(-16, abs=0.5)
    assert peak <= -1.0


@needs_ffmpeg
def test_a_soft_guest_beside_a_loud_host(tmp_path: Path) -> None:
    """Between them lie 16 dB, so that the host must be held down a lot."""
    sound = np.concatenate((voice(1, 4000), voice(2, 600)))
    integrated, peak = levelled(tmp_path, sound)
    assert integrated == pytest.approx(-16, abs=0.5)
    assert peak <= -1.0


@needs_ffmpeg
def test_a_shout_in_a_soft_talk_is_held_down(tmp_path: Path) -> None:
    sound = voice(3, 300)
    sound[200_000:210_000] = tone(800, 10_000 / 48_000, 32_000)
    integrated, peak = levelled(tmp_path, sound)
    assert integrated == pytest.approx(-16, abs=0.5)
    assert peak <= -1.0


@needs_ffmpeg
def test_a_tone_of_full_scale_is_turned_down(tmp_path: Path) -> None:
    integrated, peak = levelled(tmp_path, tone(1000, 6, 32_000))
    assert integrated == pytest.approx(-16, abs=0.5)
    assert peak <= -1.0


@needs_ffmpeg
def test_the_noise_of_an_empty_room_is_not_blown_up(tmp_path: Path) -> None:
    noise = (np.random.default_rng(1).standard_normal(48_000 * 6) * 20).astype(np.int16)
    integrated, _ = levelled(tmp_path, noise)
    assert integrated < NOISE


@pytest.mark.parametrize("seconds", [0.02, 0.2, 5])
def test_silence_of_any_length_stays_silence(tmp_path: Path, seconds: float) -> None:
    source = written(tmp_path / "talk.ogg", np.zeros(round(48_000 * seconds), np.int16))
    meter = measured(read_slotwise(source))
    assert gain_for(meter) == 0
    result = level(source, tmp_path / "whole.ogg", 0.0, 40_000)
    assert max(result.peaks) < 0.001
    assert len(result.sizes) == len(result.peaks) == round(seconds * 50)


def test_a_word_too_short_to_be_measured_stays_as_it_is(tmp_path: Path) -> None:
    source = written(tmp_path / "talk.ogg", tone(500, 0.3, 500))
    assert gain_for(measured(read_slotwise(source))) == 0


def test_speech_among_long_silence_counts_alone(tmp_path: Path) -> None:
    speech = voice(1, 700)
    among = np.concatenate((np.zeros(48_000 * 60, np.int16), speech))
    gains = [gain_for(measured(read_slotwise(written(tmp_path / "t.ogg", one)))) for one in (speech, among)]
    assert gains[0] == pytest.approx(gains[1], abs=0.1)
