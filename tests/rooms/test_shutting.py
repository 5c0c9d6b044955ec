"""Any admin closes a gallery at once: the link dies, and only a new one opens it again."""

import asyncio
from dataclasses import replace

import pytest

from rooms.airwaves import MemoryAirwaves
from rooms.errors.gallery import GalleryClosed, GalleryStays
from rooms.errors.rights import NotAllowed
from rooms.errors.talks import WrongState
from rooms.listening import Gallery, Stages
from rooms.moderation import DeedKind
from rooms.notices import NoticeKind
from rooms.plan import Admission
from rooms.ports import Packet
from rooms.room import OVER, RoomState
from rooms.shutting import Shutting
from rooms.ticket_keys import TicketKey
from rooms.ticketing import demand_ticketed
from tests.fakes.clock import settle
from tests.fakes.talks import ADA, BRUNO, CHAT, CHIARA, a_plan
from tests.rooms.hall import Hall


@pytest.fixture
async def hall() -> Hall:
    hall = Hall()
    await hall.know()
    return hall


@pytest.fixture
def shutting(hall: Hall) -> Shutting:
    return Shutting(hall.store, hall.clock)


@pytest.fixture
def gallery(hall: Hall) -> Gallery:
    return Gallery(hall.store, MemoryAirwaves(), Stages())


async def test_the_link_of_a_closed_gallery_is_dead_and_so_is_the_hidden_new_one(
    hall: Hall, shutting: Shutting, gallery: Gallery
) -> None:
    room = await hall.talk(state=RoomState.LIVE)
    closed = await shutting.close(room.id, BRUNO)
    assert closed.listen_key != room.listen_key
    for key in (room.listen_key, closed.listen_key):
        with pytest.raises(GalleryClosed):
            await gallery.view(key)


async def test_it_is_opened_by_a_new_link_and_the_old_ones_stay_dead(
    hall: Hall, shutting: Shutting, gallery: Gallery
) -> None:
    room = await hall.talk(state=RoomState.LIVE)
    dead = [room.listen_key]
    for _ in range(2):
        await shutting.close(room.id, ADA)
        opened = await shutting.open(room.id, ADA)
        assert (await gallery.view(opened.listen_key)).room == opened
        for key in dead:
            with pytest.raises(GalleryClosed):
                await gallery.view(key)
        dead.append(opened.listen_key)
    assert opened.first_key == room.listen_key, "calendars know the talk by its first link"


async def test_who_listens_is_cut_off_at_once(hall: Hall, shutting: Shutting, gallery: Gallery) -> None:
    room = await hall.talk(state=RoomState.LIVE)
    ends: list[str] = []

    async def listen() -> None:
        try:
            async for _ in gallery.views(room.listen_key):
                pass
        except GalleryClosed:
            ends.append("closed")

    async with asyncio.TaskGroup() as listening:
        listening.create_task(listen())
        await settle()
        await shutting.close(room.id, ADA)
    assert ends == ["closed"]
    with pytest.raises(GalleryClosed):
        async with gallery.sound(room.listen_key):
            raise AssertionError(Packet)


async def test_the_group_is_told_its_cards_are_edited_and_the_log_knows_who_did_it(
    hall: Hall, shutting: Shutting
) -> None:
    room = await hall.talk(state=RoomState.LIVE)
    await shutting.close(room.id, BRUNO)
    await shutting.open(room.id, ADA)
    told = [(notice.chat, notice.kind, notice.detail) for notice in hall.notices]
    assert (CHAT, NoticeKind.GALLERY, "closed") in told
    assert (CHAT, NoticeKind.GALLERY, "open") in told
    assert (CHAT, NoticeKind.REFRESH, "") in told
    deeds = [(deed.kind, deed.actor) for deed in hall.store.records.log.rows]
    assert deeds == [(DeedKind.GALLERY_CLOSED, BRUNO.person), (DeedKind.GALLERY_OPENED, ADA.person)]


async def test_a_member_closes_nothing_and_a_host_who_is_no_admin_closes_but_does_not_open(
    hall: Hall, shutting: Shutting
) -> None:
    room = await hall.talk(state=RoomState.LIVE)
    async with hall.store.writing() as records:
        await records.rooms.save(room.hosted_by(CHIARA.person, CHIARA.name, hall.clock.now()))
    other = await hall.talk(state=RoomState.LIVE)
    with pytest.raises(NotAllowed):
        await shutting.close(other.id, CHIARA)
    await shutting.close(room.id, CHIARA)
    with pytest.raises(NotAllowed):
        await shutting.open(room.id, CHIARA)


async def test_done_twice_it_says_so_and_changes_nothing(hall: Hall, shutting: Shutting) -> None:
    room = await hall.talk(state=RoomState.LIVE)
    with pytest.raises(GalleryStays):
        await shutting.open(room.id, ADA)
    closed = await shutting.close(room.id, ADA)
    with pytest.raises(GalleryStays):
        await shutting.close(room.id, BRUNO)
    assert hall.store.records.rooms.rows[room.id] == closed


@pytest.mark.parametrize("state", sorted(OVER))
async def test_a_talk_that_is_over_has_no_gallery_to_close(
    hall: Hall, shutting: Shutting, state: RoomState
) -> None:
    room = await hall.talk(state=state)
    with pytest.raises(WrongState):
        await shutting.close(room.id, ADA)


async def test_tickets_stay_what_they_are_for_when_the_gallery_opens_again(
    hall: Hall, shutting: Shutting
) -> None:
    room = await hall.talk(state=RoomState.LIVE)
    key = TicketKey(room.id, b"public", b"private")
    async with hall.store.writing() as records:
        await records.tickets.save_key(key)
    await shutting.close(room.id, ADA)
    await shutting.open(room.id, ADA)
    async with hall.store.reading() as records:
        assert await records.tickets.key(room.id) == key


async def test_while_it_is_closed_nobody_is_led_to_a_ticket(hall: Hall, shutting: Shutting) -> None:
    room = await hall.talk(replace(a_plan(), admission=Admission.MEMBERS))
    demand_ticketed(room)
    with pytest.raises(GalleryClosed):
        demand_ticketed(await shutting.close(room.id, ADA))
