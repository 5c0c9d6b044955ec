"""People are asked once for their voice, and may change their minds whenever they like."""

from dataclasses import replace

import pytest

from rooms.consenting import Consenting, ask
from rooms.consents import Consent
from rooms.notices import NoticeKind
from rooms.room import Room, RoomState
from tests.fakes.clock import NOON, settle
from tests.fakes.groups import CAREERS
from tests.fakes.talks import ADA, BRUNO, CHAT, CHIARA, OTHER_CHAT, a_plan
from tests.rooms.conftest import House


async def a_live_talk(house: House, *, is_recorded: bool = True, state: RoomState = RoomState.LIVE) -> Room:
    await house.know(CAREERS)
    room = await house.schedule(replace(a_plan(), is_recorded=is_recorded))
    async with house.store.writing() as records:
        await records.rooms.save(replace(room, state=state))
    await house.deliver()
    return house.room(room)


async def ask_chiara(house: House, room: Room) -> None:
    async with house.store.writing() as records:
        await ask(records, room, CHIARA.person, "Chiara", house.clock.now())


async def test_somebody_is_asked_in_private_where_they_can_be_and_once(house: House) -> None:
    room = await a_live_talk(house)
    await house.meet(CHIARA)
    await ask_chiara(house, room)
    assert house.told_to(CHIARA) == [(NoticeKind.ON_STAGE, "")]
    await house.deliver()
    await ask_chiara(house, room)
    assert house.told_to(CHIARA) == house.told() == []


async def test_who_cannot_be_written_to_is_asked_in_the_group(house: House) -> None:
    room = await a_live_talk(house)
    await ask_chiara(house, room)
    assert house.told() == [(NoticeKind.ON_STAGE, NOON.isoformat())]
    assert house.store.records.consents.rows[CHAT, CHIARA.person].agrees is None


@pytest.mark.parametrize(("is_recorded", "state"), [(False, RoomState.LIVE), (True, RoomState.OPENING)])
async def test_nobody_is_asked_where_nothing_is_recorded_or_not_yet(
    house: House, is_recorded: bool, state: RoomState
) -> None:
    await ask_chiara(house, await a_live_talk(house, is_recorded=is_recorded, state=state))
    assert house.told() == []
    assert house.store.records.consents.rows == {}


async def test_an_answer_holds_for_one_group_and_can_be_another_one_later(house: House) -> None:
    consenting = Consenting(house.store, house.clock)
    await house.know(CAREERS)
    assert await consenting.standing(CHAT, CHIARA.person) is None
    await consenting.answer(CHAT, CHIARA.person, "Chiara", agrees=True)
    assert await consenting.standing(CHAT, CHIARA.person) is True
    assert await consenting.standing(OTHER_CHAT, CHIARA.person) is None
    await consenting.answer(CHAT, CHIARA.person, "Chiara", agrees=False)
    await consenting.answer(OTHER_CHAT, CHIARA.person, "Chiara", agrees=False)
    [(consent, title)] = await consenting.given(CHIARA.person)
    assert (consent, title) == (Consent(CHAT, CHIARA.person, "Chiara", agrees=False, at=NOON), CAREERS.title)


async def test_who_says_no_during_a_talk_is_left_out_of_it_from_then_on(house: House) -> None:
    await house.know(CAREERS)
    room = await house.schedule()
    async with house.at_work():
        await house.clock.advance(room.plan.starts_at - NOON)
        await Consenting(house.store, house.clock).answer(CHAT, BRUNO.person, "Bruno", agrees=False)
        await settle()
        assert house.calls.in_call[room.id].unrecorded == {BRUNO.person}
        await Consenting(house.store, house.clock).answer(CHAT, ADA.person, "Ada", agrees=True)
        await settle()
        assert house.calls.in_call[room.id].unrecorded == {BRUNO.person}
