"""Who holds a link sees the room as it is and follows its changes."""

import asyncio

import pytest

from rooms.airwaves import MemoryAirwaves
from rooms.errors import NoSuchRoom
from rooms.listening import Gallery, View
from rooms.room import RoomState
from rooms.stage import OnStage, Stage
from tests.fakes.clock import settle
from tests.fakes.groups import CAREERS
from tests.fakes.talks import ADA, BRUNO, a_plan
from tests.rooms.conftest import House

STAGE = Stage((OnStage(BRUNO.person, BRUNO.name, is_speaking=True),))


@pytest.fixture
def gallery(house: House) -> Gallery:
    return Gallery(house.store, MemoryAirwaves(), house.stages)


async def test_a_link_shows_the_room_its_group_and_its_stage(house: House, gallery: Gallery) -> None:
    await house.planning.know(CAREERS)
    room = await house.schedule()
    house.stages.set(room.id, STAGE)
    assert await gallery.view(room.listen_key) == View(room, STAGE, CAREERS)


async def test_a_wrong_link_and_a_draft_s_link_open_nothing(house: House, gallery: Gallery) -> None:
    draft = await house.planning.propose(a_plan(), ADA)
    for key in ("", "nonsense", draft.listen_key):
        with pytest.raises(NoSuchRoom):
            await gallery.view(key)


async def test_listeners_follow_every_change_until_the_end(house: House, gallery: Gallery) -> None:
    room = await house.schedule()
    seen: list[tuple[RoomState, Stage]] = []

    async def follow() -> None:
        seen.extend([(view.room.state, view.stage) async for view in gallery.views(room.listen_key)])

    async with asyncio.TaskGroup() as group:
        group.create_task(follow())
        await settle()
        await house.conducting.open(room.id)
        await settle()
        await house.conducting.start(room.id)
        await settle()
        house.stages.set(room.id, STAGE)
        await settle()
        await house.conducting.end(room.id)
    assert seen[:4] == [
        (RoomState.SCHEDULED, Stage()),
        (RoomState.OPENING, Stage()),
        (RoomState.LIVE, Stage()),
        (RoomState.LIVE, STAGE),
    ]
    assert seen[-1] == (RoomState.ENDED, Stage())


async def test_a_thousand_listeners_who_look_at_once_cost_one_look(house: House, gallery: Gallery) -> None:
    room = await house.schedule()
    views = await asyncio.gather(*(gallery.view(room.listen_key) for _ in range(1000)))
    assert all(view is views[0] for view in views)


async def test_the_programme_lists_what_is_on_and_ahead(house: House, gallery: Gallery) -> None:
    await house.planning.know(CAREERS)
    room = await house.schedule()
    assert await gallery.programme(CAREERS.programme_key) == (CAREERS, [room])
    await house.planning.cancel(room.id, ADA)
    assert await gallery.programme(CAREERS.programme_key) == (CAREERS, [])
    with pytest.raises(NoSuchRoom):
        await gallery.programme("nonsense")
