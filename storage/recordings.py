"""The recordings on record, with their tracks and turns."""

import json
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rooms.ids import ChatId, PersonId, RoomId
from rooms.recordings import Gap, Part, Recording, Track, Turn
from storage import schema
from storage.putting import put

_table = schema.recordings
_tracks = schema.tracks
_turns = schema.turns
_FIND = select(_table).where(_table.c.room == bindparam("room"))
"""Built once, as it is asked for every letter and building takes longer than asking."""
_MS = timedelta(milliseconds=1)


class SqlRecordings:
    """Fulfils the `Recordings` port on one connection, within its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def save(self, recording: Recording) -> None:
        """Put the recording of a room on record, replacing an earlier one."""
        await put(self._connection, _table, _to_row(recording))

    async def find(self, room: RoomId) -> Recording | None:
        """The recording of a room."""
        row = (await self._connection.execute(_FIND, {"room": room})).one_or_none()
        return None if row is None else _from_row(row)

    async def of(self, chat: ChatId) -> Sequence[Recording]:
        """The recordings of a chat's talks, latest first."""
        kept = (
            select(_table)
            .join(schema.rooms, schema.rooms.c.id == _table.c.room)
            .where(schema.rooms.c.chat == chat)
            .order_by(schema.rooms.c.starts_at.desc(), schema.rooms.c.id.desc())
        )
        return [_from_row(row) for row in await self._connection.execute(kept)]

    async def remove(self, room: RoomId) -> None:
        """Forget the recording of a room, its tracks and its turns; no error when it is gone already."""
        for table in (_tracks, _turns, _table):
            await self._connection.execute(delete(table).where(table.c.room == room))

    async def save_track(self, track: Track) -> None:
        """Put a track on record, replacing an earlier one of the same person."""
        row = {"room": track.room, "person": track.person, "name": track.name, "path": str(track.path)}
        await put(self._connection, _tracks, row)

    async def tracks(self, room: RoomId) -> Sequence[Track]:
        """The tracks of a room's recording, by their people's names."""
        kept = select(_tracks).where(_tracks.c.room == room).order_by(_tracks.c.name, _tracks.c.person)
        return [
            Track(RoomId(row.room), PersonId(row.person), row.name, Path(row.path))
            for row in await self._connection.execute(kept)
        ]

    async def remove_track(self, room: RoomId, person: PersonId) -> None:
        """Forget somebody's track; no error when there is none."""
        theirs = (_tracks.c.room == room) & (_tracks.c.person == person)
        await self._connection.execute(delete(_tracks).where(theirs))

    async def save_turns(self, room: RoomId, turns: Sequence[Turn]) -> None:
        """Put on record who spoke when, in the place of what was known."""
        await self._connection.execute(delete(_turns).where(_turns.c.room == room))
        rows = [
            {
                "room": room,
                "place": place,
                "person": turn.person,
                "name": turn.name,
                "begins": turn.at,
                "length": turn.length,
            }
            for place, turn in enumerate(turns)
        ]
        if rows:
            await self._connection.execute(insert(_turns), rows)

    async def turns(self, room: RoomId) -> Sequence[Turn]:
        """Who spoke when, in order."""
        known = select(_turns).where(_turns.c.room == room).order_by(_turns.c.place)
        return [
            Turn(PersonId(row.person), row.name, row.begins, row.length)
            for row in await self._connection.execute(known)
        ]

    async def with_voice(self, chat: ChatId | None, person: PersonId) -> Sequence[RoomId]:
        """The recorded talks of a chat, or of all, in which somebody spoke, or may have, latest first."""
        spoken = select(_turns.c.room).where(_turns.c.person == person)
        unknown = select(_table.c.room).where(_table.c.edition == 0)
        rooms = schema.rooms
        found = (
            select(rooms.c.id)
            .join(_table, _table.c.room == rooms.c.id)
            .where(or_(rooms.c.id.in_(spoken), rooms.c.id.in_(unknown)))
            .order_by(rooms.c.starts_at.desc(), rooms.c.id.desc())
        )
        if chat is not None:
            found = found.where(rooms.c.chat == chat)
        return [RoomId(row.id) for row in await self._connection.execute(found)]


def _to_row(recording: Recording) -> dict[str, Any]:
    return {
        "room": recording.room,
        "path": str(recording.path),
        "duration": recording.duration,
        "gaps": json.dumps([[gap.at // _MS, gap.length // _MS] for gap in recording.gaps]),
        "parts": json.dumps(
            [[str(part.path), part.at // _MS, part.length // _MS] for part in recording.parts]
        ),
        "waveform": None if recording.waveform is None else str(recording.waveform),
        "erase_at": recording.erase_at,
        "edition": recording.edition,
    }


def _from_row(row: Row[Any]) -> Recording:
    return Recording(
        RoomId(row.room),
        Path(row.path),
        row.duration,
        tuple(Gap(at * _MS, length * _MS) for at, length in json.loads(row.gaps)),
        tuple(Part(Path(path), at * _MS, length * _MS) for path, at, length in json.loads(row.parts)),
        None if row.waveform is None else Path(row.waveform),
        row.erase_at,
        row.edition,
    )
