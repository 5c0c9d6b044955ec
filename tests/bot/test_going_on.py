"""What a host taps while a talk is on."""

from datetime import timedelta

from rooms.announcing import tell
from rooms.notices import NoticeKind
from rooms.room import Room, RoomState
from tests.bot.forum import Forum, labels


async def a_live_talk(forum: Forum) -> Room:
    """On for ten minutes more: nothing goes by itself, so the tests say what happens."""
    room = await forum.schedule("Careers after 40 | in 10 minutes | 15m")
    await forum.conducting.start(room.id)
    return forum.store.records.rooms.rows[room.id]


async def warn(forum: Forum, room: Room) -> None:
    async with forum.store.writing() as records:
        await tell(records, room, NoticeKind.ENDING, forum.clock.now())


async def test_the_warning_of_the_end_offers_more_time_and_a_tap_gives_it(forum: Forum) -> None:
    room = await a_live_talk(forum)
    await warn(forum, room)
    warning = await forum.heard("ends in")
    assert labels(warning) == ["⏳ 15 more minutes"]
    await forum.tap(forum.ada, warning, "⏳ 15 more minutes")
    await forum.until(lambda: "goes on until" in warning.text)
    assert forum.rooms()[0].plan.duration == timedelta(minutes=30)


async def test_whoever_does_not_mind_the_talk_gives_it_no_time(forum: Forum) -> None:
    room = await a_live_talk(forum)
    await warn(forum, room)
    warning = await forum.heard("ends in")
    answer = await forum.tap(forum.chiara, warning, "⏳ 15 more minutes")
    assert answer
    assert forum.rooms()[0].plan.duration == timedelta(minutes=15)


async def test_a_call_that_somebody_closed_is_reopened_by_the_host(forum: Forum) -> None:
    room = await a_live_talk(forum)
    async with forum.at_work():
        forum.calls.end(room.id)
        news = await forum.heard("Somebody closed the voice chat of Careers after 40")
        assert labels(news) == ["🎙 Reopen the voice chat", "End the talk"]
        await forum.tap(forum.ada, news, "🎙 Reopen the voice chat")
        await forum.until(lambda: room.id in forum.calls.in_call)
        assert "opens again in a moment" in news.text


async def test_a_call_that_somebody_closed_may_stay_closed(forum: Forum) -> None:
    room = await a_live_talk(forum)
    async with forum.at_work():
        forum.calls.end(room.id)
        news = await forum.heard("Somebody closed the voice chat of Careers after 40")
        await forum.tap(forum.ada, news, "End the talk")
        await forum.until(lambda: forum.rooms()[0].state is RoomState.ENDED)
