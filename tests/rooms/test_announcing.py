"""Which chats are told what of a talk."""

from dataclasses import replace

import pytest

from rooms.announcing import announce, announce_programme, ask, refresh, remind_guests, tell, tell_guests
from rooms.appointments import Answer, Invited
from rooms.cards import Card
from rooms.ids import ChatId, MessageId, ThreadId
from rooms.notices import Notice, NoticeKind
from rooms.roles import Role
from rooms.room import Room
from tests.fakes.clock import NOON
from tests.fakes.groups import CAREERS
from tests.fakes.talks import ADA, BRUNO, CHAT, CHIARA, a_plan
from tests.rooms.conftest import House

CHANNEL = ChatId(-1002)
COPIED = replace(CAREERS, copies=(CHANNEL,))
ABSENT = replace(COPIED, is_present=False)


@pytest.fixture
async def room(house: House) -> Room:
    """A talk that was announced, as far as the outbox knows."""
    await house.know(COPIED)
    room = await house.schedule()
    await house.deliver()
    return room


async def test_a_card_goes_to_the_thread_it_was_asked_for_in_and_to_every_copy(
    house: House, room: Room
) -> None:
    async with house.store.writing() as records:
        for _ in range(2):
            await announce(records, room, NOON)
    assert house.notices() == [
        Notice(CHAT, ThreadId(7), room.id, NoticeKind.CARD),
        Notice(CHANNEL, None, room.id, NoticeKind.CARD),
    ]


async def test_where_the_card_stands_it_is_not_sent_again(house: House, room: Room) -> None:
    async with house.store.writing() as records:
        await records.cards.save(Card(room.id, CHAT, MessageId(1)))
        await announce(records, room, NOON)
    assert (house.told(), house.told(CHANNEL)) == ([], [(NoticeKind.CARD, "")])


async def test_a_group_that_the_bot_had_to_leave_hears_nothing(house: House, room: Room) -> None:
    await house.know(ABSENT)
    await house.await_guest(room, CHIARA, is_reminded=True)
    async with house.store.writing() as records:
        await announce(records, room, NOON)
        await tell(records, room, NoticeKind.REMINDER, NOON)
        await remind_guests(records, room, NoticeKind.REMINDER, NOON)
        await refresh(records, room, NOON)
    assert [(notice.chat, notice.kind) for notice in house.notices()] == [(CHANNEL, NoticeKind.REFRESH)]


async def test_guests_hear_of_a_cancellation_even_then(house: House, room: Room) -> None:
    await house.know(ABSENT)
    await house.await_guest(room, CHIARA)
    async with house.store.writing() as records:
        await tell_guests(records, room, NoticeKind.CANCELLED, NOON)
    assert house.told_to(CHIARA) == [(NoticeKind.CANCELLED, "")]


async def test_a_talk_with_a_thread_of_its_own_is_told_of_there(house: House, room: Room) -> None:
    async with house.store.writing() as records:
        await tell(records, replace(room, own_thread=ThreadId(70)), NoticeKind.REMINDER, NOON, "detail")
    assert house.notices() == [Notice(CHAT, ThreadId(70), room.id, NoticeKind.REMINDER, "detail")]


async def test_only_who_asked_to_be_reminded_is(house: House, room: Room) -> None:
    await house.await_guest(room, CHIARA, is_reminded=True)
    await house.await_guest(room, BRUNO)
    async with house.store.writing() as records:
        await remind_guests(records, room, NoticeKind.REMINDER, NOON)
    assert house.told_to(CHIARA) == [(NoticeKind.REMINDER, "")]
    assert house.told_to(BRUNO) == []


async def test_who_cannot_be_written_to_is_not_and_nobody_is_told_twice(house: House, room: Room) -> None:
    await house.await_guest(room, CHIARA, is_reminded=True)
    await house.await_guest(room, BRUNO)
    async with house.store.writing() as records:
        await records.people.remove(BRUNO.person)
        invited = Invited("Chiara", CHIARA.person)
        await records.appointments.add(room.id, Role.SPEAKER, invited, Answer.ACCEPTED)
        await tell_guests(records, room, NoticeKind.CHANGED, NOON, "2026-11-24T13:00:00+00:00")
    assert house.told_to(CHIARA) == [(NoticeKind.CHANGED, "2026-11-24T13:00:00+00:00")]
    assert house.told_to(BRUNO) == []


async def test_who_has_answered_is_not_asked(house: House, room: Room) -> None:
    await house.meet(CHIARA, BRUNO)
    async with house.store.writing() as records:
        for person, answer in ((CHIARA, Answer.WAITING), (BRUNO, Answer.ACCEPTED)):
            invited = Invited(person.name, person.person)
            appointment = await records.appointments.add(room.id, Role.SPEAKER, invited, answer)
            await ask(records, room, appointment, NOON)
    assert [kind for kind, _ in house.told_to(CHIARA)] == [NoticeKind.INVITATION]
    assert house.told_to(BRUNO) == []


async def test_a_group_to_which_the_bot_comes_back_gets_the_cards_it_lacks(house: House) -> None:
    await house.know(COPIED)
    rooms = await house.schedule_series()
    over = await house.schedule(a_plan(starts_at=rooms[0].plan.ends_at))
    await house.changing.cancel(over.id, ADA)
    async with house.store.writing() as records:
        await records.cards.save(Card(rooms[0].id, CHANNEL, MessageId(1)))
    await house.deliver()
    async with house.store.writing() as records:
        await announce_programme(records, CHAT, NOON)
    assert [(notice.room, notice.kind, notice.chat) for notice in house.notices()] == [
        (rooms[0].id, NoticeKind.CARD, CHAT),
        (rooms[0].id, NoticeKind.REFRESH, CHAT),
        (rooms[0].id, NoticeKind.REFRESH, CHANNEL),
    ]
