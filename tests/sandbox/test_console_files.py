"""The page's files and what messages carry, served with care."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from yarl import URL

from sandbox.console.files import Files
from sandbox.world.entities import Media, StoredFile
from sandbox.world.messages import Draft
from tests.sandbox.counter import Counter, counter, no


@pytest.fixture
async def desk() -> AsyncIterator[Counter]:
    async with counter() as desk:
        yield desk


async def test_the_page_and_its_modules_are_served(desk: Counter) -> None:
    for path, kind in (("/", "text/html"), ("/main.js", "text/javascript"), ("/page.css", "text/css")):
        answer = await desk.client.get(path)
        assert (answer.status, answer.content_type) == (200, kind)
        assert "'unsafe" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "/nothing.js",
        "/../console.py",
        "/..%2fconsole.py",
        "/%2e%2e/console.py",
        "/console.py",
        "/page/.env",
        "/x.js/",
    ],
)
async def test_nothing_else_is(desk: Counter, path: str) -> None:
    answer = await desk.client.get(path)
    assert answer.status == 404


@pytest.mark.parametrize(
    "path", ["..%2fsecret.js", "folder%2f..%2f..%2fsecret.js", ".hidden.js", "folder%2f.hidden.js"]
)
async def test_no_way_leads_out_of_the_page(desk: Counter, tmp_path: Path, path: str) -> None:
    page = tmp_path / "page"
    for file in (
        tmp_path / "secret.js",
        page / ".hidden.js",
        page / "folder" / ".hidden.js",
        page / "part.js",
    ):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("secret")
    application = web.Application()
    application.router.add_routes(Files(desk.party.world, page).routes())
    async with TestClient(TestServer(application)) as client:
        assert (await client.get("/part.js")).status == 200
        assert (await client.get(URL(f"/{path}", encoded=True))).status == 404


async def test_what_a_message_carries_can_be_had(desk: Counter) -> None:
    carry(desk, StoredFile("id/1", "u1", b"sound", "talk.ogg", "audio/ogg"), duration=90)
    media = (await desk.chat("bruno"))["messages"][-1]["media"]
    url = media.pop("url")
    assert media == {
        "kind": "audio",
        "name": "talk.ogg",
        "mime": "audio/ogg",
        "size": 5,
        "is_gone": False,
        "duration": 90,
    }
    answer = await desk.client.get(url)
    assert (answer.status, answer.content_type, await answer.read()) == (200, "audio/ogg", b"sound")


@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml", "", "audio/x\r\nSet-Cookie: a=b", "nonsense"])
async def test_what_could_be_a_page_is_only_saved(desk: Counter, kind: str) -> None:
    carry(desk, StoredFile("id2", "u2", b"<script>", "x.html", kind))
    media = (await desk.chat("bruno"))["messages"][-1]["media"]
    answer = await desk.client.get(media["url"])
    assert answer.content_type == "application/octet-stream"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


async def test_a_file_that_is_gone_is_said_to_be(desk: Counter) -> None:
    assert await no(await desk.client.get("/api/files/nothing")) == (404, "This file is gone.")


def carry(desk: Counter, file: StoredFile, **details: object) -> None:
    """The bot sends a file to the group."""
    messages = desk.party.world.messages
    messages.keep(file)
    media = Media("audio", file, dict(details))
    messages.post(desk.party.chat, desk.party.cast.bot, Draft(media=media))
