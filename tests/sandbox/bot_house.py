"""A small world with a bot, its Bot API on a real socket, and the plainest client there can be."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp
from aiohttp import web

from sandbox.bot_api import BotApi
from sandbox.world.entities import Chat, Membership, Message, Person, Status
from sandbox.world.messages import Draft
from sandbox.world.world import World

TOKEN = "700000001:a-token-for-tests"
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)

BOT = Person(700000001, "Loggia", username="loggia_bot", is_bot=True, token=TOKEN)
ADA = Person(11, "Ada", "Rossi", "ada", "en")
BRUNO = Person(12, "Bruno", username="bruno")
CHIARA = Person(13, "Chiara", language_code="it")


@dataclass(frozen=True)
class Answer:
    """What came back: the HTTP status and the JSON."""

    status: int
    body: dict[str, Any]

    @property
    def complaint(self) -> tuple[int, str]:
        assert self.body["ok"] is False
        assert self.body["error_code"] == self.status
        return self.status, self.body["description"]


class House:
    """Ada made the group, Bruno is in it, Chiara has never met the bot; the bot is a plain member."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.world = World(lambda: NOON)
        for person in (BOT, ADA, BRUNO, CHIARA):
            self.world.society.add(person)
        self.api = BotApi(self.world)
        self.group = self.world.society.create_group("Careers", ADA.id)
        self.forum = self.world.society.create_group("Readers", ADA.id, is_forum=True)
        for chat in (self.group, self.forum):
            self.join(chat, BRUNO)
            chat.members[BOT.id] = Membership(BOT.id)
        self.session = session
        self.address = ""

    def join(self, chat: Chat, person: Person) -> None:
        chat.members[person.id] = Membership(person.id)

    def promote(self, chat: Chat, *rights: str) -> None:
        """Make the bot an admin."""
        chat.members[BOT.id] = Membership(BOT.id, Status.ADMINISTRATOR, frozenset(rights))

    def private(self, person: Person = ADA) -> Chat:
        return self.world.society.private(person.id, BOT.id)

    def say(self, person: Person, text: str, chat: Chat | None = None, **draft: Any) -> Message:
        return self.world.messages.post(chat or self.group, person.id, Draft(text, **draft))

    async def ask(self, method: str, parameters: dict[str, Any] | None = None, **request: Any) -> Answer:
        """One request, as JSON unless told otherwise."""
        if not request:
            request = {"json": parameters or {}}
        verb = request.pop("verb", "POST")
        url = f"{self.address}/bot{request.pop('token', TOKEN)}/{method}"
        async with self.session.request(verb, url, **request) as answer:
            return Answer(answer.status, await answer.json())

    async def call(self, method: str, **parameters: Any) -> Any:
        """What a method gives; it must work."""
        answer = await self.ask(method, parameters)
        assert answer.body["ok"], answer.body
        assert answer.status == 200
        return answer.body["result"]

    async def refusal(self, method: str, **parameters: Any) -> tuple[int, str]:
        """What a method complains of; it must."""
        return (await self.ask(method, parameters)).complaint

    async def updates(self) -> list[dict[str, Any]]:
        """All that is new, without the ids, confirmed at once."""
        found = await self.call("getUpdates")
        if found:
            await self.call("getUpdates", offset=found[-1]["update_id"] + 1, limit=1)
        return [{kind: one[kind] for kind in one if kind != "update_id"} for one in found]

    async def texts(self) -> list[str]:
        """The texts of the messages that came to the bot."""
        return [one["message"].get("text", "") for one in await self.updates() if "message" in one]


@asynccontextmanager
async def open_house() -> AsyncIterator[House]:
    """A house whose Bot API is open."""
    async with aiohttp.ClientSession() as session:
        house = House(session)
        application = web.Application()
        application.add_routes(house.api.routes())
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        house.address = "http://{}:{}".format(*runner.addresses[0][:2])
        try:
            yield house
        finally:
            house.api.close()
            await runner.cleanup()
