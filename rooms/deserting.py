"""Deserting: a talk that is on and where nobody is ends by itself after a while."""

from datetime import datetime, timedelta

from rooms.ids import RoomId
from rooms.jobs import JobKind
from rooms.records import Records

DESERTED = timedelta(minutes=10)
"""After so long without anybody in the call, or after somebody closed it, a talk ends."""


async def wait_for_people(records: Records, room: RoomId, now: datetime) -> None:
    """Nobody is there from now on, as far as is known: the talk ends in a while, unless somebody comes."""
    await records.jobs.drop(room, [JobKind.EMPTY])
    await records.jobs.add(room, JobKind.EMPTY, now + DESERTED)
