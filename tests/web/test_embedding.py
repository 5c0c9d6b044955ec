"""The player in other people's pages: what they are told, what they get, and what a locked frame can do."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from PIL import Image

from rooms.plan import Admission
from rooms.room import RoomState
from tests.fakes.clock import NOON
from tests.web.house import KEY, House, open_house
from tests.web.shelves import put_replay
from web.embedding import FrameUnreadable, NotOurs, frame_of, key_in

OURS = "https://talks.example"
TALK = f"{OURS}/l/{KEY}"


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with open_house(public_url=OURS) as house:
        yield house


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


class Tags(HTMLParser):
    """The start tags of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


async def page_at(session: aiohttp.ClientSession, house: House, path: str) -> str:
    async with session.get(house.url + path) as answer:
        assert answer.status == 200
        return await answer.text()


async def told(session: aiohttp.ClientSession, house: House, **query: str) -> dict[str, Any]:
    async with session.get(f"{house.url}/oembed", params={"url": TALK, **query}) as answer:
        assert answer.status == 200
        assert answer.content_type == "application/json"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        document: dict[str, Any] = await answer.json()
    return document


async def test_a_talk_s_page_leads_to_what_is_told_of_it(
    house: House, session: aiohttp.ClientSession
) -> None:
    tags = Tags(await page_at(session, house, f"/l/{KEY}"))
    (link,) = [one for one in tags.named("link") if one.get("type") == "application/json+oembed"]
    address = str(link["href"])
    assert address.startswith(f"{OURS}/oembed?url=https%3A")
    document = json.loads(await page_at(session, house, address.removeprefix(OURS)))
    assert (document["version"], document["type"]) == ("1.0", "rich")
    assert document["title"] == "Careers after 40"
    (frame,) = Tags(document["html"]).named("iframe")
    assert frame["src"] == f"{TALK}/embed"
    assert (frame["width"], frame["height"]) == (str(document["width"]), str(document["height"]))
    assert frame["referrerpolicy"] == "no-referrer"
    assert "allow-scripts" not in str(frame["sandbox"])


async def test_a_card_shows_the_talk_s_cover_the_same_for_all(
    house: House, session: aiohttp.ClientSession
) -> None:
    said = {
        one.get("property") or one.get("name"): one["content"]
        for one in Tags(await page_at(session, house, f"/l/{KEY}")).named("meta")
        if "content" in one
    }
    assert said["og:image"] == f"{TALK}/cover.jpg"
    assert said["og:title"] == said["og:image:alt"] == "Careers after 40"
    assert said["twitter:card"] == "summary_large_image"
    assert said["og:url"] == TALK
    pictures = set()
    for agent in ("TelegramBot", "Twitterbot/1.0", "a listener"):
        async with session.get(f"{house.page}/cover.jpg", headers={"User-Agent": agent}) as answer:
            assert "Set-Cookie" not in answer.headers
            pictures.add(await answer.read())
    assert len(pictures) == 1


async def test_a_cover_comes_square_for_podcast_apps(house: House, session: aiohttp.ClientSession) -> None:
    async with session.get(f"{house.page}/cover-square.jpg") as answer:
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        with Image.open(BytesIO(await answer.read())) as image:
            assert (image.format, image.size, image.mode) == ("JPEG", (1400, 1400), "RGB")


async def test_a_player_is_no_larger_than_is_asked_for(house: House, session: aiohttp.ClientSession) -> None:
    document = await told(session, house, maxwidth="300", maxheight="120")
    assert (document["width"], document["height"]) == (300, 120)
    assert 'width="300" height="120"' in document["html"]
    assert "thumbnail_url" not in document
    document = await told(session, house, maxwidth="9999", format="json")
    assert (document["width"], document["height"]) == (480, 200)
    assert document["thumbnail_url"] == f"{TALK}/cover.jpg"


async def test_what_not_everybody_may_hear_is_a_mere_link(
    house: House, session: aiohttp.ClientSession
) -> None:
    await house.change(admission=Admission.MEMBERS)
    document = await told(session, house)
    assert document["type"] == "link"
    assert "html" not in document
    assert "<audio" not in await page_at(session, house, f"/l/{KEY}/embed")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({}, 404),
        ({"url": ""}, 404),
        ({"url": f"https://elsewhere.example/l/{KEY}"}, 404),
        ({"url": f"https://talks.example.evil/l/{KEY}"}, 404),
        ({"url": f"{OURS}@evil.example/l/{KEY}"}, 404),
        ({"url": f"{OURS}/g/programme-of-careers"}, 404),
        ({"url": f"{OURS}/l/nobody-knows-it"}, 404),
        ({"url": f"{OURS}/l/"}, 404),
        ({"url": TALK, "format": "xml"}, 501),
        ({"url": TALK, "maxwidth": "-1"}, 400),
        ({"url": TALK, "maxwidth": "0"}, 400),
        ({"url": TALK, "maxheight": "1e9"}, 400),
        ({"url": TALK, "maxheight": "²"}, 400),
        ({"url": TALK, "maxheight": "9" * 5000}, 400),
    ],
)
async def test_what_cannot_be_answered_is_refused(
    house: House, session: aiohttp.ClientSession, query: dict[str, str], status: int
) -> None:
    async with session.get(f"{house.url}/oembed", params=query) as answer:
        assert answer.status == status
        assert "iframe" not in await answer.text()


@pytest.mark.parametrize("address", [TALK, f"{TALK}/", f"{TALK}?utm_source=x", f"{TALK}#ticket=secret"])
def test_a_talk_is_known_by_its_address_whatever_hangs_on_it(address: str) -> None:
    assert key_in(address, OURS) == KEY


def test_addresses_and_sizes_that_are_none_are_refused() -> None:
    with pytest.raises(NotOurs):
        key_in(None, OURS)
    with pytest.raises(FrameUnreadable):
        frame_of({"maxwidth": ""})


async def test_a_title_cannot_break_out_of_the_frame(house: House, session: aiohttp.ClientSession) -> None:
    await house.change(title='"><script>alert(1)</script>')
    document = await told(session, house)
    (tag,) = Tags(document["html"]).found
    assert tag[0] == "iframe"
    assert tag[1]["title"] == document["title"] == '"><script>alert(1)</script>'
    assert "<script" not in await page_at(session, house, f"/l/{KEY}/embed")


async def test_the_player_may_be_framed_by_all_and_runs_nothing(
    house: House, session: aiohttp.ClientSession
) -> None:
    async with session.get(f"{house.page}/embed") as answer:
        headers, page = answer.headers, await answer.text()
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["frame-ancestors"] == "*"
    assert policy["default-src"] == "'none'"
    assert "script-src" not in policy
    assert "X-Frame-Options" not in headers
    assert "Set-Cookie" not in headers
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "<script" not in page
    async with session.get(house.page) as answer:
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        (RoomState.SCHEDULED, "This talk has not begun."),
        (RoomState.LIVE, f'<source src="/l/{KEY}/stream.ogg"'),
        (RoomState.ENDED, "This talk is over."),
        (RoomState.CANCELLED, "This talk was cancelled."),
        (RoomState.MISSED, "could not be opened"),
    ],
)
async def test_the_player_shows_what_there_is(
    house: House, session: aiohttp.ClientSession, state: RoomState, shown: str
) -> None:
    await house.become(state)
    assert shown in await page_at(session, house, f"/l/{KEY}/embed")


async def test_the_player_has_the_replay_in_both_forms_and_what_it_plays_may_be_loaded(
    house: House, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    await put_replay(house, tmp_path, parts=2)
    tags = Tags(await page_at(session, house, f"/l/{KEY}/embed"))
    places = [f"/l/{KEY}/replay/1/{number}.{kind}" for number in (1, 2) for kind in ("ogg", "mp3")]
    assert [one["src"] for one in tags.named("source")] == places
    for address in (places[0], tags.named("link")[0]["href"]):
        async with session.get(f"{house.url}{address}") as answer:
            assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


async def test_a_closed_gallery_has_no_player_any_more(house: House, session: aiohttp.ClientSession) -> None:
    async with house.store.writing() as records:
        room = replace(house.room, state=RoomState.LIVE)
        await records.rooms.save(room.with_gallery_closed("another-key", NOON))
        await records.rooms.let_die(room.id, KEY)
    for path in (f"/l/{KEY}/embed", f"/oembed?url={TALK}"):
        async with session.get(house.url + path) as answer:
            assert answer.status in (404, 410)
