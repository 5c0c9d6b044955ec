"""What is heard of copies: frames decoded again by FFmpeg."""

from collections.abc import Sequence
from typing import cast

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext

from containers.fmp4 import AAC_CONFIG
from containers.opus import RATE
from voice.mixing.sound import Block
from web.copyist.messages import Codec

_FULL_SCALE = 32768


def heard(codec: Codec, frames: Sequence[bytes]) -> Block:
    """The sound of these frames, one after the other, and of nothing before them."""
    name = "aac" if codec is Codec.AAC else "mp3float"
    decoder = cast(AudioCodecContext, av.CodecContext.create(name, "r"))
    decoder.sample_rate = RATE
    decoder.layout = "mono"
    if codec is Codec.AAC:
        decoder.extradata = AAC_CONFIG
    pieces = [sound.to_ndarray()[0] for frame in frames for sound in decoder.decode(av.Packet(frame))]
    sound: Block = (np.concatenate(pieces) * _FULL_SCALE).astype(np.int16)
    return sound
