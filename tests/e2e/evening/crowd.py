"""The crowd: people of the sandbox who write, tap and speak through its console."""

import asyncio
from collections.abc import Callable
from typing import Any

import aiohttp

Json = dict[str, Any]
PATIENCE = 30.0
"""Seconds until something that was waited for must have happened."""


class Crowd:
    """Acts as any person of the sandbox; `console` is the console's address."""

    def __init__(self, session: aiohttp.ClientSession, console: str) -> None:
        self._session = session
        self._api = console.rstrip("/") + "/api"

    async def write(self, person: int, chat: int, text: str) -> None:
        """Send a message as a person."""
        await self._post("messages", {"as": person, "chat": chat, "text": text})

    async def tap(self, person: int, message: Json, label: str) -> Json:
        """Press the button of a message whose label contains the words; gives the bot's answer."""
        data = next(
            button["callback_data"] for row in message["keyboard"] for button in row if label in button["text"]
        )
        press = {"as": person, "chat": message["chat"], "message": message["id"], "data": data}
        return await self._post("presses", press)

    async def say(self, person: int, chat: int, utterance: str) -> Json:
        """Let a person speak in the chat's call; gives what was said and when it was sent."""
        return await self._post("speak", {"as": person, "chat": chat, "utterance": utterance})

    async def voices(self) -> list[Json]:
        """Everything that the people can say."""
        async with self._session.get(f"{self._api}/voices") as answer:
            voices: list[Json] = (await answer.json())["voices"]
        return voices

    async def world(self, person: int) -> Json:
        """Everything the person can see."""
        async with self._session.get(f"{self._api}/world", params={"as": str(person)}) as answer:
            answer.raise_for_status()
            world: Json = await answer.json()
        return world

    async def see(self, person: int, chat: int, fits: Callable[[Json], bool]) -> Json:
        """Wait until the chat has a message that fits; gives the newest such."""
        async with asyncio.timeout(PATIENCE):
            while True:
                world = await self.world(person)
                seen = next(one for one in world["chats"] if one["id"] == chat)
                for message in reversed(seen["messages"]):
                    if fits(message):
                        return {**message, "chat": chat}
                await asyncio.sleep(0.1)

    async def _post(self, path: str, body: Json) -> Json:
        async with self._session.post(f"{self._api}/{path}", json=body) as answer:
            content: Json = await answer.json()
            if answer.status >= 400:
                raise RuntimeError(f"{path}: {content}")
        return content
