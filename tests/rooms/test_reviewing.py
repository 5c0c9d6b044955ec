"""What became of a group's latest talks."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rooms.errors.rights import Banned, NotAMember
from rooms.guests import Guest
from rooms.ids import PersonId, RoomId
from rooms.measures import Measure
from rooms.moderation import Ban
from rooms.reviewing import MOST, Reviewing
from rooms.room import RoomState
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.store import MemoryStore
from tests.fakes.talks import CHAT, CHIARA, OTHER_CHAT, a_plan

DAY = timedelta(days=1)


async def a_talk(
    store: MemoryStore, days_ago: int, state: RoomState = RoomState.ENDED, **more: object
) -> RoomId:
    """A talk of so many days ago."""
    async with store.writing() as records:
        plan = a_plan(f"Talk {days_ago}", NOON - days_ago * DAY, **more)  # type: ignore[arg-type]
        room = await records.rooms.add(plan, f"key-{len(store.records.rooms.rows)}", NOON - 30 * DAY)
        await records.rooms.save(replace(room, state=state))
    return room.id


async def test_the_latest_talks_that_ended_are_reviewed_the_earliest_first() -> None:
    store = MemoryStore()
    for days_ago in range(1, MOST + 4):
        await a_talk(store, days_ago)
    await a_talk(store, 0, RoomState.CANCELLED)
    await a_talk(store, 0, RoomState.LIVE)
    await a_talk(store, 0, chat=OTHER_CHAT)
    reviews = await Reviewing(store, FakeClock()).latest(CHAT, CHIARA)
    assert [one.room.plan.title for one in reviews] == [f"Talk {n}" for n in range(MOST, 0, -1)]


async def test_who_said_that_they_come_is_counted_and_the_call_is_known_if_it_was_seen() -> None:
    store = MemoryStore()
    measured, unmeasured = await a_talk(store, 2), await a_talk(store, 1)
    seen = Measure(measured, ((timedelta(0), 3),), ())
    async with store.writing() as records:
        await records.measures.save(seen)
        for person in (1, 2):
            await records.guests.save(Guest(measured, PersonId(person), NOON))
        await records.guests.save(Guest(unmeasured, PersonId(1), wants_reminder=True))
    reviews = await Reviewing(store, FakeClock()).latest(CHAT, CHIARA)
    assert [(one.coming, one.measure) for one in reviews] == [(2, seen), (0, None)]


async def test_the_banned_and_strangers_are_refused() -> None:
    store = MemoryStore()
    reviewing = Reviewing(store, FakeClock())
    with pytest.raises(NotAMember):
        await reviewing.latest(CHAT, replace(CHIARA, is_member=False))
    async with store.writing() as records:
        await records.bans.save(Ban(CHAT, CHIARA.person, "Chiara", "", None))
    with pytest.raises(Banned):
        await reviewing.latest(CHAT, CHIARA)
