"""The console's page in a real browser, over the demo's world and its voice server."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from playwright.async_api import Browser, Locator, Page

from sandbox.bot_api import BotApi
from sandbox.console import Console
from sandbox.world.changes import ButtonPressed, Change
from sandbox.world.entities import Chat, Media, Message, StoredFile
from sandbox.world.messages import Draft
from tests.deadline import DEADLINE
from tests.sandbox.party import TOKEN, Party, party

PHONE, DESK = (390, 844), (1280, 800)

LISTEN = """
    const connections = [], players = [];
    window.RTCPeerConnection = class extends RTCPeerConnection {
        constructor(...given) { super(...given); connections.push(this); }
    };
    window.Audio = class extends Audio {
        constructor() { super(); players.push(this); }
    };
    const hears = async () => {
        let energy = 0;
        for (const connection of connections) {
            (await connection.getStats()).forEach((one) => {
                if (one.type === "inbound-rtp") energy += one.totalAudioEnergy;
            });
        }
        const isPlaying = players.some((one) => one.srcObject && !one.muted && one.currentTime > 0);
        return isPlaying && energy > 0.0001;
    };
    window.untilHeard = async () => {
        while (!(await hears())) await new Promise((resolve) => setTimeout(resolve, 100));
    };
"""
"""Keeps what the page makes, so that `untilHeard()` can wait until sound came in and is played."""


class ChatPage:
    """Somebody's browser, and what others do in the same world."""

    def __init__(self, opened: Party, address: str, page: Page, bot_api: BotApi) -> None:
        self.party = opened
        self.bot_api = bot_api
        self.page = page
        self.troubles: list[str] = []
        self._address = address
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", lambda line: self.troubles.append(line.text) if line.type == "error" else None)

    async def open(self, key: str, size: tuple[int, int] = DESK) -> None:
        """Be one of the cast, in the careers group."""
        await self.visit(key, self.party.chat.id, size)
        await self.messages.filter(has_text="Welcome, everybody").wait_for()

    async def visit(self, key: str, chat: int, size: tuple[int, int] = DESK, place: str = "") -> None:
        """Be one of the cast in any chat; `place` is what more the address says, such as "&thread=5"."""
        await self.page.set_viewport_size({"width": size[0], "height": size[1]})
        await self.page.add_init_script(LISTEN)
        await self.page.goto(f"{self._address}/#as={self.party.person(key)}&chat={chat}{place}")

    @property
    def messages(self) -> Locator:
        return self.page.locator("#messages > [data-message]")

    @property
    def field(self) -> Locator:
        return self.page.get_by_role("combobox", name="Message", exact=True)

    @property
    def panel(self) -> Locator:
        return self.page.get_by_role("complementary", name="Voice chat")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    @property
    def about(self) -> Locator:
        return self.page.get_by_role("complementary", name="About this chat")

    def listed(self, title: str) -> Locator:
        """A chat in the list."""
        return self.page.get_by_role("navigation").get_by_role("button", name=title)

    def participant(self, name: str) -> Locator:
        return self.panel.get_by_role("listitem").filter(has=self.page.get_by_text(name, exact=True))

    async def bot_asks_telegram(self, method: str, **parameters: Any) -> Any:
        """The bot uses its Bot API."""
        address = f"{self._address}/bot{TOKEN}/{method}"
        answer = await self.page.request.post(address, data=parameters)
        assert answer.ok, await answer.text()
        return (await answer.json())["result"]

    async def sees(self, words: str) -> None:
        await self.page.get_by_text(words).last.wait_for()

    async def hears(self) -> None:
        """Wait until sound comes in and is played."""
        async with asyncio.timeout(DEADLINE):
            await self.page.evaluate("untilHeard()")

    async def become(self, name: str) -> None:
        await self.page.get_by_role("radio", name=name).check()

    def say(self, key: str, text: str, **draft: Any) -> Message:
        """Somebody else writes to the group."""
        return self._post(self.party.person(key), text, draft)

    def bot_says(self, text: str, keys: Sequence[dict[str, str]] = ()) -> Message:
        """The bot writes to the group, with buttons in one row."""
        return self._post(self.party.cast.bot, text, {"keyboard": [list(keys)] if keys else None})

    def bot_shows(self, content: bytes, size: tuple[int, int], **draft: Any) -> Message:
        """The bot sends a photo to the group."""
        media = self.photo(content, size)
        return self._post(self.party.cast.bot, draft.pop("text", ""), {"media": media, **draft})

    def photo(self, content: bytes, size: tuple[int, int]) -> Media:
        """A photo that is in the world, measuring what it is said to."""
        number = len(self.party.world.messages.files)
        file = StoredFile(f"AgAC{number}", f"u{number}", content, "cover.png", "image/png")
        self.party.world.messages.keep(file)
        return Media("photo", file, {"width": size[0], "height": size[1]})

    def bot_answers(self, answer: Callable[[ButtonPressed], dict[str, Any]]) -> None:
        """The bot answers presses; `answer` gives text, is_alert and url."""

        def pressed(change: Change) -> None:
            if isinstance(change, ButtonPressed):
                self.party.world.messages.answer(
                    change.query, **{"text": "", "is_alert": False, "url": "", **answer(change)}
                )

        self.party.world.society.watch(pressed)

    def newest(self, chat: Chat | None = None) -> Message:
        return list((chat or self.party.chat).messages.values())[-1]

    def _post(self, sender: int, text: str, draft: dict[str, Any]) -> Message:
        return self.party.world.messages.post(self.party.chat, sender, Draft(text, **draft))


@asynccontextmanager
async def chat_page(browser: Browser) -> AsyncIterator[ChatPage]:
    """The browser at a new console; nothing in it may have complained by the end."""
    async with party() as opened:
        bot_api = BotApi(opened.world)
        async with _served(opened, bot_api) as address:
            chat = ChatPage(opened, address, await browser.new_page(), bot_api)
            yield chat
            await chat.page.close()
            assert chat.troubles == []


@asynccontextmanager
async def _served(opened: Party, bot_api: BotApi) -> AsyncIterator[str]:
    console = Console(opened.world, opened.exchange, opened.voice, bot_api, opened.crowd)
    application = web.Application()
    application.add_routes(console.routes())
    application.add_routes(bot_api.routes())
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.05)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
