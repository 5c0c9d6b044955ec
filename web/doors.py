"""Doors: which address leads where, and how every answer is dressed."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass, replace
from functools import partial

from aiohttp import web

from rooms.errors.recording import NotRecorded
from rooms.errors.rights import NotAdmitted
from rooms.listening import Gallery, View
from rooms.receipts import Receipts
from rooms.room import AHEAD
from web.assets import Asset, Assets
from web.bills import Bill
from web.bodies import BodyUnfit, read_body
from web.box_office import LONGEST_BODY, BoxOffice
from web.channels import EVENTS, Channels
from web.discretion import discreet
from web.embedding import frame_of, key_in, told
from web.fanout import Listener
from web.feeds import WRITERS, Feed, Feeds
from web.filenames import disposition
from web.forms import FORMS
from web.headers import EVERYWHERE, FOR_EVER, IN_FRAMES, IN_TELEGRAM, SHARED, SHORTLY, WITH_FORMS, dress
from web.language import DEFAULT, preferred
from web.origins import demand_ours
from web.pages import Pages
from web.pieces import send_file
from web.places import GalleryFull
from web.podcast import MP3_TYPE, OPUS_TYPE
from web.reels.booth import MASTER_NAME, Booth
from web.reels.reels import Reels
from web.refusals import answer_to
from web.takeover import TakenOver, taken_over
from web.talkback import FORM, Sent, Talkback
from web.talkback import LONGEST_BODY as LONGEST_SENT
from web.waveform import waveform_of

log = logging.getLogger(__name__)

_KEY = r"([A-Za-z0-9_-]{1,64})"
_TOPIC = r"(?:/topics/([^/]{1,64}))?"
_NUMBER, _PLACE = "([1-9][0-9]{0,8})", "([1-9][0-9]{0,2})"
_DEED = r"(questions|votes|reactions)"
_SOON = "5"
"""Seconds after which a stream that is not there yet may be asked for again."""

_SOUND = "sound"
"""The kind of stream of which a place has one, whatever its form."""

_EVENT_STREAM = "text/event-stream; charset=utf-8"

_UNBUFFERED = {"X-Accel-Buffering": "no"}
"""Tells a proxy to pass on what it gets."""

_NO_MORE: Mapping[str, str] = {}

Door = Callable[..., Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class House:
    """What lies behind the doors."""

    gallery: Gallery
    channels: Channels
    reels: Reels
    office: BoxOffice
    talkback: Talkback
    pages: Pages
    assets: Assets
    feeds: Feeds
    receipts: Receipts


class Doors:
    """Answers every request; what goes wrong is answered with a sentence that is the same for all."""

    def __init__(self, house: House) -> None:
        self._gallery = house.gallery
        self._channels = house.channels
        self._office = house.office
        self._talkback = house.talkback
        self._pages = house.pages
        self._assets = house.assets
        self._feeds = house.feeds
        self._receipts = house.receipts
        self._dress = dress(house.pages.public_url)
        self._booth = Booth(house.reels, self._dress)
        streams, programmes = "|".join(FORMS), "|".join(map(re.escape, WRITERS))
        doors: Mapping[str, Door] = {
            "/": self._front,
            "/privacy": self._privacy,
            "/health": self._health,
            "/oembed": self._oembed,
            r"/podcast\.jpg": self._podcast_picture,
            r"/static/([0-9a-f]{16})/([a-z.-]{1,40})": self._asset,
            rf"/l/{_KEY}": self._room,
            rf"/l/{_KEY}/stream\.({streams})": self._stream,
            rf"/l/{_KEY}/(stream|sound)\.m3u8": self._playlist,
            rf"/l/{_KEY}/pieces/{_KEY}/(head\.mp4|[1-9][0-9]{{0,11}}\.m4s)": self._piece,
            rf"/l/{_KEY}/events": self._events,
            rf"/l/{_KEY}/talk\.ics": self._talk,
            rf"/l/{_KEY}/cover\.jpg": self._cover,
            rf"/l/{_KEY}/cover-square\.jpg": self._square_cover,
            rf"/l/{_KEY}/embed": self._embed,
            rf"/l/{_KEY}/replay/{_NUMBER}/{_PLACE}\.(ogg|mp3)": self._replay,
            rf"/l/{_KEY}/replay/{_NUMBER}/{_PLACE}/chapters\.json": self._chapters,
            rf"/l/{_KEY}/ticket": self._ticket,
            rf"/l/{_KEY}/seats/{_KEY}/stream\.({streams})": self._seat_stream,
            rf"/l/{_KEY}/seats/{_KEY}/(stream|sound)\.m3u8": self._seat_playlist,
            rf"/l/{_KEY}/seats/{_KEY}/events": self._seat_events,
            rf"/g/{_KEY}{_TOPIC}": self._programme,
            rf"/g/{_KEY}{_TOPIC}/({programmes})": self._programme_feed,
            rf"/g/{_KEY}{_TOPIC}/podcast\.rss": self._podcast,
        }
        hatches: Mapping[str, Door] = {
            rf"/l/{_KEY}/ticket": self._issue,
            rf"/l/{_KEY}/seats": self._seat,
            rf"/l/{_KEY}/{_DEED}": self._talk_back,
            rf"/l/{_KEY}/seats/{_KEY}/{_DEED}": self._talk_back_from_seat,
        }
        self._doors = {"GET": _compiled(doors), "POST": _compiled(hatches)}

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer a request; raises nothing but the loss of the connection."""
        try:
            return await self._open(request)
        except BodyUnfit:
            return self._sentence(request, 413, "unreadable", {"Connection": "close"})
        except GalleryFull:
            return self._sentence(request, 503, "full", {"Retry-After": _SOON})
        except ConnectionError:
            raise
        except Exception as error:  # a request's outermost boundary
            refused = answer_to(error)
            if refused is None:
                log.error("an answer failed: %s", discreet(error))
            if request.writer.output_size:
                raise ConnectionResetError("the answer had begun") from error
            return self._sentence(request, *(refused or (500, "broken")))

    def refuse(self) -> web.StreamResponse:
        """The answer to what could not be read as a request."""
        _, text = self._pages.sentence("unreadable", DEFAULT)
        return web.Response(status=400, text=f"{text}\n", headers=self._dress)

    async def _open(self, request: web.BaseRequest) -> web.StreamResponse:
        method = "GET" if request.method == "HEAD" else request.method
        for path, door in self._doors.get(method, ()):
            if match := path.fullmatch(request.path):
                return await door(request, *match.groups())
        if method == "GET" and not self._is_hatch(request.path):
            return self._sentence(request, 404, "unknown")
        allowed = "POST" if self._is_hatch(request.path) else "GET, HEAD"
        return self._sentence(request, 405, "wrong_method", {"Allow": allowed})

    def _is_hatch(self, path: str) -> bool:
        return any(hatch.fullmatch(path) for hatch, _ in self._doors["POST"])

    async def _front(self, request: web.BaseRequest) -> web.StreamResponse:
        return self._page(self._pages.front(self._language(request)))

    async def _privacy(self, request: web.BaseRequest) -> web.StreamResponse:
        receipt = await self._receipts.now()
        return self._page(self._pages.privacy(receipt, self._language(request)))

    async def _health(self, _request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(text="ok\n", headers=self._dress)

    async def _asset(self, request: web.BaseRequest, edition: str, name: str) -> web.StreamResponse:
        asset = self._assets.files.get(name)
        if asset is None or edition != self._assets.edition:
            return self._sentence(request, 404, "unknown")
        return self._file(asset, FOR_EVER)

    async def _podcast_picture(self, _request: web.BaseRequest) -> web.StreamResponse:
        return self._file(self._assets.files["podcast.jpg"], SHORTLY)

    def _file(self, asset: Asset, kept: Mapping[str, str]) -> web.Response:
        headers = {**self._dress, **EVERYWHERE, **kept, "Content-Type": asset.content_type}
        return web.Response(body=asset.content, headers=headers)

    async def _room(self, request: web.BaseRequest, key: str) -> web.StreamResponse:
        view = await self._gallery.view(key)
        waveform = "" if view.replay is None else await asyncio.to_thread(waveform_of, view.replay)
        response = self._page(self._pages.room(view, self._language(request), waveform))
        response.headers.update(WITH_FORMS)
        return response

    async def _cover(self, _request: web.BaseRequest, key: str) -> web.StreamResponse:
        return self._picture(await self._gallery.cover(key))

    async def _square_cover(self, _request: web.BaseRequest, key: str) -> web.StreamResponse:
        return self._picture(await self._gallery.square_cover(key))

    def _picture(self, jpeg: bytes) -> web.Response:
        return web.Response(body=jpeg, content_type="image/jpeg", headers={**self._dress, **EVERYWHERE})

    async def _oembed(self, request: web.BaseRequest) -> web.StreamResponse:
        if request.query.get("format", "json") != "json":
            return self._sentence(request, 501, "unreadable")
        public_url, frame = self._pages.public_url, frame_of(request.query)
        view = await self._gallery.view(key_in(request.query.get("url"), public_url))
        response = self._told(told(view, frame, public_url))
        response.headers.update(SHARED)
        return response

    async def _embed(self, request: web.BaseRequest, key: str) -> web.StreamResponse:
        response = self._page(self._pages.embed(await self._gallery.view(key), self._language(request)))
        response.headers.update(IN_FRAMES)
        del response.headers["X-Frame-Options"]
        return response

    async def _replay(
        self, request: web.BaseRequest, key: str, edition: str, number: str, kind: str
    ) -> web.StreamResponse:
        """A part of a replay. It takes a place in the gallery, like the talk itself."""
        replay = await self._gallery.replay(key, int(edition))
        if int(number) > len(replay.parts):
            raise NotRecorded
        part = replay.parts[int(number) - 1]
        path, content_type = (part.path, OPUS_TYPE) if kind == "ogg" else (part.as_mp3, MP3_TYPE)
        named = {"Content-Type": content_type, "ETag": f'"{edition}-{number}-{kind}"'}
        with self._channels.take_place("ogg"):
            try:
                return await send_file(request, path, {**self._dress, **EVERYWHERE, **named})
            except FileNotFoundError as error:
                raise NotRecorded from error

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

    async def _podcast(self, request: web.BaseRequest, key: str, topic: str | None) -> web.StreamResponse:
        feed = await self._feeds.podcast(key, topic.lower() if topic else None)
        return self._feed(request, feed, SHARED)

    async def _chapters(
        self, request: web.BaseRequest, key: str, edition: str, number: str
    ) -> web.StreamResponse:
        feed = await self._feeds.chapters(key, int(edition), int(number))
        return self._feed(request, feed, SHARED)

    async def _ticket(self, request: web.BaseRequest, key: str) -> web.StreamResponse:
        view = await self._gallery.view(key)
        page = self._pages.ticket(view, await self._office.key(key), self._language(request))
        response = self._page(page)
        response.headers.update(IN_TELEGRAM)
        del response.headers["X-Frame-Options"]
        return response

    async def _issue(self, request: web.BaseRequest, key: str) -> web.StreamResponse:
        return self._told(await self._office.issue(key, await read_body(request, LONGEST_BODY)))

    async def _seat(self, request: web.BaseRequest, key: str) -> web.StreamResponse:
        view = await self._gallery.view(key)
        return self._told(await self._office.seat(view, await read_body(request, LONGEST_BODY)))

    async def _talk_back(self, request: web.BaseRequest, key: str, deed: str) -> web.StreamResponse:
        view = await self._gallery.view(key)
        if not view.is_admitted:
            raise NotAdmitted(view.room.plan.admission)
        return await self._hand_on(request, view, deed)

    async def _talk_back_from_seat(
        self, request: web.BaseRequest, key: str, seat: str, deed: str
    ) -> web.StreamResponse:
        view = await self._view_from(key, seat)
        return await self._hand_on(request, view, deed, self._office.seats.holder(view.room.id, seat))

    async def _hand_on(
        self, request: web.BaseRequest, view: View, deed: str, ticket: bytes | None = None
    ) -> web.StreamResponse:
        """Let the stage have what was sent; who has no script is led back to the room's page."""
        demand_ours(request, self._pages.public_url)
        body = await read_body(request, LONGEST_SENT)
        await self._talkback.take(deed, view, Sent(request.content_type, body, request.remote, ticket))
        back, is_question = f"/l/{view.room.listen_key}", deed == "questions"
        if request.content_type != FORM:
            return self._sentence(request, 202, "asked") if is_question else self._done(204)
        if not is_question:
            return self._done(303, Location=back)
        response = self._page(self._pages.plain("asked", self._language(request), back))
        response.set_status(202)
        return response

    async def _stream(self, request: web.BaseRequest, key: str, kind: str) -> web.StreamResponse:
        view = await self._gallery.view(key)
        if not view.is_admitted:
            raise NotAdmitted(view.room.plan.admission)
        return await self._sound(request, view, kind)

    async def _seat_stream(
        self, request: web.BaseRequest, key: str, seat: str, kind: str
    ) -> web.StreamResponse:
        return await self._sound(request, await self._view_from(key, seat), kind, seat)

    async def _sound(
        self, request: web.BaseRequest, view: View, kind: str, seat: str | None = None
    ) -> web.StreamResponse:
        return self._absence(request, view) or await self._listen(request, view, kind, seat)

    def _absence(self, request: web.BaseRequest, view: View) -> web.Response | None:
        """What is said where there is no sound, not yet or not any more."""
        if view.room.state in AHEAD:
            return self._sentence(request, 503, "too_early", {"Retry-After": _SOON})
        return self._sentence(request, 410, "over") if view.room.is_over else None

    async def _playlist(self, request: web.BaseRequest, key: str, name: str) -> web.StreamResponse:
        view = await self._gallery.view(key)
        if not view.is_admitted:
            raise NotAdmitted(view.room.plan.admission)
        return await self._listed(request, view, name)

    async def _seat_playlist(
        self, request: web.BaseRequest, key: str, seat: str, name: str
    ) -> web.StreamResponse:
        view = await self._view_from(key, seat)
        if not view.room.is_over:
            self._office.seats.fetch(view.room.id, seat, _SOUND, begins=name == MASTER_NAME)
        return await self._listed(request, view, name)

    async def _listed(self, request: web.BaseRequest, view: View, name: str) -> web.StreamResponse:
        absence = None if self._booth.has_end(view) else self._absence(request, view)
        return absence or await self._booth.playlist(view, name)

    async def _piece(self, _request: web.BaseRequest, key: str, folder: str, name: str) -> web.StreamResponse:
        view = await self._gallery.view(key)
        return self._booth.piece(view.room, folder, name)

    async def _events(self, request: web.BaseRequest, key: str) -> web.StreamResponse:
        return await self._listen(request, await self._gallery.view(key), EVENTS)

    async def _seat_events(self, request: web.BaseRequest, key: str, seat: str) -> web.StreamResponse:
        return await self._listen(request, await self._view_from(key, seat), EVENTS, seat)

    async def _view_from(self, key: str, seat: str) -> View:
        """The room as it is seen from a place that a ticket opened; raises `SeatLost`, `SeatUnknown`."""
        view = await self._gallery.view(key)
        if not view.room.is_over:
            self._office.seats.check(view.room.id, seat)
        return replace(view, has_ticket=True)

    async def _listen(
        self, request: web.BaseRequest, view: View, kind: str, seat: str | None = None
    ) -> web.StreamResponse:
        content_type = FORMS[kind].content_type if kind in FORMS else _EVENT_STREAM
        headers = {**self._dress, **_UNBUFFERED, "Content-Type": content_type}
        if view.room.is_heard_by_link:
            headers |= EVERYWHERE
        with self._channels.take_place(kind) as place:
            if request.method == "HEAD":
                response = web.StreamResponse(headers=headers)
                response.force_close()
                return response

            def arrive() -> Listener:
                listener = taken_over(request, headers)
                listener.at_the_end(place.keep())
                self._hold(listener, view, kind, seat)
                return listener

            await self._channels.listen(view, kind, arrive)
        return TakenOver()

    def _hold(self, listener: Listener, view: View, kind: str, seat: str | None) -> None:
        """Hold what this one takes up until it ends."""
        with ExitStack() as seated:
            seated.enter_context(self._in_seat(view, kind, seat, listener))
            if seat is not None:
                listener.at_the_end(seated.pop_all().close)
        if kind in FORMS:
            listener.at_the_end(self._talkback.come(view.room.id))

    def _in_seat(
        self, view: View, kind: str, seat: str | None, listener: Listener
    ) -> AbstractContextManager[None]:
        """Hold the place for this one, until it ends or somebody else takes it."""
        if seat is None or view.room.is_over:
            return nullcontext()
        sort = EVENTS if kind == EVENTS else _SOUND
        return self._office.seats.taken(view.room.id, seat, sort, partial(listener.end, has_all=False))

    def _done(self, status: int, **headers: str) -> web.Response:
        return web.Response(status=status, headers={**self._dress, **headers})

    def _told(self, content: bytes) -> web.Response:
        return web.Response(body=content, content_type="application/json", headers=self._dress)

    def _feed(self, request: web.BaseRequest, feed: Feed, more: Mapping[str, str] = _NO_MORE) -> web.Response:
        """The feed, or that it is what the asker has already (RFC 9110, section 13.1.2)."""
        headers = {**self._dress, **SHORTLY, **more, "ETag": f'"{feed.tag}"'}
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


def _compiled(doors: Mapping[str, Door]) -> Sequence[tuple[re.Pattern[str], Door]]:
    return [(re.compile(path), door) for path, door in doors.items()]
