"""Recordings on record, and whose voice may be kept in them."""

from collections.abc import Sequence
from typing import Protocol

from rooms.consents import Consent
from rooms.ids import ChatId, PersonId, RoomId
from rooms.recordings import Recording, Track, Turn


class Recordings(Protocol):
    """The recordings on record."""

    async def save(self, recording: Recording) -> None:
        """Put the recording of a room on record, replacing an earlier one."""
        ...

    async def find(self, room: RoomId) -> Recording | None:
        """The recording of a room."""
        ...

    async def of(self, chat: ChatId) -> Sequence[Recording]:
        """The recordings of a chat's talks, latest first."""
        ...

    async def remove(self, room: RoomId) -> None:
        """Forget the recording of a room, its tracks and its turns; no error when it is gone already."""
        ...

    async def save_track(self, track: Track) -> None:
        """Put a track on record, replacing an earlier one of the same person."""
        ...

    async def tracks(self, room: RoomId) -> Sequence[Track]:
        """The tracks of a room's recording, by their people's names."""
        ...

    async def remove_track(self, room: RoomId, person: PersonId) -> None:
        """Forget somebody's track; no error when there is none."""
        ...

    async def save_turns(self, room: RoomId, turns: Sequence[Turn]) -> None:
        """Put on record who spoke when, in the place of what was known."""
        ...

    async def turns(self, room: RoomId) -> Sequence[Turn]:
        """Who spoke when, in order."""
        ...

    async def with_voice(self, chat: ChatId | None, person: PersonId) -> Sequence[RoomId]:
        """The recorded talks of a chat, or of all, in which somebody spoke, latest first.

        Of a recording that was never mastered nobody knows who speaks in it: it is among them.
        """
        ...


class Consents(Protocol):
    """Who lets their voice be kept."""

    async def find(self, chat: ChatId, person: PersonId) -> Consent | None:
        """What somebody answered, if they did."""
        ...

    async def of(self, chat: ChatId) -> Sequence[Consent]:
        """All answers in a group, by people's names."""
        ...

    async def by(self, person: PersonId) -> Sequence[Consent]:
        """All answers of somebody, in the order of the groups' numbers."""
        ...

    async def save(self, consent: Consent) -> None:
        """Put an answer on record, in the place of an earlier one."""
        ...
