"""What every Floor does: the fake that other tests use, and the real relay process on a real call."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio

from rooms.errors.calls import CallUnreachable
from rooms.ids import PersonId, RoomId
from rooms.ports import Floor
from tests.contract.troupes import BRUNO, COMPANIES, Company, Troupe, next_state, opening

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOWHERE = RoomId(9999)
ABSENT = PersonId(123_456)


@pytest_asyncio.fixture(params=COMPANIES, scope="module", loop_scope="module")
async def company(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Company]:
    async with request.param(tmp_path_factory.mktemp("floor")) as company:
        yield company


@pytest_asyncio.fixture(loop_scope="module")
async def troupe(company: Company) -> AsyncIterator[Troupe]:
    async with company() as troupe:
        yield troupe


async def test_somebody_is_made_a_listener_and_a_speaker_again(troupe: Troupe) -> None:
    async with troupe.calls.events() as events:
        await troupe.calls.open(opening(troupe))
        troupe.enter()
        await next_state(events, troupe.room, lambda one: one.may_speak)
        await troupe.calls.let_speak(troupe.room, BRUNO.person, may_speak=False)
        assert (await next_state(events, troupe.room, lambda one: not one.may_speak)).is_muted
        await troupe.calls.let_speak(troupe.room, BRUNO.person, may_speak=True)
        assert (await next_state(events, troupe.room, lambda one: one.may_speak)).is_muted


async def test_who_may_speak_has_no_hand_up(troupe: Troupe) -> None:
    async with troupe.calls.events() as events:
        await troupe.calls.open(opening(troupe))
        troupe.enter()
        await next_state(events, troupe.room, lambda one: one.may_speak)
        await troupe.calls.let_speak(troupe.room, BRUNO.person, may_speak=False)
        await next_state(events, troupe.room, lambda one: not one.may_speak)
        troupe.raise_hand()
        await next_state(events, troupe.room, lambda one: one.has_hand_up)
        await troupe.calls.let_speak(troupe.room, BRUNO.person, may_speak=True)
        await next_state(events, troupe.room, lambda one: one.may_speak and not one.has_hand_up)


@pytest.mark.parametrize("person", [BRUNO.person, None])
async def test_who_is_muted_may_unmute_again(troupe: Troupe, person: PersonId | None) -> None:
    async with troupe.calls.events() as events:
        await troupe.calls.open(opening(troupe))
        troupe.enter()
        await next_state(events, troupe.room, lambda one: not one.is_muted)
        await troupe.calls.silence(troupe.room, person)
        await next_state(events, troupe.room, lambda one: one.is_muted and one.may_speak)


async def test_a_hand_is_lowered(troupe: Troupe) -> None:
    async with troupe.calls.events() as events:
        await troupe.calls.open(opening(troupe))
        troupe.enter()
        await next_state(events, troupe.room, lambda one: one.may_speak)
        await troupe.calls.let_speak(troupe.room, BRUNO.person, may_speak=False)
        troupe.raise_hand()
        await next_state(events, troupe.room, lambda one: one.has_hand_up)
        await troupe.calls.lower_hand(troupe.room, BRUNO.person)
        await next_state(events, troupe.room, lambda one: not one.has_hand_up)


async def test_who_is_not_in_the_call_is_no_error(troupe: Troupe) -> None:
    await troupe.calls.open(opening(troupe))
    await troupe.calls.let_speak(troupe.room, ABSENT, may_speak=True)
    await troupe.calls.let_speak(troupe.room, ABSENT, may_speak=False)
    await troupe.calls.silence(troupe.room, ABSENT)
    await troupe.calls.lower_hand(troupe.room, ABSENT)


async def test_a_group_that_is_not_public_has_no_links(troupe: Troupe) -> None:
    await troupe.calls.open(opening(troupe))
    assert await troupe.calls.links(troupe.room) is None


@pytest.mark.parametrize(
    "ask",
    [
        lambda floor: floor.let_speak(NOWHERE, BRUNO.person, may_speak=True),
        lambda floor: floor.silence(NOWHERE, None),
        lambda floor: floor.lower_hand(NOWHERE, BRUNO.person),
        lambda floor: floor.links(NOWHERE),
    ],
)
async def test_a_room_that_is_not_open_has_no_floor(
    troupe: Troupe, ask: Callable[[Floor], Awaitable[object]]
) -> None:
    with pytest.raises(CallUnreachable):
        await ask(troupe.calls)
