"""The encoder: every slot becomes one packet that holds its sound."""

from pathlib import Path

import av
import numpy as np
import pytest

from containers.opus import PRE_SKIP
from tests.voice.sounds import cut, strength, tone
from voice.mixing.encoder import Encoder
from voice.mixing.sound import SILENCE
from voice.mixing.units import RATE, SLOT
from voice.sources.sounds import decode


def decoded(packets: list[bytes]) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    codec = av.CodecContext.create("libopus", "r")
    codec.sample_rate = RATE
    codec.layout = "mono"
    frames = [frame for packet in packets for frame in codec.decode(av.Packet(packet))]
    return np.concatenate([frame.to_ndarray().reshape(-1) for frame in frames]).astype(np.float32)


def test_one_slot_gives_one_packet_at_once() -> None:
    encoder = Encoder()
    packets = [encoder.encode(block) for block in [SILENCE, *cut(tone(440, 0.2))]]
    assert len(packets) == 11
    assert all(packets)


def test_the_sound_is_in_the_packets() -> None:
    encoder = Encoder()
    sound = decoded([encoder.encode(block) for block in cut(tone(1000, 1))])
    scale = 32768 if abs(sound).max() <= 1 else 1
    assert strength((sound[RATE // 2 :] * scale).astype(np.int16), 1000) == pytest.approx(8000, rel=0.05)


def test_the_delay_is_what_the_files_say() -> None:
    click = np.zeros(RATE // 5, np.int16)
    click[4800:4830] = 20_000
    encoder = Encoder()
    sound = decoded([encoder.encode(block) for block in cut(click)])
    assert int(np.argmax(abs(sound))) - 4800 == pytest.approx(PRE_SKIP, abs=60)


def test_speech_is_kept_out_of_the_mode_that_ffmpeg_plays_wrongly() -> None:
    """Of the first byte's 32 configurations, those from 16 on are CELT alone (RFC 6716, section 3.1)."""
    speech = decode(Path("sandbox/people/voices/ada-1.ogg"))
    encoder = Encoder()
    assert all(encoder.encode(block)[0] >> 3 >= 16 for block in cut(speech[: len(speech) // SLOT * SLOT]))


def test_an_hour_costs_15_megabytes_at_most() -> None:
    encoder = Encoder()
    noise = np.random.default_rng(1).integers(-8000, 8000, 2 * RATE).astype(np.int16)
    packets = [encoder.encode(block) for block in cut(noise)]
    assert sum(map(len, packets)) / 2 * 3600 < 15.5e6
