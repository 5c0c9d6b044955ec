"""AAC: a room's sound as RTMP's servers take it, cut anew from slots of 960 samples into frames of 1024."""

from collections.abc import Iterator

import av
import numpy as np

from voice.mixing.sound import FULL_SCALE, SILENCE, Block
from voice.mixing.units import RATE, SLOT
from voice.outlets.backlog import Sound
from voice.outlets.pages import LONGEST_FILLED

BIT_RATE = 96_000
"""Bits a second; what is common for speech and music in mono."""

FRAME = 1024
"""Samples in a frame of AAC (ISO 14496-3)."""


class AacEncoder:
    """AAC-LC, 48 kHz, mono, late by one frame.

    Speech in real time takes 1.1 % of a core; the codec's default search for coefficients takes twice that.
    Short gaps are filled with silence, in long ones its frames jump with the time of the sound.
    """

    def __init__(self) -> None:
        codec = av.CodecContext.create("aac", "w")
        codec.sample_rate = RATE
        codec.layout = "mono"
        codec.format = "fltp"
        codec.bit_rate = BIT_RATE
        codec.options = {"aac_coder": "fast"}
        codec.open()
        self._codec = codec
        self._rest: Block = SILENCE[:0]
        self._began = 0
        self._due: int | None = None
        """The sample after the last one in `_rest`."""

    @property
    def has_begun(self) -> bool:
        """Whether it was given any sound."""
        return self._due is not None

    @property
    def config(self) -> bytes:
        """The AudioSpecificConfig (ISO 14496-3, section 1.6.2.1)."""
        return bytes(self._codec.extradata or b"")

    def encode(self, sound: Sound) -> Iterator[tuple[int, bytes]]:
        """The frames that this slot makes full, each with the sample at which it begins."""
        if self._due is None:
            self._began = self._due = sound.at
        missing = sound.at - self._due
        if missing > LONGEST_FILLED:
            yield from self._append(np.zeros(-len(self._rest) % FRAME, np.int16), self._due)
        else:
            for _ in range(missing // SLOT):
                yield from self._append(SILENCE, self._due)
        yield from self._append(sound.block, sound.at)

    def _append(self, block: Block, at: int) -> Iterator[tuple[int, bytes]]:
        """The frames that a block makes full which begins at this sample."""
        self._rest = np.concatenate((self._rest, block))
        self._due = at + len(block)
        while len(self._rest) >= FRAME:
            begins = self._due - len(self._rest)
            whole, self._rest = self._rest[:FRAME], self._rest[FRAME:]
            samples = (whole.astype(np.float32) / FULL_SCALE).reshape(1, FRAME)
            frame = av.AudioFrame.from_ndarray(samples, "fltp", "mono")
            frame.sample_rate = RATE
            frame.pts = begins
            for packet in self._codec.encode(frame):
                yield max(self._began, packet.pts or 0), bytes(packet)
