"""Hearing: sound to packets and back, at its true place."""

import numpy as np
import pytest

from containers.opus import SILENT_PACKET
from tests.voice.sounds import rms, strength, tone
from voice.mastering.hearing import CHUNK, RINGING, decoded, encoded, heard, heard_together, in_integers
from voice.mastering.interpolation import Samples
from voice.mixing.units import SLOT

CELT_FULLBAND_20 = 31
"""The configuration of a packet that was encoded in the mode of low delay (RFC 6716, table 2)."""


def packets_of(hertz: float, seconds: float) -> list[bytes]:
    return list(encoded([tone(hertz, seconds)], 40_000))


def joined(packets: list[bytes]) -> Samples:
    return np.concatenate(list(heard(packets)))


def test_every_slot_becomes_one_packet_however_the_sound_is_cut() -> None:
    sound = tone(500, 2)
    at_once = list(encoded([sound], 40_000))
    in_pieces = list(encoded([sound[begin : begin + 700] for begin in range(0, len(sound), 700)], 40_000))
    assert len(at_once) == 100
    assert in_pieces == at_once


def test_no_packet_is_of_the_hybrid_mode() -> None:
    assert {packet[0] >> 3 for packet in packets_of(500, 1)} == {CELT_FULLBAND_20}


def test_a_sound_comes_back_where_it_was() -> None:
    """To the sample: a click has moved by none."""
    sound = tone(500, 1, 0)
    sound[24_000:24_010] = 30_000
    back = joined(list(encoded([sound], 128_000)))
    assert abs(int(np.abs(back).argmax()) - 24_005) <= 5
    assert len(back) == len(sound)


def test_chunks_are_seconds_and_the_last_one_is_the_rest() -> None:
    assert [len(chunk) // SLOT for chunk in decoded(packets_of(500, 2.5))] == [CHUNK, CHUNK, CHUNK // 2]
    assert list(decoded([])) == []
    assert list(heard([])) == []


def test_long_silence_is_silence_and_what_follows_is_heard_as_ever() -> None:
    word = packets_of(500, 0.5)
    for pause in (RINGING - 1, 500):
        sound = joined([*word, *[SILENT_PACKET] * pause, *word])
        assert strength(in_integers(sound[-SLOT * 20 :]), 500) == pytest.approx(8000, rel=0.03)
    silence = in_integers(sound[SLOT * 30 : SLOT * 500])
    assert rms(silence) < 1


@pytest.mark.parametrize("spoilt", [b"", b"\x00", b"\xff" * 3, b"\xfb\xff\xff\xff"])
def test_a_spoilt_packet_is_a_slot_of_something_and_costs_no_time(spoilt: bytes) -> None:
    packets = packets_of(500, 1)
    packets[20] = spoilt
    assert len(joined(packets)) == 50 * SLOT


def test_tracks_are_heard_in_step() -> None:
    chunks = list(heard_together([packets_of(500, 1.5), [SILENT_PACKET] * 75]))
    assert [[len(sound) for sound in chunk] for chunk in chunks] == [[50 * SLOT] * 2, [25 * SLOT] * 2]


def test_too_loud_sound_is_clipped_and_not_wrapped_round() -> None:
    assert in_integers(np.array([1.5, -1.5, 0], np.float32)).tolist() == [32767, -32767, 0]
