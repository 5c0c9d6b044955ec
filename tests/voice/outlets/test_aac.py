"""AAC: what is encoded is what was said, at its time."""

from collections.abc import Iterable

import av
import numpy as np

from tests.voice.sounds import cut, rms, strength, tone
from voice.mixing.sound import Block
from voice.mixing.units import RATE, SLOT
from voice.outlets.aac import FRAME, AacEncoder
from voice.outlets.backlog import Sound
from voice.outlets.pages import LONGEST_FILLED


def encode(slots: Iterable[int]) -> tuple[AacEncoder, list[tuple[int, bytes]]]:
    encoder, blocks = AacEncoder(), cut(tone(440, 1))
    return encoder, [
        frame for slot in slots for frame in encoder.encode(Sound(slot * SLOT, b"", blocks[slot % 50]))
    ]


def decode(encoder: AacEncoder, frames: list[tuple[int, bytes]]) -> Block:
    codec = av.CodecContext.create("aac", "r")
    codec.extradata = encoder.config
    sounds = [frame.to_ndarray() for _, data in frames for frame in codec.decode(av.Packet(data))]
    samples: Block = (np.concatenate(sounds, axis=1)[0] * 32767).astype(np.int16)
    return samples


def test_the_tone_is_in_the_frames() -> None:
    sound = decode(*encode(range(100)))
    assert strength(sound[RATE // 2 : RATE], 440) > 7500


def test_frames_follow_each_other_without_holes() -> None:
    _, frames = encode(range(100))
    starts = [at for at, _ in frames]
    assert starts[0] == starts[1] == 0  # the first one is the encoder's own run-up
    assert np.diff(starts[1:]).tolist() == [FRAME] * (len(starts) - 2)


def test_it_begins_wherever_the_sound_does() -> None:
    _, frames = encode(range(1000, 1050))
    assert frames[0][0] == frames[1][0] == 1000 * SLOT


def test_short_gaps_are_silence() -> None:
    encoder, frames = encode([*range(50), *range(75, 150)])
    assert np.diff([at for at, _ in frames[1:]]).tolist() == [FRAME] * (len(frames) - 2)
    sound = decode(encoder, frames)
    assert rms(sound[RATE * 11 // 10 : RATE * 14 // 10]) < 100
    assert strength(sound[RATE * 16 // 10 : RATE * 25 // 10], 440) > 7500


def test_long_gaps_are_jumps() -> None:
    later = 50 + LONGEST_FILLED // SLOT + 1
    encoder, frames = encode([*range(50), *range(later, later + 50)])
    steps = np.diff([at for at, _ in frames[1:]])
    assert (steps > 0).all()
    assert next(at for at, _ in frames if at >= later * SLOT) == later * SLOT
    assert sum(steps != FRAME) == 1
    assert strength(decode(encoder, frames)[RATE * 5 // 4 : RATE * 7 // 4], 440) > 7000
