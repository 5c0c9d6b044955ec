"""Podcasts, held against the rules of RSS, of Apple and of the Podcast Namespace, and read by feedparser."""

import json
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta
from email.utils import parsedate_to_datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import aiohttp
import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from rooms.chapters import chapters_of
from rooms.group import Group
from rooms.ids import ChatId
from rooms.jobs import JobKind
from rooms.plan import Admission
from rooms.recordings import Part, Recording, Turn
from rooms.replays import Replay
from rooms.room import Room
from tests.fakes.clock import NOON
from tests.fakes.groups import CAREERS
from tests.web.bills import ENGLISH, ITALIAN, a_talk
from tests.web.house import KEY, House, open_house
from tests.web.shelves import ADA_AND_BRUNO, MINUTE, SOUND, put_replay
from web.bills import Bill
from web.language import Words
from web.podcast import Episode, Premises, chapters, podcast

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
ATOM = "{http://www.w3.org/2005/Atom}"
PREMISES = Premises("https://talks.example", "https://talks.example/podcast.jpg")
HOSTILE = "<b>Careers</b> & ]]> \r\n\x07\u2028 🎙 \u202e\u05e9\u05dc\u05d5\u05dd"
RSS = f"/g/{CAREERS.programme_key}/podcast.rss"

ONCE = ("title", "link", "description", "language", "image", f"{ITUNES}image", f"{ITUNES}explicit")
"""What a channel must have exactly one of."""

OF_ITEMS = frozenset(
    {
        *("title", "link", "description", "category", "enclosure", "guid", "pubDate"),
        *(f"{ITUNES}{name}" for name in ("duration", "explicit", "episodeType", "image")),
        *(f"{PODCAST}{name}" for name in ("chapters", "person", "alternateEnclosure")),
    }
)
MANY = frozenset({"category", f"{PODCAST}person"})
"""What an item may have several of."""


def episodes_of(room: Room, parts: int = 1, turns: Sequence[Turn] = ADA_AND_BRUNO) -> list[Episode]:
    length = 30 * MINUTE / parts
    made = tuple(Part(Path(f"{number}.ogg"), number * length, length) for number in range(parts))
    replay = Replay(
        Recording(room.id, Path("talk.ogg"), 30 * MINUTE, parts=made, edition=2), chapters_of(turns)
    )
    return [Episode(room, replay, number, 1000 + number) for number in range(1, parts + 1)]


def written(
    *episodes: Episode, group: Group = CAREERS, topic: str | None = None, words: Words = ENGLISH
) -> bytes:
    return podcast(Bill(group, tuple(one.room for one in episodes), topic), episodes, words, PREMISES)


def validated(content: bytes) -> Element:
    """The channel, once nothing can be found that a validator would complain about."""
    root = fromstring(content)  # noqa: S314  # our own writing
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    (channel,) = root
    for name in ONCE:
        assert len(channel.findall(name)) == 1, name
    for element in channel.iter():
        assert element.text is None or element.text.strip(), element.tag
        for name in ("href", "url"):
            assert element.get(name, "https://").startswith("https://"), element.tag
    assert re.fullmatch(r"[a-z]{2}(-[a-zA-Z]{2})?", _text(channel, "language"))
    assert _text(channel, f"{ITUNES}explicit") in ("true", "false")
    assert _text(channel, f"{ITUNES}type") in ("episodic", "serial")
    assert _text(channel, f"{PODCAST}locked") in ("yes", "no")
    assert re.fullmatch(
        r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", _text(channel, f"{PODCAST}guid")
    )
    (link,) = channel.findall(f"{ATOM}link")
    assert (link.get("rel"), link.get("type")) == ("self", "application/rss+xml")
    image = channel.find("image")
    assert image is not None
    assert {one.tag for one in image} == {"url", "title", "link"}
    assert _text(image, "link") == _text(channel, "link")
    guids = [_valid_item(item) for item in channel.findall("item")]
    assert len(set(guids)) == len(guids)
    return channel


def _valid_item(item: Element) -> str:
    tags = [one.tag for one in item]
    assert set(tags) <= OF_ITEMS
    assert not [tag for tag in tags if tag not in MANY and tags.count(tag) > 1]
    (enclosure,) = item.findall("enclosure")
    assert set(enclosure.keys()) == {"url", "length", "type"}
    assert int(str(enclosure.get("length"))) > 0
    assert str(enclosure.get("url")).endswith(
        {"audio/mpeg": ".mp3", "audio/ogg": ".ogg"}[str(enclosure.get("type"))]
    )
    for other in item.findall(f"{PODCAST}alternateEnclosure"):
        assert set(other.keys()) == {"type", "length"}
        (source,) = other
        assert (source.tag, set(source.keys())) == (f"{PODCAST}source", {"uri"})
    assert parsedate_to_datetime(_text(item, "pubDate")).tzinfo is not None
    assert int(_text(item, f"{ITUNES}duration")) > 0
    (guid,) = item.findall("guid")
    assert guid.get("isPermaLink") == "false"
    for chapter in item.findall(f"{PODCAST}chapters"):
        assert chapter.get("type") == "application/json+chapters"
    for person in item.findall(f"{PODCAST}person"):
        assert person.get("role") == "host"
    return str(guid.text)


def _text(parent: Element, name: str) -> str:
    return str(parent.findtext(name))


def read(content: bytes) -> Any:
    validated(content)
    parsed = feedparser.parse(content)
    assert not parsed.bozo
    assert parsed.version == "rss20"
    return parsed


def test_an_episode_has_all_that_an_app_wants() -> None:
    (entry,) = read(written(*episodes_of(a_talk(description="What nobody told us")))).entries
    assert entry.title == "Careers after 40"
    assert entry.link == "https://talks.example/l/listen-key-1"
    assert entry.summary == "What nobody told us\n\nHosted by Ada"
    (enclosure,) = entry.enclosures
    assert dict(enclosure) == {
        "href": "https://talks.example/l/listen-key-1/replay/2/1.ogg",
        "length": "1001",
        "type": "audio/ogg",
    }
    assert entry.itunes_duration == "1800"
    assert entry.image.href == "https://talks.example/l/listen-key-1/cover-square.jpg"
    assert entry.podcast_chapters["url"] == "https://talks.example/l/listen-key-1/replay/2/1/chapters.json"
    assert entry.published_parsed[:5] == (2026, 11, 24, 13, 30)
    assert [tag.term for tag in entry.tags] == ["careers"]


def test_a_podcast_says_whose_it_is_in_the_group_s_language() -> None:
    head = read(written(*episodes_of(a_talk()), topic="careers", words=ITALIAN)).feed
    assert head.title == "Careers Forum · #careers"
    assert head.author == "Careers Forum"
    assert head.language == "it"
    assert head.image.href == "https://talks.example/podcast.jpg"
    page = f"https://talks.example/g/{CAREERS.programme_key}/topics/careers"
    assert head.links[0].href == page
    assert {link.href for link in head.links if link.rel == "self"} == {f"{page}/podcast.rss"}


def test_it_stays_out_of_directories_for_its_address_is_a_secret() -> None:
    channel = validated(written())
    assert _text(channel, f"{ITUNES}block") == "Yes"
    assert CAREERS.programme_key not in _text(channel, f"{PODCAST}guid")


def test_a_guid_lasts_through_editions_and_new_links_and_tells_no_address() -> None:
    (episode,) = episodes_of(a_talk())
    anew = replace(
        episode, replay=replace(episode.replay, recording=replace(episode.replay.recording, edition=3))
    )
    other_link = replace(
        episode, room=replace(episode.room, listen_key="another", first_key=episode.room.listen_key)
    )
    ids = {read(written(one)).entries[0].id for one in (episode, anew, other_link)}
    assert len(ids) == 1
    assert episode.room.listen_key not in ids.pop()


def test_a_talk_in_parts_is_an_episode_for_each_in_their_order() -> None:
    entries = read(written(*episodes_of(a_talk(), parts=3))).entries
    assert [entry.title for entry in entries] == [f"Careers after 40 ({number}/3)" for number in (3, 2, 1)]
    assert [entry.published_parsed[5] for entry in entries] == [2, 1, 0]
    assert len({entry.id for entry in entries}) == 3


def test_the_latest_talk_comes_first() -> None:
    old, new = a_talk(1), a_talk(2, starts_at=NOON + timedelta(days=7))
    entries = read(written(*episodes_of(old), *episodes_of(new))).entries
    assert [entry.link[-1] for entry in entries] == ["2", "1"]


def test_without_chapters_and_without_a_host_nothing_is_said_of_them() -> None:
    (episode,) = episodes_of(a_talk(host_name="", description="", topic=None), turns=())
    (item,) = validated(written(episode)).findall("item")
    assert {one.tag for one in item}.isdisjoint({f"{PODCAST}chapters", f"{PODCAST}person", "category"})
    assert _text(item, "description") == "Careers after 40"


def test_what_people_wrote_stays_text() -> None:
    group = replace(CAREERS, title=HOSTILE)
    (episode,) = episodes_of(a_talk(title=HOSTILE, description=HOSTILE, host_name=HOSTILE, topic="a&b"))
    (entry,) = read(written(episode, group=group)).entries
    assert entry.title.startswith("<b>Careers</b> & ]]>")


@settings(max_examples=60, deadline=None)
@given(st.text(), st.text(), st.text())
def test_whatever_people_write_it_stays_valid(title: str, about: str, host: str) -> None:
    (episode,) = episodes_of(a_talk(title=f"x{title}", description=about, host_name=host))
    validated(written(episode, group=replace(CAREERS, title=f"x{title}")))


def test_chapters_of_a_part_begin_with_what_was_going_on() -> None:
    first, second = episodes_of(a_talk(), parts=2)
    told = [json.loads(chapters(one, ENGLISH)) for one in (first, second)]
    assert [one["version"] for one in told] == ["1.2.0", "1.2.0"]
    assert told[0]["chapters"] == [{"startTime": 0.0, "title": "Ada"}]
    assert told[1]["chapters"] == [
        {"startTime": 0.0, "title": "Ada"},
        {"startTime": 300.0, "title": "Bruno & <co>"},
    ]


def test_who_was_forgotten_has_a_chapter_without_a_name() -> None:
    turns = [replace(turn, name="") for turn in ADA_AND_BRUNO[:1]]
    (episode,) = episodes_of(a_talk(), turns=turns)
    assert json.loads(chapters(episode, ENGLISH))["chapters"] == [{"startTime": 0.0, "title": "somebody"}]


# Over HTTP: what is in it, and what is not, or not any more.


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with open_house(public_url="https://talks.example") as house:
        yield house


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def heard(session: aiohttp.ClientSession, house: House, path: str = RSS) -> list[str]:
    """The addresses of what can be heard; each of them is there, as long as it says."""
    async with session.get(house.url + path) as answer:
        assert answer.status == 200
        content = await answer.read()
    addresses = []
    for entry in read(content).entries:
        (enclosure,) = entry.enclosures
        address = enclosure.href.removeprefix("https://talks.example")
        async with session.get(house.url + address) as answer:
            assert answer.headers["Content-Type"] == enclosure.type
            assert str(len(await answer.read())) == enclosure.length
        addresses.append(address)
    return addresses


async def test_a_replay_is_in_it_with_its_chapters_and_can_be_heard_from_anywhere(
    house: House, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    await put_replay(house, tmp_path)
    (address,) = await heard(session, house)
    assert await heard(session, house, RSS.replace("/podcast", "/topics/careers/podcast")) == [address]
    assert await heard(session, house, RSS.replace("/podcast", "/topics/other/podcast")) == []
    async with session.get(house.url + address, headers={"Range": "bytes=100-199"}) as answer:
        assert answer.status == 206
        assert await answer.read() == SOUND[100:200]
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    async with session.get(house.url + address.replace(".ogg", "/chapters.json")) as answer:
        assert answer.headers["Content-Type"] == "application/json+chapters"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert len((await answer.json(content_type=None))["chapters"]) == 2
    async with session.get(house.url + RSS) as answer:
        assert answer.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Set-Cookie" not in answer.headers


async def test_where_there_is_mp3_every_app_can_play_it_and_opus_is_offered_too(
    house: House, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    await put_replay(house, tmp_path, has_mp3=True)
    assert await heard(session, house) == [f"/l/{KEY}/replay/1/1.mp3"]
    async with session.get(house.url + RSS) as answer:
        (item,) = validated(await answer.read()).findall("item")
    other = item.find(f"{PODCAST}alternateEnclosure")
    assert other is not None
    assert (other.get("type"), other.get("length"), other[0].get("uri")) == (
        "audio/ogg",
        str(len(SOUND)),
        f"https://talks.example/l/{KEY}/replay/1/1.ogg",
    )


@pytest.mark.parametrize("admission", [Admission.MEMBERS, Admission.INVITED])
async def test_what_not_everybody_might_hear_is_not_in_it(
    house: House, session: aiohttp.ClientSession, tmp_path: Path, admission: Admission
) -> None:
    await house.change(admission=admission)
    await put_replay(house, tmp_path)
    assert await heard(session, house) == []


async def test_a_closed_gallery_takes_its_replay_out(
    house: House, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    await put_replay(house, tmp_path)
    async with house.store.writing() as records:
        room = await records.rooms.by_listen_key(KEY)
        await records.rooms.save(room.with_gallery_closed("another-key", NOON))
    assert await heard(session, house) == []


async def test_what_is_being_made_anew_is_not_in_it_and_then_another_edition_is(
    house: House, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    """A voice that was withdrawn is heard from nowhere while it is being taken out, nor afterwards."""
    recording = await put_replay(house, tmp_path)
    (before,) = await heard(session, house)
    async with house.store.writing() as records:
        await records.jobs.add(recording.room, JobKind.MASTER, NOON)
    assert await heard(session, house) == []
    async with session.get(house.url + before) as answer:
        assert answer.status == 404
    async with house.store.writing() as records:
        await records.jobs.drop(recording.room, [JobKind.MASTER])
        await records.recordings.save(replace(recording, edition=2))
    (after,) = await heard(session, house)
    assert (before, after) == (f"/l/{KEY}/replay/1/1.ogg", f"/l/{KEY}/replay/2/1.ogg")
    async with session.get(house.url + before) as answer:
        assert answer.status == 404


async def test_what_is_kept_no_longer_is_not_in_it(
    house: House, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    recording = await put_replay(house, tmp_path)
    async with house.store.writing() as records:
        await records.recordings.save(replace(recording, erase_at=house.clock.now() + MINUTE))
    assert len(await heard(session, house)) == 1
    await house.clock.advance(2 * MINUTE)
    assert await heard(session, house) == []


async def test_a_file_that_is_gone_is_no_episode(
    house: House, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    recording = await put_replay(house, tmp_path, parts=2)
    recording.parts[0].path.unlink()
    assert len(await heard(session, house)) == 1


async def test_other_groups_replays_are_not_in_it(
    house: House, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    other = replace(CAREERS, chat=ChatId(-1007), programme_key="of-others")
    async with house.store.writing() as records:
        await records.groups.save(other)
    await house.plan("others", chat=other.chat)
    await put_replay(house, tmp_path, "others")
    assert await heard(session, house) == []
    assert len(await heard(session, house, "/g/of-others/podcast.rss")) == 1


async def test_an_unknown_address_is_answered_like_every_other(
    house: House, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    await put_replay(house, tmp_path)
    for path in (
        f"/l/{KEY}/replay/1/1.mp3",
        "/g/unknown/podcast.rss",
        f"/l/{KEY}/replay/1/2/chapters.json",
        "/l/unknown/replay/1/1/chapters.json",
    ):
        async with session.get(house.url + path) as answer:
            assert answer.status == 404


async def test_the_podcast_s_own_picture_is_as_apple_wants_it(
    house: House, session: aiohttp.ClientSession
) -> None:
    async with session.get(f"{house.url}/podcast.jpg") as answer:
        assert answer.headers["Content-Type"] == "image/jpeg"
        with Image.open(BytesIO(await answer.read())) as image:
            assert (image.format, image.size, image.mode) == ("JPEG", (1400, 1400), "RGB")
