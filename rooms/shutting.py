"""Shutting: the gallery of a talk is closed at once, by who owes it to the speakers, and opened again."""

import logging
from datetime import datetime

from rooms.announcing import refresh, tell
from rooms.authority import require
from rooms.errors.gallery import GalleryStays
from rooms.errors.talks import NoSuchRoom, WrongState
from rooms.ids import RoomId
from rooms.moderation import DeedKind, deed_of
from rooms.notices import NoticeKind
from rooms.ports import Clock
from rooms.records import Records, Store
from rooms.repeating import new_listen_key
from rooms.roles import Action, Asker
from rooms.room import Room, RoomState

log = logging.getLogger(__name__)

CLOSED, OPEN = "closed", "open"


class Shutting:
    """Closes and opens galleries. A link that died is dead for ever; tickets outlive it."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def close(self, room_id: RoomId, asker: Asker) -> Room:
        """Nobody hears the talk outside its call any more: streams end, the link is dead, the group is told.

        Raises:
            NoSuchRoom, NotAllowed, Banned, NotAMember.
            WrongState: it is over. GalleryStays: it is closed already.
        """
        now = self._clock.now()
        async with self._store.writing() as records:
            room = await _unfinished(records, room_id, Action.CLOSE_GALLERY, asker, now)
            if not room.is_gallery_open:
                raise GalleryStays(False)
            await records.rooms.let_die(room.id, room.listen_key)
            room = room.with_gallery_closed(new_listen_key(), now)
            await _tell(records, room, DeedKind.GALLERY_CLOSED, asker, now)
        log.info("the gallery of room %s is closed", room.id)
        return room

    async def open(self, room_id: RoomId, asker: Asker) -> Room:
        """The talk can be heard outside again, by a new link; the group is told.

        Raises:
            NoSuchRoom, NotAllowed, Banned, NotAMember.
            WrongState: it is over. GalleryStays: it is open already.
        """
        now = self._clock.now()
        async with self._store.writing() as records:
            room = await _unfinished(records, room_id, Action.OPEN_GALLERY, asker, now)
            if room.is_gallery_open:
                raise GalleryStays(True)
            room = room.with_gallery_open(now)
            await _tell(records, room, DeedKind.GALLERY_OPENED, asker, now)
        log.info("the gallery of room %s is open again", room.id)
        return room


async def _unfinished(records: Records, room_id: RoomId, action: Action, asker: Asker, now: datetime) -> Room:
    room = await records.rooms.get(room_id)
    if room.state is RoomState.DRAFT:
        raise NoSuchRoom
    await require(records, action, room, asker, now)
    if room.is_over:
        raise WrongState(room.state, "have a gallery")
    return room


async def _tell(records: Records, room: Room, kind: DeedKind, asker: Asker, now: datetime) -> None:
    """Put it on record, and tell all whom it concerns."""
    await records.rooms.save(room)
    await refresh(records, room, now)
    await tell(records, room, NoticeKind.GALLERY, now, OPEN if room.is_gallery_open else CLOSED)
    await records.log.add(deed_of(room, kind, asker, now))
