"""Letters are opened with all that they speak of, as it now is, and in the words of whom they go to."""

from dataclasses import replace
from datetime import time

import pytest

from bot.letters import Digest, Opened, Opener
from rooms.cards import Card
from rooms.group import Group
from rooms.guests import Guest
from rooms.ids import ChatId, MessageId, PersonId, ThreadId
from rooms.notices import Letter, Notice, NoticeKind, notice_of, notice_to
from rooms.people import Person
from rooms.quiet import QuietHours
from rooms.room import Room, RoomState
from tests.bot.forum import LANGUAGES, settings_for
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.groups import CAREERS
from tests.fakes.store import MemoryStore
from tests.fakes.talks import CHAT, HOUR, a_plan

DORA = ChatId(55)
COPY = ChatId(-1001000000777)
ALL_DAY = QuietHours(time(0), time(23, 59))


class Office:
    """A store with a talk in it, and somebody who opens letters about it."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.clock = FakeClock()
        self.opener = Opener(settings_for("", language="it"), self.store, LANGUAGES, self.clock)

    async def a_room(
        self, title: str = "Careers", hours: int = 1, state: RoomState = RoomState.SCHEDULED
    ) -> Room:
        async with self.store.writing() as records:
            plan = a_plan(title, NOON + hours * HOUR)
            room = replace(await records.rooms.add(plan, f"key of {title}", NOON), state=state)
            await records.rooms.save(room)
        return room

    async def know(self, **customs: object) -> Group:
        group = replace(CAREERS, **customs)  # type: ignore[arg-type]
        async with self.store.writing() as records:
            await records.groups.save(group)
        return group

    async def open(self, notice: Notice) -> Opened:
        opened = await self.opener.open(Letter(1, notice, 1))
        assert isinstance(opened, Opened)
        return opened


@pytest.fixture
async def office() -> Office:
    office = Office()
    await office.know()
    return office


async def test_a_letter_shows_things_as_they_are_now(office: Office) -> None:
    room = await office.a_room()
    async with office.store.writing() as records:
        await records.cards.save(Card(room.id, CHAT, MessageId(7)))
        await records.guests.save(Guest(room.id, PersonId(1), NOON))
        await records.rooms.save(replace(room, state=RoomState.LIVE))
    opened = await office.open(notice_of(room, NoticeKind.REFRESH))
    assert opened.room.state is RoomState.LIVE
    assert opened.answered == 7
    assert opened.guests.coming == (1,)
    assert opened.is_at_home


async def test_of_what_was_forgotten_nothing_is_told(office: Office) -> None:
    room = await office.a_room()
    async with office.store.writing() as records:
        await records.rooms.remove(room.id)
    assert await office.opener.open(Letter(1, notice_of(room, NoticeKind.CARD), 1)) is None


async def test_in_a_group_without_the_bot_nothing_is_told_to_anybody(office: Office) -> None:
    room = await office.a_room()
    await office.know(is_present=False)
    for notice in (notice_of(room, NoticeKind.CARD), notice_to(DORA, room, NoticeKind.REMINDER)):
        assert await office.opener.open(Letter(1, notice, 1)) is None


async def test_a_person_is_written_to_in_their_own_language_in_the_group_s_zone(office: Office) -> None:
    room = await office.a_room()
    await office.know(language="en")
    async with office.store.writing() as records:
        await records.people.save(Person(PersonId(DORA), "Dora", None, "it"))
    told = await office.open(notice_to(DORA, room, NoticeKind.REMINDER))
    assert (told.speech.words.language, told.speech.zone) == ("it", CAREERS.zone)
    assert (await office.open(notice_of(room, NoticeKind.REMINDER))).speech.words.language == "en"


async def test_a_group_that_is_not_known_is_spoken_to_by_the_settings(office: Office) -> None:
    room = await office.a_room()
    async with office.store.writing() as records:
        records.groups.rows.clear()
    opened = await office.open(notice_of(room, NoticeKind.REMINDER))
    assert (opened.group, opened.speech.words.language) == (None, "it")
    assert opened.way_in is not None


async def test_quiet_hours_silence_chats_and_nobody_s_private_one(office: Office) -> None:
    room = await office.a_room()
    await office.know(quiet=ALL_DAY)
    assert (await office.open(notice_of(room, NoticeKind.REMINDER))).is_silent
    assert (await office.open(notice_to(COPY, room, NoticeKind.CARD))).is_silent
    assert not (await office.open(notice_to(DORA, room, NoticeKind.REMINDER))).is_silent


async def test_it_goes_into_the_talk_s_own_topic_at_home_alone(office: Office) -> None:
    room = await office.a_room()
    assert (await office.open(notice_of(room, NoticeKind.STARTED))).thread == 7
    async with office.store.writing() as records:
        await records.rooms.save(replace(room, own_thread=ThreadId(77)))
    assert (await office.open(notice_of(room, NoticeKind.STARTED))).thread == 77
    for chat in (COPY, DORA):
        assert (await office.open(notice_to(chat, room, NoticeKind.CARD))).thread is None


async def test_a_digest_has_what_comes_within_a_week(office: Office) -> None:
    await office.a_room("On air", -1, RoomState.LIVE)
    await office.a_room("Soon", 2)
    await office.a_room("Cancelled", 4, RoomState.CANCELLED)
    await office.a_room("In six days", 24 * 6)
    await office.a_room("Too far", 24 * 8)
    notice = Notice(CHAT, None, None, NoticeKind.DIGEST)
    digest = await office.opener.open(Letter(1, notice, 1))
    assert isinstance(digest, Digest)
    assert [room.plan.title for room in digest.rooms] == ["Soon", "In six days"]
    await office.know(is_present=False)
    assert await office.opener.open(Letter(1, notice, 1)) is None
