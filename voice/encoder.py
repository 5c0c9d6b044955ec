"""The encoder: one Opus packet for every slot of a room."""

import av
import numpy as np

from voice.sound import RATE, SLOT, Block

BIT_RATE = 28_000
"""Bits a second that libopus aims at; on speech it takes half as much again."""


class Encoder:
    """A libopus encoder for mono: 20 ms in, one packet out, nothing held back but `PRE_SKIP` samples.

    It never leaves the CELT mode ("lowdelay"): packets of the hybrid mode, which libopus would choose for
    speech, are played wrongly, at worst with bursts of noise, by ffmpeg's own decoder and all its players.
    """

    def __init__(self) -> None:
        codec = av.CodecContext.create("libopus", "w")
        codec.sample_rate = RATE
        codec.layout = "mono"
        codec.format = "s16"
        codec.bit_rate = BIT_RATE
        codec.options = {"application": "lowdelay", "frame_duration": "20", "vbr": "on"}
        codec.open()
        self._codec = codec

    def encode(self, block: Block) -> bytes:
        """The Opus packet (RFC 6716) of a block of one slot."""
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(block.reshape(1, SLOT)), "s16", "mono")
        frame.sample_rate = RATE
        frame.pts = None
        (packet,) = self._codec.encode(frame)
        return bytes(packet)
