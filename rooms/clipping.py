"""Clipping: a short piece of a talk, while it is on or afterwards, is posted in its chat."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from rooms.announcing import tell
from rooms.authority import require
from rooms.errors.recording import ClipBeyondEnd, ClipOutOfRange, NotRecorded
from rooms.errors.talks import TitleTooLong
from rooms.ids import ChatId, MessageId
from rooms.notices import NoticeKind
from rooms.plan import TITLE_LENGTH
from rooms.ports import Clock, Tapes
from rooms.posts import HEAD
from rooms.records import Records, Store
from rooms.roles import Action, Asker
from rooms.room import Room, RoomState

SHORTEST, LONGEST = timedelta(seconds=5), timedelta(minutes=5)

_MS = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Clip:
    """A piece of a talk on its way to the chat.

    `at` is where it begins in a finished recording; without it, it was cut at `cut_at` and ends there.
    """

    file: Path
    length: timedelta
    title: str
    cut_at: datetime
    at: timedelta | None = None

    def as_text(self) -> str:
        """As the detail of a notice."""
        at = None if self.at is None else self.at // _MS
        return json.dumps([str(self.file), self.length // _MS, self.title, self.cut_at.isoformat(), at])


def clip_from(text: str) -> Clip:
    """What `Clip.as_text` wrote."""
    file, length, title, cut_at, at = json.loads(text)
    begins = None if at is None else at * _MS
    return Clip(Path(file), length * _MS, title, datetime.fromisoformat(cut_at), begins)


class Clipping:
    """Cuts clips for who minds a talk."""

    def __init__(self, store: Store, tapes: Tapes, clock: Clock) -> None:
        self._store = store
        self._tapes = tapes
        self._clock = clock

    async def cut_latest(self, chat: ChatId, asker: Asker, length: timedelta, title: str = "") -> Room:
        """The last so much of the talk that is on; all of it until now where that is less.

        Raises:
            NotAllowed, Banned, NotAMember, ClipOutOfRange, TitleTooLong.
            NotRecorded: no talk is being recorded, or nothing of it is on disk yet.
            CallRefused: the disk, or the relay, does not do as asked.
        """
        _check(length, title)
        async with self._store.reading() as records:
            live = await records.rooms.in_states({RoomState.LIVE}, chat, limit=1)
            if not live:
                raise NotRecorded
            await require(records, Action.CLIP, live[0], asker, self._clock.now())
        if not live[0].plan.is_recorded:
            raise NotRecorded
        now = self._clock.now()
        piece = await self._tapes.clip(live[0].id, length)
        return await self._post(live[0], Clip(piece.path, piece.length, title, now))

    async def cut(
        self, replay: tuple[ChatId, MessageId], asker: Asker, at: timedelta, until: timedelta, title: str = ""
    ) -> Room:
        """A piece of a finished recording, whose message in the chat says which one.

        Times count from the beginning of what that message plays: the whole, or one of its parts.

        Raises:
            NotAllowed, Banned, NotAMember, ClipOutOfRange, TitleTooLong.
            NotRecorded: that message is of no recording, or it is kept no more.
            ClipBeyondEnd: the recording is over before that.
            CallRefused: the disk does not do as asked.
        """
        length = until - at
        _check(length, title)
        async with self._store.reading() as records:
            post = await records.posts.at(*replay)
            recording = await records.recordings.find(post.room) if post is not None else None
            if post is None or recording is None:
                raise NotRecorded
            room = await records.rooms.get(post.room)
            await require(records, Action.CLIP, room, asker, self._clock.now())
        if HEAD < post.place <= len(recording.parts):
            at += recording.parts[post.place - 1].at
        if at + length > recording.duration:
            raise ClipBeyondEnd(recording.duration)
        piece = await self._tapes.clip(room.id, length, at)
        return await self._post(room, Clip(piece.path, piece.length, title, self._clock.now(), at))

    async def _post(self, room: Room, clip: Clip) -> Room:
        now = self._clock.now()
        async with self._store.writing() as records:
            await _still_recorded(records, room)
            await tell(records, room, NoticeKind.CLIP, now, clip.as_text())
        return room


async def _still_recorded(records: Records, room: Room) -> None:
    """A recording may have been deleted while it was cut."""
    now = await records.rooms.get(room.id)
    if now.is_over and await records.recordings.find(room.id) is None:
        raise NotRecorded


def _check(length: timedelta, title: str) -> None:
    if not SHORTEST <= length <= LONGEST:
        raise ClipOutOfRange(length, (SHORTEST, LONGEST))
    if len(title) > TITLE_LENGTH:
        raise TitleTooLong(len(title), TITLE_LENGTH)
