"""Chunks: 100 ms each, cut wherever something is missing, on a clock that never runs backwards."""

from collections.abc import Sequence

from containers.opus import PACKET
from rooms.ports import Packet
from web.chunks import CHUNK, Chunker


class Spelled:
    """A form that can be read: where a chunk begins and what it holds."""

    content_type = "text/plain"

    def head(self, title: str) -> bytes:
        return title.encode()

    def chunk(self, packets: Sequence[bytes], at: int) -> bytes:
        return f"{at // PACKET}:".encode() + b"".join(packets)

    def farewell(self) -> bytes:
        return b"bye"


def gathered(chunker: Chunker, slots: Sequence[int]) -> list[bytes]:
    """The chunks made of packets at these 20 ms slots; each packet is a letter, in order."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    packets = [Packet(slot * PACKET, letters[n].encode(), 127) for n, slot in enumerate(slots)]
    return [chunk for packet in packets for chunk in chunker.take(packet)]


def test_five_packets_are_a_chunk() -> None:
    chunker = Chunker(Spelled())
    assert gathered(chunker, range(100, 100 + 2 * CHUNK + 1)) == [b"100:abcde", b"105:fghij"]
    assert chunker.flush() == [b"110:k"]
    assert chunker.flush() == []


def test_a_gap_ends_a_chunk_and_the_next_one_says_where_it_is() -> None:
    chunker = Chunker(Spelled())
    assert gathered(chunker, [0, 1, 2, 50, 51, 52, 53, 54]) == [b"0:abc", b"50:defgh"]


def test_a_clock_that_begins_anew_goes_on_where_the_old_one_was() -> None:
    chunker = Chunker(Spelled())
    assert gathered(chunker, [70, 71, 0, 1, 2, 9]) == [b"70:abcde"]
    assert chunker.flush() == [b"81:f"]
