"""Hearing: packets become sound and sound becomes packets, a second at a time."""

import itertools
from collections.abc import Iterable, Iterator, Sequence

import av
import numpy as np

from containers.opus import PRE_SKIP, SILENT_PACKET
from voice.mastering.interpolation import Samples
from voice.mixing.encoder import open_libopus
from voice.mixing.sound import FULL_SCALE, Block
from voice.mixing.units import RATE, SLOT

CHUNK = 50
"""Slots that are handled at once: a second."""

RINGING = 5
"""Silent packets after which a decoder gives out nothing but silence; more of them are not decoded."""

COMPLEXITY = "5"
"""How hard libopus tries, of 10; the other half costs as much time again and cannot be heard in speech."""

_SILENCE: Samples = np.zeros(SLOT, np.float32)


def decoded(packets: Iterable[bytes]) -> Iterator[Samples]:
    """The sound of packets of 20 ms, in chunks of `CHUNK` slots; the last one may be shorter."""
    decoder = _Decoder()
    remaining = iter(packets)
    while chunk := [decoder.decode(packet) for packet in itertools.islice(remaining, CHUNK)]:
        yield np.concatenate(chunk)


def heard(packets: Iterable[bytes]) -> Iterator[Samples]:
    """The sound of a file of ours as it was before the encoder delayed it, in chunks as of `decoded`."""
    waiting: Samples | None = None
    for chunk in decoded(packets):
        if waiting is not None:
            yield np.concatenate((waiting, chunk[:PRE_SKIP]))
        waiting = chunk[PRE_SKIP:]
    if waiting is not None:
        yield np.concatenate((waiting, _SILENCE[:PRE_SKIP]))


def heard_together(tracks: Sequence[Iterable[bytes]]) -> Iterator[tuple[Samples, ...]]:
    """The sounds of tracks of one length, in step."""
    return zip(*map(heard, tracks), strict=True)


def encoded(sounds: Iterable[Block], bit_rate: int) -> Iterator[bytes]:
    """The packets of sounds of whole slots.

    Args:
        sounds: in pieces of any length, which together are whole slots.
        bit_rate: bits a second that libopus aims at.
    """
    codec = open_libopus(bit_rate, COMPLEXITY)
    for sound in sounds:
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound.reshape(1, -1)), "s16", "mono")
        frame.sample_rate = RATE
        frame.pts = None
        yield from map(bytes, codec.encode(frame))


def in_integers(sound: Samples) -> Block:
    """The sound as everybody else has it."""
    block: Block = np.rint(np.clip(sound, -1, 1) * (FULL_SCALE - 1)).astype(np.int16)
    return block


class _Decoder:
    """FFmpeg's own decoder, which is right about all that our encoders make, and does not clip."""

    def __init__(self) -> None:
        self._codec = av.CodecContext.create("opus", "r")
        self._codec.sample_rate = RATE
        self._codec.layout = "mono"
        self._codec.open()
        self._silent = 0

    def decode(self, packet: bytes) -> Samples:
        """The sound of one packet: a slot; silence for one that is spoilt."""
        self._silent = self._silent + 1 if packet == SILENT_PACKET else 0
        if self._silent > RINGING or not packet:  # an empty one would end the decoder
            return _SILENCE
        try:
            (frame,) = self._codec.decode(av.Packet(packet))
        except (av.error.InvalidDataError, ValueError):
            return _SILENCE
        sound: Samples = np.frombuffer(memoryview(frame.planes[0]), np.float32, frame.samples)
        return sound if len(sound) == SLOT else _SILENCE
