"""Order within a chat, independence across chats."""

import asyncio
from datetime import UTC, datetime

import pytest
from telegram import Chat, Message, Update

from bot.turns import LONGEST, Turns
from tests.fakes.clock import settle

ADAS, BRUNOS = 1, 2


def an_update(chat: int, number: int) -> Update:
    return Update(number, message=Message(number, datetime.now(UTC), Chat(chat, "group")))


class Desk:
    """Handles updates when the chat's gate is open."""

    def __init__(self) -> None:
        self.handled: list[int] = []
        self.settled: set[int] = set()
        self.gates = {ADAS: asyncio.Event(), BRUNOS: asyncio.Event()}

    def settle(self, update: Update) -> None:
        self.settled.add(update.update_id)

    async def handle(self, update: Update) -> None:
        assert update.effective_chat is not None
        await self.gates[update.effective_chat.id].wait()
        self.handled.append(update.update_id)


async def test_a_chat_that_waits_delays_no_other_and_keeps_its_order() -> None:
    desk, updates = Desk(), asyncio.Queue[Update]()
    async with asyncio.TaskGroup() as group:
        task = group.create_task(Turns(desk.handle, desk.settle).run(updates))
        for number, chat in enumerate([ADAS, ADAS, BRUNOS, ADAS]):
            updates.put_nowait(an_update(chat, number))
        desk.gates[BRUNOS].set()
        await settle()
        assert desk.handled == [2]
        assert desk.settled == {2}
        desk.gates[ADAS].set()
        await settle()
        assert desk.handled == [2, 0, 1, 3]
        updates.put_nowait(an_update(ADAS, 4))
        await settle()
        assert desk.handled[-1] == 4
        task.cancel()


async def test_what_was_begun_is_finished_when_the_bot_stops() -> None:
    desk, updates = Desk(), asyncio.Queue[Update]()
    async with asyncio.TaskGroup() as group:
        task = group.create_task(Turns(desk.handle, desk.settle).run(updates))
        updates.put_nowait(an_update(ADAS, 0))
        await settle()
        task.cancel()
        await settle()
        desk.gates[ADAS].set()
    assert desk.handled == [0]


async def test_a_chat_that_writes_without_end_is_not_kept_without_end(
    caplog: pytest.LogCaptureFixture,
) -> None:
    desk, updates = Desk(), asyncio.Queue[Update]()
    async with asyncio.TaskGroup() as group:
        task = group.create_task(Turns(desk.handle, desk.settle).run(updates))
        updates.put_nowait(an_update(ADAS, 0))
        await settle()
        for number in range(1, LONGEST + 10):
            updates.put_nowait(an_update(ADAS, number))
        await settle(LONGEST + 50)
        desk.gates[ADAS].set()
        await settle(LONGEST + 50)
        task.cancel()
    assert desk.handled == list(range(LONGEST + 1))
    assert desk.settled == set(range(LONGEST + 10))
    assert "asks faster" in caplog.text
