"""The programme of a group: what may stand on it, one talk at a time."""

from dataclasses import replace
from datetime import datetime

from rooms.errors import Clash
from rooms.ids import RoomId
from rooms.plan import Plan
from rooms.records import Records
from rooms.room import AHEAD, ON_AIR, Room, RoomState


async def fit(records: Records, plan: Plan, now: datetime, room: Room | None = None) -> Plan:
    """The plan as it may stand on the programme, whose hour is free; see `in_its_place`.

    Raises:
        TopicNotAllowed, Clash, and what `Plan.check` raises.
    """
    plan = await in_its_place(records, plan, now, room)
    await refuse_clash(records, plan, but=room.id if room is not None else None)
    return plan


async def in_its_place(records: Records, plan: Plan, now: datetime, room: Room | None = None) -> Plan:
    """The plan, announced in the forum topic to which the group maps its topic.

    `room` is the talk that has another plan so far. One that was confirmed may keep its topic, whatever
    became of the group's list meanwhile.

    Raises:
        TopicNotAllowed, and what `Plan.check` raises.
    """
    plan.check(now)
    group = await records.groups.find(plan.chat)
    is_settled = room is not None and room.state is not RoomState.DRAFT and room.plan.topic == plan.topic
    if group is None or is_settled:
        return plan
    group.topics.check(plan.topic)
    return replace(plan, thread=group.topics.threads.get(plan.topic or "", plan.thread))


async def refuse_clash(records: Records, plan: Plan, but: RoomId | None = None) -> None:
    """Raise `Clash` if another talk of the chat, ahead or on air, has some of the plan's time."""
    for other in await records.rooms.between(plan.chat, AHEAD | ON_AIR, plan.starts_at, plan.ends_at):
        if other.id != but:
            raise Clash(other.plan.title, other.plan.starts_at)
