"""While a talk is live its call is measured, and what was measured outlives the process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from rooms.ids import RoomId
from rooms.listening import Stages
from rooms.measures import Measure
from rooms.measuring import SAVED_EVERY, Measuring
from rooms.room import Room, RoomState
from rooms.stage import OnStage, Stage
from tests.fakes.clock import NOON, settle
from tests.fakes.talks import ADA, BRUNO, a_plan
from tests.rooms.hall import Hall

SILENT = Stage((OnStage(ADA.person, ADA.name), OnStage(BRUNO.person, BRUNO.name)))
ADA_SPEAKS = Stage((OnStage(ADA.person, ADA.name, is_muted=False, is_speaking=True), SILENT.people[1]))
NOW = a_plan(starts_at=NOON)


def sec(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


@pytest.fixture
def hall() -> Hall:
    return Hall()


@pytest.fixture
def stages() -> Stages:
    return Stages()


@asynccontextmanager
async def measured(hall: Hall, stages: Stages) -> AsyncIterator[None]:
    async with asyncio.TaskGroup() as group:
        task = group.create_task(Measuring(hall.store, hall.clock, stages).run())
        await settle()
        yield
        task.cancel()


def kept(hall: Hall, room: Room) -> Measure | None:
    return hall.store.records.measures.rows.get(room.id)


def spoken(hall: Hall, room: Room) -> dict[str, float]:
    measure = kept(hall, room)
    assert measure is not None
    return {time.name: time.spoken.total_seconds() for time in measure.talk_times}


def steps(hall: Hall, room: Room) -> list[tuple[float, int]]:
    measure = kept(hall, room)
    assert measure is not None
    return [(at.total_seconds(), people) for at, people in measure.audience]


async def show(stages: Stages, room: Room, stage: Stage) -> None:
    stages.set(room.id, stage)
    await settle()


async def end(hall: Hall, room: Room) -> None:
    await hall.become(room, RoomState.CLOSING)
    await settle()


async def test_a_measure_is_kept_when_the_talk_is_over(hall: Hall, stages: Stages) -> None:
    room = await hall.talk(NOW, RoomState.LIVE)
    async with measured(hall, stages):
        await show(stages, room, SILENT)
        await hall.clock.advance(sec(5))
        await show(stages, room, ADA_SPEAKS)
        await hall.clock.advance(sec(7))
        await show(stages, room, SILENT)
        await hall.clock.advance(sec(3))
        assert kept(hall, room) is None
        await end(hall, room)
        assert spoken(hall, room) == {"Ada": 7}
        assert steps(hall, room) == [(0, 2)]


async def test_who_speaks_at_the_end_is_counted_to_the_end(hall: Hall, stages: Stages) -> None:
    room = await hall.talk(NOW, RoomState.LIVE)
    async with measured(hall, stages):
        await show(stages, room, ADA_SPEAKS)
        await hall.clock.advance(sec(12))
        stages.clear(room.id)
        await end(hall, room)
        assert spoken(hall, room) == {"Ada": 12}
        await hall.clock.advance(sec(60))
        assert spoken(hall, room) == {"Ada": 12}


async def test_what_comes_before_the_talk_is_not_measured(hall: Hall, stages: Stages) -> None:
    room = await hall.talk(NOW, RoomState.OPENING)
    async with measured(hall, stages):
        await show(stages, room, ADA_SPEAKS)
        await hall.clock.advance(sec(20))
        await hall.become(room, RoomState.LIVE)
        await settle()
        await hall.clock.advance(sec(10))
        await end(hall, room)
        assert spoken(hall, room) == {"Ada": 10}
        assert steps(hall, room) == [(20, 2)]


async def test_a_killed_process_loses_less_than_a_minute(hall: Hall, stages: Stages) -> None:
    room = await hall.talk(NOW, RoomState.LIVE)
    async with measured(hall, stages):
        await show(stages, room, ADA_SPEAKS)
        for _ in range(5):
            await hall.clock.advance(SAVED_EVERY)
    assert spoken(hall, room) == {"Ada": 150}
    assert timedelta(minutes=1) > SAVED_EVERY


async def test_after_a_restart_the_measure_is_continued(hall: Hall, stages: Stages) -> None:
    room = await hall.talk(NOW, RoomState.LIVE)
    async with measured(hall, stages):
        await show(stages, room, ADA_SPEAKS)
        await hall.clock.advance(sec(30))
    await hall.clock.advance(sec(15))
    again = Stages()
    async with measured(hall, again):
        await hall.clock.advance(sec(15))
        await show(again, room, ADA_SPEAKS)
        await hall.clock.advance(sec(20))
        await end(hall, room)
    assert spoken(hall, room) == {"Ada": 50}
    assert steps(hall, room) == [(0, 2)]


async def test_talks_are_measured_side_by_side(hall: Hall, stages: Stages) -> None:
    one, other = await hall.talk(NOW, RoomState.LIVE), await hall.talk(NOW, RoomState.LIVE)
    async with measured(hall, stages):
        await show(stages, one, ADA_SPEAKS)
        await show(stages, other, SILENT)
        await hall.clock.advance(sec(15))
        await end(hall, one)
        await show(stages, other, ADA_SPEAKS)
        await hall.clock.advance(sec(5))
        await end(hall, other)
    assert (spoken(hall, one), spoken(hall, other)) == ({"Ada": 15}, {"Ada": 5})


async def test_what_was_erased_meanwhile_stays_erased(hall: Hall, stages: Stages) -> None:
    room = await hall.talk(NOW, RoomState.LIVE)
    async with measured(hall, stages):
        await show(stages, room, ADA_SPEAKS)
        await hall.clock.advance(SAVED_EVERY)
        await show(stages, room, SILENT)
        async with hall.store.writing() as records:
            await records.traces.erase_person(ADA.person)
        await hall.clock.advance(SAVED_EVERY)
        await end(hall, room)
    assert spoken(hall, room) == {"": 30}


async def test_a_talk_that_was_forgotten_leaves_no_measure(hall: Hall, stages: Stages) -> None:
    room = await hall.talk(NOW, RoomState.LIVE)
    async with measured(hall, stages):
        await show(stages, room, ADA_SPEAKS)
        await hall.clock.advance(sec(12))
        async with hall.store.writing() as records:
            await records.rooms.remove(room.id)
        await settle()
        await hall.clock.advance(SAVED_EVERY)
    assert kept(hall, room) is None


async def test_nothing_is_written_while_nothing_changes(hall: Hall, stages: Stages) -> None:
    room = await hall.talk(NOW, RoomState.LIVE)
    async with measured(hall, stages):
        await show(stages, room, SILENT)
        await hall.clock.advance(SAVED_EVERY)
        before = kept(hall, room)
        await hall.clock.advance(SAVED_EVERY)
        assert kept(hall, room) is before


async def test_stages_of_talks_that_are_not_on_record_are_not_looked_at(hall: Hall, stages: Stages) -> None:
    async with measured(hall, stages):
        stages.set(RoomId(99), ADA_SPEAKS)
        await hall.clock.advance(SAVED_EVERY)
    assert hall.store.records.measures.rows == {}
