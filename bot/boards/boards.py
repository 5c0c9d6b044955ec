"""Boards at work: each talk that is live has its board, in each chat in which it is carried."""

import asyncio
import logging

from bot.boards.keeper import Keeper, Means, Place
from rooms.records import Records
from rooms.room import Room, RoomState

log = logging.getLogger(__name__)

_ALL = 100_000


class Boards:
    """Keeps a task for each board, so that a chat in which Telegram makes us wait delays no other."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._store = means.store
        self._kept: set[Place] = set()
        self._given_up: set[Place] = set()

    async def run(self) -> None:
        """Keep boards for ever. A board that stands from before a restart is gone on with."""
        async with asyncio.TaskGroup() as keeping:
            while True:
                ring = self._store.committed.next_ring()
                places = await self._places()
                self._given_up &= places
                for place in places - self._kept - self._given_up:
                    self._kept.add(place)
                    keeping.create_task(self._keep(place))
                await ring.wait()

    async def _places(self) -> set[Place]:
        """Where a board is to be, or still stands."""
        async with self._store.reading() as records:
            live = await records.rooms.in_states({RoomState.LIVE}, limit=_ALL)
            standing = {Place(board.room, board.chat) for board in await records.boards.everywhere()}
            wanted = [await _places_of(records, room) for room in live]
        return standing.union(*wanted)

    async def _keep(self, place: Place) -> None:
        keeper = Keeper(place, self._means)
        try:
            if not await keeper.run():
                self._given_up.add(place)
        except Exception:
            log.exception("the board of room %s is given up", place.room)
            self._given_up.add(place)
        finally:
            self._kept.discard(place)


async def _places_of(records: Records, room: Room) -> set[Place]:
    bridges = [bridge.chat for bridge in await records.bridges.of(room.id) if bridge.is_agreed]
    return {Place(room.id, chat) for chat in (room.plan.chat, *bridges)}
