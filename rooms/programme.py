"""The programme of a group: what may stand on it, one talk at a time."""

from dataclasses import replace
from datetime import datetime

from rooms.errors.floor import NoTalkOn
from rooms.errors.talks import Clash
from rooms.ids import ChatId, RoomId
from rooms.plan import Plan
from rooms.records import Records
from rooms.room import AHEAD, ON_AIR, ON_STAGE, Room, RoomState


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
    """Raise `Clash` if another talk, ahead or on air, has some of the plan's time where it is to be.

    That is in the plan's own chat, and for the talk `but`, whose plan it is, also in those that carry it.
    """
    bridges = await records.bridges.of(but) if but is not None else []
    for chat in (plan.chat, *(bridge.chat for bridge in bridges if bridge.is_agreed)):
        await refuse_clash_in(records, chat, plan, but)


async def refuse_clash_in(records: Records, chat: ChatId, plan: Plan, but: RoomId | None = None) -> None:
    """Raise `Clash` if another talk has some of the plan's time in a chat, as its own or carried there."""
    for other in await records.rooms.between(chat, AHEAD | ON_AIR, plan.starts_at, plan.ends_at):
        if other.id != but:
            raise Clash(other.plan.title, other.plan.starts_at)
    for bridge in await records.bridges.into(chat):
        carried = await records.rooms.find(bridge.room) if bridge.is_agreed and bridge.room != but else None
        if carried is None or carried.state not in AHEAD | ON_AIR:
            continue
        if carried.plan.starts_at < plan.ends_at and plan.starts_at < carried.plan.ends_at:
            raise Clash(carried.plan.title, carried.plan.starts_at)


async def on_in(records: Records, chat: ChatId) -> Room:
    """The talk that is on in a chat's call: its own, else one that is carried there; raises `NoTalkOn`."""
    own = await records.rooms.in_states(ON_STAGE, chat, limit=1)
    if own:
        return own[0]
    for bridge in await records.bridges.into(chat):
        carried = await records.rooms.find(bridge.room) if bridge.is_agreed else None
        if carried is not None and carried.state in ON_STAGE:
            return carried
    raise NoTalkOn
