"""Chunks: as long as their form wants, cut at gaps, on a clock that never runs backwards."""

from collections.abc import Sequence

from containers.opus import PACKET
from web.chunks import Chunker
from web.copyist.messages import Codec


class Spelled:
    """A form that can be read: where a chunk begins and what it holds."""

    content_type = "text/plain"
    packet = PACKET
    codec: Codec | None = None

    def __init__(self, length: int = 5) -> None:
        self.length = length

    def head(self, title: str) -> bytes:
        return title.encode()

    def chunk(self, packets: Sequence[bytes], at: int) -> bytes:
        return f"{at // PACKET}:".encode() + b"".join(packets)

    def farewell(self) -> bytes:
        return b"bye"


def gathered(chunker: Chunker, slots: Sequence[int]) -> list[bytes]:
    """The chunks made of packets at these 20 ms slots; each packet is a letter, in order."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    packets = [(slot * PACKET, letters[n].encode()) for n, slot in enumerate(slots)]
    return [chunk for at, packet in packets for chunk in chunker.take(at, packet)]


def test_a_form_s_length_of_packets_is_a_chunk() -> None:
    assert gathered(Chunker(Spelled(2)), range(5)) == [b"0:ab", b"2:cd"]
    chunker = Chunker(Spelled(5))
    assert gathered(chunker, range(100, 111)) == [b"100:abcde", b"105:fghij"]
    assert chunker.flush() == [b"110:k"]
    assert chunker.flush() == []


def test_a_gap_ends_a_chunk_and_the_next_one_says_where_it_is() -> None:
    chunker = Chunker(Spelled())
    assert gathered(chunker, [0, 1, 2, 50, 51, 52, 53, 54]) == [b"0:abc", b"50:defgh"]


def test_a_clock_that_begins_anew_goes_on_where_the_old_one_was() -> None:
    chunker = Chunker(Spelled())
    assert gathered(chunker, [70, 71, 0, 1, 2, 9]) == [b"70:abcde"]
    assert chunker.flush() == [b"81:f"]


def test_packets_of_another_length_follow_each_other_too() -> None:
    form = Spelled(2)
    form.packet = 1152
    chunker = Chunker(form)
    assert [chunk for n in range(4) for chunk in chunker.take(960 + n * 1152, b"x")] == [b"1:xx", b"3:xx"]
