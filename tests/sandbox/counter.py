"""The console behind a real little HTTP server, and a visitor who asks it for things."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from sandbox.bot_api import BotApi
from sandbox.console import Console
from sandbox.world.entities import Message
from sandbox.world.messages import Draft
from tests.sandbox.party import TOKEN, Party, party

Json = dict[str, Any]


@dataclass
class Counter:
    """A party with its console; `client` asks it as tools do."""

    party: Party
    client: TestClient[web.Request, web.Application]
    bot_api: BotApi

    async def get(self, path: str, **query: object) -> Json:
        """An answer that is none of refusal."""
        return await self._good(await self.client.get(path, params=_strings(query)))

    async def post(self, path: str, **fields: object) -> Json:
        """What is done, is done; `as_` is sent as `as`."""
        return await self._good(await self.client.post(path, json=_named(fields)))

    async def refused(self, path: str, **fields: object) -> tuple[int, str]:
        """The status and the sentence with which a deed is refused."""
        return await no(await self.client.post(path, json=_named(fields)))

    async def not_shown(self, path: str, **query: object) -> tuple[int, str]:
        """The status and the sentence with which a question is refused."""
        return await no(await self.client.get(path, params=_strings(query)))

    async def bot_asks_telegram(self, method: str, **parameters: object) -> Any:
        """What the bot gets by its Bot API."""
        answer = await self.client.post(f"/bot{TOKEN}/{method}", json=parameters)
        content: Json = await answer.json()
        assert content["ok"], content
        return content["result"]

    def says(self, key: str, text: str) -> Message:
        """Somebody has said something in the careers group."""
        return self.party.world.messages.post(self.party.chat, self.party.person(key), Draft(text))

    def asks(self, text: str, data: str) -> Message:
        """The bot has put a button under a message."""
        draft = Draft(text, keyboard=[[{"text": "Press me", "callback_data": data}]])
        return self.party.world.messages.post(self.party.chat, self.party.cast.bot, draft)

    async def chat(self, key: str, group: str = "careers") -> Json:
        """A group as somebody sees it."""
        world = await self.get("/api/world", as_=self.party.person(key))
        chat: Json = next(one for one in world["chats"] if one["id"] == self.party.cast.chats[group])
        return chat

    async def _good(self, answer: ClientResponse) -> Json:
        content: Json = await answer.json()
        assert answer.status == 200, content
        return content


@asynccontextmanager
async def counter() -> AsyncIterator[Counter]:
    async with party() as house:
        bot_api = BotApi(house.world)
        application = web.Application()
        console = Console(house.world, house.exchange, house.voice, bot_api, house.crowd)
        application.add_routes(console.routes())
        application.add_routes(bot_api.routes())
        async with TestClient(TestServer(application)) as client:
            yield Counter(house, client, bot_api)


async def no(answer: ClientResponse) -> tuple[int, str]:
    """A refusal: its status, which is one, and its sentence, which is all there is."""
    content = await answer.json()
    assert answer.status >= 400
    assert list(content) == ["error"]
    assert content["error"][-1] in ".?"
    return answer.status, content["error"]


def _named(fields: Mapping[str, object]) -> Json:
    return {name.rstrip("_"): value for name, value in fields.items()}


def _strings(query: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in _named(query).items()}
