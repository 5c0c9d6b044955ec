"""Heeding: what people do in Telegram's own voice chat, with hands and microphones, is put on record."""

import logging
from collections.abc import Awaitable, Callable, Collection, Iterable
from datetime import datetime, timedelta

from rooms.appointments import Invited
from rooms.arrangement import entitled, speakers_of
from rooms.bell import Bell
from rooms.errors.calls import AdminMaySpeak, CallRefused
from rooms.errors.refusal import Refusal
from rooms.hands import Hand
from rooms.ids import ChatId, PersonId, RoomId
from rooms.ports import Clock
from rooms.promoting import make_listener, make_speaker
from rooms.records import Records, Store
from rooms.room import ON_STAGE, Room
from rooms.speaking import Speaking
from rooms.stage import OnStage, Stage
from rooms.turn_keeping import length_of

log = logging.getLogger(__name__)

RETRY = timedelta(seconds=10)
"""When it is tried again to take a voice that Telegram did not let us take."""

_TICK = timedelta(microseconds=1)

Vouches = Callable[[ChatId, PersonId], Awaitable[bool]]
"""Whether somebody is an admin of a chat, as Telegram says at this moment."""

_Look = tuple[tuple[PersonId, bool, int | None, datetime | None], ...]


class Heeding:
    """Keeps what is on record in step with the stages, by comparing each with what was seen of it before.

    - A hand that goes up is on record, and one that goes down is not any more; one raised in the chat stays.
    - Whom an admin lets speak is a speaker from then on, and whom an admin mutes for good is none. Only who
      was seen in the call before can be meant: whoever has just joined is as Telegram lets people in.
    - What we ordered ourselves is no wish of theirs (`OwnDoing`), nor are admins speakers for being admins.
    - Who is banned, or has no seat where there are only so many, does not speak.
    """

    def __init__(self, store: Store, speaking: Speaking, clock: Clock, is_admin: Vouches) -> None:
        self._store = store
        self._speaking = speaking
        self._stages = speaking.stages
        self._clock = clock
        self._is_admin = is_admin
        self._own = speaking.floor.own_doing
        self._seen: dict[RoomId, Stage] = {}
        self._looks: dict[RoomId, tuple[int, _Look]] = {}
        self._hushed: set[tuple[RoomId, PersonId, datetime | None]] = set()
        self._again_at: dict[RoomId, datetime] = {}
        self._stirred = Bell()
        store.committed.chain(self._stirred)
        self._stages.changed.chain(self._stirred)

    async def run(self) -> None:
        """Heed for ever."""
        while True:
            ring = self._stirred.next_ring()
            late = self._own.overdue(self._clock.now())
            for room_id in self._stages.rooms:
                overdue = {person for its_room, person in late if its_room == room_id}
                await self._look_at(room_id, self._stages.of(room_id), overdue)
            for room_id in self._looks.keys() - set(self._stages.rooms):
                self._forget(room_id)
            moments = [*self._again_at.values(), self._own.next_overdue()]
            await self._clock.wait(ring, min((at for at in moments if at is not None), default=None))

    async def _look_at(self, room_id: RoomId, stage: Stage, overdue: set[PersonId]) -> None:
        """Do what there is to do, if anything that matters here has changed."""
        now = self._clock.now()
        is_again = self._again_at.get(room_id, now + RETRY) <= now
        look = tuple((one.person, one.may_speak, one.hand, one.joined_at) for one in stage.people)
        state = (self._store.committed.rings, look)
        if self._looks.get(room_id) == state and not overdue and not is_again:
            return
        self._looks[room_id] = state
        self._again_at.pop(room_id, None)
        async with self._store.reading() as records:
            room = await records.rooms.find(room_id)
            if room is None or room.state not in ON_STAGE:
                return
            bans = await _banned(records, room, stage, now)
        await self._follow_hands(room, stage, bans)
        before, self._seen[room_id] = self._seen.get(room_id), stage
        for one in _moved(before, stage, overdue):
            await self._take_step(room, one, bans)
        await self._hush_banned(room, stage, bans)

    async def _follow_hands(self, room: Room, stage: Stage, bans: set[PersonId]) -> None:
        """Of a stage without anybody nothing is learned: perhaps the relay is not back in the call yet."""
        async with self._store.reading() as records:
            known = {hand.person: hand for hand in await records.hands.of(room.id)}
            mute = bans | await speakers_of(records, room)
        asking = [one for one in stage.hands if not self._own.is_answered(room.id, one)]
        raised = [one for one in asking if one.person not in known and one.person not in mute]
        up = {one.person for one in asking}
        lowered = {hand.person for hand in known.values() if hand.is_in_call and hand.person not in up}
        lowered = (lowered if stage.people else set()) | (known.keys() & mute)
        if raised or lowered:
            async with self._store.writing() as records:
                await _put_up(records, room, raised, self._clock.now())
                for person in lowered:
                    await records.hands.remove(room.id, person)

    async def _take_step(self, room: Room, seen: OnStage, bans: set[PersonId]) -> None:
        """Somebody may speak and might not before, or the other way round.

        While an order of ours is on its way, what is seen may be the echo of an older one: to mute somebody
        for good waits until that is certain, and a voice that was just taken is taken once again.
        """
        order = self._own.ordered(room.id, seen.person)
        if order is not None and order.may_speak == seen.may_speak:
            self._own.drop(room.id, seen.person)
        elif not seen.may_speak:
            if order is None:
                await self._heed_muting(room, seen.person)
        elif order is not None and not order.is_repeated:
            await self._hush(room, seen)
        elif seen.person not in bans:
            self._own.drop(room.id, seen.person)
            await self._heed_letting(room, seen)

    async def _heed_muting(self, room: Room, person: PersonId) -> None:
        """An admin made somebody a listener in Telegram's own app."""
        async with self._store.writing() as records:
            room = await records.rooms.get(room.id)
            if room.state in ON_STAGE and await make_listener(records, room, person, self._clock.now()):
                log.info("room %s: a speaker was made a listener in the call", room.id)
        self._speaking.turns.end(room.id, person)

    async def _heed_letting(self, room: Room, seen: OnStage) -> None:
        """An admin let somebody speak in Telegram's own app, unless it was we, or they are an admin."""
        async with self._store.reading() as records:
            if seen.person in await entitled(records, room):
                return
        if await self._is_admin(seen.chat or room.plan.chat, seen.person):
            return
        try:
            await self._put_on_record(room.id, Invited(seen.name, seen.person))
        except Refusal as refusal:
            log.info("room %s: somebody may not be let speak: %s", room.id, type(refusal).__name__)
            await self._hush(room, seen)

    async def _put_on_record(self, room_id: RoomId, whom: Invited) -> None:
        async with self._store.writing() as records:
            room = await records.rooms.get(room_id)
            if whom.person is None or room.state not in ON_STAGE:
                return
            is_new = await make_speaker(records, room, whom, self._clock.now())
            length = await length_of(records, room)
        if is_new:
            log.info("room %s: somebody was let speak in the call", room_id)
            if length is not None:
                self._speaking.turns.begin(room_id, whom.person, whom.name, length)

    async def _hush_banned(self, room: Room, stage: Stage, bans: set[PersonId]) -> None:
        """Take the voices of those who are banned, once for each time that they have one."""
        able = {(room.id, one.person, one.joined_at): one for one in stage.people if one.may_speak}
        self._hushed = {visit for visit in self._hushed if visit[0] != room.id or visit in able}
        for visit, one in able.items():
            if one.person in bans and visit not in self._hushed:
                self._hushed.add(visit)
                if not await self._hush(room, one):
                    self._hushed.discard(visit)
                    self._again_at[room.id] = self._clock.now() + RETRY

    async def _hush(self, room: Room, one: OnStage) -> bool:
        """Whether that is done with; else it can be tried again."""
        try:
            await self._speaking.hush(room.id, one.person)
        except AdminMaySpeak:
            return True
        except CallRefused as refusal:
            log.warning("room %s: a voice cannot be taken: %s", room.id, type(refusal).__name__)
            return False
        return True

    def _forget(self, room_id: RoomId) -> None:
        """The call is gone; who comes into another one has just come."""
        self._seen.pop(room_id, None)
        self._looks.pop(room_id, None)
        self._again_at.pop(room_id, None)
        self._own.forget(room_id)
        self._hushed = {visit for visit in self._hushed if visit[0] != room_id}


async def _banned(records: Records, room: Room, stage: Stage, now: datetime) -> set[PersonId]:
    """Who is banned from the talk's group, and of each group that carries it who takes part through it."""
    bans = {ban.person for ban in await records.bans.of(room.plan.chat, now)}
    for chat in {one.chat for one in stage.people if one.chat is not None}:
        theirs = {ban.person for ban in await records.bans.of(chat, now)}
        bans |= {one.person for one in stage.people if one.chat == chat and one.person in theirs}
    return bans


def _moved(before: Stage | None, stage: Stage, overdue: Collection[PersonId]) -> Iterable[OnStage]:
    """Who has been in the call without a break and may do something else now than before.

    And of whom the stage does not show what we ordered, long ago: somebody wants it otherwise.
    """
    were = {(one.person, one.joined_at): one.may_speak for one in before.people} if before else {}
    for one in stage.people:
        if were.get((one.person, one.joined_at), one.may_speak) != one.may_speak or one.person in overdue:
            yield one


async def _put_up(records: Records, room: Room, raised: Iterable[OnStage], now: datetime) -> None:
    """Put hands on record in the order of their ratings, behind those that are."""
    hands = await records.hands.of(room.id)
    at = max((now, *(hand.raised_at + _TICK for hand in hands)))
    for number, one in enumerate(raised):
        await records.hands.save(room.id, Hand(one.person, one.name, at + number * _TICK, is_in_call=True))
