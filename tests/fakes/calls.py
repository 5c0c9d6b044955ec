"""The Calls port in memory, with strings to pull from tests."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from pathlib import Path

from rooms.errors import CallRefused, CallUnreachable
from rooms.ids import NO_CHAT, ChatId, RoomId
from rooms.ports import CallEnded, CallEvent, Opening, RelayRestarted, StageChanged
from rooms.records import Recording
from rooms.stage import Stage
from voice.bulletin import Bulletin

LENGTH = timedelta(minutes=45)


class FakeCalls:
    """Remembers what was asked, in order; refuses what it is told to refuse.

    `opened`, `went_live` and `closed` list the requests that were granted. `in_call` holds the rooms in whose
    call the relay is, `live` those of them whose talk is under way.
    """

    def __init__(self) -> None:
        self.opened: list[Opening] = []
        self.went_live: list[RoomId] = []
        self.closed: list[RoomId] = []
        self.in_call: dict[RoomId, Opening] = {}
        self.live: set[RoomId] = set()
        self.recordings: dict[RoomId, Recording] = {}
        self.recording_length = LENGTH
        self._refusals: dict[ChatId, CallRefused] = {}
        self._bulletin = Bulletin()

    async def open(self, opening: Opening) -> None:
        if refusal := self._refusals.get(opening.chat):
            raise refusal
        self.opened.append(opening)
        self.in_call[opening.room] = opening
        if opening.is_live:
            self._begin(opening.room)

    async def go_live(self, room: RoomId) -> None:
        if room not in self.in_call:
            raise CallUnreachable(NO_CHAT, f"room {room} is not open")
        self.went_live.append(room)
        self._begin(room)

    async def close(self, room: RoomId) -> Recording | None:
        self.closed.append(room)
        self.in_call.pop(room, None)
        self.live.discard(room)
        return self.recordings.get(room)

    def events(self) -> AbstractAsyncContextManager[AsyncIterator[CallEvent]]:
        return self._bulletin.follow()

    def refuse(self, refusal: CallRefused) -> None:
        """From now on the refusal's chat cannot be opened."""
        self._refusals[refusal.chat] = refusal

    def relent(self, chat: ChatId) -> None:
        """Take the refusal back."""
        self._refusals.pop(chat, None)

    def end(self, room: RoomId) -> None:
        """Somebody else ends the room's call in Telegram."""
        self.in_call.pop(room, None)
        self.live.discard(room)
        self._bulletin.post(CallEnded(room))

    def move(self, room: RoomId, stage: Stage) -> None:
        """The room's stage is another one now."""
        self._bulletin.post(StageChanged(room, stage))

    def crash(self) -> None:
        """The relay dies and comes back: it is in no call any more."""
        self.in_call.clear()
        self.live.clear()
        self._bulletin.post(RelayRestarted())

    def _begin(self, room: RoomId) -> None:
        self.live.add(room)
        if self.in_call[room].is_recorded:
            self.recordings[room] = Recording(
                room, Path(f"/recordings/{room}/talk.ogg"), self.recording_length
            )
