"""Spliced files: one packet a slot, whole or not there at all."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from containers.opus import PRE_SKIP, SILENT_PACKET
from rooms.recordings import Gap
from voice.mixing.units import RATE
from voice.recording.spliced import (
    GAPS,
    PACKETS,
    gaps_to_text,
    read_gaps,
    read_slots,
    read_slotwise,
    read_splice,
    write_packets,
)

PACKETS_OF_A_TALK = [SILENT_PACKET + bytes([number % 250]) for number in range(220)]


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "talk.ogg"
    write_packets(path, PACKETS_OF_A_TALK, {PACKETS: "220", GAPS: "10+5 30+1"})
    return path


def test_it_says_how_long_it_is_and_where_its_gaps_are(talk: Path) -> None:
    splice = read_splice(talk)
    assert splice.duration == timedelta(seconds=4.4 - PRE_SKIP / RATE)
    assert splice.gaps == (
        Gap(timedelta(seconds=0.2), timedelta(seconds=0.1)),
        Gap(timedelta(seconds=0.6), timedelta(seconds=0.02)),
    )
    assert read_gaps(talk) == [(10, 5), (30, 1)]
    assert read_slots(talk) == 220


def test_every_slot_has_its_packet(talk: Path) -> None:
    assert list(read_slotwise(talk)) == PACKETS_OF_A_TALK


def test_what_the_disk_has_spoilt_is_silence_of_the_same_length(talk: Path) -> None:
    content = bytearray(talk.read_bytes())
    content[content.index(PACKETS_OF_A_TALK[60])] ^= 0xFF
    talk.write_bytes(content)
    packets = list(read_slotwise(talk))
    assert packets == PACKETS_OF_A_TALK[:50] + [SILENT_PACKET] * 50 + PACKETS_OF_A_TALK[100:]


def test_a_spoilt_end_is_silence_too(talk: Path) -> None:
    talk.write_bytes(talk.read_bytes()[:-3])
    assert list(read_slotwise(talk)) == PACKETS_OF_A_TALK[:200] + [SILENT_PACKET] * 20


def test_a_fault_while_writing_leaves_what_was_there(talk: Path) -> None:
    def breaking() -> Iterator[bytes]:
        yield SILENT_PACKET
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        write_packets(talk, breaking(), {})
    assert list(read_slotwise(talk)) == PACKETS_OF_A_TALK


def test_gaps_that_touch_become_one() -> None:
    assert gaps_to_text([(30, 5), (10, 5), (12, 10), (35, 1)]) == "10+12 30+6"
    assert gaps_to_text([]) == ""
