"""The recordings on record."""

import json
from datetime import timedelta
from pathlib import Path

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rooms.ids import RoomId
from rooms.records import Gap, Recording
from storage import schema

_table = schema.recordings
_FIND = select(_table).where(_table.c.room == bindparam("room"))
"""Built once, as it is asked for every letter and building takes longer than asking."""
_MS = timedelta(milliseconds=1)


class SqlRecordings:
    """Fulfils the `Recordings` port on one connection, within its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def save(self, recording: Recording) -> None:
        """Put the recording of a room on record, replacing an earlier one."""
        await self._connection.execute(delete(_table).where(_table.c.room == recording.room))
        gaps = json.dumps([[gap.at // _MS, gap.length // _MS] for gap in recording.gaps])
        await self._connection.execute(
            insert(_table).values(
                room=recording.room, path=str(recording.path), duration=recording.duration, gaps=gaps
            )
        )

    async def find(self, room: RoomId) -> Recording | None:
        """The recording of a room."""
        row = (await self._connection.execute(_FIND, {"room": room})).one_or_none()
        if row is None:
            return None
        gaps = tuple(Gap(at * _MS, length * _MS) for at, length in json.loads(row.gaps))
        return Recording(RoomId(row.room), Path(row.path), row.duration, gaps)
