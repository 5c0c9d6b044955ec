"""Work is leased for as many places as are free."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from rooms.places import Places
from rooms.records import Records
from tests.fakes.store import MemoryStore


def giving(*work: str) -> Callable[[Records], Awaitable[str | None]]:
    left = list(work)

    async def take(_records: Records) -> str | None:
        return left.pop(0) if left else None

    return take


async def test_work_is_taken_for_as_many_places_as_are_free() -> None:
    places, take = Places(3), giving("a", "b", "c", "d")
    assert await places.fill(MemoryStore(), take) == ["a", "b", "c"]
    places.release()
    assert await places.fill(MemoryStore(), take) == ["d"]


async def test_where_little_is_to_do_the_other_places_stay_free() -> None:
    places = Places(3)
    assert await places.fill(MemoryStore(), giving("a")) == ["a"]
    assert await places.fill(MemoryStore(), giving()) == []
    assert await places.fill(MemoryStore(), giving("b", "c", "d")) == ["b", "c"]


async def test_without_a_place_it_waits_until_work_is_done() -> None:
    places = Places(1)
    await places.fill(MemoryStore(), giving("a"))
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(places.fill(MemoryStore(), giving("b")))
        await asyncio.sleep(0)
        assert not waiting.done()
        places.release()
    assert waiting.result() == ["b"]


async def test_what_could_not_be_leased_holds_no_place() -> None:
    places = Places(2)
    taken: list[str] = []

    async def break_down(_records: Records) -> str | None:
        if taken:
            raise OSError("the disk is full")
        taken.append("a")
        return "a"

    with pytest.raises(OSError, match="disk"):
        await places.fill(MemoryStore(), break_down)
    assert await places.fill(MemoryStore(), giving("a", "b")) == ["a", "b"]
