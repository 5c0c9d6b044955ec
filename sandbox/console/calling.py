"""Calling: people come into voice chats, mute, raise hands, go; admins mute them and let them speak."""

import secrets
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

LONGEST_HASH = 64
"""Characters of what a link ends in."""


class Calling:
    """What people do in voice chats; the world's rules for them are Telegram's."""

    def __init__(self, world: World, exchange: Exchange, voice: VoiceServer, access: Access) -> None:
        self._world = world
        self._exchange = exchange
        self._voice = voice
        self._access = access

    def routes(self) -> Iterable[web.RouteDef]:
        """POST /api/call/ and the name of a deed."""
        yield web.post("/api/call/join", self.join)
        yield web.post("/api/call/leave", self.leave)
        yield web.post("/api/call/mute", self.mute)
        yield web.post("/api/call/hand", self.hand)
        yield web.post("/api/call/volume", self.volume)
        yield web.post("/api/call/subscribe", self.subscribe)
        yield web.post("/api/call/kick", self.kick)
        yield web.post("/api/call/elsewhere", self.elsewhere)
        yield web.post("/api/call/stream", self.stream)

    async def join(self, request: web.Request) -> web.Response:
        """A browser comes in with an SDP offer, its microphone off unless `muted` is false.

        `invite` is what a link ended in by which they come: with the speakers', they may unmute.
        """
        fields = await told(request)
        person, call = self._access.seat(fields)
        offer = fields.words("sdp", LONGEST_OFFER) + "\r\n"
        is_muted = fields.flag("muted") if fields.has("muted") else True
        invite = fields.text("invite", LONGEST_HASH)
        answer = self._exchange.join_browser(call, person.id, offer, muted=is_muted)
        self._world.calls.welcome(call, person.id, invite)
        return web.json_response({"sdp": answer})

    async def leave(self, request: web.Request) -> web.Response:
        """A person goes; no error when they are gone already, or when the voice chat is over."""
        fields = await told(request)
        person, chat = self._access.place(fields)
        if chat.call is not None:
            self._world.calls.leave(chat.call, person.id)
        return web.json_response({})

    async def mute(self, request: web.Request) -> web.Response:
        """A person mutes or unmutes themselves.

        Of somebody else, `person`, an admin takes or gives the right to unmute: `muted` or not.
        """
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

    async def volume(self, request: web.Request) -> web.Response:
        """An admin turns `person` up or down for everybody: `volume` is 1 to 20000, at first 10000.

        It is what clients are told; the voice server passes everybody's sound on as it is.
        """
        fields = await told(request)
        by, call = self._access.seat(fields)
        self._world.calls.set_volume(call, by.id, _whom(fields, by), fields.whole("volume"))
        return web.json_response({})

    async def subscribe(self, request: web.Request) -> web.Response:
        """A person wants to be reminded when the scheduled voice chat begins, or no more: `is_wanted`."""
        fields = await told(request)
        person, call = self._access.seat(fields)
        self._world.calls.subscribe(call, person.id, fields.flag("is_wanted"))
        return web.json_response({})

    async def kick(self, request: web.Request) -> web.Response:
        """A tool's deed: somebody's media is dropped, and nobody is told, as when a line breaks."""
        fields = await told(request)
        call, person = self._access.any_call(fields), fields.whole("person")
        if person not in call.participants:
            raise Complaint(409, "That person is not in the voice chat.")
        self._voice.kick(call.id, person)
        return web.json_response({})

    async def elsewhere(self, request: web.Request) -> web.Response:
        """A tool's deed: somebody's account joins from another device, by which the first one is out."""
        fields = await told(request)
        call, person = self._access.any_call(fields), fields.whole("person")
        if person not in call.participants:
            raise Complaint(409, "That person is not in the voice chat.")
        self._world.calls.join(call, person, secrets.randbits(32), muted=True)
        return web.json_response({})

    async def stream(self, request: web.Request) -> web.Response:
        """A tool's deed: from now on the voice chat is so large that accounts hear it in parts, or is not."""
        fields = await told(request)
        self._access.any_call(fields).is_streamed = fields.flag("is_on")
        return web.json_response({})


def _whom(fields: Fields, by: Person) -> int:
    """Whom it is about: `person`, or else who asks."""
    return fields.whole("person") if fields.has("person") else by.id
