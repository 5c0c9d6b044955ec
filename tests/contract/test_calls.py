"""What every Calls does: the fake that other tests use, and the real relay process on a real call."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
import pytest_asyncio

from app.clock import SystemClock
from rooms.errors.calls import CallRefused, CallUnreachable, RelayLacksRights, RelayNotInChat
from rooms.ids import RoomId
from rooms.ports import CallEnded, Fault, RelayRestarted
from tests.contract.troupes import BRUNO, COMPANIES, Company, Troupe, next_of, next_stage, opening

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(params=COMPANIES, scope="module", loop_scope="module")
async def company(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Company]:
    async with request.param(tmp_path_factory.mktemp("calls")) as company:
        yield company


@pytest_asyncio.fixture(loop_scope="module")
async def troupe(company: Company) -> AsyncIterator[Troupe]:
    async with company() as troupe:
        yield troupe


async def test_a_call_that_is_opened_twice_stays_open(troupe: Troupe) -> None:
    await troupe.calls.open(opening(troupe))
    await troupe.calls.open(opening(troupe))
    await troupe.calls.go_live(troupe.room)


async def test_what_is_not_open_cannot_go_live(troupe: Troupe) -> None:
    with pytest.raises(CallUnreachable):
        await troupe.calls.go_live(troupe.room)


async def test_nothing_is_recorded_before_it_goes_live(troupe: Troupe) -> None:
    await troupe.calls.open(opening(troupe))
    assert await troupe.calls.close(troupe.room) is None


async def test_a_talk_that_is_not_to_be_recorded_leaves_no_recording(troupe: Troupe) -> None:
    await troupe.calls.open(replace(opening(troupe), is_recorded=False))
    await troupe.calls.go_live(troupe.room)
    await troupe.go_on()
    assert await troupe.calls.close(troupe.room) is None


async def test_closing_twice_gives_the_same_recording(troupe: Troupe) -> None:
    await troupe.calls.open(opening(troupe))
    await troupe.calls.go_live(troupe.room)
    await troupe.calls.go_live(troupe.room)
    await troupe.go_on()
    recording = await troupe.calls.close(troupe.room)
    assert recording is not None
    assert recording.room == troupe.room
    assert await troupe.calls.close(troupe.room) == recording


async def test_a_room_that_is_opened_while_it_is_closed_is_open_afterwards(troupe: Troupe) -> None:
    await troupe.calls.open(opening(troupe))
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(troupe.calls.close(troupe.room))
        tasks.create_task(troupe.calls.open(opening(troupe)))
    await troupe.calls.go_live(troupe.room)


async def test_closing_what_never_was_open_is_no_error(troupe: Troupe) -> None:
    assert await troupe.calls.close(RoomId(99)) is None


async def test_who_comes_and_mutes_is_told(troupe: Troupe) -> None:
    async with troupe.calls.events() as events:
        await troupe.calls.open(opening(troupe))
        troupe.enter()
        await next_stage(events, troupe.room, (BRUNO.name, False))
        troupe.mute()
        await next_stage(events, troupe.room, (BRUNO.name, True))


async def test_a_call_that_somebody_ends_is_told_and_can_be_opened_anew(troupe: Troupe) -> None:
    async with troupe.calls.events() as events:
        await troupe.calls.open(opening(troupe))
        troupe.end()
        await next_of(events, CallEnded(troupe.room))
        await troupe.calls.open(opening(troupe))
        await troupe.calls.go_live(troupe.room)
        await troupe.go_on()
        assert await troupe.calls.close(troupe.room) is not None


async def test_the_recording_of_a_talk_that_somebody_ended_is_kept(troupe: Troupe) -> None:
    async with troupe.calls.events() as events:
        await troupe.calls.open(opening(troupe, is_live=True))
        await troupe.go_on()
        troupe.end()
        await next_of(events, CallEnded(troupe.room))
    assert await troupe.calls.close(troupe.room) is not None


@pytest.mark.parametrize("kind", [RelayLacksRights, RelayNotInChat, CallUnreachable])
async def test_a_refusal_says_what_to_mend_and_mended_it_is_gone(
    troupe: Troupe, kind: type[CallRefused]
) -> None:
    troupe.refuse(kind)
    with pytest.raises(kind) as refused:
        await troupe.calls.open(opening(troupe))
    assert refused.value.chat == troupe.chat
    assert refused.value.reason
    troupe.relent()
    await troupe.calls.open(opening(troupe))


async def test_after_a_crash_the_talk_is_opened_again_and_keeps_its_recording(troupe: Troupe) -> None:
    async with troupe.calls.events() as events:
        await troupe.calls.open(opening(troupe, is_live=True))
        await troupe.go_on()
        troupe.crash()
        await next_of(events, RelayRestarted())
        await troupe.calls.open(opening(troupe, is_live=True))
    assert await troupe.calls.close(troupe.room) is not None


async def test_a_planned_call_has_a_number_by_which_it_is_taken_back(troupe: Troupe) -> None:
    at = SystemClock().now() + timedelta(hours=1)
    number = await troupe.calls.plan(troupe.room, troupe.chat, "Careers after 40", at)
    assert number is not None
    await troupe.calls.unplan(troupe.chat, number + 1)
    await troupe.calls.unplan(troupe.chat, number)
    await troupe.calls.unplan(troupe.chat, number)
    assert await troupe.calls.plan(troupe.room, troupe.chat, "Careers after 40", at) is not None


async def test_there_is_one_planned_call_and_it_is_of_one_talk(troupe: Troupe) -> None:
    at = SystemClock().now() + timedelta(hours=1)
    number = await troupe.calls.plan(troupe.room, troupe.chat, "Careers after 40", at)
    assert await troupe.calls.plan(troupe.room, troupe.chat, "Careers after 50", at) == number
    earlier = at - timedelta(minutes=10)
    assert await troupe.calls.plan(troupe.room, troupe.chat, "Careers after 20", earlier) is None


async def test_a_planned_call_is_the_one_that_is_opened(troupe: Troupe) -> None:
    at = SystemClock().now() + timedelta(hours=1)
    number = await troupe.calls.plan(troupe.room, troupe.chat, "Careers after 40", at)
    assert number is not None
    await troupe.calls.open(opening(troupe))
    await troupe.calls.unplan(troupe.chat, number)
    await troupe.calls.go_live(troupe.room)


async def test_who_may_not_plan_is_told(troupe: Troupe) -> None:
    troupe.refuse(RelayLacksRights)
    with pytest.raises(RelayLacksRights):
        at = SystemClock().now() + timedelta(hours=1)
        await troupe.calls.plan(troupe.room, troupe.chat, "Careers after 40", at)


@pytest.mark.parametrize(
    ("kind", "fault"), [(RelayLacksRights, Fault.LACKS_RIGHTS), (RelayNotInChat, Fault.NOT_IN_CHAT)]
)
async def test_what_would_keep_a_talk_from_being_held_is_known_before(
    troupe: Troupe, kind: type[CallRefused], fault: Fault
) -> None:
    assert await troupe.calls.check(troupe.chat) == ()
    troupe.refuse(kind)
    assert await troupe.calls.check(troupe.chat) == (fault,)
    troupe.relent()
    assert await troupe.calls.check(troupe.chat) == ()
