"""Doors: which address leads where, and how every answer is dressed."""

import logging
import re
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import HttpVersion11, web

from rooms.errors import NoSuchRoom, NotAdmitted
from rooms.listening import Gallery, View
from rooms.room import AHEAD
from web.assets import Assets
from web.bills import Bill
from web.channels import EVENTS, Channels, GalleryFull
from web.discretion import discreet
from web.fanout import Listener
from web.feeds import WRITERS, Feed, Feeds
from web.filenames import disposition
from web.forms import FORMS
from web.headers import FOR_EVER, SHORTLY, dress
from web.language import DEFAULT, preferred
from web.pages import Pages

log = logging.getLogger(__name__)

_KEY = r"([A-Za-z0-9_-]{1,64})"
_TOPIC = r"(?:/topics/([^/]{1,64}))?"
_SOON = "5"
"""Seconds after which a stream that is not there yet may be asked for again."""

_UNBUFFERED = {"X-Accel-Buffering": "no"}
"""Tells a proxy to pass on what it gets."""


class Doors:
    """Answers every request; what goes wrong is answered with a sentence that is the same for all."""

    def __init__(
        self, gallery: Gallery, channels: Channels, pages: Pages, assets: Assets, feeds: Feeds
    ) -> None:
        self._gallery = gallery
        self._channels = channels
        self._pages = pages
        self._assets = assets
        self._feeds = feeds
        self._dress = dress(pages.public_url)
        streams, programmes = "|".join(FORMS), "|".join(map(re.escape, WRITERS))
        doors: Mapping[str, Callable[..., Awaitable[web.StreamResponse]]] = {
            "/": self._front,
            "/privacy": self._privacy,
            "/health": self._health,
            r"/static/([0-9a-f]{16})/([a-z.-]{1,40})": self._asset,
            rf"/l/{_KEY}": self._room,
            rf"/l/{_KEY}/stream\.({streams})": self._stream,
            rf"/l/{_KEY}/events": self._events,
            rf"/l/{_KEY}/talk\.ics": self._talk,
            rf"/g/{_KEY}{_TOPIC}": self._programme,
            rf"/g/{_KEY}{_TOPIC}/({programmes})": self._programme_feed,
        }
        self._doors = [(re.compile(path), door) for path, door in doors.items()]

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer a request; raises nothing but the loss of the connection."""
        if request.method not in ("GET", "HEAD"):
            return self._sentence(request, 405, "wrong_method", {"Allow": "GET, HEAD"})
        try:
            return await self._open(request)
        except NoSuchRoom:
            return self._sentence(request, 404, "unknown")
        except NotAdmitted as refusal:
            return self._sentence(request, 403, refusal.admission)
        except GalleryFull:
            return self._sentence(request, 503, "full", {"Retry-After": _SOON})
        except ConnectionError:
            raise
        except Exception as error:  # a request's outermost boundary
            log.error("an answer failed: %s", discreet(error))
            if request.writer.output_size:
                raise ConnectionResetError("the answer had begun") from error
            return self._sentence(request, 500, "broken")

    def refuse(self) -> web.StreamResponse:
        """The answer to what could not be read as a request."""
        _, text = self._pages.sentence("unreadable", DEFAULT)
        return web.Response(status=400, text=f"{text}\n", headers=self._dress)

    async def _open(self, request: web.BaseRequest) -> web.StreamResponse:
        for path, door in self._doors:
            if match := path.fullmatch(request.path):
                return await door(request, *match.groups())
        return self._sentence(request, 404, "unknown")

    async def _front(self, request: web.BaseRequest) -> web.StreamResponse:
        return self._page(self._pages.front(self._language(request)))

    async def _privacy(self, request: web.BaseRequest) -> web.StreamResponse:
        return self._page(self._pages.privacy(self._language(request)))

    async def _health(self, _request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(text="ok\n", headers=self._dress)

    async def _asset(self, request: web.BaseRequest, edition: str, name: str) -> web.StreamResponse:
        asset = self._assets.files.get(name)
        if asset is None or edition != self._assets.edition:
            return self._sentence(request, 404, "unknown")
        headers = {**self._dress, **FOR_EVER, "Content-Type": f"{asset.content_type}; charset=utf-8"}
        return web.Response(body=asset.content, headers=headers)

    async def _room(self, request: web.BaseRequest, key: str) -> web.StreamResponse:
        view = await self._gallery.view(key)
        return self._page(self._pages.room(view, self._language(request)))

    async def _programme(self, request: web.BaseRequest, key: str, topic: str | None) -> web.StreamResponse:
        bill = Bill(*await self._gallery.programme(key), topic.lower() if topic else None)
        return self._page(self._pages.programme(bill, self._language(request)))

    async def _talk(self, request: web.BaseRequest, key: str) -> web.StreamResponse:
        return self._feed(request, await self._feeds.talk(key))

    async def _programme_feed(
        self, request: web.BaseRequest, key: str, topic: str | None, name: str
    ) -> web.StreamResponse:
        feed = await self._feeds.programme(key, topic.lower() if topic else None, name)
        return self._feed(request, feed)

    async def _stream(self, request: web.BaseRequest, key: str, kind: str) -> web.StreamResponse:
        view = await self._gallery.view(key)
        if not view.is_admitted:
            raise NotAdmitted(view.room.plan.admission)
        if view.room.state in AHEAD:
            return self._sentence(request, 503, "too_early", {"Retry-After": _SOON})
        if view.room.is_over:
            return self._sentence(request, 410, "over")
        return await self._listen(request, view, kind, FORMS[kind].content_type)

    async def _events(self, request: web.BaseRequest, key: str) -> web.StreamResponse:
        view = await self._gallery.view(key)
        return await self._listen(request, view, EVENTS, "text/event-stream; charset=utf-8")

    async def _listen(
        self, request: web.BaseRequest, view: View, kind: str, content_type: str
    ) -> web.StreamResponse:
        with self._channels.place(kind):
            headers = {**self._dress, **_UNBUFFERED, "Content-Type": content_type}
            response = web.StreamResponse(headers=headers)
            response.force_close()
            await response.prepare(request)
            transport = request.transport
            if request.method == "GET" and transport is not None:
                listener = Listener(transport, is_framed=request.version >= HttpVersion11)
                await self._channels.listen(view, kind, listener)
                if not listener.has_all:
                    transport.abort()
            return response

    def _feed(self, request: web.BaseRequest, feed: Feed) -> web.Response:
        """The feed, or that it is what the asker has already (RFC 9110, section 13.1.2)."""
        headers = {**self._dress, **SHORTLY, "ETag": f'"{feed.tag}"'}
        if any(known.value in (feed.tag, "*") for known in request.if_none_match or ()):
            return web.Response(status=304, headers=headers)
        headers["Content-Type"] = feed.content_type
        headers["Content-Disposition"] = disposition(feed.file_name)
        response = web.Response(body=feed.content, headers=headers)
        if feed.changed_at is not None:
            response.last_modified = feed.changed_at.replace(microsecond=0)
        return response

    def _page(self, text: str) -> web.Response:
        headers = {**self._dress, "Vary": "Accept-Language"}
        return web.Response(text=text, content_type="text/html", headers=headers)

    def _sentence(
        self, request: web.BaseRequest, status: int, name: str, headers: Mapping[str, str] | None = None
    ) -> web.Response:
        language = self._language(request)
        if "text/html" in request.headers.get("Accept", ""):
            response = self._page(self._pages.plain(name, language))
        else:
            text = self._pages.sentence(name, language)[1]
            response = web.Response(text=f"{text}\n", headers=self._dress)
        response.set_status(status)
        response.headers.update(headers or {})
        return response

    def _language(self, request: web.BaseRequest) -> str:
        return preferred(request.headers.get("Accept-Language", ""), self._pages.languages)
