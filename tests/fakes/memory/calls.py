"""What the memory store keeps of calls: recordings, stages, consents, and where else talks go."""

from collections.abc import Sequence
from datetime import datetime

from rooms.boards import Board
from rooms.bridges import Bridge
from rooms.consents import Consent
from rooms.hands import Hand
from rooms.ids import ChatId, MessageId, PersonId, RoomId
from rooms.outlets import Outlet
from rooms.posts import Post
from rooms.recordings import Recording, Track, Turn
from rooms.room import Room
from tests.fakes.memory.tables import GroupOutlet, RoomHand, RoomTurn, Tables


class MemoryRecordings:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self.rows = tables.recordings

    async def save(self, recording: Recording) -> None:
        self.rows[recording.room] = recording

    async def find(self, room: RoomId) -> Recording | None:
        return self.rows.get(room)

    async def of(self, chat: ChatId) -> Sequence[Recording]:
        rooms = sorted(map(self._tables.rooms.__getitem__, self.rows), key=_latest, reverse=True)
        return [self.rows[room.id] for room in rooms if room.plan.chat == chat]

    async def remove(self, room: RoomId) -> None:
        self.rows.pop(room, None)
        await self.save_turns(room, [])
        for track in await self.tracks(room):
            await self.remove_track(room, track.person)

    async def save_track(self, track: Track) -> None:
        self._tables.tracks[track.room, track.person] = track

    async def tracks(self, room: RoomId) -> Sequence[Track]:
        kept = [track for track in self._tables.tracks.values() if track.room == room]
        return sorted(kept, key=lambda track: (track.name, track.person))

    async def remove_track(self, room: RoomId, person: PersonId) -> None:
        self._tables.tracks.pop((room, person), None)

    async def save_turns(self, room: RoomId, turns: Sequence[Turn]) -> None:
        for key in [key for key in self._tables.turns if key[0] == room]:
            del self._tables.turns[key]
        self._tables.turns.update({(room, place): RoomTurn(room, turn) for place, turn in enumerate(turns)})

    async def turns(self, room: RoomId) -> Sequence[Turn]:
        return [row.turn for key, row in sorted(self._tables.turns.items()) if key[0] == room]

    async def with_voice(self, chat: ChatId | None, person: PersonId) -> Sequence[RoomId]:
        spoken = {row.room for row in self._tables.turns.values() if row.person == person}
        found = {room for room, recording in self.rows.items() if room in spoken or not recording.edition}
        rooms = sorted(map(self._tables.rooms.__getitem__, found), key=_latest, reverse=True)
        return [room.id for room in rooms if chat in (None, room.plan.chat)]


class MemoryPosts:
    def __init__(self, tables: Tables) -> None:
        self.rows = tables.posts

    async def of(self, room: RoomId) -> Sequence[Post]:
        return [post for key, post in sorted(self.rows.items()) if key[0] == room]

    async def at(self, chat: ChatId, message: MessageId) -> Post | None:
        there = [post for post in self.rows.values() if (post.chat, post.message) == (chat, message)]
        return there[0] if there else None

    async def save(self, post: Post) -> None:
        self.rows[post.room, post.place] = post

    async def remove(self, room: RoomId, place: int) -> None:
        self.rows.pop((room, place), None)


class MemoryHands:
    def __init__(self, tables: Tables) -> None:
        self.rows = tables.hands

    async def of(self, room: RoomId) -> Sequence[Hand]:
        raised = [row.hand for row in self.rows.values() if row.room == room]
        return sorted(raised, key=lambda hand: (hand.raised_at, hand.person))

    async def save(self, room: RoomId, hand: Hand) -> None:
        self.rows[room, hand.person] = RoomHand(room, hand)

    async def remove(self, room: RoomId, person: PersonId) -> None:
        self.rows.pop((room, person), None)


class MemoryConsents:
    def __init__(self, tables: Tables) -> None:
        self.rows = tables.consents

    async def find(self, chat: ChatId, person: PersonId) -> Consent | None:
        return self.rows.get((chat, person))

    async def of(self, chat: ChatId) -> Sequence[Consent]:
        given = [consent for consent in self.rows.values() if consent.chat == chat]
        return sorted(given, key=lambda consent: (consent.name, consent.person))

    async def by(self, person: PersonId) -> Sequence[Consent]:
        given = [consent for consent in self.rows.values() if consent.person == person]
        return sorted(given, key=lambda consent: consent.chat)

    async def save(self, consent: Consent) -> None:
        self.rows[consent.chat, consent.person] = consent


class MemoryBoards:
    def __init__(self, tables: Tables) -> None:
        self.rows = tables.boards

    async def of(self, room: RoomId) -> Sequence[Board]:
        return [board for board in await self.everywhere() if board.room == room]

    async def everywhere(self) -> Sequence[Board]:
        return sorted(self.rows.values(), key=lambda board: (board.room, board.chat))

    async def save(self, board: Board) -> None:
        self.rows[board.room, board.chat] = board

    async def remove(self, room: RoomId, chat: ChatId) -> None:
        self.rows.pop((room, chat), None)


class MemoryOutlets:
    def __init__(self, tables: Tables) -> None:
        self.rows = tables.outlets

    async def of(self, chat: ChatId) -> Sequence[Outlet]:
        known = [row.outlet for row in self.rows.values() if row.chat == chat]
        return sorted(known, key=lambda outlet: outlet.name)

    async def save(self, chat: ChatId, outlet: Outlet, by: PersonId) -> None:
        self.rows[chat, outlet.name] = GroupOutlet(chat, outlet, by)

    async def added_by(self, chat: ChatId, name: str) -> PersonId | None:
        row = self.rows.get((chat, name))
        return row.added_by if row is not None else None

    async def remove(self, chat: ChatId, name: str) -> None:
        self.rows.pop((chat, name), None)


class MemoryBridges:
    def __init__(self, tables: Tables) -> None:
        self.rows = tables.bridges

    async def of(self, room: RoomId) -> Sequence[Bridge]:
        return sorted((row for row in self.rows.values() if row.room == room), key=lambda one: one.chat)

    async def into(self, chat: ChatId) -> Sequence[Bridge]:
        known = [row for row in self.rows.values() if row.chat == chat]
        return sorted(known, key=lambda one: one.room, reverse=True)

    async def save(self, bridge: Bridge) -> None:
        self.rows[bridge.room, bridge.chat] = bridge

    async def remove(self, room: RoomId, chat: ChatId) -> None:
        self.rows.pop((room, chat), None)


def _latest(room: Room) -> tuple[datetime, RoomId]:
    return room.plan.starts_at, room.id
