"""Calling: people come into voice chats, mute, raise hands, go; admins start and end them."""

from collections.abc import Iterable

from aiohttp import web

from sandbox.console.access import Access
from sandbox.console.complaints import Complaint
from sandbox.console.fields import Fields, told
from sandbox.exchange import Exchange
from sandbox.sfu import VoiceServer
from sandbox.sfu.browser import LONGEST as LONGEST_OFFER
from sandbox.world.entities import Person
from sandbox.world.world import World


class Calling:
    """What people do in voice chats; the world's rules for them are Telegram's."""

    def __init__(self, world: World, exchange: Exchange, voice: VoiceServer, access: Access) -> None:
        self._world = world
        self._exchange = exchange
        self._voice = voice
        self._access = access

    def routes(self) -> Iterable[web.RouteDef]:
        """POST /api/call/ and one of join, leave, mute, hand, start, end, kick."""
        yield web.post("/api/call/join", self.join)
        yield web.post("/api/call/leave", self.leave)
        yield web.post("/api/call/mute", self.mute)
        yield web.post("/api/call/hand", self.hand)
        yield web.post("/api/call/start", self.start)
        yield web.post("/api/call/end", self.end)
        yield web.post("/api/call/kick", self.kick)

    async def join(self, request: web.Request) -> web.Response:
        """A browser comes in with an SDP offer, its microphone off unless `muted` is false."""
        fields = await told(request)
        person, call = self._access.seat(fields)
        offer = fields.words("sdp", LONGEST_OFFER) + "\r\n"
        is_muted = fields.flag("muted") if fields.has("muted") else True
        answer = self._exchange.join_browser(call, person.id, offer, muted=is_muted)
        return web.json_response({"sdp": answer})

    async def leave(self, request: web.Request) -> web.Response:
        """A person goes; no error when they are gone already, or when the voice chat is over."""
        fields = await told(request)
        person, chat = self._access.place(fields)
        if chat.call is not None:
            self._world.calls.leave(chat.call, person.id)
        return web.json_response({})

    async def mute(self, request: web.Request) -> web.Response:
        """A person mutes or unmutes themselves, or, as an admin, somebody else."""
        fields = await told(request)
        by, call = self._access.seat(fields)
        self._world.calls.set_muted(call, by.id, _whom(fields, by), fields.flag("muted"))
        return web.json_response({})

    async def hand(self, request: web.Request) -> web.Response:
        """A person raises or lowers their hand; an admin lowers that of `person`."""
        fields = await told(request)
        by, call = self._access.seat(fields)
        self._world.calls.raise_hand(call, by.id, _whom(fields, by), fields.flag("is_up"))
        return web.json_response({})

    async def start(self, request: web.Request) -> web.Response:
        """An admin starts a voice chat, or the one that was scheduled."""
        fields = await told(request)
        person, chat = self._access.place(fields)
        title = fields.words_if_any("title", 64)
        if chat.call is None:
            self._world.calls.create(chat, person.id, title or "")
        else:
            self._world.calls.start(chat.call, person.id)
        return web.json_response({})

    async def end(self, request: web.Request) -> web.Response:
        """An admin ends the voice chat for everybody."""
        person, call = self._access.seat(await told(request))
        self._world.calls.discard(call, person.id)
        return web.json_response({})

    async def kick(self, request: web.Request) -> web.Response:
        """A tool's deed: somebody's media is dropped, and nobody is told, as when a line breaks."""
        fields = await told(request)
        call, person = self._access.any_call(fields), fields.whole("person")
        if person not in call.participants:
            raise Complaint(409, "That person is not in the voice chat.")
        self._voice.kick(call.id, person)
        return web.json_response({})


def _whom(fields: Fields, by: Person) -> int:
    """Whom it is about: `person`, or else who asks."""
    return fields.whole("person") if fields.has("person") else by.id
