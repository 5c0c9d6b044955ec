"""A forum to test the bot in: a real bot on the sandbox's Bot API over HTTP, and people who talk to it."""

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import web

from app import catalogues
from bot.application import Bot
from bot.settings import BotSettings
from bot.use_cases import use_cases
from bot.words import Languages
from rooms.evenings import Evenings
from rooms.group import Group
from rooms.ids import ChatId
from rooms.listening import Stages
from rooms.room import Room
from sandbox.bot_api import BotApi
from sandbox.world.changes import ButtonAnswered, Change
from sandbox.world.entities import Chat, Membership, Message, Person, Status
from sandbox.world.messages import Draft
from sandbox.world.world import World
from tests.bot.breakable import BreakableStore
from tests.bot.easel import Easel
from tests.deadline import DEADLINE
from tests.fakes.calls import FakeCalls
from tests.fakes.clock import FakeClock, settle
from tests.fakes.store import MemoryRecords
from tests.fakes.talks import TIMING
from tests.fakes.tapes import FakeTapes

TOKEN = "700000001:a-token-of-the-tests"
PUBLIC_URL = "https://talks.example"
CATALOGUES = catalogues.load(catalogues.BOT_TEXTS)
LANGUAGES = Languages(CATALOGUES)
ROME = ZoneInfo("Europe/Rome")

SOUNDS = Path(tempfile.gettempdir()) / "loggione-tests" / "sounds"
"""Where nothing is; tests that play sounds name a folder of their own."""

Fits = Callable[[Message], bool]


async def _run(activity: Callable[[], Awaitable[None]]) -> None:
    await activity()


class Forum:
    """A world with Ada (creator), Bruno (admin), Chiara and Daniele (members), the bot and a group."""

    def __init__(self, language: str = "en") -> None:
        self.clock = FakeClock()
        self.world = World(lambda: self.clock.now().replace(microsecond=0))
        self.api = BotApi(self.world)
        self.store = BreakableStore()
        self.easel = Easel()
        self.calls = FakeCalls()
        self.tapes = FakeTapes()
        self.stages = Stages()
        self.evenings = Evenings(self.store, self.calls, self.tapes, self.stages, self.clock)
        self.conducting = self.evenings.conducting
        self.cases = use_cases(self.store, self.clock, TIMING, self.evenings)
        self.planning = self.cases.planning
        self.language = language
        society = self.world.society
        self.bot = society.add(
            Person(700000001, "Loggione", username="loggione_bot", is_bot=True, token=TOKEN)
        ).id
        names = [("Ada", "en"), ("Bruno", "en"), ("Chiara", "en"), ("Daniele", "it")]
        self.ada, self.bruno, self.chiara, self.daniele = [
            society.add(Person(number, name, language_code=code)).id
            for number, (name, code) in enumerate(names, start=10_001)
        ]
        self.group = self.a_group("Careers Forum")
        self.sounds = Path("sounds")
        self._changed = asyncio.Event()
        self.answers: list[ButtonAnswered] = []
        society.watch(self._notice)

    def a_group(self, title: str, *, is_forum: bool = False, may_pin: bool = True) -> Chat:
        """A group with everybody in it."""
        society = self.world.society
        chat = society.create_group(title, self.ada, is_forum=is_forum)
        rights = frozenset({"can_pin_messages"} if may_pin else {"can_manage_topics"})
        chat.members |= {
            self.bruno: Membership(self.bruno, Status.ADMINISTRATOR, frozenset({"can_pin_messages"})),
            self.chiara: Membership(self.chiara),
            self.daniele: Membership(self.daniele),
            self.bot: Membership(self.bot, Status.ADMINISTRATOR, rights),
        }
        return chat

    def say(self, person: int, text: str, chat: Chat | None = None, **more: Any) -> Message:
        """A person writes in a chat, the group unless another is named."""
        return self.world.messages.post(chat or self.group, person, Draft(text, **more))

    def private(self, person: int) -> Chat:
        return self.world.society.private(person, self.bot)

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Talks go their way by the clock and by what happens in their calls, until the block ends."""
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(_run(activity)) for activity in self.evenings.activities.values()]
            await settle()
            yield
            for task in tasks:
                task.cancel()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something has become true in the world."""
        async with asyncio.timeout(DEADLINE):
            while not holds():
                self._changed.clear()
                await self._changed.wait()

    async def until_stored(self, holds: Callable[[MemoryRecords], bool]) -> None:
        """Wait until something has become true on record."""
        async with asyncio.timeout(DEADLINE):
            while not holds(self.store.records):
                await self.store.committed.next_ring().wait()

    async def heard(
        self, fits: Fits | str, chat: Chat | None = None, after: Message | None = None
    ) -> Message:
        """The newest message of the bot's that fits, or holds the words; as soon as there is one."""
        found: list[Message] = []

        def look() -> bool:
            found[:] = [
                message
                for message in (chat or self.group).messages.values()
                if message.sender == self.bot
                and message.service is None
                and message.id > (after.id if after else 0)
                and (fits in message.text if isinstance(fits, str) else fits(message))
            ]
            return bool(found)

        await self.until(look)
        return found[-1]

    async def reply_to(self, said: Message) -> Message:
        """The bot's answer to a message."""
        chat = self.world.society.chats[said.chat]
        return await self.heard(lambda message: message.reply_to == said.id, chat, after=said)

    async def ask(self, person: int, text: str, chat: Chat | None = None, **more: Any) -> Message:
        """A person writes, and the bot answers."""
        return await self.reply_to(self.say(person, text, chat, **more))

    async def tap(self, person: int, message: Message, label: str) -> ButtonAnswered:
        """A person presses the button with this label."""
        return await self.press(person, message, data_of(message, label))

    async def press(self, person: int, message: Message, data: str) -> ButtonAnswered:
        """A person presses a button with this data, be there one or not."""
        query = self.world.messages.press(message, person, data)
        await self.until(lambda: any(answer.query == query for answer in self.answers))
        return next(answer for answer in self.answers if answer.query == query)

    async def schedule(self, words: str = "Careers after 40 | tomorrow 18:30 | 45m") -> Room:
        """Ada schedules a talk and confirms it; gives the room once it is announced."""
        echo = await self.ask(self.ada, f"/schedule {words}")
        await self.tap(self.ada, echo, "Confirm")
        await self.heard(has_link, after=echo)
        await self.until(lambda: self.card_of(self.rooms()[-1]) is not None)
        return self.rooms()[-1]

    def menus(self) -> dict[tuple[str, str], list[dict[str, Any]]]:
        """The commands that Telegram was told, by scope and language."""
        bot = self.world.society.people[self.bot]
        return {
            (str(json.loads(scope)["type"]), language): commands
            for (scope, language), commands in self.api.commands_of(bot).items()
        }

    def customs(self, chat: Chat | None = None) -> Group:
        """What is on record of the group, or of another one."""
        return self.store.records.groups.rows[ChatId((chat or self.group).id)]

    def rooms(self) -> list[Room]:
        return list(self.store.records.rooms.rows.values())

    def card_of(self, room: Room, chat: Chat | None = None) -> Message | None:
        """The talk's card in its chat or another, if it stands there."""
        shown = self.store.records.cards.rows.get((room.id, ChatId(chat.id) if chat else room.plan.chat))
        return self.world.society.chats[shown.chat].messages[shown.message] if shown else None

    def card(self, room: Room) -> Message:
        card = self.card_of(room)
        assert card is not None
        return card

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """The bot is at work until the block ends."""
        with TemporaryDirectory() as folder:
            self.sounds = Path(folder) / "sounds"
            async with served(self.api) as self.address, self.awake():
                yield

    @asynccontextmanager
    async def awake(self) -> AsyncIterator[Bot]:
        async with asyncio.TaskGroup() as group:
            bot = self.a_bot(self.address)
            self._at_work = group.create_task(bot.run(self.easel))
            async with asyncio.timeout(DEADLINE):
                await bot.is_up.wait()
            yield bot
            self.put_to_sleep()

    def put_to_sleep(self) -> None:
        """The bot ends its work at once; `awake` starts another one."""
        self._at_work.cancel()

    def a_bot(self, address: str, token: str = TOKEN) -> Bot:
        settings = replace(settings_for(address, token, self.language), sounds=self.sounds)
        return Bot(settings, self.cases, self.store, self.clock, CATALOGUES)

    def _notice(self, change: Change) -> None:
        if isinstance(change, ButtonAnswered):
            self.answers.append(change)
        self._changed.set()


def settings_for(address: str, token: str = TOKEN, language: str = "en") -> BotSettings:
    """The settings of a bot on the Bot API at this address."""
    return BotSettings(token, f"{address}/bot", f"{address}/file/bot", PUBLIC_URL, ROME, language, SOUNDS)


@asynccontextmanager
async def served(api: BotApi) -> AsyncIterator[str]:
    """The sandbox's Bot API on a port of this machine; gives its address."""
    application = web.Application()
    application.add_routes(api.routes())
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        api.close()
        await runner.cleanup()


def buttons(message: Message) -> list[dict[str, Any]]:
    return [button for row in message.keyboard or [] for button in row]


def labels(message: Message) -> list[str]:
    return [button["text"] for button in buttons(message)]


def data_of(message: Message, label: str) -> str:
    return next(str(button["callback_data"]) for button in buttons(message) if label in button["text"])


def has_link(message: Message) -> bool:
    return any("/l/" in button.get("url", "") for button in buttons(message))
