"""Presiding: admins plan, start, name and end voice chats, and decide who may speak; everybody invites."""

from collections.abc import Iterable
from datetime import UTC, datetime

from aiohttp import web

from sandbox.console.access import Access
from sandbox.console.complaints import Complaint
from sandbox.console.fields import told
from sandbox.world.entities import Chat, GroupCall, Person
from sandbox.world.world import World

LAST_INSTANT = 4_102_444_800
"""The end of the century, in Unix seconds."""

MOST_INVITED = 100


class Presiding:
    """What is done about a voice chat as a whole; the world's rules for it are Telegram's."""

    def __init__(self, world: World, access: Access) -> None:
        self._world = world
        self._access = access

    def routes(self) -> Iterable[web.RouteDef]:
        """POST /api/call/ and the name of a deed."""
        yield web.post("/api/call/start", self.start)
        yield web.post("/api/call/schedule", self.schedule)
        yield web.post("/api/call/end", self.end)
        yield web.post("/api/call/title", self.retitle)
        yield web.post("/api/call/settings", self.settle)
        yield web.post("/api/call/invite", self.invite)
        yield web.post("/api/call/link", self.link)

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

    async def schedule(self, request: web.Request) -> web.Response:
        """An admin plans a voice chat for `at`, in Unix seconds, 10 seconds to 8 days ahead."""
        fields = await told(request)
        person, chat = self._access.place(fields)
        at = datetime.fromtimestamp(fields.number("at", 0, LAST_INSTANT), UTC)
        self._world.calls.create(chat, person.id, fields.words_if_any("title", 64) or "", at)
        return web.json_response({})

    async def end(self, request: web.Request) -> web.Response:
        """An admin ends the voice chat for everybody, or gives up the one that was scheduled."""
        person, call = self._access.seat(await told(request))
        self._world.calls.discard(call, person.id)
        return web.json_response({})

    async def retitle(self, request: web.Request) -> web.Response:
        """An admin gives the voice chat another `title`; an empty one is that of the group."""
        fields = await told(request)
        person, call = self._access.seat(fields)
        self._world.calls.retitle(call, person.id, fields.text("title", 64))
        return web.json_response({})

    async def settle(self, request: web.Request) -> web.Response:
        """An admin decides by `join_muted` what newcomers are: listeners, or people who may speak."""
        fields = await told(request)
        person, call = self._access.seat(fields)
        self._world.calls.let_in_muted(call, person.id, fields.flag("join_muted"))
        return web.json_response({})

    async def invite(self, request: web.Request) -> web.Response:
        """Somebody asks `people` of the group into the voice chat, by a message in it."""
        fields = await told(request)
        person, call = self._access.seat(fields)
        chat = self._world.society.chats[call.chat]
        people = list(dict.fromkeys(fields.wholes("people")))
        if not 1 <= len(people) <= MOST_INVITED:
            raise Complaint(400, f"Invite 1 to {MOST_INVITED} people.")
        for one in people:
            self._check_invited(one, chat, call)
        self._world.calls.invite(call, person.id, people)
        return web.json_response({})

    async def link(self, request: web.Request) -> web.Response:
        """The `link` to a public group's voice chat: an admin's with `may_speak`, or one for listeners.

        With `is_new`, an admin lets the speakers' link that was given before lead to a listener's place.
        """
        fields = await told(request)
        person, call = self._access.seat(fields)
        if fields.has("is_new") and fields.flag("is_new"):
            self._world.calls.renew_link(call, person.id)
        link = self._world.calls.link(call, person.id, may_speak=fields.flag("may_speak"))
        return web.json_response({"link": link})

    def _check_invited(self, one: int, chat: Chat, call: GroupCall) -> None:
        """Raise `Complaint` unless somebody is a member who can come and is not there."""
        whom: Person | None = self._world.society.people.get(one)
        membership = chat.members.get(one)
        if whom is None or membership is None or not membership.is_present:
            raise Complaint(409, "Only members of the group are invited into its voice chat.")
        if whom.is_bot:
            raise Complaint(409, f"{whom.name} is a bot: bots take no part in voice chats.")
        if one in call.participants:
            raise Complaint(409, f"{whom.name} is in the voice chat already.")
