"""Who comes into a call hears that it is recorded; who may speak is asked for their voice."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

from rooms.ids import ChatId, PersonId
from rooms.informing import EVERY, GATHERING
from rooms.notices import NoticeKind
from rooms.room import Room
from rooms.stage import OnStage, Stage
from tests.fakes.clock import settle
from tests.fakes.groups import CAREERS
from tests.fakes.talks import ADA, BRUNO, CHAT, CHIARA, HOUR, MINUTE, OTHER_CHAT, a_plan
from tests.rooms.conftest import House

SECOND = timedelta(seconds=1)


@asynccontextmanager
async def live(house: House, *, is_recorded: bool = True) -> AsyncIterator[Room]:
    """A talk that has just begun, with Ada alone in its call."""
    if CHAT not in house.store.records.groups.rows:
        await house.know(CAREERS)
    room = await house.schedule(replace(a_plan(), is_recorded=is_recorded))
    async with house.at_work():
        await move(house, room, listener(ADA.person))
        await house.clock.advance(HOUR)
        await house.deliver()
        yield room


async def move(house: House, room: Room, *people: OnStage) -> None:
    """These are in the call now."""
    house.calls.move(room.id, Stage(people))
    await settle()


def listener(person: int, chat: ChatId | None = None) -> OnStage:
    return OnStage(PersonId(person), f"P{person}", chat=chat)


def speaker(person: int, *, is_muted: bool = True) -> OnStage:
    return OnStage(PersonId(person), f"P{person}", is_muted=is_muted, may_speak=True)


async def test_late_joiners_hear_of_the_recording_at_most_every_ten_minutes(house: House) -> None:
    async with live(house) as room:
        await move(house, room, listener(42), listener(50))
        await house.clock.advance(MINUTE)
        assert house.told() == []
        await house.clock.advance(EVERY - MINUTE)
        assert house.told() == [(NoticeKind.RECORDED, "")]
        await house.deliver()
        await move(house, room, listener(42), listener(50), listener(52))
        await house.clock.advance(EVERY - MINUTE)
        assert house.told() == []
        await house.clock.advance(MINUTE)
        assert house.told() == [(NoticeKind.RECORDED, "")]
        await house.deliver()
        await house.clock.advance(EVERY)
        assert house.told() == [], "nobody came since"
        await move(house, room, listener(42), listener(51))
        assert house.told() == [(NoticeKind.RECORDED, "")], "it is long ago"


async def test_who_was_there_at_the_start_and_who_comes_back_hears_nothing_anew(house: House) -> None:
    async with live(house) as room:
        await move(house, room)
        await house.clock.advance(MINUTE)
        await move(house, room, listener(42))
        await house.clock.advance(EVERY)
        assert NoticeKind.RECORDED not in [kind for kind, _detail in house.told()]


async def test_a_group_that_wants_no_news_of_the_start_hears_of_the_recording(house: House) -> None:
    await house.know(replace(CAREERS, reminders=(HOUR,)))
    await house.schedule()
    await house.pass_time(HOUR)
    assert [kind for kind, _detail in house.told()][-1] is NoticeKind.RECORDED


async def test_each_group_hears_of_those_who_came_through_its_call(house: House) -> None:
    async with live(house) as room:
        await move(house, room, listener(42), listener(50, OTHER_CHAT))
        await house.clock.advance(EVERY)
        assert house.told() == []
        assert house.told(OTHER_CHAT) == [(NoticeKind.RECORDED, "")]


async def test_who_may_speak_is_asked_with_others_who_may_by_then(house: House) -> None:
    async with live(house) as room:
        await house.meet(BRUNO)
        await move(house, room, speaker(BRUNO.person), listener(50))
        await house.clock.advance(SECOND)
        await move(house, room, speaker(BRUNO.person), speaker(50), speaker(CHIARA.person))
        await house.clock.advance(GATHERING - SECOND)
        assert house.told_to(BRUNO) == [(NoticeKind.ON_STAGE, "")]
        [(kind, _instant)] = house.told()
        assert kind is NoticeKind.ON_STAGE
        await house.deliver()
        await move(house, room, speaker(BRUNO.person, is_muted=False), speaker(50))
        await house.clock.advance(MINUTE)
        assert house.told() == house.told_to(BRUNO) == []


async def test_where_everybody_may_speak_who_turns_the_microphone_on_is_asked(house: House) -> None:
    await house.know(replace(CAREERS, joins_muted=False))
    async with live(house) as room:
        await move(house, room, speaker(50), speaker(51, is_muted=False))
        await house.clock.advance(GATHERING)
        assert set(house.store.records.consents.rows) == {(CHAT, 51)}


async def test_listeners_and_channels_are_not_asked_nor_anybody_where_nothing_is_recorded(
    house: House,
) -> None:
    async with live(house) as room:
        await move(house, room, listener(50), speaker(-100777, is_muted=False))
        await house.clock.advance(MINUTE)
        assert house.store.records.consents.rows == {}
    other = House()
    async with live(other, is_recorded=False) as room:
        await move(other, room, speaker(50))
        await other.clock.advance(MINUTE)
        assert other.store.records.consents.rows == {}


async def test_a_restart_asks_nobody_again(house: House) -> None:
    async with live(house) as room:
        await move(house, room, speaker(50))
        await house.clock.advance(GATHERING)
        await house.deliver()
    async with house.at_work():
        await move(house, room, speaker(50))
        await house.clock.advance(MINUTE)
        assert house.told() == []
