"""The system's clock wakes by event or by time."""

import asyncio
from datetime import UTC, timedelta

from app.clock import SystemClock


async def test_a_wait_ends_with_its_event() -> None:
    clock, event = SystemClock(), asyncio.Event()
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(clock.wait(event, None))
        await asyncio.sleep(0)
        assert not waiting.done()
        event.set()


async def test_a_wait_ends_at_its_instant_and_not_before() -> None:
    clock = SystemClock()
    until = clock.now() + timedelta(milliseconds=20)
    await clock.wait(asyncio.Event(), until)
    assert clock.now() >= until
    assert clock.now().tzinfo is UTC


async def test_a_wait_for_the_past_is_over_at_once() -> None:
    clock = SystemClock()
    await clock.wait(asyncio.Event(), clock.now() - timedelta(days=1))
