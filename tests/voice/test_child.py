"""A relay process's end, which must be seen whatever happens meanwhile."""

import asyncio
import sys

import pytest

from voice.child import Patience, spawned

DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(600)"
)
HASTY = Patience(leaving=0.3)


async def test_a_process_that_does_not_leave_is_killed() -> None:
    async with spawned([sys.executable, "-c", DEAF], None, HASTY, lambda _: None) as (child, _):
        pass
    assert child._process.returncode is not None


async def test_the_end_is_seen_even_if_we_are_cancelled_while_waiting_for_it() -> None:
    leaving = asyncio.Event()

    async def live() -> int | None:
        async with spawned([sys.executable, "-c", DEAF], None, HASTY, lambda _: None) as (child, _):
            process = child._process
            leaving.set()
        return process.returncode

    async with asyncio.TaskGroup() as tasks:
        life = tasks.create_task(live())
        await leaving.wait()
        await asyncio.sleep(0)
        life.cancel()
        with pytest.raises(asyncio.CancelledError):
            await life
