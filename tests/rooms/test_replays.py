"""What may be heard of a talk that is over: what was made ready, by whoever may, until it goes."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from rooms.airwaves import MemoryAirwaves
from rooms.errors.gallery import NoCover
from rooms.errors.recording import NotRecorded
from rooms.errors.rights import NotAdmitted
from rooms.errors.talks import NoSuchRoom
from rooms.group import Group
from rooms.ids import RoomId
from rooms.jobs import JobKind
from rooms.listening import Gallery
from rooms.plan import Admission
from rooms.recordings import Part, Recording, Turn
from rooms.replays import EMPTY, shelf_of
from rooms.room import Room, RoomState
from tests.fakes.clock import NOON
from tests.fakes.groups import CAREERS
from tests.fakes.talks import ADA, BRUNO, MINUTE, a_plan
from tests.rooms.conftest import House

FOLDER = Path("recordings/1")


async def a_talk(house: House, state: RoomState = RoomState.ENDED) -> Room:
    await house.planning.know(CAREERS)
    room = replace(await house.schedule(), state=state)
    async with house.store.writing() as records:
        await records.rooms.save(room)
    return room


async def keep(house: House, room: RoomId, parts: int = 1, edition: int = 1) -> None:
    pieces = tuple(Part(FOLDER / f"replay-{number}.ogg", MINUTE * number, MINUTE) for number in range(parts))
    async with house.store.writing() as records:
        await records.recordings.save(
            Recording(room, FOLDER / "talk.ogg", MINUTE * parts, parts=pieces, edition=edition)
        )
        await records.recordings.save_turns(
            room,
            [
                Turn(ADA.person, "Ada", timedelta(0), MINUTE / 2),
                Turn(BRUNO.person, "Bruno", MINUTE / 2, MINUTE / 2),
            ],
        )


@pytest.fixture
def gallery(house: House) -> Gallery:
    return Gallery(house.store, MemoryAirwaves(), house.stages)


async def test_a_mastered_recording_can_be_heard_with_its_chapters(house: House, gallery: Gallery) -> None:
    room = await a_talk(house)
    await keep(house, room.id, parts=2)
    replay = await gallery.replay(room.listen_key, 1)
    assert [part.at for part in replay.parts] == [timedelta(0), MINUTE]
    assert [(one.at, one.name) for one in replay.chapters] == [(timedelta(0), "Ada"), (MINUTE / 2, "Bruno")]
    assert (await gallery.view(room.listen_key)).replay == replay


async def test_a_recording_to_be_mastered_again_is_not_heard_before(house: House, gallery: Gallery) -> None:
    """Whoever withdrew their consent is not heard from that moment on."""
    room = await a_talk(house)
    await keep(house, room.id)
    await gallery.view(room.listen_key)
    async with house.store.writing() as records:
        await records.jobs.add(room.id, JobKind.MASTER, NOON)
    view = await gallery.view(room.listen_key)
    assert (view.replay, view.is_replay_due) == (None, True)
    with pytest.raises(NotRecorded):
        await gallery.replay(room.listen_key, 1)


async def test_what_was_never_mastered_is_for_the_group_alone(house: House, gallery: Gallery) -> None:
    room = await a_talk(house)
    await keep(house, room.id, parts=0, edition=0)
    assert (await gallery.view(room.listen_key)).shelf == EMPTY
    with pytest.raises(NotRecorded):
        await gallery.replay(room.listen_key, 0)


@pytest.mark.parametrize("state", [state for state in RoomState if state is not RoomState.ENDED])
async def test_only_a_talk_that_took_place_has_a_replay(house: House, state: RoomState) -> None:
    room = await a_talk(house, state)
    await keep(house, room.id)
    async with house.store.reading() as records:
        assert await shelf_of(records, room) == EMPTY


async def test_an_earlier_edition_and_a_deleted_recording_are_gone(house: House, gallery: Gallery) -> None:
    room = await a_talk(house)
    await keep(house, room.id, edition=2)
    with pytest.raises(NotRecorded):
        await gallery.replay(room.listen_key, 1)
    await gallery.replay(room.listen_key, 2)
    async with house.store.writing() as records:
        await records.recordings.remove(room.id)
    with pytest.raises(NotRecorded):
        await gallery.replay(room.listen_key, 2)


@pytest.mark.parametrize("admission", [Admission.MEMBERS, Admission.INVITED])
async def test_the_link_alone_opens_no_replay_of_what_is_not_for_all(
    house: House, gallery: Gallery, admission: Admission
) -> None:
    room = await a_talk(house)
    await keep(house, room.id)
    async with house.store.writing() as records:
        await records.rooms.save(replace(room, plan=replace(a_plan(), admission=admission)))
    view = await gallery.view(room.listen_key)
    assert (view.replay, view.is_replay_due) == (None, False)
    with pytest.raises(NotAdmitted):
        await gallery.replay(room.listen_key, 1)


class Sketches:
    """Covers that say whose they are."""

    async def cover(self, room: Room, group: Group | None) -> bytes:
        return f"{room.plan.title} in {group.title if group else 'no group'}".encode()

    async def square(self, room: Room, group: Group | None) -> bytes:
        return b"square: " + await self.cover(room, group)


async def test_a_link_shows_its_talk_s_cover(house: House) -> None:
    room = await a_talk(house)
    gallery = Gallery(house.store, MemoryAirwaves(), house.stages, Sketches())
    assert await gallery.cover(room.listen_key) == b"Careers after 40 in Careers Forum"
    with pytest.raises(NoSuchRoom):
        await gallery.cover("nonsense")


async def test_where_nobody_draws_there_is_no_cover(house: House, gallery: Gallery) -> None:
    room = await a_talk(house)
    with pytest.raises(NoCover):
        await gallery.cover(room.listen_key)
