"""Patience with flood limits."""

import asyncio
from typing import Any

import pytest
from telegram.error import RetryAfter

from bot.patience import AT_ONCE, Patience
from tests.fakes.clock import settle


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


async def ask(patience: Patience, telegram: Telegram, limit: bool | None = None) -> object:
    return await patience.process_request(telegram.ask, (), {}, "sendMessage", {"chat_id": 1}, limit)


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
