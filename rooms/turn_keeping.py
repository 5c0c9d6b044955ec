"""Turn keeping: how long each speaker's turn still lasts, and that they hear of its end in time."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from rooms.arrangement import speakers_of
from rooms.bell import Bell
from rooms.ids import PersonId, RoomId, private_chat
from rooms.listening import Stages
from rooms.notices import NoticeKind, notice_to
from rooms.ports import Clock
from rooms.records import Records, Store
from rooms.roles import Role
from rooms.room import Room, RoomState
from rooms.stage import Stage

WARNED = timedelta(seconds=30)
"""So long before the end of their turn a speaker hears of it."""

SHORTEST_TURN = timedelta(minutes=1)

_ALL = 100_000


@dataclass(frozen=True, slots=True)
class SpeakingTurn:
    """Somebody's turn to speak; `told` counts the letters about its end that were written."""

    person: PersonId
    name: str
    ends_at: datetime
    told: int = 0

    @property
    def tell_at(self) -> datetime | None:
        """When they are to be told next; None: they know all."""
        return (self.ends_at - WARNED, self.ends_at, None)[self.told]


@dataclass(frozen=True, slots=True)
class Timed:
    """A talk in which turns are timed: whose are not, and whose are (None: everybody else's)."""

    room: Room
    length: timedelta
    minding: frozenset[PersonId]
    speakers: frozenset[PersonId] | None


class TurnKeeping:
    """The turns of the talks that are live, in memory alone; a talk that is over has none.

    A turn begins when somebody is let speak, or speaks for the first time since they came. What becomes of
    it at its end is the host's to say.
    """

    def __init__(self, store: Store, stages: Stages, clock: Clock) -> None:
        self.changed = Bell()
        self._store = store
        self._stages = stages
        self._clock = clock
        self._turns: dict[tuple[RoomId, PersonId], SpeakingTurn] = {}
        self._had: set[tuple[RoomId, PersonId]] = set()
        self._timed: dict[RoomId, Timed] = {}
        self._looked_at = -1
        self._stirred = Bell()
        for bell in (store.committed, stages.changed, self.changed):
            bell.chain(self._stirred)

    def of(self, room: RoomId) -> tuple[SpeakingTurn, ...]:
        """The turns in a talk, first to end first."""
        turns = [turn for (its_room, _person), turn in self._turns.items() if its_room == room]
        return tuple(sorted(turns, key=lambda turn: (turn.ends_at, turn.person)))

    def begin(self, room: RoomId, person: PersonId, name: str, length: timedelta) -> None:
        """Somebody has the floor for so long from now on."""
        self._had.add((room, person))
        self._turns[room, person] = SpeakingTurn(person, name, self._clock.now() + length)
        self.changed.ring()

    def prolong(self, room: RoomId, person: PersonId, by: timedelta) -> bool:
        """Give somebody so much more, from now on if their turn was over; whether they have a turn."""
        turn = self._turns.get((room, person))
        if turn is None:
            return False
        ends_at = max(turn.ends_at, self._clock.now()) + by
        self._turns[room, person] = replace(turn, ends_at=ends_at, told=0)
        self.changed.ring()
        return True

    def end(self, room: RoomId, person: PersonId) -> None:
        """Somebody has the floor no more."""
        if self._turns.pop((room, person), None) is not None:
            self.changed.ring()

    def end_all(self, room: RoomId) -> None:
        """Nobody's turn is timed any more in this talk."""
        for turn in self.of(room):
            self.end(room, turn.person)

    async def run(self) -> None:
        """Keep time for ever."""
        while True:
            ring = self._stirred.next_ring()
            now = self._clock.now()
            await self._follow()
            for timed in self._timed.values():
                self._let_begin(timed, self._stages.of(timed.room.id))
            await self._tell(now)
            moments = [turn.tell_at for turn in self._turns.values()]
            await self._clock.wait(ring, min((at for at in moments if at is not None), default=None))

    async def _follow(self) -> None:
        """Look which talks are live and whose turns are timed in them; of others nothing is kept."""
        rings = self._store.committed.rings
        if rings == self._looked_at:
            return
        known = list(self._turns)  # one that begins meanwhile is on record later than what is read here
        async with self._store.reading() as records:
            live = await records.rooms.in_states({RoomState.LIVE}, limit=_ALL)
            timed = [await _timed(records, room) for room in live]
            speakers = {room.id: await speakers_of(records, room) for room in live}
        self._looked_at = rings
        self._timed = {one.room.id: one for one in timed if one is not None}
        self._had = {key for key in self._had if key[0] in self._timed}
        for room, person in known:
            one = self._timed.get(room)
            is_theirs = room in speakers and (person in speakers[room] or (one and one.speakers is None))
            if not is_theirs:
                self.end(room, person)

    def _let_begin(self, timed: Timed, stage: Stage) -> None:
        room = timed.room.id
        here = {one.person for one in stage.people}
        self._had = {key for key in self._had if key[0] != room or key[1] in here or key in self._turns}
        for one in stage.speaking:
            is_timed = one.person not in timed.minding and _is_in(one.person, timed.speakers)
            if is_timed and (room, one.person) not in self._had:
                self.begin(room, one.person, one.name, timed.length)

    async def _tell(self, now: datetime) -> None:
        due = [
            (room, turn)
            for (room, _person), turn in self._turns.items()
            if turn.tell_at is not None and turn.tell_at <= now
        ]
        if not due:
            return
        async with self._store.writing() as records:
            for room_id, turn in due:
                await _write(records, room_id, turn, now)
        for room_id, turn in due:
            if self._turns.get((room_id, turn.person)) == turn:
                told = 2 if turn.ends_at <= now else 1
                self._turns[room_id, turn.person] = replace(turn, told=told)
        self.changed.ring()


async def length_of(records: Records, room: Room) -> timedelta | None:
    """How long a turn lasts in a talk, as it is said for the talk or else for its group; None: no end."""
    if room.turn is not None:
        return room.turn or None
    group = await records.groups.find(room.plan.chat)
    return group.turn if group is not None else None


async def _timed(records: Records, room: Room) -> Timed | None:
    length = await length_of(records, room)
    if length is None:
        return None
    group = await records.groups.find(room.plan.chat)
    cohosts = {
        one.invited.person for one in await records.appointments.of(room.id) if one.role is Role.COHOST
    }
    minding = frozenset({room.plan.host, *(person for person in cohosts if person is not None)})
    is_open = group is not None and not group.joins_muted
    return Timed(room, length, minding, None if is_open else await speakers_of(records, room))


async def _write(records: Records, room_id: RoomId, turn: SpeakingTurn, now: datetime) -> None:
    """To the speaker alone, if they can be written to."""
    room = await records.rooms.find(room_id)
    if room is not None and await records.people.find(turn.person) is not None:
        chat = private_chat(turn.person)
        await records.outbox.put(notice_to(chat, room, NoticeKind.TURN, turn.ends_at.isoformat()), now)


def _is_in(person: PersonId, people: Collection[PersonId] | None) -> bool:
    return people is None or person in people
