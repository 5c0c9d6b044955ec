"""The canary hunt: whatever a listener brings along is nowhere afterwards, even after a sudden death.

Addresses, agents, referrers, cookies and names are planted at every door, through success and failure; the
program is killed, and aborted, while it streams. Then every file that it has or left behind is searched, in
whichever way something may have been written down: database and journal, logs, recordings, cores, a backup.
"""

import asyncio
import gzip
import resource
import secrets
import signal
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest

from app.machine import has_voice_interface
from tests.e2e.evening.crowd import links
from tests.e2e.hunt import found
from tests.e2e.theatre import PATIENCE, Theatre, open_theatre, until

MARK = secrets.token_hex(8)
ADDRESSES = ("127.77.66.55", "127.201.33.142")
FORWARDED = ("203.0.113.77", "2001:db8:c0ff:ee::7")

CANARIES = {
    "address": ADDRESSES[0],
    "other address": ADDRESSES[1],
    "forwarded": FORWARDED[0],
    "forwarded over IPv6": FORWARDED[1],
    **{
        name: f"canary-{name}-{MARK}"
        for name in ("agent", "referrer", "cookie", "query", "name", "path", "body")
    },
}

HEADERS = {
    "User-Agent": CANARIES["agent"],
    "Referer": f"https://{CANARIES['referrer']}.example/a-chat",
    "Cookie": f"session={CANARIES['cookie']}",
    "X-Forwarded-For": ", ".join(FORWARDED),
    "Forwarded": f'for="[{FORWARDED[1]}]"',
    "X-Real-IP": FORWARDED[0],
    "From": f"{CANARIES['name']}@listeners.example",
    "Authorization": f"Bearer {CANARIES['name']}",
    "X-Client-Name": CANARIES["name"],
}

PATHS = (
    *("/", "/privacy", "/health", "/podcast.jpg", "/oembed", "/oembed?url={web}/l/{key}"),
    *("/static/0123456789abcdef/style.css", "/nothing-{path}"),
    *("/l/{key}", "/l/{key}/embed", "/l/{key}/cover.jpg", "/l/{key}/cover-square.jpg", "/l/{key}/talk.ics"),
    *("/l/{key}/ticket", "/l/{key}/seats/{path}/stream.ogg", "/l/{key}/seats/{path}/events"),
    *("/l/{key}/stream.m3u8", "/l/{key}/sound.m3u8", "/l/{key}/pieces/{path}/head.mp4"),
    "/l/{key}/seats/{path}/stream.m3u8",
    *("/l/{key}/replay/1/1.ogg", "/l/{key}/replay/1/1/chapters.json", "/l/{path}/stream.ogg"),
    *("/g/{group}", "/g/{group}/topics/careers", "/g/{group}/calendar.ics", "/g/{group}/feed.atom"),
    *("/g/{group}/podcast.rss", "/g/{group}/topics/careers/podcast.rss"),
)
"""Every door, some of them the wrong way."""

STREAMS = ("/l/{key}/stream.ogg", "/l/{key}/stream.webm", "/l/{key}/events")

HATCHES = (
    *("/l/{key}/ticket", "/l/{key}/seats", "/l/{key}/questions", "/l/{key}/votes", "/l/{key}/reactions"),
    "/l/{key}/seats/{path}/questions",
)

BAD = (
    f"GET /{CANARIES['path']} HTTP/9.9\r\n{CANARIES['agent']}\r\n\r\n",
    f"{CANARIES['name']} / HTTP/1.1\r\nHost: x\r\n\r\n",
    f"GET / HTTP/1.1\r\nHost: x\r\nUser-Agent: {CANARIES['agent'] * 500}\r\n\r\n",
    f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {CANARIES['body']}\r\n\r\n",
)
"""What is no request, or none that is read."""


@dataclass
class Visitor:
    """Somebody at the doors, from an address of their own."""

    session: aiohttp.ClientSession
    address: str
    places: dict[str, str]

    def at(self, path: str) -> str:
        """An address, with what may be written into it filled in, and a query that says too much."""
        filled = path.format(**self.places, path=CANARIES["path"])
        return f"{self.places['web']}{filled}{'&' if '?' in filled else '?'}who={CANARIES['query']}"

    async def visit(self, path: str) -> None:
        """Look, to the end."""
        async with self.session.get(self.at(path)) as answer:
            await answer.read()

    async def push(self, path: str) -> None:
        """Send something, as a script and as a form, with more in it than is asked for."""
        told = {"text": "When does it end?", "name": CANARIES["name"], "reaction": "applause", "ballot": MARK}
        for body in ({"json": told}, {"data": told}, {"data": CANARIES["body"]}):
            async with self.session.post(
                self.at(path), headers={"Origin": self.places["web"]}, **body
            ) as answer:
                await answer.read()

    async def listen(self, path: str) -> aiohttp.ClientResponse:
        """Begin to listen, and go on."""
        answer = await self.session.get(self.at(path))
        assert answer.status == 200, path
        async with asyncio.timeout(PATIENCE):
            assert await answer.content.readany()
        return answer

    async def babble(self, said: str) -> None:
        """Say what is no request."""
        host, port = self.places["web"].removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(host, int(port), local_addr=(self.address, 0))
        writer.write(said.encode())
        async with asyncio.timeout(PATIENCE):
            await reader.read()
        writer.close()


@asynccontextmanager
async def visitor(address: str, places: dict[str, str]) -> AsyncIterator[Visitor]:
    connector = aiohttp.TCPConnector(local_addr=(address, 0))
    async with aiohttp.ClientSession(connector=connector, headers=HEADERS) as session:
        yield Visitor(session, address, places)


@contextmanager
def cores_allowed() -> Iterator[None]:
    """Whoever dies from now on may leave a core, if it lets itself be told."""
    before = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (before[1], before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, before)


async def haunt(theatre: Theatre, places: dict[str, str], death: signal.Signals) -> None:
    """Come by every door, and let the program die while two listen."""
    async with AsyncExitStack() as house:
        one, other = [await house.enter_async_context(visitor(address, places)) for address in ADDRESSES]
        for path in PATHS:
            await one.visit(path)
        for path in HATCHES:
            await one.push(path)
        for said in BAD:
            await other.babble(said)
        for path in STREAMS:
            await one.listen(path)
            house.push_async_callback(_hung_up, await other.listen(path))
        await theatre.end(death)


async def _hung_up(answer: aiohttp.ClientResponse) -> None:
    answer.close()


def back_up(database: Path, into: Path) -> None:
    """A backup, as SQLite makes it while the program runs."""
    with sqlite3.connect(database) as source, sqlite3.connect(into) as target:
        source.backup(target)
    source.close()
    target.close()


def places_in(theatre: Theatre, link: str, database: Path) -> dict[str, str]:
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        (group,) = connection.execute("SELECT programme_key FROM groups").fetchone()
    connection.close()
    return {"web": theatre.web, "key": link.rpartition("/")[2], "group": group}


async def test_nothing_of_who_listened_is_anywhere_afterwards(tmp_path: Path) -> None:
    if not has_voice_interface():
        pytest.skip("the voice needs a network interface besides loopback that is up")
    database = tmp_path / "data" / "loggione.db"
    with cores_allowed():
        async with open_theatre(tmp_path, tmp_path, LOGGIONE_LOG_LEVEL="debug") as theatre:
            places = places_in(theatre, await begin(theatre), database)
            await haunt(theatre, places, signal.SIGKILL)
            assert found(tmp_path, CANARIES) == []
            await theatre.start()
            await until(lambda: _is_live(theatre, places), 3 * PATIENCE)
            back_up(database, tmp_path / "backup.db")
            await haunt(theatre, places, signal.SIGABRT)
    assert "everything is up" in (tmp_path / "log").read_text()
    assert not list(tmp_path.rglob("core*"))
    assert found(tmp_path, CANARIES) == []
    (tmp_path / "data" / "visits.log.gz").write_bytes(_planted())
    leaks = [trace.removeprefix("data/visits.log.gz: ") for trace in found(tmp_path, CANARIES)]
    assert leaks == ["address as text", "agent as text"]


async def begin(theatre: Theatre) -> str:
    """Ada opens a talk; gives its link once it is on."""
    ada = theatre.person("ada")
    card = await theatre.crowd.announce(ada, theatre.group, "/schedule Canaries | in 2 hours | 10m")
    await theatre.crowd.write(ada, theatre.group, "/open")
    await theatre.crowd.see(ada, theatre.group, lambda one: one["is_bot"] and "is on" in one["text"])
    return links(card)[0]


async def _is_live(theatre: Theatre, places: dict[str, str]) -> bool:
    async with theatre.session.get(f"{places['web']}/l/{places['key']}/stream.ogg") as answer:
        return answer.status == 200 and bool(await answer.content.readany())


def _planted() -> bytes:
    """What a careless hand would have kept."""
    return gzip.compress(f"{ADDRESSES[0]} {CANARIES['agent']}".encode())
