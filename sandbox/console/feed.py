"""The feed: the world as somebody sees it, sent to a browser again after each change (server-sent events)."""

import asyncio
import json
from collections import deque
from collections.abc import Iterable
from contextlib import suppress

from aiohttp import web

from sandbox.console.access import Access
from sandbox.console.fields import asked
from sandbox.console.views import Json, Views
from sandbox.world.changes import ButtonAnswered, ButtonPressed, Change, ChatActed
from sandbox.world.entities import Person
from sandbox.world.world import World

AT_MOST_EVERY = 0.1
"""Seconds between two snapshots."""

LISTEN_EVERY = 0.2
"""Seconds between two looks at who speaks."""

BREATHE_EVERY = 15.0
"""Seconds after which something is sent for its own sake: it shows whether the other end is still there."""

MOST_ANSWERS = 100
"""The newest answers of the bot that wait for a slow browser."""


class Feed:
    """Serves snapshots and streams of them."""

    def __init__(self, world: World, access: Access, views: Views) -> None:
        self._world = world
        self._access = access
        self._views = views

    def routes(self) -> Iterable[web.RouteDef]:
        """GET /api/world, /api/people and /api/events."""
        yield web.get("/api/world", self.world)
        yield web.get("/api/people", self.people)
        yield web.get("/api/events", self.events, allow_head=False)

    async def world(self, request: web.Request) -> web.Response:
        """The world as the person `as` sees it now."""
        person = self._access.person(asked(request).whole("as"))
        return web.json_response(self._views.world(person))

    async def people(self, request: web.Request) -> web.Response:  # noqa: ARG002
        """Those whom a newcomer may be."""
        return web.json_response({"people": self._views.personas()})

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Snapshots as events `world`, the bot's answers to the person's presses as events `answer`.

        While somebody speaks, events `levels` say how loud: from 0 to 1, by chat and person.
        """
        person = self._access.person(asked(request).whole("as"))
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        watch = _Watch(person.id)
        end = self._world.society.watch(watch.told)
        try:
            await self._stream(person, watch, response)
        except ConnectionResetError:
            pass
        finally:
            end()
        return response

    async def _stream(self, person: Person, watch: "_Watch", response: web.StreamResponse) -> None:
        clock = asyncio.get_running_loop().time
        written, heard = clock(), self._views.audible(person)
        while True:
            events = watch.answers()
            audible = self._views.audible(person)
            if watch.take_news() or audible != heard:
                events.append(_event("world", self._views.world(person)))
            elif clock() - written > BREATHE_EVERY:
                events.append(b":\n\n")
            if levels := self._views.levels(person):
                events.append(_event("levels", levels))
            if events:
                await response.write(b"".join(events))
                written, heard = clock(), audible
            await asyncio.sleep(AT_MOST_EVERY)
            await watch.wait(LISTEN_EVERY - AT_MOST_EVERY)


class _Watch:
    """What a stream has not sent yet."""

    def __init__(self, person: int) -> None:
        self._person = person
        self._has_news = True
        self._answers: deque[bytes] = deque(maxlen=MOST_ANSWERS)
        self._rung = asyncio.Event()

    def told(self, change: Change) -> None:
        """Something changed in the world."""
        match change:
            case ButtonAnswered(person=self._person):
                self._answers.append(_event("answer", _answer(change)))
            case ButtonAnswered() | ButtonPressed() | ChatActed():
                return
            case _:
                self._has_news = True
        self._rung.set()

    def take_news(self) -> bool:
        """Whether the world changed since this was asked."""
        has_news, self._has_news = self._has_news, False
        self._rung.clear()
        return has_news

    def answers(self) -> list[bytes]:
        """The answers that came since this was asked, as events."""
        taken = list(self._answers)
        self._answers.clear()
        return taken

    async def wait(self, seconds: float) -> None:
        """Wait for something to send, so long at most."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._rung.wait()


def _answer(change: ButtonAnswered) -> Json:
    return {"query": change.query, "text": change.text, "is_alert": change.is_alert, "url": change.url}


def _event(name: str, content: Json) -> bytes:
    return f"event: {name}\ndata: {json.dumps(content)}\n\n".encode()
