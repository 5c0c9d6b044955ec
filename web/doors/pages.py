"""The doors to what people look at: the pages, and the pictures and files that these show."""

import asyncio

from aiohttp import web

from web.bills import Bill
from web.doors.answers import Answers
from web.doors.house import House
from web.headers import FOR_EVER, IN_FRAMES, IN_TELEGRAM, SHORTLY, WITH_FORMS
from web.waveform import waveform_of


class PageDoors:
    """Answers with pages and their parts."""

    def __init__(self, house: House, answers: Answers) -> None:
        self._gallery = house.gallery
        self._office = house.office
        self._pages = house.pages
        self._assets = house.assets
        self._receipts = house.receipts
        self._answers = answers

    async def front(self, request: web.BaseRequest) -> web.StreamResponse:
        """The front page, which names no room."""
        return self._answers.page(self._pages.front(self._answers.language(request)))

    async def privacy(self, request: web.BaseRequest) -> web.StreamResponse:
        """What is kept, why and how long, with how much of it there is now."""
        receipt = await self._receipts.now()
        return self._answers.page(self._pages.privacy(receipt, self._answers.language(request)))

    async def asset(self, request: web.BaseRequest, edition: str, name: str) -> web.StreamResponse:
        """A script, a style or a picture of the pages."""
        asset = self._assets.files.get(name)
        if asset is None or edition != self._assets.edition:
            return self._answers.sentence(request, 404, "unknown")
        return self._answers.file(asset, FOR_EVER)

    async def podcast_picture(self, _request: web.BaseRequest) -> web.StreamResponse:
        """The picture of all podcasts, which has one address for ever."""
        return self._answers.file(self._assets.files["podcast.jpg"], SHORTLY)

    async def room(self, request: web.BaseRequest, key: str) -> web.StreamResponse:
        """A room's page: before, during and after the talk."""
        view = await self._gallery.view(key)
        waveform = "" if view.replay is None else await asyncio.to_thread(waveform_of, view.replay)
        response = self._answers.page(self._pages.room(view, self._answers.language(request), waveform))
        response.headers.update(WITH_FORMS)
        return response

    async def cover(self, _request: web.BaseRequest, key: str) -> web.StreamResponse:
        """The talk's picture."""
        return self._answers.picture(await self._gallery.cover(key))

    async def square_cover(self, _request: web.BaseRequest, key: str) -> web.StreamResponse:
        """The same for podcast apps."""
        return self._answers.picture(await self._gallery.square_cover(key))

    async def embed(self, request: web.BaseRequest, key: str) -> web.StreamResponse:
        """The talk's player, to be shown in other sites."""
        response = self._answers.page(
            self._pages.embed(await self._gallery.view(key), self._answers.language(request))
        )
        response.headers.update(IN_FRAMES)
        del response.headers["X-Frame-Options"]
        return response

    async def programme(self, request: web.BaseRequest, key: str, topic: str | None) -> web.StreamResponse:
        """A group's talks to come, or those on a topic."""
        bill = Bill(*await self._gallery.programme(key), topic.lower() if topic else None)
        return self._answers.page(self._pages.programme(bill, self._answers.language(request)))

    async def ticket(self, request: web.BaseRequest, key: str) -> web.StreamResponse:
        """The desk, as a Mini App of Telegram."""
        view = await self._gallery.view(key)
        page = self._pages.ticket(view, await self._office.key(key), self._answers.language(request))
        response = self._answers.page(page)
        response.headers.update(IN_TELEGRAM)
        del response.headers["X-Frame-Options"]
        return response
