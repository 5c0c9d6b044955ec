"""Reviewing: what became of a group's talks: who said that they come, who came, who spoke."""

from collections.abc import Sequence
from dataclasses import dataclass

from rooms.authority import require_in_group
from rooms.ids import ChatId
from rooms.measures import Measure
from rooms.ports import Clock
from rooms.records import Store
from rooms.roles import Action, Asker
from rooms.room import Room, RoomState

MOST = 12
"""Talks that are looked back on."""


@dataclass(frozen=True, slots=True)
class Review:
    """One talk that took place; `measure` is None when its call was not seen."""

    room: Room
    coming: int
    measure: Measure | None


class Reviewing:
    """Looks back on what a group may know of itself; the gallery's listeners are in none of it."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def latest(self, chat: ChatId, asker: Asker) -> Sequence[Review]:
        """The latest talks that ended, the earliest of them first.

        Raises:
            NotAllowed, Banned, NotAMember.
        """
        async with self._store.reading() as records:
            await require_in_group(records, Action.SEE_STATISTICS, chat, asker, self._clock.now())
            rooms = await records.rooms.latest(chat, {RoomState.ENDED}, MOST)
            return [
                Review(room, await records.guests.coming(room.id), await records.measures.find(room.id))
                for room in reversed(rooms)
            ]
