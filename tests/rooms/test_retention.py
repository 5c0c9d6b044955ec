"""A group keeps its recordings as long as it wants, and may want otherwise later."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from rooms.configuring import Configuring
from rooms.ids import MessageId
from rooms.jobs import JobKind
from rooms.notices import NoticeKind
from rooms.posts import HEAD, OUTDATED, Post
from rooms.recordings import Recording
from rooms.retention import GRACE
from rooms.room import Room, RoomState
from tests.fakes.groups import CAREERS
from tests.fakes.talks import ADA, CHAT, HOUR, OTHER_CHAT, a_plan
from tests.rooms.conftest import House

DAY = timedelta(days=1)


async def a_recording(house: House) -> Room:
    await house.know(CAREERS)
    async with house.store.writing() as records:
        room = replace(await records.rooms.add(a_plan(), "key", house.clock.now()), state=RoomState.ENDED)
        await records.rooms.save(room)
        await records.recordings.save(Recording(room.id, Path("talk.ogg"), HOUR, edition=1))
        await records.posts.save(Post(room.id, HEAD, CHAT, MessageId(7), 1))
    return room


async def want(house: House, days: int | None) -> None:
    length = None if days is None else days * DAY
    await Configuring(house.store, house.clock).change(
        CHAT, ADA, lambda group: replace(group, keeps_recordings=length)
    )


async def test_recordings_of_the_past_follow_what_the_group_wants(house: House) -> None:
    room = await a_recording(house)
    await want(house, 30)
    end = room.plan.ends_at + 30 * DAY
    assert house.store.records.recordings.rows[room.id].erase_at == end
    assert house.due(room) == [(JobKind.ERASE, end)]
    await want(house, 7)
    assert house.due(room) == [(JobKind.ERASE, room.plan.ends_at + 7 * DAY)]
    await want(house, None)
    assert house.due(room) == []
    assert house.store.records.recordings.rows[room.id].erase_at is None


async def test_what_is_older_than_that_is_left_a_day_in_which_it_can_be_thought_over(house: House) -> None:
    room = await a_recording(house)
    await house.clock.advance(100 * DAY)
    await want(house, 7)
    assert house.due(room) == [(JobKind.ERASE, house.clock.now() + GRACE)]


async def test_the_replay_in_the_chat_is_to_say_otherwise_then(house: House) -> None:
    room = await a_recording(house)
    await want(house, 30)
    [post] = await house.store.records.posts.of(room.id)
    assert post.edition == OUTDATED
    assert house.told() == [(NoticeKind.REPLAY, "")]
    await house.deliver()
    await want(house, 30)
    assert house.told() == []


async def test_another_group_s_recordings_stay_as_they_are(house: House) -> None:
    room = await a_recording(house)
    await house.know(replace(CAREERS, chat=OTHER_CHAT, programme_key="another"))
    await Configuring(house.store, house.clock).change(
        OTHER_CHAT, ADA, lambda group: replace(group, keeps_recordings=DAY)
    )
    assert house.due(room) == []
