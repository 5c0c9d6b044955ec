"""What scripted people can say: the committed files, measured."""

from collections import Counter

import av
import numpy as np
import pytest

from sandbox.people.cast import PARTS
from sandbox.people.repertoire import VOICES, Utterance, load_repertoire
from tests.sandbox.party import decibels, decode
from tests.sandbox.sounds import RATE, Sound

REPERTOIRE = load_repertoire()
each_utterance = pytest.mark.parametrize("line", REPERTOIRE.values(), ids=REPERTOIRE)


def test_everybody_has_lines_enough_for_an_evening() -> None:
    lines = Counter(line.person for line in REPERTOIRE.values())
    assert set(lines) == {part.key for part in PARTS}
    assert min(lines.values()) >= 3


def test_there_is_english_and_italian() -> None:
    assert {line.language for line in REPERTOIRE.values()} == {"en", "it"}


def test_no_file_lies_about_that_nobody_says() -> None:
    assert {path.stem for path in VOICES.glob("*.ogg")} == set(REPERTOIRE)


@each_utterance
def test_an_utterance_lasts_as_long_as_the_index_says(line: Utterance) -> None:
    assert 4 <= line.seconds <= 8
    assert len(decode(line)) / RATE == pytest.approx(line.seconds, abs=0.02)


@each_utterance
def test_its_packets_are_20_ms_of_mono_at_48_khz(line: Utterance) -> None:
    with av.open(str(line.path)) as container:
        stream = container.streams.audio[0]
        assert (stream.codec_context.name, stream.rate, stream.layout.name) == ("opus", RATE, "mono")
    assert len(line.packets()) * 0.02 == pytest.approx(line.seconds, abs=0.03)


@each_utterance
def test_all_are_equally_loud_and_none_is_distorted(line: Utterance) -> None:
    sound = decode(line)
    assert decibels(sound) == pytest.approx(-20, abs=1)
    assert 20 * np.log10(np.abs(sound).max() / 32768) < -3


@each_utterance
def test_no_pause_could_be_taken_for_a_gap(line: Utterance) -> None:
    assert longest_pause(decode(line)) <= 0.25


def test_voices_are_told_apart() -> None:
    """The long-term spectra of two lines are more alike within a voice than between voices."""
    spectra = {id_: spectrum(decode(line)) for id_, line in REPERTOIRE.items() if line.language == "en"}
    for person in ("ada", "bruno", "chiara"):
        own = spectra[f"{person}-1"] @ spectra[f"{person}-2"]
        others = [spectra[f"{person}-1"] @ spectra[id_] for id_ in spectra if not id_.startswith(person)]
        assert own > max(others)


def longest_pause(sound: Sound) -> float:
    frames = sound[: len(sound) // 480 * 480].reshape(-1, 480) / 32768
    is_quiet = np.sqrt((frames**2).mean(axis=1)) < 0.005
    edges = np.flatnonzero(np.diff(np.concatenate(([0], is_quiet.astype(int), [0]))))
    return float(max(edges[1::2] - edges[::2], default=0)) / 100


def spectrum(sound: Sound) -> np.ndarray:
    """How a voice's power lies over the frequencies up to 5 kHz, on average, of length one."""
    frames = sound[: len(sound) // 4096 * 4096].reshape(-1, 4096) * np.hanning(4096)
    power = np.log1p(np.abs(np.fft.rfft(frames)).mean(axis=0)[:420])
    power = power - power.mean()
    return np.asarray(power / np.linalg.norm(power))
