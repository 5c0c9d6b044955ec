"""The strand: one part of a room's sound as packets of its own, encoded only when it is not all there is."""

from collections import deque

from voice.mixing.encoder import Encoder
from voice.mixing.sound import SILENCE, Block

SETTLING = 5
"""Slots after which the memory of an Opus codec holds nothing that can be heard of what was before them.

CELT foretells the loudness of a band from the last packet's by a half (RFC 6716, section 4.3.2.1).
"""


class Strand:
    """Packets that follow each other without a gap. Packets of another strand may be taken for its own.

    They fit where the other one held the same sound in the last `SETTLING` slots.
    """

    def __init__(self) -> None:
        self._encoder: Encoder | None = None
        self._recent: deque[Block] = deque([SILENCE], maxlen=SETTLING)

    def encode(self, block: Block, borrowed: bytes | None) -> bytes:
        """The next slot's packet: the one that is `borrowed`, or one of our own."""
        packet = self._encode(block) if borrowed is None else borrowed
        if borrowed is not None:
            self._encoder = None
        self._recent.append(block)
        return packet

    def _encode(self, block: Block) -> bytes:
        if self._encoder is None:
            self._encoder = self._take_over()
        return self._encoder.encode(block)

    def _take_over(self) -> Encoder:
        """An encoder that remembers what was heard, so that its first packet fits behind the last one."""
        encoder = Encoder()
        for block in self._recent:
            encoder.encode(block)
        return encoder
