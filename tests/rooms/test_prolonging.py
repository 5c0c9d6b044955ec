"""A talk that is on gets more time, as long as nothing else has it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rooms.errors.rights import NotAllowed
from rooms.errors.talks import Clash, WrongState
from rooms.errors.times import DurationOutOfRange
from rooms.jobs import JobKind
from rooms.moderation import DeedKind
from rooms.plan import LONGEST
from rooms.prolonging import Prolonging
from rooms.room import Room, RoomState
from rooms.stage import OnStage, Stage
from tests.fakes.clock import NOON
from tests.fakes.talks import ADA, CHIARA, HOUR, MINUTE, TIMING, a_plan
from tests.rooms.conftest import House


@pytest.fixture
def prolonging(house: House) -> Prolonging:
    return Prolonging(house.store, house.clock, TIMING)


async def a_live_talk(house: House) -> Room:
    """A talk that is on, with its host in the call."""
    room = await house.schedule()
    async with house.at_work():
        house.calls.move(room.id, Stage((OnStage(ADA.person, ADA.name),)))
        await house.clock.advance(HOUR)
    return room


async def test_an_extended_talk_ends_and_is_warned_of_later(house: House, prolonging: Prolonging) -> None:
    room = await a_live_talk(house)
    extended = await prolonging.extend(room.id, ADA)
    assert extended.plan.ends_at == NOON + 2 * HOUR
    assert house.due(room) == [(JobKind.WARN, NOON + 115 * MINUTE), (JobKind.END, NOON + 2 * HOUR)]
    await house.pass_time(50 * MINUTE)
    assert house.room(room).state is RoomState.LIVE
    await house.pass_time(10 * MINUTE)
    assert house.room(room).state is RoomState.ENDED
    assert DeedKind.EXTENDED in [deed.kind for deed in house.store.records.log.rows]


async def test_a_talk_may_be_extended_again_but_not_for_ever(house: House, prolonging: Prolonging) -> None:
    room = await a_live_talk(house)
    await prolonging.extend(room.id, ADA)
    await prolonging.extend(room.id, ADA)
    with pytest.raises(DurationOutOfRange):
        await prolonging.extend(room.id, ADA, LONGEST)
    assert house.room(room).plan.duration == timedelta(minutes=75)


async def test_the_next_talk_keeps_its_time(house: House, prolonging: Prolonging) -> None:
    await house.schedule(replace(a_plan("The next"), starts_at=NOON + 110 * MINUTE))
    room = await a_live_talk(house)
    with pytest.raises(Clash):
        await prolonging.extend(room.id, ADA)
    assert house.room(room).plan.ends_at == NOON + 105 * MINUTE


async def test_only_who_minds_the_talk_extends_it(house: House, prolonging: Prolonging) -> None:
    room = await a_live_talk(house)
    with pytest.raises(NotAllowed):
        await prolonging.extend(room.id, CHIARA)


async def test_only_a_talk_that_is_on_is_extended(house: House, prolonging: Prolonging) -> None:
    room = await house.schedule()
    with pytest.raises(WrongState):
        await prolonging.extend(room.id, ADA)
