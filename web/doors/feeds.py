"""The doors to what programs subscribe to: calendars, feeds, the podcast, and what other sites embed."""

from aiohttp import web

from web.doors.answers import Answers
from web.doors.house import House
from web.embedding import frame_of, key_in, told
from web.headers import SHARED


class FeedDoors:
    """Answers with feeds, each the same for all."""

    def __init__(self, house: House, answers: Answers) -> None:
        self._gallery = house.gallery
        self._feeds = house.feeds
        self._public_url = house.pages.public_url
        self._answers = answers

    async def oembed(self, request: web.BaseRequest) -> web.StreamResponse:
        """How other sites show a talk's player (oEmbed 1.0)."""
        if request.query.get("format", "json") != "json":
            return self._answers.sentence(request, 501, "unreadable")
        frame = frame_of(request.query)
        view = await self._gallery.view(key_in(request.query.get("url"), self._public_url))
        response = self._answers.told(told(view, frame, self._public_url))
        response.headers.update(SHARED)
        return response

    async def talk(self, request: web.BaseRequest, key: str) -> web.StreamResponse:
        """A talk for calendars."""
        return self._answers.feed(request, await self._feeds.talk(key))

    async def programme_feed(
        self, request: web.BaseRequest, key: str, topic: str | None, name: str
    ) -> web.StreamResponse:
        """A group's talks as a calendar or a feed, or those on a topic."""
        feed = await self._feeds.programme(key, topic.lower() if topic else None, name)
        return self._answers.feed(request, feed)

    async def podcast(self, request: web.BaseRequest, key: str, topic: str | None) -> web.StreamResponse:
        """Replays as a podcast."""
        feed = await self._feeds.podcast(key, topic.lower() if topic else None)
        return self._answers.feed(request, feed, SHARED)

    async def chapters(
        self, request: web.BaseRequest, key: str, edition: str, number: str
    ) -> web.StreamResponse:
        """A replay's chapters, as podcast apps read them."""
        feed = await self._feeds.chapters(key, int(edition), int(number))
        return self._answers.feed(request, feed, SHARED)
