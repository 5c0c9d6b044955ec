"""The hatches: where pages hand something in, for a ticket, a place, or the stage."""

from aiohttp import web

from rooms.listening import View
from web.bodies import read_body
from web.box_office import LONGEST_BODY
from web.doors.answers import Answers
from web.doors.house import House
from web.origins import demand_ours
from web.talkback import FORM, Sent
from web.talkback import LONGEST_BODY as LONGEST_SENT


class Hatches:
    """Answers what is posted."""

    def __init__(self, house: House, answers: Answers) -> None:
        self._gallery = house.gallery
        self._office = house.office
        self._talkback = house.talkback
        self._pages = house.pages
        self._answers = answers

    async def issue(self, request: web.BaseRequest, key: str) -> web.StreamResponse:
        """A ticket's blind signature."""
        return self._answers.told(await self._office.issue(key, await read_body(request, LONGEST_BODY)))

    async def seat(self, request: web.BaseRequest, key: str) -> web.StreamResponse:
        """A place for a ticket."""
        view = await self._gallery.view(key)
        return self._answers.told(await self._office.seat(view, await read_body(request, LONGEST_BODY)))

    async def talk_back(self, request: web.BaseRequest, key: str, deed: str) -> web.StreamResponse:
        """A question, a vote or a reaction, by the link alone."""
        view = await self._gallery.admitted(key)
        return await self._hand_on(request, view, deed)

    async def talk_back_from_seat(
        self, request: web.BaseRequest, key: str, seat: str, deed: str
    ) -> web.StreamResponse:
        """The same, from a place."""
        view = self._office.view_from(seat, await self._gallery.view(key))
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
            return self._answers.sentence(request, 202, "asked") if is_question else self._answers.done(204)
        if not is_question:
            return self._answers.done(303, Location=back)
        response = self._answers.page(self._pages.plain("asked", self._answers.language(request), back))
        response.set_status(202)
        return response
