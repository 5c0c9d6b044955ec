"""A room is opened, goes live, is watched over and closed, whatever happens to its call."""

from pathlib import Path

import pytest

from rooms.errors import CallUnreachable, NotAllowed, NothingToClose, RelayLacksRights
from rooms.notices import NoticeKind
from rooms.ports import Opening
from rooms.room import RoomState
from rooms.stage import OnStage, Stage
from tests.fakes.talks import ADA, BRUNO, CHAT, CHIARA, HOUR, MINUTE, OTHER_CHAT
from tests.rooms.conftest import House

STAGE = Stage((OnStage(BRUNO.person, BRUNO.name, is_speaking=True),))


async def test_opening_brings_the_relay_into_the_call_with_hold_music(house: House) -> None:
    room = await house.schedule()
    await house.conducting.open(room.id)
    assert house.room(room).state is RoomState.OPENING
    assert house.calls.opened == [Opening(room.id, CHAT, "Careers after 40", is_live=False)]


async def test_starting_opens_first_when_opening_was_missed(house: House) -> None:
    room = await house.schedule()
    await house.clock.advance(HOUR)
    await house.conducting.start(room.id)
    assert house.room(room).state is RoomState.LIVE
    assert house.room(room).state is RoomState.LIVE
    assert (len(house.calls.opened), house.calls.went_live) == (1, [room.id])
    assert house.told() == [(NoticeKind.CARD, ""), (NoticeKind.STARTED, "")]


async def test_a_talk_that_starts_late_says_so(house: House) -> None:
    room = await house.schedule()
    await house.clock.advance(HOUR + 2 * MINUTE)
    await house.conducting.start(room.id)
    assert house.told()[-1] == (NoticeKind.STARTED, "late")


async def test_a_job_that_is_run_twice_starts_the_talk_once(house: House) -> None:
    room = await house.schedule()
    await house.conducting.start(room.id)
    await house.conducting.start(room.id)
    assert house.calls.went_live == [room.id]
    assert [kind for kind, _ in house.told()].count(NoticeKind.STARTED) == 1


async def test_a_refused_call_is_told_once_however_often_it_is_tried(house: House) -> None:
    room = await house.schedule()
    house.calls.refuse(RelayLacksRights(CHAT, "CHAT_ADMIN_REQUIRED"))
    for _ in range(3):
        with pytest.raises(RelayLacksRights):
            await house.conducting.start(room.id)
    assert house.told() == [(NoticeKind.CARD, ""), (NoticeKind.TROUBLE, "RelayLacksRights")]
    house.calls.relent(CHAT)
    await house.conducting.start(room.id)
    assert house.room(room).state is RoomState.LIVE


async def test_the_end_keeps_the_recording_and_publishes_it(house: House) -> None:
    room = await house.schedule()
    await house.conducting.start(room.id)
    house.stages.set(room.id, STAGE)
    await house.clock.advance(HOUR)
    await house.conducting.end(room.id)
    assert house.room(room).state is RoomState.ENDED
    assert house.told()[-1] == (NoticeKind.REPLAY, "")
    recording = house.store.records.recordings.rows[room.id]
    assert recording.path == Path(f"/recordings/{room.id}/talk.ogg")
    assert house.stages.of(room.id) == Stage()


async def test_ending_twice_publishes_once(house: House) -> None:
    room = await house.schedule()
    await house.conducting.start(room.id)
    await house.conducting.end(room.id)
    await house.conducting.end(room.id)
    assert [kind for kind, _ in house.told()].count(NoticeKind.REPLAY) == 1


async def test_a_talk_that_never_came_to_be_is_missed_and_its_call_left(house: House) -> None:
    room = await house.schedule()
    await house.conducting.open(room.id)
    await house.conducting.end(room.id)
    assert house.room(room).state is RoomState.MISSED
    assert house.calls.closed == [room.id]
    assert house.told()[-1] == (NoticeKind.MISSED, "")


async def test_closing_early_is_for_admins_and_needs_a_talk(house: House) -> None:
    with pytest.raises(NothingToClose):
        await house.conducting.close(CHAT, ADA)
    room = await house.schedule()
    await house.conducting.start(room.id)
    with pytest.raises(NothingToClose):
        await house.conducting.close(OTHER_CHAT, ADA)
    with pytest.raises(NotAllowed):
        await house.conducting.close(CHAT, CHIARA)
    assert house.room(room).state is RoomState.LIVE
    assert (await house.conducting.close(CHAT, ADA)).state is RoomState.CLOSING


async def test_an_evening_by_the_agenda(house: House) -> None:
    room = await house.schedule()
    async with house.at_work():
        await house.clock.advance(59 * MINUTE)
        assert house.room(room).state is RoomState.OPENING
        await house.clock.advance(MINUTE)
        assert house.room(room).state is RoomState.LIVE
        house.calls.move(room.id, STAGE)
        await house.clock.advance(40 * MINUTE)
        assert house.stages.of(room.id) == STAGE
        await house.clock.advance(5 * MINUTE)
        assert house.room(room).state is RoomState.ENDED
    kinds = [kind for kind, _ in house.told()]
    assert kinds == [
        NoticeKind.CARD,
        NoticeKind.REMINDER,
        NoticeKind.STARTED,
        NoticeKind.ENDING,
        NoticeKind.REPLAY,
    ]


async def test_a_closed_talk_ends_at_once_and_only_once(house: House) -> None:
    room = await house.schedule()
    async with house.at_work():
        await house.clock.advance(HOUR)
        await house.conducting.close(CHAT, ADA)
        await house.conducting.close(CHAT, ADA)
        await house.clock.advance(MINUTE)
        assert house.room(room).state is RoomState.ENDED
    assert [kind for kind, _ in house.told()].count(NoticeKind.REPLAY) == 1
    assert house.store.records.jobs.rows == []


async def test_a_relay_that_comes_back_is_brought_into_the_live_call_again(house: House) -> None:
    room = await house.schedule()
    async with house.at_work():
        await house.clock.advance(HOUR)
        house.calls.crash()
        await house.clock.advance(0 * MINUTE)
        assert house.calls.opened[-1] == Opening(room.id, CHAT, "Careers after 40", is_live=True)
        assert room.id in house.calls.live
    assert house.calls.went_live == [room.id]


async def test_after_a_restart_the_live_room_gets_its_call_back(house: House) -> None:
    room = await house.schedule()
    async with house.at_work():
        await house.clock.advance(HOUR)
    house.calls.crash()
    async with house.at_work():
        assert house.calls.opened[-1].is_live
        await house.clock.advance(45 * MINUTE)
        assert house.room(room).state is RoomState.ENDED


async def test_after_a_restart_a_closing_room_is_ended(house: House) -> None:
    room = await house.schedule()
    await house.conducting.start(room.id)
    await house.conducting.close(CHAT, ADA)
    async with house.at_work():
        assert house.room(room).state is RoomState.ENDED


async def test_a_talk_whose_call_somebody_ends_is_over(house: House) -> None:
    room = await house.schedule()
    async with house.at_work():
        await house.clock.advance(HOUR)
        house.calls.end(room.id)
        await house.clock.advance(0 * MINUTE)
        assert house.room(room).state is RoomState.ENDED


async def test_a_call_that_somebody_ends_before_the_start_is_opened_again(house: House) -> None:
    room = await house.schedule()
    async with house.at_work():
        await house.clock.advance(59 * MINUTE)
        house.calls.end(room.id)
        await house.clock.advance(0 * MINUTE)
        assert len(house.calls.opened) == 2
        await house.clock.advance(MINUTE)
        assert house.room(room).state is RoomState.LIVE


async def test_a_voice_server_that_is_away_is_tried_until_it_is_back(house: House) -> None:
    room = await house.schedule()
    house.calls.refuse(CallUnreachable(CHAT, "TIMEOUT"))
    async with house.at_work():
        await house.clock.advance(HOUR)
        house.calls.relent(CHAT)
        await house.clock.advance(MINUTE)
        assert house.room(room).state is RoomState.LIVE


async def test_a_call_that_can_never_be_opened_is_missed_at_the_end(house: House) -> None:
    room = await house.schedule()
    house.calls.refuse(RelayLacksRights(CHAT, "CHAT_ADMIN_REQUIRED"))
    async with house.at_work():
        for _ in range(120):
            await house.clock.advance(MINUTE)
    assert house.room(room).state is RoomState.MISSED
    kinds = [kind for kind, _ in house.told()]
    assert kinds == [NoticeKind.CARD, NoticeKind.REMINDER, NoticeKind.TROUBLE, NoticeKind.MISSED]
