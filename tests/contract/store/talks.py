"""Talks that tests of the store begin with."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

from rooms.ids import ChatId
from rooms.plan import Admission, Plan
from rooms.records import Store
from rooms.room import Occurrence, Room, RoomState
from tests.fakes.clock import NOON
from tests.fakes.talks import CHAT, HOUR, a_plan

_keys = count()

FULL_PLAN = replace(
    a_plan("Careers after 40, with questions"),
    description="Ada tells.\nThen we ask.",
    admission=Admission.INVITED,
    seats=30,
    is_recorded=False,
    language="it",
    cover="AgACAgQAAxkBAAIB",
)
"""A plan in which nothing is left out."""


async def new_room(
    store: Store,
    chat: ChatId = CHAT,
    starts_in: timedelta = HOUR,
    state: RoomState = RoomState.DRAFT,
    occurrence: Occurrence | None = None,
) -> Room:
    return await new_talk(store, a_plan(chat=chat, starts_at=NOON + starts_in), state, occurrence)


async def new_talk(
    store: Store,
    plan: Plan,
    state: RoomState = RoomState.SCHEDULED,
    occurrence: Occurrence | None = None,
) -> Room:
    async with store.writing() as records:
        room = await records.rooms.add(plan, f"key-{next(_keys)}", NOON, occurrence)
        room = replace(room, state=state)
        await records.rooms.save(room)
    return room
