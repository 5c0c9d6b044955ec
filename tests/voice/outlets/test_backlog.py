"""The backlog: order, patience, and what goes when there is too much."""

import asyncio

from voice.mixing.sound import SILENCE
from voice.mixing.units import SLOT, SLOT_SECONDS
from voice.outlets.backlog import LONGEST, Backlog, Sound


def sound(slot: int) -> Sound:
    return Sound(slot * SLOT, b"", SILENCE)


async def test_sound_comes_out_in_order() -> None:
    backlog = Backlog()
    for slot in range(3):
        backlog.put(sound(slot))
    assert [(await backlog.take()).at for _ in range(3)] == [0, SLOT, 2 * SLOT]
    assert backlog.taken == 3


async def test_who_is_early_waits() -> None:
    backlog = Backlog()
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(backlog.take())
        await asyncio.sleep(0)
        assert not waiting.done()
        backlog.put(sound(7))
    assert waiting.result() == sound(7)


async def test_the_oldest_goes_when_there_is_too_much() -> None:
    backlog = Backlog()
    most = round(LONGEST / SLOT_SECONDS)
    for slot in range(most + 10):
        backlog.put(sound(slot))
    assert (await backlog.take()).at == 10 * SLOT


async def test_after_clearing_only_new_sound_is_handed_out() -> None:
    backlog = Backlog()
    backlog.put(sound(1))
    backlog.clear()
    backlog.put(sound(2))
    assert (await backlog.take()).at == 2 * SLOT
