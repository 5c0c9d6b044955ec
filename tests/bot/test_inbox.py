"""Receiving updates, so that none is lost."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from telegram import Update
from telegram.ext import ExtBot

from bot.connection import make_bot
from bot.inbox import Inbox
from tests.bot.flaky import Flaky, refusal
from tests.bot.forum import TOKEN, settings_for
from tests.deadline import DEADLINE
from tests.sandbox.waiting import until


class Post:
    """Telegram's part of getUpdates: keeps every update until a later one is asked for."""

    def __init__(self) -> None:
        self.telegram = Flaky(updates=self.since)
        self.kept: list[int] = []

    def since(self, offset: int) -> list[dict[str, int]]:
        self.kept = [number for number in self.kept if number >= offset]
        return [{"update_id": number} for number in self.kept[:100]]


def a_bot(telegram: Flaky) -> ExtBot[bool]:
    return make_bot(settings_for(telegram.address))


@asynccontextmanager
async def receiving(post: Post) -> AsyncIterator[Inbox]:
    """An inbox at work; in the end it confirms what was settled."""
    async with post.telegram.served(), a_bot(post.telegram) as bot:
        inbox = Inbox(bot, asyncio.Event(), pause=0.01)
        async with asyncio.TaskGroup() as tasks:
            run = tasks.create_task(inbox.run())
            yield inbox
            run.cancel()
        await inbox.confirm()


async def receive(inbox: Inbox, count: int) -> list[Update]:
    async with asyncio.timeout(DEADLINE):
        return [await inbox.updates.get() for _ in range(count)]


async def test_what_was_not_handled_comes_again_and_what_was_does_not() -> None:
    post = Post()
    post.kept = [7, 8]
    async with receiving(post) as inbox:
        first, _ = await receive(inbox, 2)
        inbox.settle(first)
    assert post.kept == [8]
    async with receiving(post) as inbox:
        (again,) = await receive(inbox, 1)
        assert again.update_id == 8
        inbox.settle(again)
    assert post.kept == []


async def test_what_takes_long_delays_nothing_and_is_given_out_once() -> None:
    post = Post()
    post.kept = [7]
    async with receiving(post) as inbox:
        await receive(inbox, 1)
        post.kept.append(8)
        assert [update.update_id for update in await receive(inbox, 1)] == [8]
        await until(lambda: len(post.telegram.fields("getUpdates")) > 3, DEADLINE)
        assert inbox.updates.empty()
    assert post.kept == [7, 8]


async def test_more_than_telegram_shows_at_once_is_received_all_the_same(
    caplog: pytest.LogCaptureFixture,
) -> None:
    post = Post()
    post.kept = list(range(1, 131))
    async with receiving(post) as inbox:
        assert [update.update_id for update in await receive(inbox, 130)] == list(range(1, 131))
    assert "so much waits" in caplog.text


async def test_an_outage_is_waited_out(caplog: pytest.LogCaptureFixture) -> None:
    post = Post()
    post.kept = [7]
    post.telegram.next("deleteWebhook", refusal(502, "Bad Gateway"))
    post.telegram.next("getUpdates", refusal(429, "Too Many Requests", retry_after=1), refusal(500, "Oops"))
    async with receiving(post) as inbox:
        assert len(await receive(inbox, 1)) == 1
    assert caplog.text.count("sends no updates at the moment") == 2
    assert TOKEN not in caplog.text


async def test_a_webhook_of_earlier_is_removed_before_anything_is_asked() -> None:
    post = Post()
    post.kept = [7]
    async with receiving(post) as inbox:
        await receive(inbox, 1)
    assert [asked.method for asked in post.telegram.asked[1:3]] == ["deleteWebhook", "getUpdates"]


async def test_a_revoked_token_ends_it() -> None:
    post = Post()
    post.telegram.next("getUpdates", refusal(401, "Unauthorized"))
    async with post.telegram.served(), a_bot(post.telegram) as bot, asyncio.timeout(DEADLINE):
        await Inbox(bot, asyncio.Event()).run()


async def test_at_the_end_a_server_that_answers_nothing_is_not_waited_for() -> None:
    post = Post()
    async with asyncio.timeout(DEADLINE), receiving(post) as inbox:
        await until(lambda: bool(post.telegram.fields("getUpdates")), DEADLINE)
        inbox.settle(Update(1))
        post.telegram.gate.clear()
