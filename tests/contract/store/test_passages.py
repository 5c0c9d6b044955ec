"""What every Store must do with where talks go: servers elsewhere, and other groups' calls."""

from dataclasses import replace

import pytest

from rooms.bridges import Bridge
from rooms.group import Group
from rooms.ids import NOBODY, ChatId
from rooms.outlets import Outlet
from rooms.records import Store
from tests.contract.store.talks import new_room
from tests.fakes.groups import CAREERS
from tests.fakes.talks import ADA, BRUNO, CHAT, OTHER_CHAT

RADIO = Outlet("radio.example/talk.ogg", "icecast://source:hackme@radio.example/talk.ogg")
LIVE = Outlet("live.example", "rtmp://live.example/app/key")
GARDENERS: Group = replace(CAREERS, chat=OTHER_CHAT, programme_key="programme-of-gardeners")


async def test_a_group_s_outlets_are_found_by_name(store: Store) -> None:
    async with store.writing() as records:
        for outlet in (RADIO, LIVE):
            await records.outlets.save(CHAT, outlet, ADA.person)
        await records.outlets.save(OTHER_CHAT, RADIO, BRUNO.person)
        assert await records.outlets.of(CHAT) == [LIVE, RADIO]
        assert await records.outlets.added_by(CHAT, RADIO.name) == ADA.person
        assert await records.outlets.added_by(CHAT, "nowhere") is None


async def test_an_outlet_of_the_same_name_is_replaced_and_removed(store: Store) -> None:
    anew = replace(RADIO, url="icecast://source:other@radio.example/talk.ogg")
    async with store.writing() as records:
        await records.outlets.save(CHAT, RADIO, ADA.person)
        await records.outlets.save(CHAT, anew, BRUNO.person)
        assert await records.outlets.of(CHAT) == [anew]
        assert await records.outlets.added_by(CHAT, RADIO.name) == BRUNO.person
        await records.outlets.remove(CHAT, RADIO.name)
        await records.outlets.remove(CHAT, RADIO.name)
        assert await records.outlets.of(CHAT) == []


async def test_who_added_an_outlet_sees_that_without_its_address_and_can_be_forgotten(store: Store) -> None:
    async with store.writing() as records:
        await records.outlets.save(CHAT, RADIO, ADA.person)
        traces = await records.traces.of_person(ADA.person)
        assert RADIO.name in str(traces)
        assert "hackme" not in str(traces)
        await records.traces.erase_person(ADA.person)
        assert await records.outlets.of(CHAT) == [RADIO]
        assert await records.outlets.added_by(CHAT, RADIO.name) == NOBODY
        assert await records.traces.of_person(ADA.person) == []


async def test_bridges_are_found_from_both_sides(store: Store) -> None:
    room, later = await new_room(store), await new_room(store)
    third = ChatId(-1009)
    async with store.writing() as records:
        for one, chat, is_agreed in (
            (room, OTHER_CHAT, False),
            (room, third, False),
            (later, OTHER_CHAT, True),
        ):
            await records.bridges.save(Bridge(one.id, chat, is_agreed))
        await records.bridges.save(Bridge(room.id, OTHER_CHAT, is_agreed=True))
        assert await records.bridges.of(room.id) == [
            Bridge(room.id, OTHER_CHAT, is_agreed=True),
            Bridge(room.id, third),
        ]
        assert [one.room for one in await records.bridges.into(OTHER_CHAT)] == [later.id, room.id]
        await records.bridges.remove(room.id, OTHER_CHAT)
        await records.bridges.remove(room.id, OTHER_CHAT)
        assert [one.room for one in await records.bridges.into(OTHER_CHAT)] == [later.id]


@pytest.mark.parametrize("is_forgotten", [True, False], ids=["forgotten", "another chat"])
async def test_bridges_and_outlets_follow_their_group(store: Store, is_forgotten: bool) -> None:
    room = await new_room(store)
    new = ChatId(-1001000000009)
    async with store.writing() as records:
        await records.groups.save(GARDENERS)
        await records.outlets.save(OTHER_CHAT, RADIO, ADA.person)
        await records.bridges.save(Bridge(room.id, OTHER_CHAT, is_agreed=True))
        if is_forgotten:
            await records.groups.remove(OTHER_CHAT)
        else:
            await records.groups.renumber(OTHER_CHAT, new)
        assert await records.bridges.into(OTHER_CHAT) == []
        assert await records.outlets.of(OTHER_CHAT) == []
        kept = [] if is_forgotten else [Bridge(room.id, new, is_agreed=True)]
        assert await records.bridges.of(room.id) == kept
        assert await records.outlets.of(new) == ([] if is_forgotten else [RADIO])


async def test_bridges_go_with_their_talk(store: Store) -> None:
    room = await new_room(store)
    async with store.writing() as records:
        await records.bridges.save(Bridge(room.id, OTHER_CHAT))
        await records.rooms.remove(room.id)
        assert await records.bridges.into(OTHER_CHAT) == []
