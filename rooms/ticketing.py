"""Ticketing: a member proves to be one, and gets a ticket that nobody can trace back to them."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import Protocol

from rooms.authority import refuse_uninvited, require
from rooms.bridges import carrying
from rooms.errors.gallery import GalleryClosed
from rooms.errors.talks import NoSuchRoom, WrongState
from rooms.errors.tickets import NoTicketNeeded, TicketTaken
from rooms.ids import ChatId, PersonId, RoomId
from rooms.plan import Admission
from rooms.ports import Clock
from rooms.records import Records, Store
from rooms.roles import Action, Asker
from rooms.room import Room, RoomState
from rooms.ticket_keys import TicketKey


class Mint(Protocol):
    """Makes keys, and signs with them what it cannot read."""

    async def strike(self) -> tuple[bytes, bytes]:
        """A new pair of keys: the public one, the private one."""
        ...

    async def sign(self, private: bytes, blinded: bytes) -> bytes:
        """The blind signature of a blinded value; raises `NotBlinded` for what is none."""
        ...


class Vouching(Protocol):
    """Knows by Telegram who asks."""

    async def vouch(self, proof: str, chat: ChatId) -> Asker:
        """Who showed a proof, with their standing in a group at this moment.

        Raises:
            NotVouchedFor, ProofTooOld: it proves nothing, or not any more.
            TelegramSilent: nobody tells whether they are in the group.
        """
        ...


class Ticketing:
    """The desk: one ticket a person and room, for whoever may come. Its private keys never leave it.

    That somebody took theirs is on record until the room is over, without the time. What was signed is known
    for a moment only, as a digest and in memory, so that an answer that was lost can be given again.
    """

    def __init__(self, store: Store, clock: Clock, mint: Mint, vouching: Vouching) -> None:
        self._store = store
        self._clock = clock
        self._mint = mint
        self._vouching = vouching
        self._making = asyncio.Lock()
        self._answered: dict[RoomId, dict[PersonId, bytes]] = {}

    async def run(self) -> None:
        """Forget, for ever, what rooms leave behind that are over."""
        while True:
            ring = self._store.committed.next_ring()
            await self._forget()
            await self._clock.wait(ring, None)

    async def public_key(self, listen_key: str) -> bytes:
        """The key by which everybody can tell the room's tickets; made when it is first asked for.

        Raises:
            NoSuchRoom: no such link, or its room was never announced.
            NoTicketNeeded: the room is open.
            WrongState: it is over.
        """
        return (await self._key(await self._room(listen_key))).public

    async def issue(self, listen_key: str, proof: str, blinded: bytes) -> bytes:
        """The blind signature that becomes a ticket; the same again for who asks the same again.

        Args:
            listen_key: the unguessable part of the room's link.
            proof: by which Telegram vouches for who asks.
            blinded: the blinded value.

        Raises:
            What `public_key` and `Vouching.vouch` raise.
            NotAMember, Banned, InvitedOnly: it is not for them.
            NotBlinded: there is nothing to sign.
            TicketTaken: they have theirs.
        """
        room = await self._room(listen_key)
        key = await self._key(room)
        asker = await taker(self._store, room, partial(self._vouching.vouch, proof))
        async with self._store.reading() as records:
            await demand_place(records, room, asker, self._clock.now())
        signature = await self._mint.sign(key.private, blinded)
        await self._give(room.id, asker, hashlib.sha256(blinded).digest())
        return signature

    async def _give(self, room_id: RoomId, asker: Asker, asked: bytes) -> None:
        async with self._store.writing() as records:
            room = await records.rooms.get(room_id)
            demand_ticketed(room)
            await demand_place(records, room, asker, self._clock.now())
            answered = self._answered.setdefault(room_id, {})
            is_first = await records.tickets.give(room_id, asker.person)
            if not is_first and answered.get(asker.person) != asked:
                raise TicketTaken
            answered[asker.person] = asked

    async def _room(self, listen_key: str) -> Room:
        async with self._store.reading() as records:
            room = await records.rooms.by_listen_key(listen_key)
        demand_ticketed(room)
        return room

    async def _key(self, room: Room) -> TicketKey:
        async with self._making:
            async with self._store.reading() as records:
                key = await records.tickets.key(room.id)
            return key if key is not None else await self._make_key(room.id)

    async def _make_key(self, room: RoomId) -> TicketKey:
        key = TicketKey(room, *await self._mint.strike())
        async with self._store.writing() as records:
            demand_ticketed(await records.rooms.get(room))
            await records.tickets.save_key(key)
        return key

    async def _forget(self) -> None:
        async with self._store.reading() as records:
            over = await records.tickets.over()
            lost = [room for room in tuple(self._answered) if await records.tickets.key(room) is None]
        for room in over:
            async with self._store.writing() as records:
                await records.tickets.forget(room)
        for room in (*over, *lost):
            self._answered.pop(room, None)


async def taker(store: Store, room: Room, standing_in: Callable[[ChatId], Awaitable[Asker]]) -> Asker:
    """Who wants a ticket, as a member of the talk's group, or else of one in whose call it is carried.

    Args:
        store: knows where it is carried.
        room: for which it is.
        standing_in: asks Telegram for their standing in a group; what it raises is passed on.
    """
    at_home = await standing_in(room.plan.chat)
    if at_home.is_member:
        return at_home
    async with store.reading() as records:
        carried = carrying(await records.bridges.of(room.id))
    for chat in carried:
        next_door = await standing_in(chat)
        if next_door.is_member:
            return next_door
    return at_home


async def demand_place(records: Records, room: Room, asker: Asker, now: datetime) -> None:
    """Raise `NotAMember`, `Banned` or `InvitedOnly` for who may have no ticket to a room."""
    await require(records, Action.ATTEND, room, asker, now)
    await refuse_uninvited(records, room, asker)


def demand_ticketed(room: Room) -> None:
    """Raise `NoSuchRoom`, `GalleryClosed`, `NoTicketNeeded` or `WrongState` where no ticket leads."""
    if room.state is RoomState.DRAFT:
        raise NoSuchRoom
    if not room.is_gallery_open:
        raise GalleryClosed
    if room.plan.admission is Admission.OPEN:
        raise NoTicketNeeded
    if room.is_over:
        raise WrongState(room.state, "be listened to")
