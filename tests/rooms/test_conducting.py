"""A room is opened, goes live, is watched over and closed, whatever happens to its call."""

from dataclasses import replace
from pathlib import Path

import pytest

from rooms.errors.calls import CallUnreachable, RelayLacksRights
from rooms.errors.rights import NotAllowed
from rooms.errors.talks import NothingToClose
from rooms.ids import ChatId, ThreadId
from rooms.jobs import JobKind
from rooms.moderation import DeedKind
from rooms.notices import NoticeKind
from rooms.ports import Opening
from rooms.room import Room, RoomState
from rooms.stage import OnStage, Stage
from tests.fakes.clock import NOON
from tests.fakes.groups import CAREERS
from tests.fakes.talks import ADA, BRUNO, CHAT, CHIARA, HOUR, MINUTE, OTHER_CHAT, a_plan
from tests.rooms.conftest import House

STAGE = Stage((OnStage(BRUNO.person, BRUNO.name, is_speaking=True),))


def an_opening(room: Room, *, is_live: bool) -> Opening:
    """The call of a talk as its plan has it: newcomers listen, its host may speak."""
    speakers = frozenset({room.plan.host})
    return Opening(room.id, CHAT, room.plan.title, is_live=is_live, joins_muted=True, speakers=speakers)


async def test_opening_brings_the_relay_into_the_call_with_hold_music(house: House) -> None:
    room = await house.schedule()
    await house.conducting.open(room.id)
    assert house.room(room).state is RoomState.OPENING
    assert house.calls.opened == [an_opening(room, is_live=False)]


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
    assert [kind for kind, _at in house.due(room)].count(JobKind.MASTER) == 1
    recording = house.store.records.recordings.rows[room.id]
    assert recording.path == Path(f"/recordings/{room.id}/talk.ogg")
    assert house.stages.of(room.id) == Stage()


async def test_ending_twice_publishes_once(house: House) -> None:
    room = await house.schedule()
    await house.conducting.start(room.id)
    await house.conducting.end(room.id)
    await house.conducting.end(room.id)
    assert [kind for kind, _at in house.due(room)].count(JobKind.MASTER) == 1


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
        NoticeKind.RECORDED,
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
        assert house.calls.opened[-1] == an_opening(room, is_live=True)
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
    missed = house.room(room)
    assert missed.state is RoomState.MISSED
    # Calendars take no notice of a change without a revision.
    assert (missed.revision, missed.changed_at) == (room.revision + 1, room.plan.ends_at)
    kinds = [kind for kind, _ in house.told()]
    assert kinds == [NoticeKind.CARD, NoticeKind.REMINDER, NoticeKind.TROUBLE, NoticeKind.MISSED]


async def test_a_long_title_is_cut_to_what_a_call_shows_and_recording_is_the_hosts_choice(
    house: House,
) -> None:
    room = await house.schedule(replace(a_plan("x" * 65), is_recorded=False))
    await house.conducting.open(room.id)
    assert house.calls.opened == [
        replace(an_opening(room, is_live=False), title="x" * 63 + "…", is_recorded=False)
    ]


async def test_the_start_is_told_where_the_group_wants_it_and_always_to_who_asked(house: House) -> None:
    await house.know(replace(CAREERS, reminders=(HOUR,)))
    room = await house.schedule()
    await house.await_guest(room, CHIARA, is_reminded=True)
    await house.clock.advance(HOUR)
    await house.conducting.start(room.id)
    assert house.told() == [(NoticeKind.CARD, ""), (NoticeKind.RECORDED, "")]
    assert house.told_to(CHIARA) == [(NoticeKind.STARTED, "")]


@pytest.mark.parametrize("comes_to_be", [True, False])
async def test_the_thread_made_for_a_talk_is_closed_after_the_last_word(
    house: House, comes_to_be: bool
) -> None:
    room = await house.schedule()
    async with house.store.writing() as records:
        await records.rooms.save(replace(room, own_thread=ThreadId(70)))
    if comes_to_be:
        await house.conducting.start(room.id)
    await house.conducting.end(room.id)
    await house.pass_time(MINUTE)
    last = house.notices()[-2:]
    assert [notice.kind for notice in last] == [
        NoticeKind.REPLAY if comes_to_be else NoticeKind.MISSED,
        NoticeKind.THREAD_CLOSED,
    ]
    assert {notice.thread for notice in last} == {70}


async def test_a_talk_without_a_recording_has_no_replay(house: House) -> None:
    room = await house.schedule()
    await house.conducting.start(room.id)
    house.calls.recordings.clear()
    await house.conducting.end(room.id)
    assert house.room(room).state is RoomState.ENDED
    assert NoticeKind.REPLAY not in [kind for kind, _ in house.told()]


async def test_a_close_by_hand_is_in_the_log(house: House) -> None:
    room = await house.schedule()
    await house.conducting.start(room.id)
    for _ in range(2):
        await house.conducting.close(CHAT, BRUNO)
    closed = [deed for deed in house.store.records.log.rows if deed.kind is DeedKind.CLOSED]
    assert [(deed.actor, deed.subject) for deed in closed] == [(BRUNO.person, "Careers after 40")]


async def test_a_step_that_was_due_for_another_hour_is_not_taken(house: House) -> None:
    room = await house.schedule()
    was_planned = room.plan.starts_at
    await house.changing.change(room.id, ADA, lambda plan: replace(plan, starts_at=NOON + 5 * HOUR))
    for step in (house.conducting.open, house.conducting.start, house.conducting.end):
        await step(room.id, was_planned)
        assert house.room(room).state is RoomState.SCHEDULED
    assert house.calls.opened == []


async def test_every_room_on_air_is_taken_up_again_however_many_there_are(house: House) -> None:
    for number in range(101):
        room = await house.schedule(a_plan(chat=ChatId(-1003000 - number)))
        async with house.store.writing() as records:
            await records.rooms.save(room.opening())
            await records.jobs.drop(room.id, list(JobKind))
    await house.conducting.resume()
    assert [kind for kind, _ in house.due()] == [JobKind.OPEN] * 101
