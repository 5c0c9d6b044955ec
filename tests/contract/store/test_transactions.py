"""What every Store must do, whatever it is made of: transactions, seen whole or not at all."""

import pytest

from rooms.jobs import JobKind
from rooms.records import Store
from tests.contract.store.talks import new_room
from tests.fakes.clock import NOON


async def test_a_failed_transaction_leaves_no_trace(store: Store) -> None:
    room = await new_room(store)
    with pytest.raises(ZeroDivisionError):
        async with store.writing() as records:
            await records.rooms.save(room.scheduled())
            await records.jobs.add(room.id, JobKind.OPEN, NOON)
            raise ZeroDivisionError
    async with store.reading() as records:
        assert await records.rooms.get(room.id) == room
        assert await records.jobs.next_due() is None


async def test_readers_see_only_what_was_committed(store: Store) -> None:
    room = await new_room(store)
    async with store.writing() as writing, store.reading() as reading:
        await writing.rooms.save(room.scheduled())
        assert await reading.rooms.get(room.id) == room


async def test_every_commit_rings_the_bell_and_a_failure_does_not(store: Store) -> None:
    ring = store.committed.next_ring()
    with pytest.raises(ZeroDivisionError):
        async with store.writing():
            raise ZeroDivisionError
    assert not ring.is_set()
    await new_room(store)
    assert ring.is_set()
