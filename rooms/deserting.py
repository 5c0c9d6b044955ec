"""Deserting: a talk that is on ends by itself when nobody is there for a while, or when it has no call."""

from datetime import datetime, timedelta

from rooms.announcing import tell
from rooms.ids import RoomId
from rooms.jobs import JobKind
from rooms.notices import NoticeKind
from rooms.records import Records
from rooms.room import Room

DESERTED = timedelta(minutes=10)
"""After so long without anybody in the call, or without the call, a talk ends."""


async def wait_for_people(records: Records, room: RoomId, now: datetime) -> None:
    """Nobody is there from now on, as far as is known: the talk ends in a while, unless somebody comes."""
    await records.jobs.drop(room, [JobKind.EMPTY])
    await records.jobs.add(room, JobKind.EMPTY, now + DESERTED)


async def interrupt(records: Records, room: Room, now: datetime) -> None:
    """Somebody closed the call: the group hears how its host has it back; else the talk ends in a while."""
    await wait_for_people(records, room.id, now)
    await tell(records, room, NoticeKind.INTERRUPTED, now)
