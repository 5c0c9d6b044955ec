"""What was seen of talks' calls."""

import json
from datetime import timedelta

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rooms.ids import ChatId, PersonId, RoomId
from rooms.measures import Measure, TalkTime
from storage import schema
from storage.putting import put

_table = schema.measures
_times = schema.talk_times
_MS = timedelta(milliseconds=1)


class SqlMeasures:
    """Fulfils the `Measures` port on one connection, within its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def save(self, measure: Measure) -> None:
        """Put a measure on record, in the place of an earlier one of the same room."""
        audience = json.dumps([[at // _MS, people] for at, people in measure.audience])
        await put(self._connection, _table, {"room": measure.room, "audience": audience})
        await self._connection.execute(delete(_times).where(_times.c.room == measure.room))
        times = [
            {
                "room": measure.room,
                "place": place,
                "person": time.person,
                "name": time.name,
                "spoken": time.spoken,
            }
            for place, time in enumerate(measure.talk_times)
        ]
        if times:
            await self._connection.execute(insert(_times), times)

    async def find(self, room: RoomId) -> Measure | None:
        """The measure of a room."""
        found = select(_table.c.audience).where(_table.c.room == room)
        audience = await self._connection.scalar(found)
        if audience is None:
            return None
        times = select(_times).where(_times.c.room == room).order_by(_times.c.place)
        return Measure(
            room,
            tuple((at * _MS, people) for at, people in json.loads(audience)),
            tuple(
                TalkTime(PersonId(row.person), row.name, row.spoken)
                for row in await self._connection.execute(times)
            ),
        )

    async def speakers(self, chat: ChatId) -> frozenset[PersonId]:
        """Everybody who was heard in any talk of a chat."""
        heard = select(_times.c.person).join(schema.rooms).where(schema.rooms.c.chat == chat).distinct()
        return frozenset(PersonId(row.person) for row in await self._connection.execute(heard))
