"""A forum topic is made for a talk, and closed after it."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from aiohttp import web
from telegram.error import Forbidden

from bot.threads import close_thread, make_thread
from rooms.ids import ThreadId
from rooms.notices import NoticeKind
from tests.bot.desk import Desk, open_desk
from tests.bot.flaky import refusal
from tests.bot.opened import opened
from tests.fakes.talks import a_plan, a_room

TOPIC = {"message_thread_id": 77, "name": "Careers", "icon_color": 7322096}


async def test_a_topic_is_called_as_the_talk_as_far_as_names_go() -> None:
    async with open_desk() as desk:
        desk.telegram.next("createForumTopic", web.json_response({"ok": True, "result": TOPIC}))
        letter = opened(room=a_room(plan=a_plan("x" * 200)))
        assert await make_thread(desk.bot, letter) == 77
        assert desk.telegram.fields("createForumTopic")[0]["name"] == "x" * 128


@pytest.mark.parametrize(
    ("status", "objection"),
    [(400, "Bad Request: the chat is not a forum"), (400, "Bad Request: not enough rights to create a topic"),
     (403, "Forbidden: bot was kicked from the supergroup chat")],
)  # fmt: skip
async def test_where_none_can_be_made_there_is_none(status: int, objection: str) -> None:
    async with open_desk() as desk:
        desk.telegram.next("createForumTopic", refusal(status, objection))
        assert await make_thread(desk.bot, opened()) is None


async def test_only_a_topic_of_the_talk_s_own_is_closed() -> None:
    async with open_desk() as desk:
        await close_thread(desk.bot, opened(NoticeKind.THREAD_CLOSED))
        assert desk.telegram.fields("closeForumTopic") == []
        own = opened(NoticeKind.THREAD_CLOSED, replace(a_room(), own_thread=ThreadId(77)))
        await close_thread(desk.bot, own)
        assert desk.telegram.fields("closeForumTopic")[0]["message_thread_id"] == "77"


async def test_a_topic_that_is_closed_or_gone_stays_so() -> None:
    async with open_desk() as desk:
        own = opened(NoticeKind.THREAD_CLOSED, replace(a_room(), own_thread=ThreadId(77)))
        for objection in ("TOPIC_NOT_MODIFIED", "message thread not found", "not enough rights"):
            desk.telegram.next("closeForumTopic", refusal(400, f"Bad Request: {objection}"))
            await close_thread(desk.bot, own)
        desk.telegram.next(
            "closeForumTopic", refusal(403, "Forbidden: bot was kicked from the supergroup chat")
        )
        with pytest.raises(Forbidden):
            await close_thread(desk.bot, own)


async def test_a_talk_with_a_topic_of_its_own_in_a_real_forum(desk: Desk) -> None:
    async with desk.store.writing() as records:
        group = next(iter(desk.store.records.groups.rows.values()))
        await records.groups.save(replace(group, makes_threads=True))
    desk.telegram.next("createForumTopic", web.json_response({"ok": True, "result": TOPIC}))
    await desk.deliver(NoticeKind.CARD)
    await desk.deliver(NoticeKind.CARD)
    assert len(desk.telegram.fields("createForumTopic")) == 1
    assert desk.room.own_thread == 77


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with open_desk() as desk:
        yield desk
