"""A relay process's end, which must be seen whatever happens meanwhile."""

import asyncio
import signal
import socket
import sys

import pytest

from voice.pool.child import Patience, spawned

SOURCE = (
    "import signal, socket, sys, time\n"
    "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    "socket.socket(fileno=int(sys.argv[-1])).send(b'deaf')\n"
    "time.sleep(600)\n"
)
DEAF = [sys.executable, "-c", SOURCE]
HASTY = Patience(leaving=0.3)


async def until_deaf(sock: socket.socket) -> None:
    sock.setblocking(False)
    assert await asyncio.get_running_loop().sock_recv(sock, 4) == b"deaf"


async def test_a_process_that_does_not_leave_is_killed() -> None:
    async with spawned(DEAF, None, HASTY, lambda _: None) as (child, sock):
        await until_deaf(sock)
    assert child._process.returncode == -signal.SIGKILL


async def test_the_end_is_seen_even_if_we_are_cancelled_while_waiting_for_it() -> None:
    leaving = asyncio.Event()
    ends = []

    async def live() -> None:
        async with spawned(DEAF, None, HASTY, lambda _: None) as (child, sock):
            await until_deaf(sock)
            ends.append(child._process)
            leaving.set()

    async with asyncio.TaskGroup() as tasks:
        life = tasks.create_task(live())
        await leaving.wait()
        await asyncio.sleep(0)
        life.cancel()
        with pytest.raises(asyncio.CancelledError):
            await life
    assert ends[0].returncode == -signal.SIGKILL
