"""The lookout tells of what it was asked to watch, and of nothing that it was told to forget."""

import asyncio
import select
import socket

from tests.deadline import DEADLINE
from tests.web.wires import a_lookout
from web.lookout import AT_ONCE, Lookout


async def test_news_are_told_to_who_asked_for_them() -> None:
    near, far = socket.socketpair()
    told: asyncio.Queue[int] = asyncio.Queue()
    async with a_lookout() as lookout:
        with near, far:
            lookout.watch(near.fileno(), select.EPOLLIN, told.put_nowait)
            far.send(b"x")
            async with asyncio.timeout(DEADLINE):
                assert await told.get() & select.EPOLLIN
            lookout.forget(near.fileno())


async def test_what_is_forgotten_is_told_no_more_and_may_be_forgotten_twice() -> None:
    near, far = socket.socketpair()
    other, end = socket.socketpair()
    told: asyncio.Queue[str] = asyncio.Queue()
    async with a_lookout() as lookout:
        with near, far, other, end:
            lookout.watch(near.fileno(), select.EPOLLIN, lambda _: told.put_nowait("near"))
            lookout.watch(other.fileno(), select.EPOLLIN, lambda _: told.put_nowait("other"))
            far.send(b"x")
            lookout.forget(near.fileno())
            lookout.forget(near.fileno())
            end.send(b"x")
            async with asyncio.timeout(DEADLINE):
                assert await told.get() == "other"
            lookout.forget(other.fileno())


async def test_a_throng_leaves_the_loop_time_for_others() -> None:
    pairs = [socket.socketpair() for _ in range(3 * AT_ONCE)]
    between: list[int] = []
    seen = 0

    def count(_: int) -> None:
        nonlocal seen
        seen += 1

    async with a_lookout() as lookout:
        for near, far in pairs:
            far.send(b"x")
            lookout.watch(near.fileno(), select.EPOLLIN, count)
        for _ in range(4):
            before = seen
            await asyncio.sleep(0)
            between.append(seen - before)
        for near, far in pairs:
            lookout.forget(near.fileno())
            near.close()
            far.close()
    assert max(between) == AT_ONCE


async def test_a_closed_lookout_watches_nothing() -> None:
    lookout = Lookout()
    lookout.open()
    lookout.close()
    lookout.close()
    near, far = socket.socketpair()
    with near, far:
        lookout.watch(near.fileno(), select.EPOLLIN, lambda _: None)
        lookout.forget(near.fileno())
