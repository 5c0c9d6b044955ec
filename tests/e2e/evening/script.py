"""The script of the evening: what happens on stage, in order, and what is kept of it for the critics."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from tests.e2e.evening.crowd import Crowd, Json
from tests.e2e.evening.ears import Heard, listening
from tests.e2e.evening.house import House

TITLE = "The first evening"
SCHEDULE = f"/schedule {TITLE} #demo | in 15 seconds | 10m"
REST = 1.0
"""Seconds of silence between two people."""


@dataclass(slots=True)
class Spoken:
    """An utterance: who, which file, and the wall clock in seconds at which its first packet was sent."""

    name: str
    path: Path
    began: float
    is_alone: bool


@dataclass(slots=True)
class Evening:
    """What is left of the evening."""

    seen: dict[str, bool] = field(default_factory=dict)
    spoken: list[Spoken] = field(default_factory=list)
    streams: dict[str, Heard] = field(default_factory=dict)
    recording: bytes = b""


class Play:
    """Plays the evening on a house that is up."""

    def __init__(self, house: House, session: aiohttp.ClientSession) -> None:
        state = house.state
        self._session = session
        self._crowd = Crowd(session, state["console"])
        self._console: str = state["console"]
        self._web: str = state["web"]
        self._group: int = state["chats"]["careers"]
        self._ada: int = state["people"]["ada"]
        self._bruno: int = state["people"]["bruno"]
        self._chiara: int = state["people"]["chiara"]
        self.evening = Evening()

    async def perform(self) -> Evening:
        """From the schedule command to the replay; raises what goes wrong on the way."""
        card = await self._schedule()
        link = _listen_link(card)
        await self._see("the page of the link is served", self._page_shows(link, TITLE))
        await self._on_card("opening or live", card, "live", "opening")
        async with AsyncExitStack() as stack:
            for form in ("ogg", "webm"):
                hearing = listening(self._session, f"{link}/stream.{form}")
                self.evening.streams[form] = await stack.enter_async_context(hearing)
            await self._on_card("live", card, "live")
            await self._speak()
        await self._close(card)
        return self.evening

    async def _schedule(self) -> Json:
        await self._crowd.write(self._ada, self._group, SCHEDULE)
        echo = await self._message("the bot asks for confirmation", lambda one: "Confirm" in _buttons(one))
        await self._crowd.tap(self._ada, echo, "Confirm")
        return await self._message("the talk is announced", lambda one: "Listen" in _buttons(one) + one["text"])

    async def _speak(self) -> None:
        voices = await self._crowd.voices()
        bruno = [voice for voice in voices if voice["person"] == self._bruno]
        chiara = [voice for voice in voices if voice["person"] == self._chiara]
        for person, voice in ((self._bruno, bruno[0]), (self._chiara, chiara[0])):
            await self._say(person, voice, is_alone=True)
            await asyncio.sleep(REST)
        async with asyncio.TaskGroup() as together:
            together.create_task(self._say(self._bruno, bruno[1], is_alone=False))
            together.create_task(self._say(self._chiara, chiara[1], is_alone=False))
        await asyncio.sleep(REST)
