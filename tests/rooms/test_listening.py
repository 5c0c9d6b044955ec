"""Who holds a link sees the room as it is and follows its changes."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from rooms.airwaves import MemoryAirwaves
from rooms.errors.rights import NotAdmitted
from rooms.errors.talks import NoSuchRoom
from rooms.listening import Gallery, View
from rooms.plan import Admission
from rooms.ports import Packet
from rooms.room import RoomState
from rooms.shutting import Shutting
from rooms.stage import OnStage, Stage
from tests.fakes.clock import NOON, settle
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
    await house.changing.cancel(room.id, ADA)
    assert await gallery.programme(CAREERS.programme_key) == (CAREERS, [])
    with pytest.raises(NoSuchRoom):
        await gallery.programme("nonsense")


@pytest.mark.parametrize("admission", [Admission.MEMBERS, Admission.INVITED])
async def test_a_link_alone_lets_nobody_hear_what_is_not_open_to_all(
    house: House, gallery: Gallery, admission: Admission
) -> None:
    room = await house.schedule(replace(a_plan(), admission=admission))
    assert not (await gallery.view(room.listen_key)).is_admitted
    with pytest.raises(NotAdmitted) as refused:
        async with gallery.sound(room.listen_key):
            pass
    assert refused.value.admission is admission


async def test_whoever_has_the_link_hears_an_open_room(house: House) -> None:
    airwaves = MemoryAirwaves()
    gallery = Gallery(house.store, airwaves, house.stages)
    room = await house.schedule()
    assert (await gallery.view(room.listen_key)).is_admitted
    packet = Packet(0, b"opus", 20)
    async with gallery.sound(room.listen_key) as packets:
        airwaves.publish(room.id, packet)
        assert await anext(packets) == packet


async def test_a_room_that_is_closed_to_the_public_meanwhile_is_not_heard_any_more(
    house: House, gallery: Gallery
) -> None:
    room = await house.schedule()
    await gallery.view(room.listen_key)
    await house.changing.change(room.id, ADA, lambda plan: replace(plan, admission=Admission.MEMBERS))
    with pytest.raises(NotAdmitted):
        async with gallery.sound(room.listen_key):
            pass


async def test_a_calendar_has_what_is_cancelled_and_what_is_over_until_long_after(
    house: House, gallery: Gallery
) -> None:
    await house.planning.know(CAREERS)
    await house.planning.propose(a_plan(starts_at=NOON + timedelta(days=3)), ADA)
    room = await house.schedule()
    room = (await house.changing.cancel(room.id, ADA)).room
    assert await gallery.calendar(CAREERS.programme_key, NOON) == (CAREERS, [room])
    assert await gallery.calendar(CAREERS.programme_key, room.plan.ends_at) == (CAREERS, [])
    assert await gallery.calendar(CAREERS.programme_key, NOON, "books") == (CAREERS, [])
    with pytest.raises(NoSuchRoom):
        await gallery.calendar("nonsense", NOON)


async def test_rooms_on_air_are_those_that_can_be_heard_whatever_happens_on_stage(
    house: House, gallery: Gallery
) -> None:
    first = await house.schedule()
    second = await house.schedule(replace(a_plan(), starts_at=first.plan.starts_at + timedelta(hours=5)))
    seen: list[list[str]] = []

    async def follow() -> None:
        async for rooms in gallery.on_air():
            seen.append([room.listen_key for room in rooms])  # noqa: PERF401  # it never ends

    async with asyncio.TaskGroup() as group:
        following = group.create_task(follow())
        await settle()
        await house.conducting.open(first.id)
        await settle()
        house.stages.set(first.id, STAGE)
        await settle()
        await house.conducting.open(second.id)
        await settle()
        await Shutting(house.store, house.clock).close(second.id, ADA)
        await settle()
        await house.conducting.start(first.id)
        await house.conducting.end(first.id)
        await settle()
        following.cancel()
    told = [keys for n, keys in enumerate(seen) if n == 0 or keys != seen[n - 1]]
    assert told == [[], [first.listen_key], [first.listen_key, second.listen_key], [first.listen_key], []]
    assert len(seen) <= len(told) + 2
