"""Who minds a talk hears of what goes wrong in its calls, each thing once."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from rooms.group import Group
from rooms.notices import NoticeKind
from rooms.ports import BridgeChanged, CallEnlarged, CallRegained, RecordingTorn, RelayRestarted, Setback
from rooms.room import Room
from tests.fakes.clock import settle
from tests.fakes.groups import CAREERS
from tests.fakes.talks import ADA, HOUR, OTHER_CHAT
from tests.rooms.conftest import House

GARDENERS = Group(OTHER_CHAT, "Gardeners", CAREERS.zone, "it", "programme-of-gardeners")
NEWS = (NoticeKind.LOST, NoticeKind.ENLARGED, NoticeKind.BARRED, NoticeKind.LET_IN, NoticeKind.TORN)


@pytest.fixture
async def talk(house: House) -> AsyncIterator[Room]:
    """A talk that is on, which Ada hosts."""
    await house.know(CAREERS)
    await house.know(GARDENERS)
    room = await house.schedule()
    async with house.at_work():
        await house.clock.advance(HOUR)
        yield room


async def heard(house: House, *setbacks: Setback) -> list[tuple[NoticeKind, str]]:
    """What Ada is told of them, in private; read from then on."""
    for setback in setbacks:
        house.calls.tell(setback)
        await settle()
    news = [told for told in house.told_to(ADA) if told[0] in NEWS]
    await house.deliver()
    return news


async def test_a_call_that_became_too_large_is_told_once(house: House, talk: Room) -> None:
    await house.meet(ADA)
    assert await heard(house, CallEnlarged(talk.id), CallEnlarged(talk.id)) == [(NoticeKind.ENLARGED, "")]
    assert await heard(house, RelayRestarted(), CallEnlarged(talk.id)) == []  # type: ignore[arg-type]
    carried = CallEnlarged(talk.id, OTHER_CHAT)
    assert await heard(house, carried, carried) == [(NoticeKind.ENLARGED, "Gardeners")]


async def test_each_reason_why_a_call_cannot_be_joined_is_told_once_and_its_end(
    house: House, talk: Room
) -> None:
    await house.meet(ADA)
    absent = BridgeChanged(talk.id, OTHER_CHAT, "RelayNotInChat")
    powerless = BridgeChanged(talk.id, OTHER_CHAT, "RelayLacksRights")
    joined = BridgeChanged(talk.id, OTHER_CHAT)
    assert await heard(house, absent, absent) == [(NoticeKind.BARRED, "RelayNotInChat Gardeners")]
    assert await heard(house, powerless, absent) == [(NoticeKind.BARRED, "RelayLacksRights Gardeners")]
    assert await heard(house, joined, joined) == [(NoticeKind.LET_IN, "Gardeners")]
    assert await heard(house, absent) == [(NoticeKind.BARRED, "RelayNotInChat Gardeners")]


async def test_a_call_that_was_joined_at_once_is_no_news(house: House, talk: Room) -> None:
    await house.meet(ADA)
    assert await heard(house, BridgeChanged(talk.id, OTHER_CHAT)) == []


async def test_that_the_disk_takes_nothing_is_told_once(house: House, talk: Room) -> None:
    await house.meet(ADA)
    torn = RecordingTorn(talk.id)
    assert await heard(house, torn, torn) == [(NoticeKind.TORN, "")]
    assert await heard(house, torn) == []


async def test_each_time_that_the_relay_was_away_is_told(house: House, talk: Room) -> None:
    await house.meet(ADA)
    away = [CallRegained(talk.id, timedelta(seconds=seconds)) for seconds in (12.4, 30)]
    assert await heard(house, *away) == [(NoticeKind.LOST, "13"), (NoticeKind.LOST, "30")]


async def test_where_the_host_cannot_be_written_to_the_group_hears_it(house: House, talk: Room) -> None:
    assert await heard(house, RecordingTorn(talk.id)) == []
    house.calls.tell(CallEnlarged(talk.id))
    await settle()
    assert (NoticeKind.ENLARGED, "") in house.told()
    assert house.told_to(ADA) == []


async def test_of_a_talk_that_is_over_nothing_is_told(house: House, talk: Room) -> None:
    await house.meet(ADA)
    await house.clock.advance(2 * HOUR)
    assert house.room(talk).is_over
    await house.deliver()
    assert await heard(house, RecordingTorn(talk.id), CallEnlarged(talk.id)) == []
