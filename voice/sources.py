"""The sources: the sounds that the relay itself brings into the call."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np

from voice.sound import RATE, SLOT, Block

SOUNDS = Path(__file__).with_name("sounds")

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


def decode(path: Path) -> Block:
    """Any audio file as samples: mono, `RATE`, int16."""
    resampler = av.AudioResampler("s16", "mono", RATE)
    with av.open(str(path)) as container:
        frames = [piece for frame in container.decode(audio=0) for piece in resampler.resample(frame)]
    frames += resampler.resample(None)
    return np.concatenate([frame.to_ndarray().reshape(-1) for frame in frames])


class Player:
    """Plays one sound after the other, a slot at a time."""

    def __init__(self, sounds: Sounds) -> None:
        self._sounds = sounds
        self._cues: deque[Iterator[Block]] = deque()
        self._is_holding = False

    def hold(self) -> None:
        """Begin the hold music, unless it plays already."""
        if not self._is_holding:
            self._is_holding = True
            self._cues = deque([_fading_in(_looped(self._sounds.hold))])

    def begin(self) -> None:
        """Let the hold music fade and the jingle sound."""
        fading = [_fading_out(cue) for cue in self._cues]
        self._cues = deque([*fading, _once(self._sounds.jingle)])
        self._is_holding = False

    def take(self) -> Block | None:
        """The next slot of what plays; None when nothing does."""
        while self._cues:
            block = next(self._cues[0], None)
            if block is not None:
                return block
            self._cues.popleft()
        return None


def _looped(sound: Block) -> Iterator[Block]:
    at = 0
    while True:
        yield sound[np.arange(at, at + SLOT) % len(sound)]
        at = (at + SLOT) % len(sound)


def _once(sound: Block) -> Iterator[Block]:
    padded = np.concatenate((sound, np.zeros(-len(sound) % SLOT, np.int16)))
    yield from padded.reshape(-1, SLOT)


def _fading_in(cue: Iterator[Block]) -> Iterator[Block]:
    for step in range(FADE_SLOTS):
        yield _ramped(next(cue), step / FADE_SLOTS, (step + 1) / FADE_SLOTS)
    yield from cue


def _fading_out(cue: Iterator[Block]) -> Iterator[Block]:
    for step, block in zip(range(FADE_SLOTS, 0, -1), cue, strict=False):
        yield _ramped(block, step / FADE_SLOTS, (step - 1) / FADE_SLOTS)


def _ramped(block: Block, first: float, last: float) -> Block:
    ramped: Block = (block * np.linspace(first, last, SLOT, endpoint=False)).astype(np.int16)
    return ramped
