"""Podcasts: a group's replays as RSS 2.0, with what Apple and the Podcast Namespace add, and their chapters.

https://www.rssboard.org/rss-specification, https://podcasters.apple.com/support/823-podcast-requirements,
https://github.com/Podcastindex-org/podcast-namespace (docs/1.0.md, chapters/jsonChapters.md)
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element, SubElement, tostring

from rooms.chapters import Chapter
from rooms.recordings import Part
from rooms.replays import Replay
from rooms.room import Room
from web.bills import Bill, talk_address, talk_id
from web.cleaning import one_line, paragraphs
from web.language import Words

CONTENT_TYPE = "application/rss+xml; charset=utf-8"
OPUS_TYPE, MP3_TYPE = "audio/ogg", "audio/mpeg"
CHAPTERS_TYPE = "application/json+chapters"

_NAMESPACES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "xmlns:podcast": "https://podcastindex.org/namespace/1.0",
}

_PODCASTS = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The namespace of `podcast:guid`."""

_CATEGORY = "Society & Culture"
"""Apple demands one of its list, and groups talk about everything."""


@dataclass(frozen=True, slots=True)
class Episode:
    """A part of a replay: most have but one. `size` and `mp3_size` are those of its files, in bytes."""

    room: Room
    replay: Replay
    number: int
    size: int
    mp3_size: int | None = None
    """None where there is no MP3 of it."""

    @property
    def part(self) -> Part:
        """What is heard."""
        return self.replay.parts[self.number - 1]

    @property
    def path(self) -> str:
        """Where it is heard; another one for each edition."""
        return f"/l/{self.room.listen_key}/replay/{self.replay.recording.edition}/{self.number}"

    @property
    def published_at(self) -> datetime:
        """When its talk ended; its parts a second after each other, so that they stay in order."""
        return self.room.plan.starts_at + self.replay.recording.duration + timedelta(seconds=self.number - 1)


def podcast(bill: Bill, episodes: Sequence[Episode], words: Words, house: "Premises") -> bytes:
    """The podcast as a document, the latest episode first.

    Args:
        bill: the programme to which the episodes belong.
        episodes: those that may be heard.
        words: the group's language.
        house: the addresses that it names besides.
    """
    root = Element("rss", {"version": "2.0", **_NAMESPACES})
    channel = SubElement(root, "channel")
    _introduce(channel, bill, words, house)
    for episode in sorted(episodes, key=lambda one: one.published_at, reverse=True):
        _enter(SubElement(channel, "item"), episode, words, house.public_url)
    document: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return document


@dataclass(frozen=True, slots=True)
class Premises:
    """The address under which listeners reach the gallery, and that of its own picture (square, JPEG)."""

    public_url: str
    picture: str


def chapters(episode: Episode, words: Words) -> bytes:
    """The chapters of an episode as JSON, version 1.2.0; who was forgotten has no name."""
    begin, end = episode.part.at, episode.part.at + episode.part.length
    said = [
        {
            "startTime": max(0.0, (one.at - begin).total_seconds()),
            "title": one.name or words.gettext("somebody"),
        }
        for one in _within(episode.replay.chapters, begin, end)
    ]
    told = {"version": "1.2.0", "title": one_line(episode.room.plan.title), "chapters": said}
    return json.dumps(told, ensure_ascii=False).encode()


def _within(of_talk: Sequence[Chapter], begin: timedelta, end: timedelta) -> Iterator[Chapter]:
    """The chapters that a part has something of."""
    borders = [*(one.at for one in of_talk[1:]), end]
    for chapter, until in zip(of_talk, borders, strict=bool(of_talk)):
        if chapter.at < end and until > begin:
            yield chapter


def _introduce(channel: Element, bill: Bill, words: Words, house: Premises) -> None:
    page, title = f"{house.public_url}{bill.path}", bill.title
    address = f"{page}/podcast.rss"
    about = words.gettext("What was said in {group}, to be heard again.").format(group=title)
    for name, content in (
        ("title", title),
        ("link", page),
        ("description", about),
        ("language", words.language),
        ("generator", "Loggione"),
        ("itunes:author", bill.group.title),
        ("itunes:type", "episodic"),
        ("itunes:explicit", "false"),
        ("itunes:block", "Yes"),
        ("podcast:guid", str(uuid5(_PODCASTS, address.partition("://")[2]))),
        ("podcast:locked", "yes"),
        ("podcast:medium", "podcast"),
    ):
        _say(channel, name, content)
    SubElement(channel, "atom:link", rel="self", type="application/rss+xml", href=address)
    SubElement(channel, "itunes:category", text=_CATEGORY)
    SubElement(channel, "itunes:image", href=house.picture)
    image = SubElement(channel, "image")
    for name, content in (("url", house.picture), ("title", title), ("link", page)):
        _say(image, name, content)


def _enter(item: Element, episode: Episode, words: Words, public_url: str) -> None:
    room, plan, address = episode.room, episode.room.plan, f"{public_url}{episode.path}"
    for name, content in (
        ("title", _headline(episode)),
        ("link", talk_address(room, public_url)),
        ("pubDate", format_datetime(episode.published_at.astimezone(UTC))),
        ("itunes:duration", str(max(1, round(episode.part.length.total_seconds())))),
        ("itunes:explicit", "false"),
        ("itunes:episodeType", "full"),
    ):
        _say(item, name, content)
    _say(item, "guid", _guid(episode), isPermaLink="false")
    SubElement(item, "description").text = _about(room, words)
    _enclose(item, episode, address)
    SubElement(item, "itunes:image", href=f"{talk_address(room, public_url)}/cover-square.jpg")
    if episode.replay.chapters:
        SubElement(item, "podcast:chapters", url=f"{address}/chapters.json", type=CHAPTERS_TYPE)
    if plan.host_name:
        _say(item, "podcast:person", plan.host_name, role="host")
    if plan.topic is not None:
        _say(item, "category", plan.topic)


def _enclose(item: Element, episode: Episode, address: str) -> None:
    """MP3, which every app knows, and Opus for those that know it, too; else Opus alone."""
    opus, size = {"url": f"{address}.ogg", "length": str(episode.size), "type": OPUS_TYPE}, episode.mp3_size
    if size is None:
        SubElement(item, "enclosure", opus)
        return
    SubElement(item, "enclosure", url=f"{address}.mp3", length=str(size), type=MP3_TYPE)
    also = SubElement(item, "podcast:alternateEnclosure", type=OPUS_TYPE, length=str(episode.size))
    SubElement(also, "podcast:source", uri=f"{address}.ogg")


def _headline(episode: Episode) -> str:
    parts = len(episode.replay.parts)
    title = episode.room.plan.title
    return title if parts == 1 else f"{title} ({episode.number}/{parts})"


def _guid(episode: Episode) -> str:
    """Lasts as long as the talk, whichever edition is heard, so that no app shows one twice."""
    own = talk_id(episode.room).urn
    return own if episode.number == 1 else f"{own}#{episode.number}"


def _about(room: Room, words: Words) -> str:
    hosted = words.gettext("Hosted by %(name)s") % {"name": one_line(room.plan.host_name)}
    told = (paragraphs(room.plan.description).strip(), hosted if room.plan.host_name else "")
    return "\n\n".join(paragraph for paragraph in told if paragraph) or one_line(room.plan.title)


def _say(parent: Element, name: str, content: str, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = one_line(content)
