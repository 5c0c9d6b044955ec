"""Feeds: calendars, news and replays of a programme, written once for all who ask, until it changes."""

import asyncio
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from gettext import NullTranslations

from rooms.errors.recording import NotRecorded
from rooms.listening import Gallery
from rooms.ports import Clock
from rooms.replays import Replay
from rooms.room import Room
from web import atom, calendars, podcast
from web.bills import Bill
from web.filenames import file_name
from web.language import Words, words_of
from web.podcast import Episode, Premises
from web.saying import UTC

KEPT = timedelta(days=30)
"""How long talks stay in a programme's calendar and feed after they are over, or were to be."""

_MOST = 100
"""Feeds kept in memory; others are written anew each time."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes a bill in some language, with links that begin with the gallery's address."""

    write: Callable[[Bill, Words, str], bytes]
    content_type: str
    ending: str


WRITERS: Mapping[str, Writer] = {
    "calendar.ics": Writer(calendars.programme, calendars.CONTENT_TYPE, "ics"),
    "feed.atom": Writer(atom.feed, atom.CONTENT_TYPE, "atom"),
}
"""The writers by what follows a programme's address."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A document that is the same for all who ask, and tells nothing of them.

    `tag` is another one for another content (RFC 9110, section 8.8.3); `changed_at` is when a talk of it was
    changed last, None without talks and where that does not tell.
    """

    content: bytes
    content_type: str
    tag: str
    changed_at: datetime | None
    file_name: str


class Feeds:
    """Writes what calendar apps and feed readers ask for.

    Args:
        gallery: knows the talks.
        clock: tells which of them are long over.
        catalogues: texts by language.
        premises: the addresses that feeds name.
    """

    def __init__(
        self,
        gallery: Gallery,
        clock: Clock,
        catalogues: Mapping[str, NullTranslations],
        premises: Premises,
    ) -> None:
        self._gallery = gallery
        self._clock = clock
        self._catalogues = catalogues
        self._premises = premises
        self._public_url = premises.public_url
        self._written: dict[tuple[str, str], tuple[object, Feed]] = {}

    async def talk(self, listen_key: str) -> Feed:
        """One talk, for a calendar; raises `NoSuchRoom` for an unknown link."""
        view = await self._gallery.view(listen_key)
        room, group = view.room, view.group
        words = words_of(group.language if group else None, self._catalogues)
        content = calendars.talk(room, group, words, self._public_url)
        day = f"{room.plan.starts_at.astimezone(group.zone if group else UTC):%Y-%m-%d}"
        name = file_name(f"{day} {room.plan.title}", "ics")
        return _feed(content, calendars.CONTENT_TYPE, room.changed_at, name)

    async def programme(self, programme_key: str, topic: str | None, name: str) -> Feed:
        """A programme, or one topic of it; raises `NoSuchRoom` for an unknown link.

        Args:
            programme_key: the unguessable part of the link.
            topic: which talks; None for all.
            name: one of `WRITERS`.
        """
        since = self._clock.now() - KEPT
        group, rooms = await self._gallery.calendar(programme_key, since, topic)
        bill = Bill(group, tuple(rooms), topic)
        return self._latest((bill.path, name), bill, lambda: self._write(bill, WRITERS[name]))

    async def podcast(self, programme_key: str, topic: str | None) -> Feed:
        """The replays of a programme, or of one topic of it; raises `NoSuchRoom` for an unknown link."""
        group, found = await self._gallery.replays(programme_key, topic)
        replays = [(room, replay) for room, replay in found if self._is_kept(replay)]
        episodes = tuple(await asyncio.to_thread(_episodes, replays))
        bill = Bill(group, tuple(room for room, _ in replays), topic)
        words = words_of(group.language, self._catalogues)

        def write() -> Feed:
            content = podcast.podcast(bill, episodes, words, self._premises)
            return _feed(content, podcast.CONTENT_TYPE, None, file_name(bill.title, "rss"))

        return self._latest((bill.path, "podcast.rss"), (bill, episodes), write)

    async def chapters(self, listen_key: str, edition: int, number: int) -> Feed:
        """The chapters of a part of a replay; raises `NotRecorded` and what `Gallery.replay` raises."""
        replay = await self._gallery.replay(listen_key, edition)
        view = await self._gallery.view(listen_key)
        if number > len(replay.parts):
            raise NotRecorded
        words = words_of(view.group.language if view.group else None, self._catalogues)
        content = podcast.chapters(Episode(view.room, replay, number, 0), words)
        return _feed(content, podcast.CHAPTERS_TYPE, None, "chapters.json")

    def _is_kept(self, replay: Replay) -> bool:
        """Whether its time is not over; its files are deleted a little later."""
        return replay.recording.erase_at is None or replay.recording.erase_at > self._clock.now()

    def _latest(self, address: tuple[str, str], of: object, write: Callable[[], Feed]) -> Feed:
        """What was written of an equal thing, if that is kept: while it is written, no sound goes out."""
        written_of, feed = self._written.pop(address, (None, None))
        if feed is None or written_of != of:
            feed = write()
        self._written[address] = (of, feed)
        if len(self._written) > _MOST:
            del self._written[next(iter(self._written))]
        return feed

    def _write(self, bill: Bill, writer: Writer) -> Feed:
        words = words_of(bill.group.language, self._catalogues)
        content = writer.write(bill, words, self._public_url)
        return _feed(content, writer.content_type, _changed_at(bill), file_name(bill.title, writer.ending))


def _episodes(replays: Sequence[tuple[Room, Replay]]) -> Iterator[Episode]:
    """The parts whose files are there."""
    for room, replay in replays:
        for number, part in enumerate(replay.parts, 1):
            with suppress(OSError):
                size = part.path.stat().st_size
                mp3_size = part.as_mp3.stat().st_size if part.as_mp3.exists() else None
                yield Episode(room, replay, number, size, mp3_size)


def _changed_at(bill: Bill) -> datetime | None:
    return max((room.changed_at for room in bill.rooms), default=None)


def _feed(content: bytes, content_type: str, changed_at: datetime | None, name: str) -> Feed:
    return Feed(content, content_type, hashlib.sha256(content).hexdigest()[:32], changed_at, name)
