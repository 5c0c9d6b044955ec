"""Talks are kept going, or let end, by what happens in their calls."""

from datetime import timedelta

import pytest

from rooms.errors.calls import CallClosed, RelayLacksRights, RelayNotInChat
from rooms.errors.rights import NotAllowed
from rooms.errors.talks import NothingToClose
from rooms.jobs import JobKind
from rooms.notices import NoticeKind
from rooms.playing import Playback
from rooms.ports import CallEnded, PlaybackChanged, RelayRestarted
from rooms.room import Room, RoomState
from rooms.stage import OnStage, Stage
from tests.fakes.talks import ADA, BRUNO, CHAT, CHIARA, HOUR, MINUTE, OTHER_CHAT, a_plan
from tests.rooms.conftest import House

SOMEBODY = Stage((OnStage(BRUNO.person, BRUNO.name),))
NOBODY = Stage()


async def a_live_talk(house: House) -> Room:
    room = await house.schedule()
    await house.clock.advance(HOUR)
    assert house.room(room).state is RoomState.LIVE
    return room


async def a_live_talk_elsewhere(house: House) -> Room:
    room = await house.schedule(a_plan(chat=OTHER_CHAT, starts_at=house.clock.now() + MINUTE))
    await house.clock.advance(MINUTE)
    assert house.room(room).state is RoomState.LIVE
    return room


async def a_talk_whose_call_is_closed_as_it_is_had_again(house: House) -> Room:
    room = await a_live_talk(house)
    house.calls.refuse(CallClosed(CHAT, "No active group call"))
    house.calls.crash()
    await house.clock.advance(0 * MINUTE)
    return room


async def come_and_go(house: House, room: Room) -> None:
    for stage in (SOMEBODY, NOBODY):
        house.calls.move(room.id, stage)
        await house.clock.advance(0 * MINUTE)


async def test_a_call_that_somebody_closes_in_mid_talk_is_told_and_waits_for_the_host(house: House) -> None:
    async with house.at_work():
        room = await a_live_talk(house)
        house.calls.end(room.id)
        await house.clock.advance(0 * MINUTE)
        await house.clock.advance(MINUTE)
        assert house.room(room).state is RoomState.LIVE
        assert house.told()[-1] == (NoticeKind.INTERRUPTED, "")
        assert room.id not in house.calls.in_call
        await house.evenings.watching.reopen(room.id, ADA)
        await house.clock.advance(0 * MINUTE)
        assert house.calls.opened[-1].is_live
        await house.clock.advance(9 * MINUTE)
        assert house.room(room).state is RoomState.LIVE


async def test_an_account_that_lost_one_call_has_that_one_opened_again_and_no_other(house: House) -> None:
    async with house.at_work():
        room, other = await a_live_talk(house), await a_live_talk_elsewhere(house)
        for one in (room, other):
            house.calls.tell(PlaybackChanged(one.id, Playback("A song")))
        await house.clock.advance(0 * MINUTE)
        opened = len(house.calls.opened)
        house.calls.tell(RelayRestarted(room.id))
        await house.clock.advance(0 * MINUTE)
        assert [opening.room for opening in house.calls.opened[opened:]] == [room.id]
        assert [house.stages.playback(one.id).now for one in (room, other)] == [None, "A song"]


async def test_a_talk_whose_call_nobody_reopens_ends(house: House) -> None:
    async with house.at_work():
        room = await a_live_talk(house)
        house.calls.end(room.id)
        await house.clock.advance(0 * MINUTE)
        await house.clock.advance(9 * MINUTE)
        assert house.room(room).state is RoomState.LIVE
        await house.clock.advance(MINUTE)
        assert house.room(room).state is RoomState.ENDED
        with pytest.raises(NothingToClose):
            await house.evenings.watching.reopen(room.id, ADA)


async def test_a_relay_that_comes_back_leaves_a_closed_call_closed(house: House) -> None:
    async with house.at_work():
        room = await a_live_talk(house)
        house.calls.end(room.id)
        await house.clock.advance(MINUTE)
        house.calls.crash()
        await house.clock.advance(MINUTE)
        assert room.id not in house.calls.in_call


async def test_a_call_that_no_account_can_be_in_was_closed_by_nobody_and_is_had_again(house: House) -> None:
    async with house.at_work():
        room = await a_live_talk(house)
        house.calls.move(room.id, SOMEBODY)
        house.calls.refuse(RelayNotInChat(CHAT, "CHANNEL_PRIVATE"))
        house.calls.crash()
        await house.clock.advance(15 * MINUTE)
        house.calls.refuse(RelayLacksRights(CHAT, "CHAT_ADMIN_REQUIRED"))
        await house.clock.advance(MINUTE)
        troubles = [(NoticeKind.TROUBLE, "RelayNotInChat"), (NoticeKind.TROUBLE, "RelayLacksRights")]
        assert house.told()[-2:] == troubles
        house.calls.relent(CHAT)
        await house.clock.advance(MINUTE / 2)
        assert room.id in house.calls.live
        assert house.told()[-2:] == troubles


async def test_a_call_that_is_closed_while_it_is_had_again_waits_for_the_host_as_after_any_closing(
    house: House,
) -> None:
    async with house.at_work():
        room = await a_talk_whose_call_is_closed_as_it_is_had_again(house)
        house.calls.relent(CHAT)
        house.calls.crash()
        await house.clock.advance(5 * MINUTE)
        assert house.told()[-1] == (NoticeKind.INTERRUPTED, "")
        assert room.id not in house.calls.in_call
        assert house.stages.of(room.id) == NOBODY
        await house.evenings.watching.reopen(room.id, ADA)
        await house.clock.advance(0 * MINUTE)
        assert room.id in house.calls.live


async def test_a_call_that_nobody_has_again_after_it_was_closed_while_it_was_joined_ends_the_talk(
    house: House,
) -> None:
    async with house.at_work():
        room = await a_talk_whose_call_is_closed_as_it_is_had_again(house)
        await house.clock.advance(10 * MINUTE)
        assert house.room(room).state is RoomState.ENDED


async def test_before_the_talk_a_call_that_is_closed_while_it_is_joined_is_opened_again(house: House) -> None:
    room = await house.schedule()
    house.calls.refuse(CallClosed(CHAT, "No active group call"))
    async with house.at_work():
        await house.clock.advance(HOUR - MINUTE)
        assert (NoticeKind.TROUBLE, "CallClosed") in house.told()
        house.calls.relent(CHAT)
        await house.clock.advance(MINUTE / 2)
        assert room.id in house.calls.in_call


async def test_only_who_may_open_a_talk_may_reopen_its_call(house: House) -> None:
    async with house.at_work():
        room = await a_live_talk(house)
        house.calls.end(room.id)
        await house.clock.advance(0 * MINUTE)
        with pytest.raises(NotAllowed):
            await house.evenings.watching.reopen(room.id, CHIARA)


async def test_a_call_that_ends_in_another_group_does_not_concern_the_talk(house: House) -> None:
    async with house.at_work():
        room = await a_live_talk(house)
        house.calls.tell(CallEnded(room.id, OTHER_CHAT))
        await house.clock.advance(MINUTE)
        assert NoticeKind.INTERRUPTED not in [kind for kind, _ in house.told()]


async def test_a_talk_that_everybody_has_left_ends_after_a_while(house: House) -> None:
    async with house.at_work():
        room = await a_live_talk(house)
        await come_and_go(house, room)
        await house.clock.advance(9 * MINUTE)
        assert house.room(room).state is RoomState.LIVE
        await house.clock.advance(MINUTE)
        assert house.room(room).state is RoomState.ENDED


async def test_a_talk_to_which_somebody_comes_back_goes_on(house: House) -> None:
    async with house.at_work():
        room = await a_live_talk(house)
        for stage in (SOMEBODY, NOBODY, SOMEBODY):
            house.calls.move(room.id, stage)
            await house.clock.advance(0 * MINUTE)
            await house.clock.advance(5 * MINUTE)
        await house.clock.advance(10 * MINUTE)
        assert house.room(room).state is RoomState.LIVE
        assert JobKind.EMPTY not in [kind for kind, _ in house.due(room)]


async def test_a_talk_whose_music_still_plays_goes_on_without_people(house: House) -> None:
    async with house.at_work():
        room = await a_live_talk(house)
        house.calls.tell(PlaybackChanged(room.id, Playback(now="An old song")))
        await come_and_go(house, room)
        await house.clock.advance(15 * MINUTE)
        assert house.room(room).state is RoomState.LIVE
        house.calls.tell(PlaybackChanged(room.id, Playback()))
        await house.clock.advance(0 * MINUTE)
        await house.clock.advance(10 * MINUTE)
        assert house.room(room).state is RoomState.ENDED


async def test_a_talk_to_which_nobody_ever_comes_ends_after_a_while(house: House) -> None:
    async with house.at_work():
        room = await a_live_talk(house)
        await ends_in_ten_minutes(house, room)


async def test_a_talk_to_which_somebody_comes_late_goes_on(house: House) -> None:
    async with house.at_work():
        room = await a_live_talk(house)
        await house.clock.advance(9 * MINUTE)
        house.calls.move(room.id, SOMEBODY)
        await house.clock.advance(0 * MINUTE)
        await house.clock.advance(30 * MINUTE)
        assert house.room(room).state is RoomState.LIVE


async def test_who_looked_in_before_the_talk_does_not_shorten_it(house: House) -> None:
    async with house.at_work():
        room = await house.schedule()
        await house.clock.advance(HOUR - MINUTE)
        await come_and_go(house, room)
        await house.clock.advance(MINUTE)
        await ends_in_ten_minutes(house, room)


async def test_who_was_there_before_the_talk_keeps_it(house: House) -> None:
    async with house.at_work():
        room = await house.schedule()
        await house.clock.advance(HOUR - MINUTE)
        house.calls.move(room.id, SOMEBODY)
        await house.clock.advance(MINUTE)
        assert JobKind.EMPTY not in [kind for kind, _ in house.due(room)]
        await house.clock.advance(30 * MINUTE)
        assert house.room(room).state is RoomState.LIVE


async def test_a_call_that_is_reopened_and_that_nobody_enters_ends(house: House) -> None:
    async with house.at_work():
        room = await a_live_talk(house)
        house.calls.move(room.id, SOMEBODY)
        await house.clock.advance(0 * MINUTE)
        house.calls.end(room.id)
        await house.clock.advance(5 * MINUTE)
        await house.evenings.watching.reopen(room.id, ADA)
        await house.clock.advance(0 * MINUTE)
        await ends_in_ten_minutes(house, room)


@pytest.mark.parametrize("had_people", [True, False])
async def test_a_talk_where_nobody_is_when_the_program_comes_back_ends(had_people: bool) -> None:
    before = House()
    async with before.at_work():
        room = await a_live_talk(before)
        before.calls.move(room.id, SOMEBODY if had_people else NOBODY)
        await before.clock.advance(0 * MINUTE)
    house = await restarted(before, 15 * MINUTE)
    async with house.at_work():
        await house.clock.advance(0 * MINUTE)
        await ends_in_ten_minutes(house, room)


async def test_a_talk_to_which_somebody_came_while_the_program_was_down_goes_on() -> None:
    before = House()
    async with before.at_work():
        room = await a_live_talk(before)
        await come_and_go(before, room)
    house = await restarted(before, 15 * MINUTE)
    async with house.at_work():
        house.calls.move(room.id, SOMEBODY)
        await house.clock.advance(0 * MINUTE)
        await house.clock.advance(20 * MINUTE)
        assert house.room(room).state is RoomState.LIVE


async def restarted(before: House, down: timedelta) -> House:
    """Another process after so long: of the old one there is what was on record."""
    house = House()
    house.store.records = before.store.records
    await house.clock.advance(before.clock.now() + down - house.clock.now())
    return house


async def ends_in_ten_minutes(house: House, room: Room) -> None:
    await house.clock.advance(9 * MINUTE)
    assert house.room(room).state is RoomState.LIVE
    await house.clock.advance(MINUTE)
    assert house.room(room).state is RoomState.ENDED
