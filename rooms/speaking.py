"""Speaking: people raise their hands, and who minds the talk lets them speak, mutes them and lets them go."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from rooms import hands
from rooms.appointments import Invited
from rooms.arrangement import speakers_of
from rooms.authority import require
from rooms.errors.floor import (
    HandDown,
    NoHands,
    NoTalkOn,
    NoTurn,
    SpeaksAlready,
    SpeaksByPart,
    TurnOutOfRange,
)
from rooms.errors.people import PersonUnknown
from rooms.hands import Hand
from rooms.ids import ChatId, PersonId, RoomId
from rooms.listening import Stages
from rooms.ordered_floor import OrderedFloor
from rooms.ports import Clock, Floor, Links
from rooms.programme import on_in
from rooms.promoting import call_in, make_listener, make_speaker
from rooms.records import Records, Store
from rooms.roles import Action, Asker
from rooms.room import ON_STAGE, Room
from rooms.turn_keeping import SHORTEST_TURN, TurnKeeping, length_of

LONGEST_TURN = timedelta(hours=1)


class Speaking:
    """The floor of each talk that is on. What is decided is on record first, then the call follows.

    Whatever is asked raises `NoTalkOn` when the talk is not on, `NotAllowed`, `Banned` or `NotAMember` when
    the asker may not, and `CallRefused` when Telegram does not let the relay: what is on record stays then,
    and is done as soon as Telegram lets it.
    """

    def __init__(self, store: Store, floor: Floor, stages: Stages, clock: Clock) -> None:
        self._store = store
        self._call = floor
        self.stages = stages
        self._clock = clock
        self.floor = OrderedFloor(floor, stages, clock)
        self.turns = TurnKeeping(store, stages, clock)

    async def on_in(self, chat: ChatId) -> Room:
        """The talk that is on in a chat's call, its own or one that is carried there; raises `NoTalkOn`."""
        async with self._store.reading() as records:
            return await on_in(records, chat)

    async def minded(self, room_id: RoomId, asker: Asker) -> Room:
        """The talk, for who minds its stage."""
        async with self._store.reading() as records:
            return await _minded(records, room_id, asker, self._clock.now())

    async def admit(self, room_id: RoomId, asker: Asker) -> None:
        """Refuse who minds neither the stage nor those who take part through their own group."""
        async with self._store.reading() as records:
            room = await _on_stage(records, room_id)
            await require(records, Action.MIND_OWN, room, asker, self._clock.now())

    async def queue(self, room_id: RoomId) -> Sequence[Hand]:
        """The raised hands, in the order in which they are to be taken."""
        async with self._store.reading() as records:
            room = await records.rooms.find(room_id)
            return await queue_of(records, room) if room is not None else ()

    async def raise_hand(self, room_id: RoomId, asker: Asker) -> int | None:
        """Ask to speak, from the chat; asked again, think better of it.

        Returns:
            The place in the queue, 1 for the next; None when the hand is down now.

        Raises:
            SpeaksAlready.
        """
        now = self._clock.now()
        async with self._store.writing() as records:
            room = await _on_stage(records, room_id)
            await require(records, Action.RAISE_HAND, room, asker, now)
            if asker.person in await speakers_of(records, room):
                raise SpeaksAlready
            if any(hand.person == asker.person for hand in await records.hands.of(room_id)):
                await records.hands.remove(room_id, asker.person)
                place = None
            else:
                await records.hands.save(room_id, Hand(asker.person, asker.name, now))
                queue = await queue_of(records, room)
                place = 1 + [hand.person for hand in queue].index(asker.person)
        if place is None:
            await self.floor.lower_hand(room_id, asker.person)
        return place

    async def take(self, room_id: RoomId, asker: Asker, person: PersonId | None = None) -> Hand:
        """Let somebody speak who asks to, the next in the queue unless one is named; gives their hand.

        Raises:
            NoHands: nobody asks to.
            HandDown: who is named does not any more.
            SeatsTaken, SubjectBanned, TooManyAppointments.
        """
        now = self._clock.now()
        async with self._store.writing() as records:
            room = await _minded(records, room_id, asker, now)
            hand = await _hand(records, room, person)
            length = await self._call_in(records, room, hand.person)
            await make_speaker(records, room, Invited(hand.name, hand.person), now)
        await self._give(room_id, hand.person, hand.name, length)
        return hand

    async def decline(self, room_id: RoomId, asker: Asker, person: PersonId) -> Hand:
        """Not now: the hand goes down; raises `HandDown` when it is."""
        now = self._clock.now()
        async with self._store.writing() as records:
            room = await _minded(records, room_id, asker, now)
            hand = await _hand(records, room, person)
            await records.hands.remove(room_id, person)
        await self.floor.lower_hand(room_id, person)
        return hand

    async def promote(self, room_id: RoomId, asker: Asker, whom: Invited) -> Room:
        """Let somebody speak, whether they asked to or not, and wherever they are.

        Raises:
            SpeaksAlready, SeatsTaken, SubjectBanned, TooManyAppointments.
            PersonUnknown: nothing but a user name is known of them.
        """
        if whom.person is None:
            raise PersonUnknown(whom.name)
        now = self._clock.now()
        async with self._store.writing() as records:
            room = await _minded(records, room_id, asker, now)
            length = await self._call_in(records, room, whom.person)
            if not await make_speaker(records, room, whom, now):
                raise SpeaksAlready(whom.name)
        await self._give(room_id, whom.person, whom.name, length)
        return room

    async def demote(self, room_id: RoomId, asker: Asker, person: PersonId, name: str) -> Room:
        """Make somebody a listener, on record and in the call.

        Raises:
            SpeaksByPart: they mind the talk.
            AdminMaySpeak: Telegram lets them speak all the same, being an admin; they are muted.
        """
        now = self._clock.now()
        async with self._store.writing() as records:
            room = await self._minded_of(records, room_id, asker, person)
            await make_listener(records, room, person, now)
            if person in await speakers_of(records, room):
                raise SpeaksByPart(name)
            await records.hands.remove(room_id, person)
        await self.hush(room_id, person)
        return room

    async def hush(self, room_id: RoomId, person: PersonId) -> None:
        """Take somebody's voice in the call; what is on record is left as it is."""
        self.turns.end(room_id, person)
        await self.floor.let_listen(room_id, person)

    async def silence(self, room_id: RoomId, asker: Asker, person: PersonId | None = None) -> Room:
        """Turn somebody's microphone off, or with None everybody's; who may speak can turn it on again."""
        async with self._store.reading() as records:
            room = await self._minded_of(records, room_id, asker, person)
        await self._call.silence(room_id, person)
        return room

    async def links(self, room_id: RoomId, asker: Asker) -> Links | None:
        """The links into the call, for who minds the talk; None where the group is not public."""
        await self.minded(room_id, asker)
        return await self._call.links(room_id)

    async def listeners_link(self, room_id: RoomId) -> str | None:
        """The link for who comes to listen, which is everybody's; None where the group is not public."""
        async with self._store.reading() as records:
            await _on_stage(records, room_id)
        links = await self._call.links(room_id)
        return links.listeners if links is not None else None

    async def set_turn(self, room_id: RoomId, asker: Asker, length: timedelta) -> Room:
        """How long a turn to speak lasts in this talk from now on; nothing: as long as it takes.

        Raises:
            TurnOutOfRange.
        """
        check_turn(length or None)
        now = self._clock.now()
        async with self._store.writing() as records:
            room = await _minded(records, room_id, asker, now)
            room = replace(room, turn=length)
            await records.rooms.save(room)
        if not length:
            self.turns.end_all(room_id)
        return room

    async def prolong_turn(self, room_id: RoomId, asker: Asker, person: PersonId, by: timedelta) -> None:
        """Give somebody's turn more time; raises `NoTurn` when they have none."""
        await self.minded(room_id, asker)
        if not self.turns.prolong(room_id, person, by):
            raise NoTurn

    async def _minded_of(
        self, records: Records, room_id: RoomId, asker: Asker, person: PersonId | None
    ) -> Room:
        """The talk, for who minds its stage, or the group through whose call somebody takes part."""
        room = await _on_stage(records, room_id)
        seen = self.floor.seen(room_id, person) if person is not None else None
        is_own = seen is not None and seen.chat is not None and seen.chat == asker.chat
        action = Action.MIND_OWN if is_own else Action.MIND_STAGE
        await require(records, action, room, asker, self._clock.now())
        return room

    async def _call_in(self, records: Records, room: Room, person: PersonId) -> timedelta | None:
        """Have somebody come into the call who may speak now; gives how long their turn lasts."""
        if self.floor.seen(room.id, person) is None:
            await call_in(records, room, person, self._clock.now())
        return await length_of(records, room)

    async def _give(self, room_id: RoomId, person: PersonId, name: str, turn: timedelta | None) -> None:
        """The floor is theirs."""
        if turn is not None:
            self.turns.begin(room_id, person, name, turn)
        await self.floor.let_speak(room_id, person)


def check_turn(length: timedelta | None) -> None:
    """Refuse a turn that nobody could use; raises `TurnOutOfRange`."""
    bounds = (SHORTEST_TURN, LONGEST_TURN)
    if length is not None and not bounds[0] <= length <= bounds[1]:
        raise TurnOutOfRange(length, bounds)


async def queue_of(records: Records, room: Room) -> tuple[Hand, ...]:
    """The talk's hands in the order in which they are to be taken, by the customs of its group."""
    chat = room.plan.chat
    group = await records.groups.find(chat)
    spoke_before: frozenset[PersonId] = frozenset()
    if group is not None and group.first_timers_first:
        spoke_before = await records.measures.speakers(chat)
    return hands.queue(await records.hands.of(room.id), spoke_before)


async def _hand(records: Records, room: Room, person: PersonId | None) -> Hand:
    queue = await queue_of(records, room)
    if not queue and person is None:
        raise NoHands
    wanted = [hand for hand in queue if person in (None, hand.person)]
    if not wanted:
        raise HandDown
    return wanted[0]


async def _minded(records: Records, room_id: RoomId, asker: Asker, now: datetime) -> Room:
    room = await _on_stage(records, room_id)
    await require(records, Action.MIND_STAGE, room, asker, now)
    return room


async def _on_stage(records: Records, room_id: RoomId) -> Room:
    room = await records.rooms.find(room_id)
    if room is None or room.state not in ON_STAGE:
        raise NoTalkOn
    return room
