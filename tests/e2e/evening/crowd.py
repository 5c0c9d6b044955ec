"""The crowd: people of the sandbox who write, tap and speak through its console."""

import asyncio
from collections.abc import Callable
from typing import Any

import aiohttp

Json = dict[str, Any]
PATIENCE = 90.0
"""Seconds within which whatever is waited for must happen, on a machine that has much else to do."""


class MayNotSpeak(Exception):
    """Somebody is a listener in the call, and nobody would hear them."""


class Crowd:
    """Acts as any person of the sandbox; `console` is the console's address."""

    def __init__(self, session: aiohttp.ClientSession, console: str) -> None:
        self._session = session
        self._console = console.rstrip("/")
        self._api = f"{self._console}/api"

    async def write(self, person: int, chat: int, text: str) -> None:
        """Send a message as a person."""
        await self._post("messages", {"as": person, "chat": chat, "text": text})

    async def tap(self, person: int, message: Json, label: str) -> Json:
        """Press the button of a message whose label contains the words; gives the bot's answer."""
        data = next(one["callback_data"] for one in buttons(message) if label in one["text"])
        press = {"as": person, "chat": message["chat"], "message": message["id"], "data": data}
        return await self._post("presses", press)

    async def announce(self, person: int, chat: int, command: str) -> Json:
        """Schedule a talk as a person and confirm it; gives its card."""
        before = {one["id"] for one in (await self.chat(person, chat))["messages"]}
        await self.write(person, chat, command)
        echo = await self.see(person, chat, lambda one: one["id"] not in before and _has(one, "Confirm"))
        await self.tap(person, echo, "Confirm")
        return await self.see(person, chat, lambda one: one["id"] not in before and bool(links(one)))

    async def follow(self, person: int, url: str) -> None:
        """Follow a link into the private chat with the bot (`t.me/<bot>?start=<payload>`)."""
        await self._post("start", {"as": person, "payload": url.partition("?start=")[2]})

    async def open_app(self, person: int, message: Json) -> str:
        """Press the button of a message that opens a page; gives its address, which says who opens it."""
        url = next(one["web_app"]["url"] for one in buttons(message) if "web_app" in one)
        opened = {"as": person, "chat": message["chat"], "message": message["id"], "url": url}
        return str((await self._post("apps", opened))["url"])

    async def take_the_floor(self, person: int, host: int, chat: int) -> None:
        """Raise a person's hand in the chat; the host lets them speak by a tap on the board."""
        name = (await self.world(person))["me"]["name"].split()[0]
        await self.write(person, chat, "/hand")
        board = await self.see(host, chat, lambda one: _has(one, f"Let {name} speak"))
        await self.tap(host, board, f"Let {name} speak")

    async def say(self, person: int, chat: int, utterance: str) -> Json:
        """Let a person speak in the chat's call, as soon as they may; gives what was said and when."""
        words = {"as": person, "chat": chat, "utterance": utterance}
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    return await self._post("speak", words)
                except MayNotSpeak:
                    await asyncio.sleep(0.1)

    async def raise_hand(self, person: int, chat: int) -> None:
        """Raise a person's hand in the chat's call, in which they are a listener."""
        await self._post("call/hand", {"as": person, "chat": chat, "is_up": True})

    async def leave_call(self, person: int, chat: int) -> None:
        """Let a person leave the chat's call."""
        await self._post("call/leave", {"as": person, "chat": chat})

    async def end_session(self, account: str, end: str) -> None:
        """Have Telegram let a relay account in no more, for this reason."""
        await self._post("accounts", {"account": account, "end": end})

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

    async def chat(self, person: int, chat: int) -> Json:
        """A chat as the person sees it."""
        world = await self.world(person)
        seen: Json = next(one for one in world["chats"] if one["id"] == chat)
        return seen

    async def until(self, person: int, chat: int, fits: Callable[[Json], bool]) -> Json:
        """Wait until the chat is as it should be; gives it."""
        async with asyncio.timeout(PATIENCE):
            while True:
                seen = await self.chat(person, chat)
                if fits(seen):
                    return seen
                await asyncio.sleep(0.1)

    async def see(self, person: int, chat: int, fits: Callable[[Json], bool]) -> Json:
        """Wait until the chat has a message that fits; gives the newest such."""
        seen = await self.until(person, chat, lambda one: any(map(fits, one["messages"])))
        newest = next(one for one in reversed(seen["messages"]) if fits(one))
        return {**newest, "chat": chat}

    async def fetch(self, path: str) -> bytes:
        """A file that a message carries, by the address that the message gives."""
        async with self._session.get(self._console + path) as answer:
            answer.raise_for_status()
            return await answer.read()

    async def _post(self, path: str, body: Json) -> Json:
        async with self._session.post(f"{self._api}/{path}", json=body) as answer:
            content: Json = await answer.json()
            if answer.status == 403 and "would not be heard" in content["error"]:
                raise MayNotSpeak
            if answer.status >= 400:
                raise RuntimeError(f"{path}: {content}")
        return content


def buttons(message: Json) -> list[Json]:
    """The buttons under a message."""
    return [button for row in message["keyboard"] or () for button in row]


def links(message: Json) -> list[str]:
    """The links under a message by which a room is listened to."""
    return [url for url in _urls(message) if "/l/" in url and not url.endswith(".ics")]


def calendars(message: Json) -> list[str]:
    """The links under a message to a talk as a file for calendars."""
    return [url for url in _urls(message) if url.endswith(".ics")]


def _urls(message: Json) -> list[str]:
    return [button.get("url") or "" for button in buttons(message)]


def _has(message: Json, label: str) -> bool:
    return any(label in button["text"] for button in buttons(message))
