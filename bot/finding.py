"""Finds the talks of a group that a command is about."""

from collections.abc import Collection, Sequence

from bot import saying
from bot.errors import NothingCalled
from bot.refusals import Speech
from rooms.authority import permitted, require
from rooms.ids import ChatId
from rooms.planning import Planning
from rooms.ports import Clock
from rooms.records import Store
from rooms.roles import Action, Asker
from rooms.room import Room, RoomState


class Finder:
    """Looks for talks by their state and name, and for those with which somebody may do something."""

    def __init__(self, planning: Planning, store: Store, clock: Clock) -> None:
        self._planning = planning
        self._store = store
        self._clock = clock

    async def called(self, chat: ChatId, states: Collection[RoomState], name: str) -> Sequence[Room]:
        """The chat's talks in these states; with a name, those called so, else those whose title holds it.

        Raises:
            NothingCalled: there are such talks, and none of this name.
        """
        rooms = [room for room in await self._planning.programme(chat) if room.state in states]
        sought = " ".join(name.casefold().split())
        exactly = [room for room in rooms if room.plan.title.casefold() == sought]
        found = exactly or [room for room in rooms if sought in room.plan.title.casefold()]
        if rooms and not found:
            raise NothingCalled(name)
        return found

    async def permitted(self, rooms: Sequence[Room], action: Action, asker: Asker) -> Sequence[Room]:
        """Those of the talks with which the asker may do it; raises the refusal of the first if none is."""
        async with self._store.reading() as records:
            return await permitted(records, action, rooms, asker, self._clock.now())

    async def admit(self, room: Room, action: Action, asker: Asker) -> None:
        """Refuse who may not do this with a talk, before anything is asked of them.

        Raises:
            NotAllowed, Banned, NotAMember.
        """
        async with self._store.reading() as records:
            await require(records, action, room, asker, self._clock.now())


def named(room: Room, speech: Speech) -> str:
    """A talk on a button: its title and when it begins."""
    when = saying.label(room.plan.starts_at, speech.zone, speech.zone, speech.words)
    title = room.plan.title if len(room.plan.title) <= 40 else f"{room.plan.title[:39]}…"
    return f"{title}, {when}"
