"""A line: little is held for it, and it ends in good order or at once."""

import socket

import pytest

from tests.web.fanout.conftest import AWire
from tests.web.wires import a_wire, readable
from web.fanout.line import LOST, SEND_BUFFER


async def test_the_kernel_holds_little_for_a_listener() -> None:
    async with a_wire() as wire:
        while wire.line.offer(bytes(1000)):
            pass
        assert wire.line.queued <= 12 * 1024
        sock = wire.line._sock
        assert (
            sock.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) <= 2 * SEND_BUFFER
        )  # the kernel doubles it
        assert SEND_BUFFER <= 16 * 1024


async def test_what_was_not_acknowledged_is_known() -> None:
    async with a_wire() as wire:
        assert wire.line.queued == 0
        while wire.line.offer(bytes(1000)):
            pass
        assert wire.line.queued > 0


async def test_closed_it_ends_after_what_is_on_its_way(any_wire: AWire) -> None:
    async with any_wire() as wire:
        wire.line.offer(b"bye")
        wire.line.close()
        assert await wire.read_to_the_end() == b"bye"


async def test_aborted_it_breaks_off() -> None:
    async with a_wire() as wire:
        wire.line.abort()
        await readable(wire.far)
        with pytest.raises(ConnectionResetError):
            wire.far.recv(1)


async def test_a_lost_one_takes_nothing_ever_again() -> None:
    async with a_wire() as wire:
        wire.far.shutdown(socket.SHUT_RDWR)
        wire.far.close()
        while wire.line.offer(b"x") != LOST:
            pass
        assert wire.line.offer(b"x") == LOST
