"""Keeping: a recording is made ready to be heard, published, made anew, and deleted in its time."""

import logging
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from rooms.announcing import close_thread, tell
from rooms.authority import require_in_group
from rooms.consents import Consent
from rooms.errors.calls import CallRefused
from rooms.errors.recording import NotRecorded, TapesBusy
from rooms.ids import NO_CHAT, NOBODY, ChatId, PersonId, RoomId
from rooms.jobs import JobKind
from rooms.moderation import DeedKind, deed_of
from rooms.notices import NoticeKind
from rooms.ports import Clock, Mastered, Mastering, Tapes
from rooms.recordings import Recording
from rooms.records import Records, Store
from rooms.retention import let_go
from rooms.roles import Action, Asker
from rooms.room import Room
from rooms.timetable import make_due

log = logging.getLogger(__name__)

PAUSES = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=20))
"""Before the second try of a mastering, the third and so on; after the last one it is given up."""

LATER = timedelta(days=1)
"""When it is tried again to take a voice out of a recording, where that was given up."""

AS_IT_IS, WITHHELD = "raw", "withheld"
"""Details of a replay whose mastering was given up: the recording itself is posted, or nothing of it."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A talk and its recording."""

    room: Room
    recording: Recording


class Keeping:
    """Minds recordings from a talk's end on. What is done is on record only once it is done, to be redone."""

    def __init__(self, store: Store, tapes: Tapes, clock: Clock) -> None:
        self._store = store
        self._tapes = tapes
        self._clock = clock
        self._at_work: RoomId | None = None
        self._failures: Counter[RoomId] = Counter()

    async def master(self, room_id: RoomId, _planned: datetime | None = None) -> None:
        """Make the recording ready to be heard, and publish it; what was published is replaced.

        Raises:
            TapesBusy: one recording is mastered at a time; it is to be tried again.
        """
        async with self._alone(room_id):
            order = await self._order(room_id)
            if order is None:
                return
            try:
                mastered = await self._tapes.master(order)
            except CallRefused as refusal:
                log.warning("the recording of room %s was not mastered: %s", room_id, refusal.reason)
                await self._put_off(room_id, order)
            else:
                await self._publish(order, mastered)

    async def erase(self, room_id: RoomId, _planned: datetime | None = None) -> None:
        """Delete a recording whose time is over, with all that was made of it, in the chat as well.

        Files go first: after a kill in between the job is there to do the rest.

        Raises:
            TapesBusy: it is being mastered; it is to be tried again.
        """
        now = self._clock.now()
        if self._at_work == room_id:
            raise TapesBusy(NO_CHAT, "it is being mastered")
        async with self._store.reading() as records:
            recording = await records.recordings.find(room_id)
        if recording is None or recording.erase_at is None or recording.erase_at > now:
            return
        await self._tapes.erase(room_id)
        async with self._store.writing() as records:
            room = await records.rooms.get(room_id)
            await records.recordings.remove(room_id)
            await records.jobs.drop(room_id, [JobKind.MASTER])
            await tell(records, room, NoticeKind.REPLAY, now)
        self._failures.pop(room_id, None)
        log.info("the recording of room %s is deleted", room_id)

    async def delete(self, room_id: RoomId, asker: Asker) -> Room:
        """An admin has a recording deleted before its time.

        Raises:
            NotAllowed, Banned, NotAMember, NoSuchRoom.
            NotRecorded: there is none, or none any more.
        """
        now = self._clock.now()
        async with self._store.writing() as records:
            room = await records.rooms.get(room_id)
            await require_in_group(records, Action.SET_UP, room.plan.chat, asker, now)
            recording = await records.recordings.find(room_id)
            if recording is None:
                raise NotRecorded
            await let_go(records, recording, now)
            await records.log.add(deed_of(room, DeedKind.ERASED, asker, now))
        return room

    async def kept(self, chat: ChatId) -> Sequence[Kept]:
        """The talks of a group whose recordings are kept, latest first."""
        async with self._store.reading() as records:
            return [
                Kept(await records.rooms.get(recording.room), recording)
                for recording in await records.recordings.of(chat)
            ]

    @asynccontextmanager
    async def _alone(self, room_id: RoomId) -> AsyncIterator[None]:
        if self._at_work is not None:
            raise TapesBusy(NO_CHAT, f"room {self._at_work} is being worked at")
        self._at_work = room_id
        try:
            yield
        finally:
            self._at_work = None

    async def _order(self, room_id: RoomId) -> Mastering | None:
        async with self._store.reading() as records:
            room = await records.rooms.find(room_id)
            if room is None or await records.recordings.find(room_id) is None:
                return None
            return await _order_for(records, room)

    async def _publish(self, order: Mastering, mastered: Mastered) -> None:
        """Have the chat brought to what was made; anew, if somebody changed their mind meanwhile."""
        now, room_id = self._clock.now(), order.room
        async with self._store.writing() as records:
            recording = await records.recordings.find(room_id)
            if recording is None:
                return
            room = await records.rooms.get(room_id)
            if await _order_for(records, room) != order:
                await make_due(records, room_id, JobKind.MASTER, now)
                return
            made = replace(mastered.recording, erase_at=recording.erase_at, edition=recording.edition + 1)
            await records.recordings.save(made)
            await _save_tracks(records, mastered)
            await records.recordings.save_turns(room_id, mastered.turns)
            await _tell_last(records, room, now)
        self._failures.pop(room_id, None)
        log.info("the recording of room %s is mastered", room_id)

    async def _put_off(self, room_id: RoomId, order: Mastering) -> None:
        """Try again in a while, or give up and post what there is, if nobody's wish is against it."""
        now, failures = self._clock.now(), self._failures[room_id]
        self._failures[room_id] += 1
        async with self._store.writing() as records:
            recording = await records.recordings.find(room_id)
            if recording is None:
                return
            await records.jobs.drop(room_id, [JobKind.MASTER])
            if failures < len(PAUSES):
                await records.jobs.add(room_id, JobKind.MASTER, now + PAUSES[failures])
                return
            is_withheld = await _has_a_voice_too_much(records, recording, order)
            if is_withheld:
                await records.jobs.add(room_id, JobKind.MASTER, now + LATER)
            room = await records.rooms.get(room_id)
            await _tell_last(records, room, now, WITHHELD if is_withheld else AS_IT_IS)
        log.error("the recording of room %s cannot be mastered: it is given up", room_id)


async def _tell_last(records: Records, room: Room, now: datetime, detail: str = "") -> None:
    """The replay is the last word in a forum topic that was made for the talk."""
    await tell(records, room, NoticeKind.REPLAY, now, detail)
    await close_thread(records, room, now)


async def _order_for(records: Records, room: Room) -> Mastering:
    consents = await records.consents.of(room.plan.chat)
    return Mastering(
        room.id,
        room.plan.title,
        room.plan.host_name,
        theme=room.plan.topic or room.plan.title,
        consenting=_those(consents, agrees=True),
        unrecorded=_those(consents, agrees=False),
    )


def _those(consents: Sequence[Consent], *, agrees: bool) -> frozenset[PersonId]:
    return frozenset(consent.person for consent in consents if consent.agrees is agrees)


async def _save_tracks(records: Records, mastered: Mastered) -> None:
    room = mastered.recording.room
    for track in await records.recordings.tracks(room):
        await records.recordings.remove_track(room, track.person)
    for track in mastered.tracks:
        await records.recordings.save_track(track)


async def _has_a_voice_too_much(records: Records, recording: Recording, order: Mastering) -> bool:
    """Whether somebody may be heard in a recording, as it is on disk, who is not to be.

    It is mastered a second time for nothing else. Who was forgotten is nobody by now.
    """
    if recording.edition:
        return True
    measure = await records.measures.find(recording.room)
    heard = {one.person for one in measure.talk_times} if measure is not None else set()
    return not heard.isdisjoint(order.unrecorded | {NOBODY})
