"""The script of the evening: what happens on stage, in order, and what is kept of it for the critics."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

import aiohttp

from tests.e2e.evening.crowd import Crowd, Json, buttons, calendars, links
from tests.e2e.evening.ears import Heard, listening
from tests.e2e.evening.house import House

TITLE = "The first evening"
SCHEDULE = f"/schedule {TITLE} #demo | in 20 seconds | 10m"
REST = 1.5
"""Seconds of silence between two people."""

JINGLE = 4.0
"""Seconds until the jingle is over."""

BEFORE_THE_START = 5.0
"""Seconds of hold music that listeners must have been given, at least."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """An utterance: who said it, its Opus file, and the wall clock in seconds when its first packet left."""

    name: str
    opus: bytes
    began: float
    is_alone: bool


@dataclass(slots=True)
class Evening:
    """What is left of the evening: what was seen, said, heard over each stream, and recorded."""

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
        self._group: int = state["chats"]["careers"]
        self._ada: int = state["people"]["ada"]
        self._guests: tuple[int, int] = (state["people"]["bruno"], state["people"]["chiara"])
        self.evening = Evening()

    async def perform(self) -> Evening:
        """From the schedule command to the replay; raises what goes wrong on the way."""
        card = await self._schedule()
        await self._promise(card)
        (link,) = links(card)
        await self._visit(link)
        await self._chat(
            "the voice chat opens", lambda chat: bool(chat["call"] and chat["call"]["is_active"])
        )
        async with self._listeners(link):
            await asyncio.sleep(BEFORE_THE_START)
            await self._note("the talk starts at its time", "is on")
            await self._remembered()
            await asyncio.sleep(JINGLE)
            for guest in self._guests:
                await self._crowd.take_the_floor(guest, self._ada, self._group)
            self.evening.seen["who raised a hand is let speak from the stage board"] = True
            await self._speak()
        await self._close()
        return self.evening

    async def _schedule(self) -> Json:
        card = await self._crowd.announce(self._ada, self._group, SCHEDULE)
        self.evening.seen["the talk is announced once it was confirmed"] = TITLE in card["text"]
        await self._chat("the announcement is pinned", lambda chat: card["id"] in chat["pinned"])
        return card

    async def _promise(self, card: Json) -> None:
        """One guest says that he comes, the other asks to be reminded; both find it in their calendars."""
        coming, forgetful = self._guests
        seen = self.evening.seen
        seen["the announcement has a picture"] = (card["media"] or {}).get("kind") == "photo"
        await self._crowd.tap(coming, card, "I'm coming")
        await self._see("who comes is counted on the card", lambda one: _is_counted(one, card))
        led = await self._crowd.tap(forgetful, card, "Remind me")
        await self._crowd.follow(forgetful, led["url"])
        (calendar,) = calendars(card)
        async with self._session.get(calendar) as answer:
            event = await answer.text()
        seen["the talk is a file for calendars"] = f"SUMMARY:{TITLE}" in event and "BEGIN:VEVENT" in event

    async def _remembered(self) -> None:
        """Who asked for it is told in private that it begins."""
        forgetful = self._guests[1]
        await self._crowd.see(
            forgetful,
            forgetful,
            lambda one: one["is_bot"] and TITLE in one["text"] and "is on" in one["text"],
        )
        self.evening.seen["who asked for it is reminded in private"] = True

    async def _visit(self, link: str) -> None:
        async with self._session.get(link) as answer:
            page = await answer.text()
        self.evening.seen["the link opens a page about the talk"] = answer.status == 200 and TITLE in page
        self.evening.seen["the gallery sets no cookie"] = "Set-Cookie" not in answer.headers

    @asynccontextmanager
    async def _listeners(self, link: str) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for form in ("ogg", "webm"):
                hearing = listening(self._session, f"{link}/stream.{form}")
                self.evening.streams[form] = await stack.enter_async_context(hearing)
            yield

    async def _speak(self) -> None:
        voices = await self._crowd.voices()
        lines = {guest: [one for one in voices if one["person"] == guest] for guest in self._guests}
        for guest in self._guests:
            await self._say(guest, lines[guest][0], is_alone=True)
            await asyncio.sleep(REST)
        async with asyncio.TaskGroup() as together:
            for guest in self._guests:
                together.create_task(self._say(guest, lines[guest][1], is_alone=False))
        await asyncio.sleep(REST)

    async def _say(self, person: int, line: Json, *, is_alone: bool) -> None:
        said = await self._crowd.say(person, self._group, line["utterance"])
        opus = await self._crowd.fetch(line["url"])
        self.evening.spoken.append(Spoken(line["utterance"], opus, said["began"], is_alone))

    async def _close(self) -> None:
        await self._crowd.write(self._ada, self._group, "/close")
        replay = await self._see(
            "the recording is posted", lambda one: (one["media"] or {}).get("kind") == "audio"
        )
        self.evening.recording = await self._crowd.fetch(replay["media"]["url"])
        await self._chat("the voice chat is over", lambda chat: chat["call"] is None)

    async def _see(self, what: str, fits: Callable[[Json], bool]) -> Json:
        message = await self._crowd.see(self._ada, self._group, fits)
        self.evening.seen[what] = True
        return message

    async def _note(self, what: str, words: str) -> None:
        await self._see(what, lambda one: one["is_bot"] and words in one["text"])

    async def _chat(self, what: str, fits: Callable[[Json], bool]) -> None:
        await self._crowd.until(self._ada, self._group, fits)
        self.evening.seen[what] = True


def _is_counted(message: Json, card: Json) -> bool:
    return message["id"] == card["id"] and any("(1)" in button["text"] for button in buttons(message))
