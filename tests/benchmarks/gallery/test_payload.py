"""The payload tells when it was made, and weighs what was promised."""

import time

from benchmarks.gallery.payload import PACKET, PACKETS, PIECE, newest_instant, packet
from containers.ogg import PageWriter


def test_the_newest_instant_is_found_wherever_it_stands() -> None:
    before = time.monotonic_ns()
    first, last = packet(1), packet(2)
    found = newest_instant(b"rest" + first + last + b"beginning")
    assert found is not None
    assert before <= found <= time.monotonic_ns()
    assert found == newest_instant(last)
    assert newest_instant(first) < found  # type: ignore[operator]


def test_where_there_is_none_none_is_found() -> None:
    assert newest_instant(b"") is None
    assert newest_instant(bytes(1000)) is None
    assert newest_instant(packet(1)[:12]) is None


def test_a_piece_is_48_kbit_a_second() -> None:
    page = PageWriter(1, 312).page([packet(number) for number in range(PACKETS)])
    assert abs(len(page) * 8 / PIECE - 48_000) < 500
    assert all(len(packet(number)) == PACKET for number in range(300))
