"""Atom feeds, as feedparser and an XML parser read them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rooms.plan import Admission
from rooms.room import Room, RoomState
from tests.fakes.groups import CAREERS
from tests.web.bills import ENGLISH, ITALIAN, PUBLIC_URL, a_talk
from web.atom import feed
from web.bills import Bill
from web.cleaning import one_line
from web.language import Words

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "<b>Careers</b> & ]]> \r\n\x07\u2028 🎙 \u202e\u05e9\u05dc\u05d5\u05dd"


def written(*rooms: Room, topic: str | None = None, words: Words = ENGLISH) -> bytes:
    return feed(Bill(CAREERS, rooms, topic), words, PUBLIC_URL)


def read(*rooms: Room, topic: str | None = None, words: Words = ENGLISH) -> Any:
    parsed = feedparser.parse(written(*rooms, topic=topic, words=words))
    assert not parsed.bozo
    assert parsed.version == "atom10"
    return parsed


def test_an_entry_tells_all_of_a_talk() -> None:
    (entry,) = read(a_talk(revision=2, description="What nobody told us")).entries
    assert entry.title == "Careers after 40"
    assert entry.link == "https://talks.example/l/listen-key-1"
    assert entry.updated == "2026-11-24T12:02:00Z"
    assert entry.author == "Ada"
    assert [tag.term for tag in entry.tags] == ["careers"]
    assert entry.summary.splitlines() == [
        "Tuesday 24 November 2026, 14:00\N{EN DASH}14:45 Europe/Rome",
        "",
        "What nobody told us",
        "",
        "Hosted by Ada",
        "",
        "Listen unseen from the gallery: https://talks.example/l/listen-key-1",
    ]


def test_a_feed_has_a_name_links_and_the_time_of_its_latest_change() -> None:
    head = read(a_talk(1, revision=1), a_talk(2, revision=5), a_talk(3), topic="careers").feed
    assert head.title == "Careers Forum · #careers"
    assert head.updated == "2026-11-24T12:05:00Z"
    page = "https://talks.example/g/programme-of-careers/topics/careers"
    assert {link.rel: link.href for link in head.links} == {"self": f"{page}/feed.atom", "alternate": page}


def test_what_was_changed_last_comes_first() -> None:
    entries = read(a_talk(1, revision=1), a_talk(2, revision=5), a_talk(3)).entries
    assert [entry.link[-1] for entry in entries] == ["2", "1", "3"]


@pytest.mark.parametrize(
    ("state", "english", "italian"),
    [
        (RoomState.CANCELLED, "Cancelled: Careers after 40", "Annullato: Careers after 40"),
        (RoomState.MISSED, "Did not take place: Careers after 40", "Non si è tenuto: Careers after 40"),
        (RoomState.ENDED, "Careers after 40", "Careers after 40"),
    ],
)
def test_what_does_not_take_place_says_so_in_the_group_s_language(
    state: RoomState, english: str, italian: str
) -> None:
    assert read(a_talk(state=state)).entries[0].title == english
    assert read(a_talk(state=state), words=ITALIAN).entries[0].title == italian


def test_dates_are_in_the_group_s_language() -> None:
    (entry,) = read(a_talk(), words=ITALIAN).entries
    assert entry.summary.startswith("martedì 24 novembre 2026, 14:00\N{EN DASH}14:45 Europe/Rome")


def test_an_entry_keeps_its_id_when_the_talk_is_changed_or_the_address_revoked() -> None:
    renamed = replace(CAREERS, programme_key="another")
    changed = a_talk(title="Jobs", revision=7)
    (before,) = read(a_talk()).entries
    (after,) = feedparser.parse(feed(Bill(renamed, [changed]), ENGLISH, PUBLIC_URL)).entries
    assert before.id == after.id
    assert before.id.startswith("urn:uuid:")


def test_ids_do_not_tell_what_they_are_made_of() -> None:
    ids = " ".join(element.text or "" for element in _parsed(written(a_talk())).iter(f"{ATOM}id"))
    assert "listen-key" not in ids
    assert CAREERS.programme_key not in ids


def test_two_feeds_of_one_group_have_ids_of_their_own() -> None:
    assert read(a_talk()).feed.id != read(a_talk(), topic="careers").feed.id


def test_a_talk_that_is_not_open_says_for_whom_it_is() -> None:
    (entry,) = read(a_talk(admission=Admission.MEMBERS)).entries
    assert "for members of the group" in entry.summary
    assert "gallery" not in entry.summary


@pytest.mark.parametrize("rooms", [[], [a_talk(title=HOSTILE, description=HOSTILE, topic=None)]])
def test_a_feed_has_all_that_it_must_have(rooms: Sequence[Room]) -> None:
    """RFC 4287, sections 4.1.1 and 4.1.2."""
    root = _parsed(written(*rooms))
    assert root.tag == f"{ATOM}feed"
    for element in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated", "author"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        datetime.fromisoformat(_text(element, "updated"))
        links = [link.get("rel") for link in element.findall(f"{ATOM}link")]
        assert links.count("alternate") == 1


@settings(deadline=None)
@given(st.text(st.characters()))
def test_any_words_come_back_as_they_were(words: str) -> None:
    root = _parsed(written(a_talk(title=words, description=words, host_name=words, topic=words)))
    (entry,) = root.iter(f"{ATOM}entry")
    assert _text(entry, "title") == one_line(words)
    assert _text(entry, "author/name") == one_line(words)


def _parsed(content: bytes) -> Element:
    return fromstring(content)  # noqa: S314  # our own writing


def _text(element: Element, name: str) -> str:
    path = "/".join(f"{ATOM}{step}" for step in name.split("/"))
    return element.findtext(path) or ""
