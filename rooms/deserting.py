"""Deserting: a talk that is on and where nobody is ends by itself after a while."""

from datetime import datetime, timedelta

from rooms.ids import RoomId
from rooms.jobs import JobKind
from rooms.records import Records
from rooms.timetable import make_due

DESERTED = timedelta(minutes=10)
"""After so long without anybody in the call, or after somebody closed it, a talk ends."""


async def wait_for_people(records: Records, room: RoomId, now: datetime) -> None:
    """Nobody is there from now on, as far as is known: the talk ends in a while, unless somebody comes."""
    await make_due(records, room, JobKind.EMPTY, now + DESERTED)
