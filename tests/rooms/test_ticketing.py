"""Who gets a ticket, how often, and what is kept of it."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from rooms.appointments import Answer
from rooms.before import Before
from rooms.bridges import Bridge
from rooms.errors.gallery import GalleryClosed
from rooms.errors.rights import Banned, InvitedOnly, NotAMember
from rooms.errors.talks import NoSuchRoom, WrongState
from rooms.errors.tickets import NotBlinded, NoTicketNeeded, NotVouchedFor, TicketTaken
from rooms.ids import ChatId, PersonId
from rooms.moderation import Ban
from rooms.plan import Admission
from rooms.roles import Asker, Role
from rooms.room import Room, RoomState
from rooms.ticketing import Ticketing, demand_ticketed
from tests.fakes.clock import settle
from tests.fakes.talks import ADA, BRUNO, CHAT, OTHER_CHAT, a_plan
from tests.fakes.tickets import FakeMint, FakeVouching
from tests.rooms.hall import DARIO, ELENA, STRANGER, Hall

MEMBERS_ONLY = replace(a_plan(), admission=Admission.MEMBERS)
INVITED_ONLY = replace(a_plan(), admission=Admission.INVITED)
VERA = Asker(PersonId(60), "Vera", is_admin=False, chat=OTHER_CHAT)
BRUNO_THERE = replace(BRUNO, is_admin=True, chat=OTHER_CHAT)


class Office(Hall):
    """A hall with a desk in it."""

    def __init__(self) -> None:
        super().__init__()
        self.mint = FakeMint()
        self.vouching = FakeVouching(ADA, DARIO, ELENA, STRANGER, VERA, BRUNO_THERE)
        self.desk = Ticketing(self.store, self.clock, self.mint, self.vouching)

    async def ask(self, room: Room, asker: Asker, blinded: bytes = b"?") -> bytes:
        return await self.desk.issue(room.listen_key, asker.name, blinded)

    async def carry(self, room: Room, *, is_agreed: bool = True) -> None:
        async with self.store.writing() as records:
            await records.bridges.save(Bridge(room.id, OTHER_CHAT, is_agreed=is_agreed))

    def holders(self, room: Room) -> set[int]:
        return {row.person for row in self.store.records.tickets.rows.values() if row.room == room.id}


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
async def tended(office: Office) -> AsyncIterator[Office]:
    """With somebody who cleans up."""
    async with asyncio.TaskGroup() as group:
        running = group.create_task(office.desk.run())
        yield office
        running.cancel()


async def test_a_member_gets_a_ticket(office: Office) -> None:
    room = await office.talk(MEMBERS_ONLY)
    assert await office.ask(room, DARIO) == b"private-1 signed ?"
    assert office.holders(room) == {DARIO.person}
    assert office.vouching.asked == [(DARIO.name, CHAT)]


async def test_a_member_of_a_group_that_carries_the_talk_gets_one_too(office: Office) -> None:
    room = await office.talk(MEMBERS_ONLY)
    for is_agreed in (None, False):
        if is_agreed is not None:
            await office.carry(room, is_agreed=is_agreed)
        with pytest.raises(NotAMember):
            await office.ask(room, VERA)
    await office.carry(room)
    assert await office.ask(room, VERA)
    with pytest.raises(TicketTaken):
        await office.ask(room, VERA, b"another")
    with pytest.raises(NotAMember):
        await office.ask(room, STRANGER)


@pytest.mark.parametrize("chat", [CHAT, OTHER_CHAT], ids=["at home", "next door"])
async def test_who_is_banned_from_the_talks_of_either_group_gets_none_next_door(
    office: Office, chat: ChatId
) -> None:
    room = await office.talk(MEMBERS_ONLY)
    await office.carry(room)
    async with office.store.writing() as records:
        await records.bans.save(Ban(chat, VERA.person, VERA.name, "noise", None))
    with pytest.raises(Banned):
        await office.ask(room, VERA)


async def test_an_admin_next_door_is_no_invited_guest(office: Office) -> None:
    room = await office.talk(INVITED_ONLY)
    await office.carry(room)
    with pytest.raises(InvitedOnly):
        await office.ask(room, BRUNO_THERE)


async def test_nobody_gets_two(office: Office) -> None:
    room = await office.talk(MEMBERS_ONLY)
    await office.ask(room, DARIO, b"one")
    with pytest.raises(TicketTaken):
        await office.ask(room, DARIO, b"another")
    await office.ask(room, ELENA, b"another")
    assert office.holders(room) == {DARIO.person, ELENA.person}


async def test_two_asked_for_at_once_are_one(office: Office) -> None:
    room = await office.talk(MEMBERS_ONLY)
    asked = [office.ask(room, DARIO, bytes([number])) for number in range(1, 9)]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert Counter(map(type, answers)) == {bytes: 1, TicketTaken: 7}


async def test_an_answer_that_was_lost_is_given_again(office: Office) -> None:
    room = await office.talk(MEMBERS_ONLY)
    first = await office.ask(room, DARIO, b"one")
    assert await office.ask(room, DARIO, b"one") == first
    with pytest.raises(TicketTaken):
        await office.ask(room, ELENA, b"one") and await office.ask(room, ELENA, b"another")


async def test_each_room_has_its_own_key_and_keeps_it(office: Office) -> None:
    one, other = await office.talk(MEMBERS_ONLY), await office.talk(INVITED_ONLY)
    keys = [await office.desk.public_key(room.listen_key) for room in (one, one, other, one)]
    assert keys == [b"public-1", b"public-1", b"public-2", b"public-1"]


async def test_a_thousand_who_ask_at_once_find_one_key(office: Office) -> None:
    room = await office.talk(MEMBERS_ONLY)
    keys = await asyncio.gather(*(office.desk.public_key(room.listen_key) for _ in range(1000)))
    assert set(keys) == {b"public-1"}
    assert office.mint.struck == 1


async def test_who_is_not_in_the_group_or_banned_gets_none(office: Office) -> None:
    room = await office.talk(MEMBERS_ONLY)
    with pytest.raises(NotAMember):
        await office.ask(room, STRANGER)
    await office.ban(DARIO)
    with pytest.raises(Banned):
        await office.ask(room, DARIO)
    assert office.holders(room) == set()
    assert office.mint.signed == []


async def test_whom_nobody_vouches_for_gets_none(office: Office) -> None:
    room = await office.talk(MEMBERS_ONLY)
    with pytest.raises(NotVouchedFor):
        await office.desk.issue(room.listen_key, "forged", b"?")


async def test_an_invite_only_room_is_for_the_invited_its_host_and_admins(office: Office) -> None:
    room = await office.talk(replace(INVITED_ONLY, host=ELENA.person, host_name=ELENA.name))
    with pytest.raises(InvitedOnly):
        await office.ask(room, DARIO)
    await office.appoint(room, Role.LISTENER, DARIO, Answer.WAITING)
    for asker in (DARIO, ELENA, ADA):
        assert await office.ask(room, asker)


async def test_what_is_no_blinded_value_costs_nobody_their_ticket(office: Office) -> None:
    room = await office.talk(MEMBERS_ONLY)
    with pytest.raises(NotBlinded):
        await office.ask(room, DARIO, b"")
    assert await office.ask(room, DARIO, b"?")


async def test_an_open_room_needs_no_ticket(office: Office) -> None:
    room = await office.talk()
    with pytest.raises(NoTicketNeeded):
        await office.ask(room, DARIO)
    with pytest.raises(NoTicketNeeded):
        await office.desk.public_key(room.listen_key)


@pytest.mark.parametrize("key", ["", "nonsense", "key-0"])
async def test_drafts_and_wrong_links_are_nowhere(office: Office, key: str) -> None:
    await office.talk(MEMBERS_ONLY, RoomState.DRAFT)
    with pytest.raises(NoSuchRoom):
        await office.desk.public_key(key)
    with pytest.raises(NoSuchRoom):
        await office.desk.issue(key, DARIO.name, b"?")


async def test_a_closed_gallery_has_no_desk_and_its_new_link_is_told_to_nobody(office: Office) -> None:
    room = (await office.talk(MEMBERS_ONLY)).with_gallery_closed("a-new-key", office.clock.now())
    with pytest.raises(GalleryClosed):
        demand_ticketed(room)
    demand_ticketed(room.with_gallery_open(office.clock.now()))


@pytest.mark.parametrize("state", [RoomState.ENDED, RoomState.CANCELLED, RoomState.MISSED])
async def test_when_it_is_over_there_are_none_any_more(office: Office, state: RoomState) -> None:
    room = await office.talk(MEMBERS_ONLY, state)
    with pytest.raises(WrongState):
        await office.ask(room, DARIO)
    with pytest.raises(WrongState):
        await office.desk.public_key(room.listen_key)


@pytest.mark.parametrize("state", [RoomState.SCHEDULED, RoomState.OPENING, RoomState.LIVE])
async def test_tickets_are_had_days_ahead_and_at_the_door(office: Office, state: RoomState) -> None:
    assert await office.ask(await office.talk(MEMBERS_ONLY, state), DARIO)


async def test_who_took_one_is_forgotten_when_the_room_is_over(tended: Office) -> None:
    room, other = await tended.talk(MEMBERS_ONLY), await tended.talk(MEMBERS_ONLY)
    for each in (room, other):
        await tended.ask(each, DARIO)
    await tended.become(room, RoomState.ENDED)
    await settle()
    assert tended.holders(room) == set()
    assert tended.holders(other) == {DARIO.person}
    assert list(tended.store.records.tickets.keys) == [(other.id,)]
    assert list(tended.desk._answered) == [other.id]


async def test_a_cancellation_that_is_taken_back_leaves_tickets_as_they_were(tended: Office) -> None:
    room = await tended.talk(MEMBERS_ONLY)
    await tended.ask(room, DARIO)
    async with tended.store.writing() as records:
        await records.rooms.keep_before(Before(room.id, room.plan, room.state, tended.clock.now()))
        await records.rooms.save(replace(room, state=RoomState.CANCELLED))
    await settle()
    assert tended.holders(room) == {DARIO.person}
    async with tended.store.writing() as records:
        await records.rooms.forget_before(room.id)
    await settle()
    assert tended.holders(room) == set()


async def test_what_a_crash_left_behind_is_forgotten_at_the_next_start(office: Office) -> None:
    room = await office.talk(MEMBERS_ONLY)
    await office.ask(room, DARIO)
    await office.become(room, RoomState.ENDED)
    assert office.holders(room) == {DARIO.person}
    async with asyncio.TaskGroup() as group:
        running = group.create_task(office.desk.run())
        await settle()
        running.cancel()
    assert office.holders(room) == set()


async def test_a_room_that_is_forgotten_takes_its_memory_along(tended: Office) -> None:
    room = await tended.talk(MEMBERS_ONLY)
    await tended.ask(room, DARIO)
    async with tended.store.writing() as records:
        await records.rooms.remove(room.id)
    await settle()
    assert tended.desk._answered == {}
