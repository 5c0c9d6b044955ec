"""The house's own sounds, the hold music and the jingle, and how they follow each other."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import av
import numpy as np

from voice.mixing.sound import Block
from voice.mixing.units import RATE, SLOT

SOUNDS = Path(__file__).parent.with_name("sounds")

FADE_SLOTS = 15
"""Slots (300 ms) in which the hold music comes and goes."""


@dataclass(frozen=True, slots=True)
class Sounds:
    """The house's own sounds, decoded once for all rooms."""

    hold: Block
    jingle: Block


def load_sounds(folder: Path = SOUNDS) -> Sounds:
    """Decode the committed sounds; slow enough to be done in a thread."""
    return Sounds(decode(folder / "hold.ogg"), decode(folder / "jingle.ogg"))


def decode(sound: Path | IO[bytes]) -> Block:
    """A sound of our own as samples: mono, `RATE`, int16. Strangers' files are for `decoder.decoding`."""
    resampler = av.AudioResampler("s16", "mono", RATE)
    with av.open(str(sound) if isinstance(sound, Path) else sound, "r") as container:
        frames = [piece for frame in container.decode(audio=0) for piece in resampler.resample(frame)]
    frames += resampler.resample(None)
    return np.concatenate([frame.to_ndarray().reshape(-1) for frame in frames])


class HouseMusic:
    """Plays hold music while it is wished and nothing better is on, and the jingle once."""

    def __init__(self, sounds: Sounds) -> None:
        self._sounds = sounds
        self._parts: deque[Iterator[Block]] = deque()
        self._is_wished = False
        self._is_holding = False

    def hold(self) -> None:
        """Play hold music from now on."""
        self._is_wished = True

    def begin(self) -> None:
        """Let the hold music fade and the jingle sound."""
        self._is_wished = False
        self._fade()
        self._parts.append(_once(self._sounds.jingle))

    def take(self, *, is_wanted: bool) -> Block | None:
        """The next slot, None when nothing sounds; hold music fades where it is not wanted."""
        if self._is_holding and not (self._is_wished and is_wanted):
            self._fade()
        elif self._is_wished and is_wanted and not self._is_holding:
            self._is_holding = True
            self._parts.append(_fading_in(_looped(self._sounds.hold)))
        while self._parts:
            block = next(self._parts[0], None)
            if block is not None:
                return block
            self._parts.popleft()
        return None

    def _fade(self) -> None:
        if self._is_holding:
            self._is_holding = False
            self._parts.append(_fading_out(self._parts.pop()))


def _looped(sound: Block) -> Iterator[Block]:
    at = 0
    while True:
        yield sound[np.arange(at, at + SLOT) % len(sound)]
        at = (at + SLOT) % len(sound)


def _once(sound: Block) -> Iterator[Block]:
    padded = np.concatenate((sound, np.zeros(-len(sound) % SLOT, np.int16)))
    yield from padded.reshape(-1, SLOT)


def _fading_in(part: Iterator[Block]) -> Iterator[Block]:
    for step in range(FADE_SLOTS):
        yield _ramped(next(part), step / FADE_SLOTS, (step + 1) / FADE_SLOTS)
    yield from part


def _fading_out(part: Iterator[Block]) -> Iterator[Block]:
    for step, block in zip(range(FADE_SLOTS, 0, -1), part, strict=False):
        yield _ramped(block, step / FADE_SLOTS, (step - 1) / FADE_SLOTS)


def _ramped(block: Block, first: float, last: float) -> Block:
    ramped: Block = (block * np.linspace(first, last, SLOT, endpoint=False)).astype(np.int16)
    return ramped
