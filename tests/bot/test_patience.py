"""Patience with flood limits."""

import asyncio
from typing import Any

import pytest
from telegram.error import RetryAfter

from bot.patience import AT_ONCE, PER_SECOND, TRAVEL, Patience
from tests.fakes.clock import settle
from tests.fakes.leaping import leaping


class Telegram:
    """Refuses so many requests before it lets one through."""

    def __init__(self, *floods: int) -> None:
        self.floods = list(floods)
        self.requests = 0

    async def ask(self, **_: Any) -> bool:
        self.requests += 1
        if self.floods:
            raise RetryAfter(self.floods.pop(0))
        return True


async def ask(
    patience: Patience, telegram: Telegram, limit: bool | None = None, method: str = "sendMessage"
) -> object:
    return await patience.process_request(telegram.ask, (), {}, method, {"chat_id": 1}, limit)


class Slow(Telegram):
    """Answers when it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.answers = asyncio.Event()

    async def ask(self, **_: Any) -> bool:
        self.requests += 1
        await self.answers.wait()
        return True


async def test_a_flooded_request_is_made_again_after_the_pause() -> None:
    telegram = Telegram(0, 0)
    assert await ask(Patience(), telegram) is True
    assert telegram.requests == 3


async def test_it_does_not_wait_longer_than_its_patience_lasts() -> None:
    telegram = Telegram(31)
    with pytest.raises(RetryAfter):
        await ask(Patience(), telegram)
    assert telegram.requests == 1


async def test_whoever_can_come_back_later_is_told_at_once() -> None:
    with pytest.raises(RetryAfter):
        await ask(Patience(), Telegram(1), AT_ONCE)


async def test_one_who_waits_delays_nobody_else() -> None:
    patience, flooded = Patience(), Telegram(20)
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(ask(patience, flooded))
        await settle()
        assert flooded.requests == 1
        assert await ask(patience, Telegram()) is True
        assert not waiting.done()
        waiting.cancel()


@pytest.mark.parametrize("method", ["sendMessage", "sendPhoto", "sendAudio"])
async def test_no_more_messages_leave_at_once_than_a_bot_may_send_in_a_second(method: str) -> None:
    patience, telegram = Patience(), Slow()
    async with asyncio.TaskGroup() as group:
        asked = [group.create_task(ask(patience, telegram, method=method)) for _ in range(PER_SECOND + 5)]
        await settle()
        assert telegram.requests == PER_SECOND
        telegram.answers.set()
        await settle()
        assert telegram.requests == PER_SECOND, "those that were just answered still count"
        for task in asked:
            task.cancel()


def test_the_next_ones_leave_when_a_second_has_gone_by() -> None:
    async def story() -> None:
        patience, telegram, began = Patience(), Telegram(), asyncio.get_running_loop().time()
        for _ in range(3 * PER_SECOND):
            await ask(patience, telegram)
        assert asyncio.get_running_loop().time() - began == pytest.approx(2.0)

    leaping(story())


@pytest.mark.parametrize(
    "method", ["editMessageCaption", "answerCallbackQuery", "pinChatMessage", "getChatMember"]
)
async def test_what_is_no_message_waits_for_no_pace(method: str) -> None:
    patience, telegram = Patience(), Telegram()
    for _ in range(PER_SECOND):
        await ask(patience, telegram)
    assert await ask(patience, telegram, method=method) is True
    assert telegram.requests == PER_SECOND + 1


def test_a_message_that_takes_long_does_not_keep_its_place_for_ever() -> None:
    async def story() -> None:
        patience, telegram = Patience(), Slow()
        async with asyncio.TaskGroup() as group:
            for _ in range(2 * PER_SECOND):
                group.create_task(ask(patience, telegram))
            await asyncio.sleep(1 + TRAVEL - 0.1)
            assert telegram.requests == PER_SECOND
            await asyncio.sleep(0.2)
            assert telegram.requests == 2 * PER_SECOND
            telegram.answers.set()

    leaping(story())
