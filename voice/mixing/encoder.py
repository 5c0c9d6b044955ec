"""The encoder: one Opus packet for every slot of a room."""

import av

from voice.mixing.sound import Block
from voice.mixing.units import RATE, SLOT

BIT_RATE = 28_000
"""Bits a second that libopus aims at; on speech it takes half as much again."""

COMPLEXITY = "6"
"""How hard libopus tries, of 10; more of it costs a quarter more time and gains half a decibel."""


def open_libopus(bit_rate: int, complexity: str) -> av.AudioCodecContext:
    """An encoder for mono in packets of 20 ms; `bit_rate` is in bits a second, `complexity` of 10.

    It never leaves the CELT mode ("lowdelay"): packets of the hybrid mode, which libopus would choose for
    speech, are played wrongly, at worst with bursts of noise, by ffmpeg's own decoder and all its players.
    """
    codec = av.CodecContext.create("libopus", "w")
    codec.sample_rate = RATE
    codec.layout = "mono"
    codec.format = "s16"
    codec.bit_rate = bit_rate
    codec.options = {
        "application": "lowdelay",
        "frame_duration": "20",
        "vbr": "on",
        "compression_level": complexity,
    }
    codec.open()
    return codec


class Encoder:
    """An encoder for mono: 20 ms in, one packet out, nothing held back but `PRE_SKIP` samples."""

    def __init__(self) -> None:
        self._codec = open_libopus(BIT_RATE, COMPLEXITY)
        self._frame = av.AudioFrame("s16", "mono", SLOT)
        self._frame.sample_rate = RATE
        self._samples = self._frame.planes[0]

    def encode(self, block: Block) -> bytes:
        """The Opus packet (RFC 6716) of a block of one slot."""
        self._samples.update(block.tobytes())
        self._frame.pts = None
        (packet,) = self._codec.encode(self._frame)
        return bytes(packet)
