"""A group's talks go out to servers elsewhere, and who added one hears how it does."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from rooms.errors.elsewhere import OutletMalformed, TooManyOutlets
from rooms.errors.rights import NotAllowed
from rooms.moderation import DeedKind
from rooms.notices import NoticeKind
from rooms.outlets import Outlet, OutletState
from rooms.ports import OutletChanged
from rooms.restreaming import MOST, Restreaming
from rooms.room import Room
from tests.fakes.clock import settle
from tests.fakes.groups import CAREERS
from tests.fakes.talks import ADA, BRUNO, CHAT, CHIARA, HOUR, MINUTE
from tests.rooms.conftest import House

ADDRESS = "icecast://source:hackme@radio.example:8000/talk.ogg"
NAME = "radio.example/talk.ogg"


def restreaming(house: House) -> Restreaming:
    return house.evenings.restreaming


@pytest.fixture
async def talk(house: House) -> AsyncIterator[Room]:
    """A talk that is on in a group with an outlet, which Ada added."""
    await house.know(CAREERS)
    await house.meet(ADA)
    room = await house.schedule()
    await restreaming(house).add(CHAT, ADA, ADDRESS)
    async with house.at_work():
        await house.clock.advance(HOUR)
        yield room


async def becomes(house: House, room: Room, state: OutletState, name: str = NAME) -> None:
    house.calls.tell(OutletChanged(room.id, name, state))
    await settle()


def told(house: House) -> list[str]:
    return [detail for kind, detail in house.told_to(ADA) if kind is NoticeKind.OUTLET]


async def heard(house: House) -> list[str]:
    """What Ada is told, and has read from now on."""
    news = told(house)
    await house.deliver()
    return news


@pytest.mark.usefixtures("talk")
async def test_an_address_is_kept_and_the_open_call_gets_it(house: House) -> None:
    assert await restreaming(house).of(CHAT, ADA) == [Outlet(NAME, ADDRESS)]
    assert house.calls.opened[0].outlets == (Outlet(NAME, ADDRESS),)
    await restreaming(house).remove(CHAT, ADA, NAME)
    await settle()
    assert house.calls.opened[-1].outlets == ()
    assert await restreaming(house).of(CHAT, ADA) == []


async def test_only_admins_see_and_change_where_talks_go(house: House, talk: Room) -> None:
    host = replace(CHIARA, person=talk.plan.host)
    for asker in (CHIARA, host):
        with pytest.raises(NotAllowed):
            await restreaming(house).of(CHAT, asker)
        with pytest.raises(NotAllowed):
            await restreaming(house).add(CHAT, asker, ADDRESS)
        with pytest.raises(NotAllowed):
            await restreaming(house).remove(CHAT, asker, NAME)
    assert await restreaming(house).of(CHAT, BRUNO) == [Outlet(NAME, ADDRESS)]


@pytest.mark.usefixtures("talk")
async def test_the_same_place_with_another_password_is_replaced(house: House) -> None:
    anew = ADDRESS.replace("hackme", "secret")
    await restreaming(house).add(CHAT, BRUNO, anew)
    assert await restreaming(house).of(CHAT, ADA) == [Outlet(NAME, anew)]


async def test_two_keys_on_one_server_are_told_apart_and_neither_shows(house: House, talk: Room) -> None:
    keys = ("rtmp://live.example/app/hackme-1?login=x", "rtmp://live.example/app/hackme-2")
    for key in keys:
        await restreaming(house).add(CHAT, ADA, key)
    rotated = await restreaming(house).add(CHAT, ADA, keys[0].replace("=x", "=y"))
    outlets = await restreaming(house).of(CHAT, ADA)
    assert {one.name: one.url for one in outlets} == {
        "live.example": rotated.url,
        "live.example (2)": keys[1],
        NAME: ADDRESS,
    }
    await settle()
    assert {one.url for one in house.calls.opened[-1].outlets} == {rotated.url, keys[1], ADDRESS}
    await becomes(house, talk, OutletState.REFUSED, "live.example (2)")
    assert told(house) == ["refused live.example (2)"]
    await restreaming(house).remove(CHAT, ADA, "live.example")
    again = await restreaming(house).add(CHAT, ADA, "rtmp://live.example/app/hackme-3")
    assert again.name == "live.example"
    assert "hackme" not in f"{[deed.subject for deed in house.store.records.log.rows]}"


@pytest.mark.usefixtures("talk")
async def test_a_group_has_so_many_outlets_and_no_more(house: House) -> None:
    for number in range(1, MOST):
        await restreaming(house).add(CHAT, ADA, ADDRESS.replace("talk", str(number)))
    with pytest.raises(TooManyOutlets):
        await restreaming(house).add(CHAT, ADA, ADDRESS.replace("talk", "one-more"))
    await restreaming(house).add(CHAT, ADA, ADDRESS)


@pytest.mark.usefixtures("talk")
async def test_what_is_no_address_is_refused_and_not_kept(house: House) -> None:
    with pytest.raises(OutletMalformed) as refused:
        await restreaming(house).add(CHAT, ADA, "http://source:hackme@radio.example/talk.ogg")
    assert "hackme" not in str(refused.value)
    assert len(await restreaming(house).of(CHAT, ADA)) == 1


async def test_the_log_and_the_notices_hold_no_password(
    house: House, talk: Room, caplog: pytest.LogCaptureFixture
) -> None:
    await restreaming(house).add(CHAT, ADA, ADDRESS)
    await restreaming(house).remove(CHAT, ADA, NAME)
    await becomes(house, talk, OutletState.REFUSED)
    deeds = house.store.records.log.rows
    assert [deed.subject for deed in deeds if deed.kind is DeedKind.OUTLET_ADDED] == [NAME, NAME]
    assert [deed.subject for deed in deeds if deed.kind is DeedKind.OUTLET_REMOVED] == [NAME]
    assert "hackme" not in f"{deeds} {house.notices()} {caplog.text}"


async def test_how_they_do_is_known_while_the_talk_is_on(house: House, talk: Room) -> None:
    await becomes(house, talk, OutletState.ON_AIR)
    assert await restreaming(house).states(CHAT) == {NAME: OutletState.ON_AIR}
    await house.conducting.end(talk.id)
    assert await restreaming(house).states(CHAT) == {}


async def test_who_added_it_hears_once_that_it_is_on_air(house: House, talk: Room) -> None:
    await becomes(house, talk, OutletState.CONNECTING)
    assert told(house) == []
    await becomes(house, talk, OutletState.ON_AIR)
    assert await heard(house) == [f"on_air {NAME}"]
    for _ in range(3):
        await becomes(house, talk, OutletState.LOST)
        await becomes(house, talk, OutletState.ON_AIR)
    assert await heard(house) == []


async def test_who_added_it_hears_once_that_it_is_turned_away(house: House, talk: Room) -> None:
    await becomes(house, talk, OutletState.REFUSED)
    assert await heard(house) == [f"refused {NAME}"]
    for _ in range(3):
        await becomes(house, talk, OutletState.CONNECTING)
        await becomes(house, talk, OutletState.REFUSED)
    assert await heard(house) == []


async def test_a_lost_server_is_told_of_once_it_was_lost_for_a_while(house: House, talk: Room) -> None:
    await becomes(house, talk, OutletState.LOST)
    await house.clock.advance(timedelta(seconds=59))
    assert told(house) == []
    await house.clock.advance(timedelta(seconds=1))
    assert told(house) == [f"lost {NAME}"]
    await house.clock.advance(10 * MINUTE)
    await becomes(house, talk, OutletState.ON_AIR)
    assert told(house) == [f"lost {NAME}", f"on_air {NAME}"]


async def test_one_that_came_back_in_time_was_never_lost(house: House, talk: Room) -> None:
    for _ in range(3):
        await becomes(house, talk, OutletState.LOST)
        await house.clock.advance(timedelta(seconds=40))
        await becomes(house, talk, OutletState.CONNECTING)
    assert told(house) == []


async def test_nobody_is_told_who_cannot_be_written_to(house: House, talk: Room) -> None:
    await restreaming(house).add(CHAT, BRUNO, ADDRESS)
    await becomes(house, talk, OutletState.ON_AIR)
    assert told(house) == []
    assert house.told_to(BRUNO) == []


async def test_what_becomes_of_a_removed_outlet_is_nobody_s_concern(house: House, talk: Room) -> None:
    await restreaming(house).remove(CHAT, ADA, NAME)
    await becomes(house, talk, OutletState.LOST)
    await house.clock.advance(5 * MINUTE)
    assert told(house) == []
