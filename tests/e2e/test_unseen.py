"""What hosts, bot and pages show is the same, byte by byte and instant by instant, with 0 and 1 listeners.

Everything is real but the call, the clock and the pictures: the bot on the sandbox's Bot API, the gallery on
its port, and a listener who opens the page, hears the talk, feels something, and goes.
"""

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta

import aiohttp
import pytest

from app import catalogues
from app.mint import TicketMint
from rooms.airwaves import MemoryAirwaves
from rooms.audience import CROWD_STEPS
from rooms.listening import Gallery
from rooms.measuring import Measuring
from rooms.murmuring import Murmuring
from rooms.ports import Packet
from rooms.questioning import Questioning
from rooms.room import Room
from rooms.stage import Stage
from rooms.ticketing import Ticketing
from sandbox.world.changes import Change
from tests.bot.forum import PUBLIC_URL, Forum
from tests.bot.stage import live
from tests.deadline import DEADLINE
from tests.fakes.clock import settle
from tests.fakes.tickets import FakeVouching
from tests.web.house import opus
from web.server import Backstage, WebServer, WebSettings

OURS = ("app", "bot", "rooms", "storage", "voice", "web")
STEP = timedelta(seconds=10)
CALM, CALM_ROUNDS = 0.1, 4
"""Seconds in which nothing happens, so often in a row: after that nothing will before time passes."""

Seen = list[tuple[float, str, str]]


class Evening:
    """A talk from its announcement to its statistics, and all that anybody in the group can see of it."""

    def __init__(self, caplog: pytest.LogCaptureFixture) -> None:
        self.forum = Forum()
        self.airwaves = MemoryAirwaves()
        self.caplog = caplog
        self.seen: Seen = []
        self.at = 0
        self.room: Room | None = None
        store, stages, clock = self.forum.store, self.forum.stages, self.forum.clock
        gallery = Gallery(store, self.airwaves, stages)
        murmuring = Murmuring(stages, clock)
        desk = Ticketing(store, clock, TicketMint(), FakeVouching())
        questioning, receipts = Questioning(store, clock), self.forum.cases.receipts
        backstage = Backstage(gallery, desk, questioning, murmuring, receipts)
        settings = WebSettings("127.0.0.1", 0, PUBLIC_URL, 100)
        self.server = WebServer(settings, backstage, clock, catalogues.load(catalogues.WEB_TEXTS))
        measuring = Measuring(store, clock, stages)
        self.activities = (self.server.run, questioning.run, murmuring.run, measuring.run)
        self.forum.world.society.watch(self._notice)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.address[1]}"

    @property
    def page(self) -> str:
        assert self.room is not None
        return f"{self.url}/l/{self.room.listen_key}"

    async def pass_time(self, steps: int) -> None:
        """Step by step; sound goes out, and whoever has something to say has said it before time goes on."""
        for _ in range(steps):
            assert self.room is not None
            for packet in opus(440, 0.1):
                self.airwaves.publish(self.room.id, Packet(self.at, packet, 30))
                self.at += 960
            await self.forum.clock.advance(STEP)
            await self.quiet()

    async def quiet(self) -> None:
        """Until nothing more is seen, for a while, and no letter waits."""
        async with asyncio.timeout(DEADLINE):
            calm = 0
            while calm < CALM_ROUNDS:
                number = len(self.seen)
                await asyncio.sleep(CALM)
                await settle()
                calm = calm + 1 if number == len(self.seen) and not self._due() else 0

    def _due(self) -> bool:
        now = self.forum.clock.now()
        return any(letter.due_at <= now for letter in self.forum.store.records.outbox.rows)

    async def look(self, session: aiohttp.ClientSession) -> None:
        """What a page, the health check and the statistics say now."""
        for path in ("/health", f"/l/{self.room.listen_key}" if self.room else "/", "/privacy"):
            async with session.get(self.url + path) as answer:
                self.note(path, await answer.text())
        stats = await self.forum.ask(self.forum.ada, "/stats")
        self.note("/stats", stats.text)

    def note(self, where: str, what: str) -> None:
        now = self.forum.clock.now().timestamp()
        self.seen.append((now, self._plain(where), self._plain(what)))

    async def follow(self, answer: aiohttp.ClientResponse) -> None:
        """A page that is open all the time, without its sound."""
        while event := await answer.content.readuntil(b"\n\n"):
            if event.strip(b"\n") != b":":
                soon = event.decode().replace('"replay":"there"', '"replay":"due"')  # so fast is it made here
                self.note("events", soon)

    def logs(self) -> list[tuple[str, str]]:
        ours = [one for one in self.caplog.records if one.name.split(".")[0] in OURS]
        return [(one.name, self._plain(one.getMessage())) for one in ours]

    def record(self) -> str:
        return self._plain(repr(self.forum.store.records.tables))

    def _notice(self, change: Change) -> None:
        self.note("telegram", repr(change))

    def _plain(self, text: str) -> str:
        """Without what is drawn by lot for each evening."""
        for room in self.forum.store.records.rooms.rows.values():
            text = text.replace(room.listen_key, "KEY")
        for group in self.forum.store.records.groups.rows.values():
            text = text.replace(group.programme_key, "PROGRAMME")
        text = re.sub(r"(query|file_id|unique_id)='[\w-]+'", r"\1", text)
        text = re.sub(r'name="ballot" value="[^"]+"', "BALLOT", text)
        return re.sub(r"127\.0\.0\.1:\d+", "HERE", text)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[aiohttp.ClientSession]:
        """The talk is live, and somebody speaks; one page is open, and is not listening."""
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self.forum.open())
            talk = await stack.enter_async_context(live(self.forum))
            self.room = talk.on_record
            session = await stack.enter_async_context(aiohttp.ClientSession())
            running = await stack.enter_async_context(asyncio.TaskGroup())
            tasks = [running.create_task(activity()) for activity in self.activities]
            await self.server.is_up.wait()
            events = await stack.enter_async_context(session.get(f"{self.page}/events"))
            tasks.append(running.create_task(self.follow(events)))
            people = (talk.standing("ada", may_speak=True, is_speaking=True, is_muted=False),)
            self.forum.calls.move(self.room.id, Stage(people))
            await self.quiet()
            yield session
            for task in reversed(tasks):
                task.cancel()


@asynccontextmanager
async def listening(evening: Evening, number: int) -> AsyncIterator[None]:
    """So many people listen: each opens the page, follows its events, hears it, and feels something."""
    async with aiohttp.ClientSession() as session, AsyncExitStack() as open_ones:
        for person in range(number):
            async with session.get(evening.page):
                pass
            for name in ("events", "stream.webm"):
                answer = await open_ones.enter_async_context(session.get(f"{evening.page}/{name}"))
                await answer.content.readany()
            felt = {"reaction": "applause", "ballot": f"{person:020}"}
            headers = {"Sec-Fetch-Site": "same-origin"}
            async with session.post(f"{evening.page}/reactions", json=felt, headers=headers) as answer:
                assert answer.status == 204
        yield


async def attended_by(
    number: int, caplog: pytest.LogCaptureFixture
) -> tuple[Seen, list[tuple[str, str]], str]:
    """All that is seen of an evening, all that is logged, and all that is on record after it."""
    caplog.clear()
    caplog.set_level(logging.INFO)
    evening = Evening(caplog)
    async with evening.begin() as session:
        await evening.pass_time(2)
        async with listening(evening, number):
            await evening.pass_time(7)
            await evening.look(session)
        await evening.pass_time(6)
        await evening.forum.ask(evening.forum.ada, "/close")
        await evening.pass_time(2)
        await evening.look(session)
        return sorted(_told_last(evening.seen)), evening.logs(), evening.record()


def _told_last(seen: Seen) -> Seen:
    """Without what a page was told in an instant before something newer.

    Whether fast changes are told as one or as two is up to the clock on the wall, not to who is there.
    """
    last = {}
    for at, where, what in seen:
        kind = what.partition("\n")[0] if where == "events" else what
        last[at, where, kind] = what
    return [(at, where, what) for (at, where, _), what in last.items()]


async def test_with_one_listener_everything_is_as_with_none(caplog: pytest.LogCaptureFixture) -> None:
    nobody, somebody = [await attended_by(number, caplog) for number in (0, 1)]
    for without, with_one in zip(nobody, somebody, strict=True):
        assert with_one == without


async def test_many_are_told_in_a_step_so_that_the_comparison_is_one_of_something(
    caplog: pytest.LogCaptureFixture,
) -> None:
    seen, _, _ = await attended_by(CROWD_STEPS[0] + CROWD_STEPS[0] // 2, caplog)
    told = "\n".join(what for _, _, what in seen)
    assert "gallery open, more than 10 there" in told
    assert '"crowd":10' in told
    assert '"reactions":{"applause":10}' in told
