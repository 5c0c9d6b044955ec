"""The doors: what each address answers, and what every answer carries."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest

from rooms.ids import PersonId
from rooms.plan import Admission
from rooms.room import RoomState
from rooms.stage import OnStage, Stage
from tests.fakes.groups import CAREERS
from tests.web.house import KEY, House, an_ear, asked, open_house, opus
from web.headers import ALWAYS, WITH_FORMS


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with open_house() as house:
        yield house


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


PATHS = [
    "/", "/privacy", "/health", "/nothing", "/l/nobody-knows-it", "/g/nobody-knows-it", f"/l/{KEY}",
    f"/l/{KEY}/stream.ogg", f"/l/{KEY}/stream.webm", f"/l/{KEY}/stream.mp3", f"/g/{CAREERS.programme_key}",
    f"/g/{CAREERS.programme_key}/topics/careers", f"/g/{CAREERS.programme_key}/topics/caff%C3%A8",
    "/static/0000000000000000/main.js", "/static/../server.py", "/l/%2e%2e/%00", "/favicon.ico",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
async def test_every_answer_is_dressed_and_sets_nothing(
    house: House, session: aiohttp.ClientSession, path: str
) -> None:
    async with session.get(house.url + path) as answer:
        forms = WITH_FORMS if path == f"/l/{KEY}" else {}
        for name, value in {**ALWAYS, **forms}.items():
            assert answer.headers[name] == value
        assert "Set-Cookie" not in answer.headers
        assert "ETag" not in answer.headers
        assert "Last-Modified" not in answer.headers


@pytest.mark.parametrize(
    "request_",
    [b"\x16\x03\x01\x00\xa5", b"GET / HTTP/1.1\r\nX: " + b"y" * 10_000 + b"\r\n\r\n", b"nonsense\r\n\r\n"],
)
async def test_what_is_no_request_gets_a_dressed_sentence(house: House, request_: bytes) -> None:
    answer = await asked(house, request_)
    assert answer.startswith((b"HTTP/1.1 400", b"HTTP/1.0 400"))
    assert b"Referrer-Policy: no-referrer" in answer
    assert b"aiohttp" not in answer
    assert b"yyyy" not in answer


async def test_assets_may_be_kept_for_ever_and_nothing_else(
    house: House, session: aiohttp.ClientSession
) -> None:
    async with session.get(house.page) as answer:
        page = await answer.text()
        assert answer.headers["Cache-Control"] == "no-store"
    script = page.split('type="module" src="')[1].split('"')[0]
    async with session.get(house.url + script) as answer:
        assert answer.status == 200
        assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
        assert "immutable" in answer.headers["Cache-Control"]


async def test_unknown_and_revoked_links_look_alike(house: House, session: aiohttp.ClientSession) -> None:
    await house.revoke()
    seen = set()
    for path in ("/l/never-was", f"/l/{KEY}", "/g/never-was", "/whatever"):
        async with session.get(house.url + path, headers={"Accept": "text/html"}) as answer:
            seen.add((answer.status, await answer.text()))
    ((status, text),) = seen
    assert status == 404
    assert "This link leads nowhere" in text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
async def test_there_is_nothing_to_do_but_read(
    house: House, session: aiohttp.ClientSession, method: str
) -> None:
    async with session.request(method, house.page, data=b"x" * 100_000) as answer:
        assert answer.status == 405
        assert answer.headers["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("path", ["/", f"/l/{KEY}", f"/l/{KEY}/stream.ogg", f"/l/{KEY}/events"])
async def test_head_gives_headers_and_ends(house: House, session: aiohttp.ClientSession, path: str) -> None:
    await house.become(RoomState.LIVE)
    async with session.head(house.url + path) as answer:
        assert answer.status == 200
        assert await answer.read() == b""


@pytest.mark.parametrize(
    ("state", "status"), [(RoomState.SCHEDULED, 503), (RoomState.ENDED, 410), (RoomState.CANCELLED, 410)]
)
async def test_a_stream_that_is_not_on_air_says_so(
    house: House, session: aiohttp.ClientSession, state: RoomState, status: int
) -> None:
    await house.become(state)
    async with session.get(f"{house.page}/stream.ogg") as answer:
        assert answer.status == status
        assert ("Retry-After" in answer.headers) == (status == 503)
        assert "talk" in await answer.text()


@pytest.mark.parametrize("state", [RoomState.SCHEDULED, RoomState.LIVE, RoomState.ENDED])
@pytest.mark.parametrize(
    ("admission", "for_whom"),
    [(Admission.MEMBERS, "for members of the group"), (Admission.INVITED, "for those who were invited")],
)
async def test_a_room_that_is_not_open_is_heard_by_nobody(
    house: House,
    session: aiohttp.ClientSession,
    state: RoomState,
    admission: Admission,
    for_whom: str,
) -> None:
    await house.change(admission=admission)
    await house.become(state)
    for kind in ("ogg", "webm"):
        async with session.get(f"{house.page}/stream.{kind}") as answer:
            assert answer.status == 403
            assert for_whom in await answer.text()
            assert "Retry-After" not in answer.headers
    assert not house.murmuring.listeners


async def test_the_events_of_a_room_that_is_not_open_tell_of_nobody(
    house: House, session: aiohttp.ClientSession
) -> None:
    await house.change(admission=Admission.MEMBERS)
    await house.become(RoomState.LIVE)
    house.stages.set(house.room.id, Stage((OnStage(PersonId(7), "Bruno"),)))
    async with an_ear(session, f"{house.page}/events") as ear:
        told = await ear.listen(1)
        await house.become(RoomState.ENDED)
        told += await ear.listen_to_the_end()
    assert b'"state":"live"' in told
    assert b"Bruno" not in told


async def test_a_full_gallery_says_so_in_the_listener_s_language(session: aiohttp.ClientSession) -> None:
    async with open_house(limit=1) as house:
        await house.become(RoomState.LIVE)
        async with (
            an_ear(session, f"{house.page}/stream.ogg"),
            session.get(f"{house.page}/stream.webm", headers={"Accept": "text/html"}) as answer,
        ):
            assert answer.status == 503
            assert "Every place in the gallery is taken" in await answer.text()
        await house.murmuring.unheard()
        async with an_ear(session, f"{house.page}/stream.webm"):
            pass


async def test_a_fault_of_ours_is_a_friendly_page(house: House, session: aiohttp.ClientSession) -> None:
    house.store.records = None  # type: ignore[assignment]
    async with session.get(f"{house.url}/l/another", headers={"Accept": "text/html"}) as answer:
        assert answer.status == 500
        assert "That was our fault" in await answer.text()
        assert answer.headers["Referrer-Policy"] == "no-referrer"


async def test_a_fault_at_the_beginning_of_a_stream_is_told_in_a_sentence(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    await house.become(RoomState.LIVE)
    await house.change(title="\ud800")  # of which no header of a stream can be made
    request = f"GET /l/{KEY}/stream.ogg HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    answer = await asked(house, request.encode())
    assert answer.startswith(b"HTTP/1.1 500")
    assert "an answer failed" in caplog.text


@pytest.mark.parametrize("path", [f"/l/{KEY}/stream.webm", f"/l/{KEY}/events", f"/l/{KEY}", "/nothing"])
@pytest.mark.parametrize("version", ["1.0", "1.1"])
async def test_the_answer_to_head_has_no_body_at_all(house: House, path: str, version: str) -> None:
    await house.become(RoomState.LIVE)
    request = f"HEAD {path} HTTP/{version}\r\nHost: x\r\nConnection: close\r\n\r\n"
    assert (await asked(house, request.encode())).endswith(b"\r\n\r\n")


async def test_requests_behind_a_stream_are_not_answered_into_it(house: House) -> None:
    await house.become(RoomState.LIVE)
    requests = f"GET /l/{KEY}/stream.ogg HTTP/1.1\r\nHost: x\r\n\r\n".encode() * 40
    async with asyncio.TaskGroup() as tasks:
        asking = tasks.create_task(asked(house, requests))
        await house.murmuring.heard()
        await house.play(opus(440, 0.3))
        await house.become(RoomState.ENDED)
        answer = await asking
    assert answer.count(b"HTTP/1.1") == 1
    assert answer.endswith(b"\r\n0\r\n\r\n")


async def test_a_body_that_nobody_asked_for_disturbs_no_stream(house: House) -> None:
    await house.become(RoomState.LIVE)
    head = f"GET /l/{KEY}/stream.ogg HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n"
    reader, writer = await asyncio.open_connection(*house.server.address)
    writer.write(head.encode() + bytes(500_000))
    assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200")
    await house.play(opus(440, 0.3))
    assert b"OpusHead" in await reader.readuntil(b"OpusTags")
    writer.close()
    await house.murmuring.unheard()


async def test_http_1_0_gets_the_bare_stream(house: House) -> None:
    await house.become(RoomState.LIVE)
    reader, writer = await asyncio.open_connection(*house.server.address)
    writer.write(f"GET /l/{KEY}/stream.ogg HTTP/1.0\r\n\r\n".encode())
    header = await reader.readuntil(b"\r\n\r\n")
    assert b"Transfer-Encoding" not in header
    assert await reader.readexactly(4) == b"OggS"
    writer.close()
