"""Copying: one room's Opus packets in, frames of another codec out, on the room's clock."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, cast

import av
from av.audio.codeccontext import AudioCodecContext

from containers.fmp4 import AAC_FRAME
from containers.mp3 import MP3_FRAME
from containers.opus import PACKET, RATE, SILENT_PACKET
from web.copyist.messages import Codec

BIT_RATE = 64_000
"""Bits a second: speech and music in mono, for players of every age."""

LONGEST_FILLED = 1 * RATE
"""Samples of a gap that is filled with silence; over a longer one the frames' time jumps."""


@dataclass(frozen=True, slots=True)
class _Encoder:
    """FFmpeg's name of one, the samples it takes at once, and its options."""

    name: str
    frame: int
    options: Mapping[str, str] = field(default_factory=dict)


_ENCODERS = {
    Codec.AAC: _Encoder("aac", AAC_FRAME, {"aac_coder": "fast"}),  # the default search takes twice the time
    Codec.MP3: _Encoder(
        "libmp3lame",
        MP3_FRAME,
        {"reservoir": "0", "compression_level": "7"},  # no frame leans on those before it; a third faster
    ),
}


class Copying:
    """Writes one room's sound anew. The frames of a stretch without a long gap follow each other exactly."""

    def __init__(self, codec: Codec) -> None:
        self._encoder = _ENCODERS[codec]
        self._due: int | None = None
        """The sample after the last one that was taken."""

    def take(self, at: int, packet: bytes) -> Iterator[tuple[int, bytes]]:
        """The frames that are complete by this packet, each with the sample at which it begins.

        Args:
            at: the sample at which the packet begins.
            packet: 20 ms of Opus; silence takes the place of what is none.
        """
        missing = 0 if self._due is None else at - self._due
        if self._due is None or missing % PACKET or not 0 <= missing <= LONGEST_FILLED:
            yield from self.finish()
            self._begin(at)
            missing = 0
        for _ in range(missing // PACKET):
            yield from self._add(SILENT_PACKET)
        yield from self._add(packet)
        self._due = at + PACKET

    def finish(self) -> Iterator[tuple[int, bytes]]:
        """The frames that are still in the works."""
        if self._due is None:
            return
        rest = self._waiting.read(0, partial=True)
        if rest is not None:
            yield from self._encode(rest)
        yield from self._encode(None)
        self._due = None

    def _begin(self, at: int) -> None:
        """A stretch begins, and knows nothing of the one before."""
        self._decoder = av.CodecContext.create("opus", "r")
        self._decoder.sample_rate = RATE
        self._decoder.layout = "mono"
        codec = cast(AudioCodecContext, av.CodecContext.create(self._encoder.name, "w"))
        codec.sample_rate = RATE
        codec.layout = "mono"
        codec.format = "fltp"
        codec.bit_rate = BIT_RATE
        codec.options = dict(self._encoder.options)
        codec.open()
        self._codec = codec
        self._waiting = av.AudioFifo()
        self._began = at
        self._encoded = 0

    def _add(self, packet: bytes) -> Iterator[tuple[int, bytes]]:
        sound = self._decoded(packet) or _silence()
        sound.pts = None
        self._waiting.write(sound)
        for frame in self._waiting.read_many(self._encoder.frame):
            yield from self._encode(frame)

    def _decoded(self, packet: bytes) -> Any:
        """The packet's 20 ms of sound, or None."""
        if not packet:  # it would end the decoder
            return None
        try:
            frames = self._decoder.decode(av.Packet(packet))
        except (av.error.InvalidDataError, ValueError):
            return None
        fits = [(frame.samples, frame.layout.nb_channels) for frame in frames] == [(PACKET, 1)]
        return frames[0] if fits else None

    def _encode(self, frame: Any) -> Iterator[tuple[int, bytes]]:
        """What comes out for a frame, or for the end; not what lies before the beginning of the sound."""
        if frame is not None:
            frame.pts = self._encoded
            frame.time_base = Fraction(1, RATE)
            self._encoded += frame.samples
        for packet in self._codec.encode(frame):
            begins = packet.pts or 0
            if begins >= 0:
                yield self._began + begins, bytes(packet)


def _silence() -> Any:
    """20 ms of it, decoded."""
    frame = av.AudioFrame("fltp", "mono", PACKET)
    frame.sample_rate = RATE
    frame.planes[0].update(bytes(frame.planes[0].buffer_size))
    return frame
