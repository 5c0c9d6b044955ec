"""Errands: the jobs that need nobody but the records, each done in one transaction."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from rooms.announcing import announce, remind_guests, tell
from rooms.holding import let_stand
from rooms.jobs import JobKind
from rooms.notices import NoticeKind
from rooms.records import Records
from rooms.repeating import carry_over, forget_draft
from rooms.room import AHEAD, TO_COME, Room, RoomState

Errand = Callable[[Records, Room, datetime], Awaitable[None]]


async def _announce(records: Records, room: Room, now: datetime) -> None:
    if room.state in AHEAD:
        await carry_over(records, room, now)
        await announce(records, room, now)


async def _remind(records: Records, room: Room, now: datetime) -> None:
    """Of several reminders that came due while nothing ran, one is told; after the start, none."""
    await records.jobs.drop(room.id, [JobKind.REMIND], until=now)
    is_to_come = room.state in TO_COME and now < room.plan.starts_at
    if is_to_come:
        await tell(records, room, NoticeKind.REMINDER, now)
        await remind_guests(records, room, NoticeKind.REMINDER, now)


async def _warn(records: Records, room: Room, now: datetime) -> None:
    if room.state is RoomState.LIVE and now < room.plan.ends_at:
        await tell(records, room, NoticeKind.ENDING, now)


async def _tell(records: Records, room: Room, now: datetime) -> None:
    await let_stand(records, room, now)


async def _forget_draft(records: Records, room: Room, _now: datetime) -> None:
    await forget_draft(records, room)


ERRANDS: Mapping[JobKind, Errand] = MappingProxyType(
    {
        JobKind.ANNOUNCE: _announce,
        JobKind.REMIND: _remind,
        JobKind.WARN: _warn,
        JobKind.TELL: _tell,
        JobKind.FORGET_DRAFT: _forget_draft,
    }
)
