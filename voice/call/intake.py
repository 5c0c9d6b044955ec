"""The intake: frames of every speaker, as the native library drops them, become steady slots."""

import time
from collections import deque
from collections.abc import Callable

import numpy as np

from voice.mixing.sound import Block
from voice.mixing.units import FRAME, SLOT

FRAME_BYTES = FRAME * 2
PRIMED = 3
"""Frames (30 ms) that must wait before a voice starts, so that small delays do not tear it."""

CROWDED = 5
"""Frames that may wait at the quietest moment of a second; one is left out when there were always more."""

LATE = 40
"""Frames (400 ms) that may so wait at most; with more a voice is moved forward to what is heard now."""

OVERFLOW = 110
"""Frames (1.1 s) that may wait at any moment: as many as a machine that was stopped hands in at once."""

SECOND = 50
"""Slots."""

FORGOTTEN_AFTER = 30.0
"""Seconds without a frame after which a source counts as gone."""


class Intake:
    """One jitter buffer for every source (SSRC, unsigned). `last_frame_at` is None until a frame came."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._voices: dict[int, _Voice] = {}
        self.last_frame_at: float | None = None

    def put(self, source: int, data: bytes) -> None:
        """Take in 10 ms of a source, s16le mono at 48 kHz; anything else is left out."""
        if len(data) != FRAME_BYTES:
            return
        self.last_frame_at = self._clock()
        voice = self._voices.setdefault(source & 0xFFFFFFFF, _Voice())
        voice.put(np.frombuffer(data, np.int16), self.last_frame_at)

    def take(self) -> dict[int, Block]:
        """One slot of every source that is heard now."""
        now = self._clock()
        heard = {}
        for source, voice in list(self._voices.items()):
            block = voice.take()
            if block is not None:
                heard[source] = block
            elif now - voice.last_frame_at > FORGOTTEN_AFTER:
                del self._voices[source]
        return heard


class _Voice:
    """One source's frames on their way."""

    def __init__(self) -> None:
        self._frames: deque[Block] = deque()
        self._is_primed = False
        self._fewest = OVERFLOW
        self._slots = 0
        self.last_frame_at = 0.0

    def put(self, frame: Block, now: float) -> None:
        self._frames.append(frame)
        self.last_frame_at = now
        if len(self._frames) > OVERFLOW:
            self._catch_up()

    def take(self) -> Block | None:
        if not self._is_primed and len(self._frames) < PRIMED:
            return None
        self._is_primed = len(self._frames) >= SLOT // FRAME
        if not self._frames:
            return None
        self._slim()
        first = self._frames.popleft()
        second = self._frames.popleft() if self._frames else np.zeros(FRAME, np.int16)
        return np.concatenate((first, second))

    def _slim(self) -> None:
        """Leave out a frame, or many, when a whole second went by with more frames waiting than needed."""
        self._fewest = min(self._fewest, len(self._frames) - SLOT // FRAME)
        self._slots += 1
        if self._slots >= SECOND:
            if self._fewest > LATE:
                self._catch_up()
            elif self._fewest > CROWDED:
                self._frames.popleft()
            self._fewest, self._slots = OVERFLOW, 0

    def _catch_up(self) -> None:
        while len(self._frames) > PRIMED:
            self._frames.popleft()
