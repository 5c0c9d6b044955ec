"""A call that is open is brought to what is on record."""

from dataclasses import replace

from rooms.appointments import Answer, Invited
from rooms.bridges import Bridge
from rooms.consents import Consent
from rooms.errors.calls import CallClosed, CallUnreachable
from rooms.notices import NoticeKind
from rooms.outlets import Outlet
from rooms.ports import Opening
from rooms.roles import Role
from rooms.room import Room
from tests.fakes.groups import CAREERS
from tests.fakes.talks import ADA, BRUNO, CHAT, CHIARA, HOUR, MINUTE, OTHER_CHAT
from tests.rooms.conftest import House

RADIO = Outlet("radio.example", "icecast://source:hackme@radio.example/talk.ogg")


async def a_live_talk(house: House) -> Room:
    room = await house.schedule()
    await house.clock.advance(HOUR)
    return room


def last(house: House) -> Opening:
    return house.calls.opened[-1]


async def test_whoever_is_let_speak_or_not_any_more_is_so_in_the_call(house: House) -> None:
    async with house.at_work():
        room = await a_live_talk(house)
        assert last(house).speakers == {ADA.person}
        async with house.store.writing() as records:
            bruno = Invited(BRUNO.name, BRUNO.person)
            accepted = await records.appointments.add(room.id, Role.SPEAKER, bruno, Answer.ACCEPTED)
            waiting = Invited(CHIARA.name, CHIARA.person)
            await records.appointments.add(room.id, Role.SPEAKER, waiting, Answer.WAITING)
        await house.clock.advance(0 * MINUTE)
        assert last(house).speakers == {ADA.person, BRUNO.person}
        async with house.store.writing() as records:
            await records.appointments.remove(accepted.id)
        await house.clock.advance(0 * MINUTE)
        assert last(house).speakers == {ADA.person}


async def test_what_a_group_decides_reaches_its_call_at_once(house: House) -> None:
    await house.know(CAREERS)
    async with house.at_work():
        room = await a_live_talk(house)
        assert last(house).joins_muted
        async with house.store.writing() as records:
            await records.groups.save(replace(CAREERS, joins_muted=False))
            await records.consents.save(Consent(CHAT, CHIARA.person, "Chiara", False, house.clock.now()))
            await records.consents.save(Consent(CHAT, BRUNO.person, "Bruno", True, house.clock.now()))
            await records.outlets.save(CHAT, RADIO, ADA.person)
            await records.bridges.save(Bridge(room.id, OTHER_CHAT, is_agreed=True))
            await records.bridges.save(Bridge(room.id, CHAT))
        await house.clock.advance(0 * MINUTE)
        now = last(house)
        assert not now.joins_muted
        assert now.unrecorded == {CHIARA.person}
        assert now.outlets == (RADIO,)
        assert now.bridges == {OTHER_CHAT}


async def test_what_does_not_concern_the_call_does_not_touch_it(house: House) -> None:
    await house.know(CAREERS)
    async with house.at_work():
        await a_live_talk(house)
        opened = len(house.calls.opened)
        await house.know(replace(CAREERS, title="Careers, renamed"))
        await house.clock.advance(MINUTE)
        assert len(house.calls.opened) == opened


async def test_what_is_refused_is_tried_again_with_the_next_change(house: House) -> None:
    await house.know(CAREERS)
    async with house.at_work():
        await a_live_talk(house)
        house.calls.refuse(CallUnreachable(CHAT, "FLOOD_WAIT_3"))
        await house.know(replace(CAREERS, joins_muted=False))
        await house.clock.advance(0 * MINUTE)
        assert last(house).joins_muted
        house.calls.relent(CHAT)
        await house.know(replace(CAREERS, joins_muted=False, title="Careers, renamed"))
        await house.clock.advance(0 * MINUTE)
        assert not last(house).joins_muted


async def test_a_call_that_turns_out_to_be_closed_waits_for_the_host(
    house: House,
) -> None:
    async with house.at_work():
        room = await a_live_talk(house)
        house.calls.refuse(CallClosed(CHAT, "closed while we were not in it"))
        async with house.store.writing() as records:
            bruno = Invited(BRUNO.name, BRUNO.person)
            await records.appointments.add(room.id, Role.SPEAKER, bruno, Answer.ACCEPTED)
        await house.clock.advance(0 * MINUTE)
        house.calls.relent(CHAT)
        opened = len(house.calls.opened)
        house.calls.end(room.id)
        await house.clock.advance(5 * MINUTE)
        assert house.told().count((NoticeKind.INTERRUPTED, "")) == 1
        assert len(house.calls.opened) == opened
