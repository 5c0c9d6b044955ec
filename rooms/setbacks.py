"""Setbacks: a talk's host hears of what goes wrong in its calls, each thing once."""

import math
from datetime import timedelta

from rooms.announcing import tell_host
from rooms.arranging import Arrangements
from rooms.ids import ChatId, RoomId
from rooms.notices import NoticeKind
from rooms.ports import BridgeChanged, CallEnlarged, CallRegained, Clock, RecordingTorn, Setback
from rooms.records import Records, Store

Told = tuple[NoticeKind, ChatId | None, str]
"""What was told, of whose call, and of which trouble."""


class Setbacks:
    """Tells hosts; what each of them was told is remembered as long as their talk's call is open."""

    def __init__(self, store: Store, arrangements: Arrangements, clock: Clock) -> None:
        self._store = store
        self._arrangements = arrangements
        self._clock = clock
        self._told: dict[RoomId, set[Told]] = {}

    async def heed(self, setback: Setback) -> None:
        """Something went wrong, or is well again."""
        kept = {setback.room, *self._arrangements.rooms}
        self._told = {room: self._told.get(room, set()) for room in kept}
        match setback:
            case CallRegained(room=room, away=away):
                await self._tell(room, NoticeKind.LOST, None, _seconds(away))
            case CallEnlarged(room=room, chat=chat):
                await self._tell_once(room, NoticeKind.ENLARGED, chat)
            case BridgeChanged(room=room, chat=chat, trouble=trouble):
                await self._heed_bridge(room, chat, trouble)
            case RecordingTorn(room=room):
                await self._tell_once(room, NoticeKind.TORN, None)

    async def _heed_bridge(self, room: RoomId, chat: ChatId, trouble: str) -> None:
        """Each trouble once, and the end of it if there was one: then it may be told anew."""
        if trouble:
            await self._tell_once(room, NoticeKind.BARRED, chat, trouble)
            return
        troubles = {told for told in self._told[room] if told[:2] == (NoticeKind.BARRED, chat)}
        if troubles:
            await self._tell(room, NoticeKind.LET_IN, chat)
            self._told[room] -= troubles

    async def _tell_once(self, room: RoomId, kind: NoticeKind, chat: ChatId | None, detail: str = "") -> None:
        if (kind, chat, detail) not in self._told[room]:
            await self._tell(room, kind, chat, detail)
            self._told[room].add((kind, chat, detail))

    async def _tell(self, room_id: RoomId, kind: NoticeKind, chat: ChatId | None, detail: str = "") -> None:
        """Put it on record, with the title of the group whose call it is about."""
        async with self._store.writing() as records:
            room = await records.rooms.find(room_id)
            if room is not None and not room.is_over:
                said = " ".join(filter(None, [detail, await _title(records, chat)]))
                await tell_host(records, room, kind, self._clock.now(), said)


async def _title(records: Records, chat: ChatId | None) -> str:
    group = await records.groups.find(chat) if chat is not None else None
    return group.title if group is not None else ""


def _seconds(away: timedelta) -> str:
    return str(math.ceil(away.total_seconds()))
