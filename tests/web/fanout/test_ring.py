"""The ring: tells who took less, batch after batch, and is done without where the kernel allows none."""

import os
import socket
from array import array
from collections.abc import Iterator
from contextlib import ExitStack, suppress

import pytest

from tests.web.fanout.streams import chunk
from web.fanout import NoRing, Ring
from web.fanout.line import LOST
from web.fanout.ring import ENTRIES, LONGEST


@pytest.fixture
def ring() -> Iterator[Ring]:
    try:
        ring = Ring()
    except NoRing as error:
        pytest.skip(f"no io_uring here: {error}")
    yield ring
    ring.close()


def tcp_pair(stack: ExitStack) -> tuple[socket.socket, socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        far = stack.enter_context(socket.create_connection(server.getsockname()))
        near, _ = server.accept()
    stack.enter_context(near)
    near.setblocking(False)
    near.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 16 * 1024)
    return near, far


def fill(near: socket.socket) -> None:
    with suppress(BlockingIOError):
        while True:
            near.send(bytes(1000))


def numbers(*ends: socket.socket) -> "array[int]":
    return array("i", [end.fileno() for end in ends])


def test_all_get_the_content_and_nothing_is_told(ring: Ring) -> None:
    with ExitStack() as stack:
        pairs = [tcp_pair(stack) for _ in range(5)]
        for number in range(3):
            assert ring.send(numbers(*(near for near, _ in pairs)), chunk(number)) == []
        expected = b"".join(map(chunk, range(3)))
        for _, far in pairs:
            assert far.recv(2 * len(expected)) == expected


def test_who_takes_nothing_or_is_gone_is_told_by_place(ring: Ring) -> None:
    with ExitStack() as stack:
        (quick, _), (full, _), (gone, end), (last, _) = (tcp_pair(stack) for _ in range(4))
        fill(full)
        end.close()
        with suppress(OSError):
            while True:  # until the network has told
                gone.send(b"x")
        told = dict(ring.send(numbers(quick, full, gone, last), chunk(0)))
    assert told == {1: 0, 2: LOST}


def test_who_takes_a_part_is_told_with_how_much_and_nothing_is_lost(ring: Ring) -> None:
    with ExitStack() as stack:
        near, far = tcp_pair(stack)
        content = bytes(range(256)) * (LONGEST // 256)
        sent, taken = 0, LONGEST
        while taken == LONGEST:
            ((_, taken),) = ring.send(numbers(near), content) or [(0, LONGEST)]
            sent += taken
        assert 0 <= taken < LONGEST
        received = b""
        while len(received) < sent:
            received += far.recv(1 << 20)
    assert received == (content * (sent // LONGEST + 1))[:sent]


def test_crowds_beyond_a_ring_s_length_are_served_in_batches(ring: Ring) -> None:
    with ExitStack() as stack:
        near, far = tcp_pair(stack)
        gone = stack.enter_context(socket.socket())
        many = array("i", [near.fileno()]) * (ENTRIES + 10)
        many[ENTRIES + 3] = gone.fileno()
        assert ring.send(many, b"x") == [(ENTRIES + 3, LOST)]
        received = b""
        while len(received) < ENTRIES + 9:
            received += far.recv(1 << 20)
    assert received == b"x" * (ENTRIES + 9)


def test_it_goes_round_again_and_again(ring: Ring) -> None:
    with ExitStack() as stack:
        pairs = [tcp_pair(stack) for _ in range(3)]
        ends = numbers(*(near for near, _ in pairs))
        for number in range(2 * ENTRIES // 3 + 2):
            assert ring.send(ends, b"%05d" % number) == []
            for _, far in pairs:
                assert far.recv(100) == b"%05d" % number


def test_a_closed_ring_gives_its_descriptor_back() -> None:
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208
    try:
        ring = Ring()
    except NoRing as error:
        pytest.skip(f"no io_uring here: {error}")
    ring.close()
    ring.close()
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208
