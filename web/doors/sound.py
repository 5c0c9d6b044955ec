"""The doors to sound: streams, pieces and replays, and the events that go with them."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, ExitStack, nullcontext
from functools import partial

from aiohttp import web

from rooms.errors.recording import NotRecorded
from rooms.listening import View
from rooms.room import AHEAD
from web.channels import EVENTS
from web.doors.answers import Answers
from web.doors.house import House
from web.fanout import Listener
from web.forms import FORMS
from web.headers import EVERYWHERE
from web.pieces import send_file
from web.podcast import MP3_TYPE, OPUS_TYPE
from web.reels.booth import MASTER_NAME, Booth
from web.takeover import TakenOver, taken_over

SOON = "5"
"""Seconds after which what is not there yet may be asked for again."""

_SOUND = "sound"
"""The kind of stream of which a place has one, whatever its form."""

_EVENT_STREAM = "text/event-stream; charset=utf-8"

_UNBUFFERED: Mapping[str, str] = {"X-Accel-Buffering": "no"}
"""Tells a proxy to pass on what it gets."""


class SoundDoors:
    """Answers with what is heard, by the link alone or from a place that a ticket opened."""

    def __init__(self, house: House, answers: Answers) -> None:
        self._gallery = house.gallery
        self._channels = house.channels
        self._booth = Booth(house.reels, answers.dress)
        self._office = house.office
        self._talkback = house.talkback
        self._answers = answers

    async def stream(self, request: web.BaseRequest, key: str, kind: str) -> web.StreamResponse:
        """The sound, by the link alone."""
        view = await self._gallery.admitted(key)
        return await self._sound(request, view, kind)

    async def seat_stream(
        self, request: web.BaseRequest, key: str, seat: str, kind: str
    ) -> web.StreamResponse:
        """The sound, from a place."""
        return await self._sound(request, await self._view_from(key, seat), kind, seat)

    async def playlist(self, request: web.BaseRequest, key: str, name: str) -> web.StreamResponse:
        """What there is to fetch in pieces, by the link alone."""
        view = await self._gallery.admitted(key)
        return await self._listed(request, view, name)

    async def seat_playlist(
        self, request: web.BaseRequest, key: str, seat: str, name: str
    ) -> web.StreamResponse:
        """The same, from a place."""
        view = await self._view_from(key, seat)
        if not view.room.is_over:
            self._office.seats.fetch(view.room.id, seat, _SOUND, begins=name == MASTER_NAME)
        return await self._listed(request, view, name)

    async def piece(self, _request: web.BaseRequest, key: str, folder: str, name: str) -> web.StreamResponse:
        """A piece."""
        view = await self._gallery.view(key)
        return self._booth.piece(view.room, folder, name)

    async def events(self, request: web.BaseRequest, key: str) -> web.StreamResponse:
        """What changes, by the link alone."""
        return await self._listen(request, await self._gallery.view(key), EVENTS)

    async def seat_events(self, request: web.BaseRequest, key: str, seat: str) -> web.StreamResponse:
        """What changes, as seen from a place."""
        return await self._listen(request, await self._view_from(key, seat), EVENTS, seat)

    async def replay(
        self, request: web.BaseRequest, key: str, edition: str, number: str, kind: str
    ) -> web.StreamResponse:
        """A part of a replay. It takes a place in the gallery, like the talk itself."""
        replay = await self._gallery.replay(key, int(edition))
        if int(number) > len(replay.parts):
            raise NotRecorded
        part = replay.parts[int(number) - 1]
        path, content_type = (part.path, OPUS_TYPE) if kind == "ogg" else (part.as_mp3, MP3_TYPE)
        named = {"Content-Type": content_type, "ETag": f'"{edition}-{number}-{kind}"'}
        with self._channels.take_place(kind):
            try:
                return await send_file(request, path, {**self._answers.dress, **EVERYWHERE, **named})
            except FileNotFoundError as error:
                raise NotRecorded from error

    async def _sound(
        self, request: web.BaseRequest, view: View, kind: str, seat: str | None = None
    ) -> web.StreamResponse:
        return self._absence(request, view) or await self._listen(request, view, kind, seat)

    def _absence(self, request: web.BaseRequest, view: View) -> web.Response | None:
        """What is said where there is no sound, not yet or not any more."""
        if view.room.state in AHEAD:
            return self._answers.sentence(request, 503, "too_early", {"Retry-After": SOON})
        return self._answers.sentence(request, 410, "over") if view.room.is_over else None

    async def _listed(self, request: web.BaseRequest, view: View, name: str) -> web.StreamResponse:
        absence = None if self._booth.has_end(view) else self._absence(request, view)
        return absence or await self._booth.playlist(view, name)

    async def _view_from(self, key: str, seat: str) -> View:
        return self._office.view_from(seat, await self._gallery.view(key))

    async def _listen(
        self, request: web.BaseRequest, view: View, kind: str, seat: str | None = None
    ) -> web.StreamResponse:
        content_type = FORMS[kind].content_type if kind in FORMS else _EVENT_STREAM
        headers = {**self._answers.dress, **_UNBUFFERED, "Content-Type": content_type}
        if view.room.is_heard_by_link:
            headers |= EVERYWHERE
        with self._channels.take_place(kind) as place:
            if request.method == "HEAD":
                response = web.StreamResponse(headers=headers)
                response.force_close()
                return response

            def arrive(now: View) -> Listener:
                if seat is not None:
                    self._office.view_from(seat, now)  # it may have been lost meanwhile
                listener = taken_over(request, headers)
                listener.at_the_end(place.keep())
                self._hold(listener, now, kind, seat)
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
