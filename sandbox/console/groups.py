"""Groups: they are renamed, upgraded and made public by their admins; and private chats are blocked."""

import re
from collections.abc import Iterable

from aiohttp import web

from sandbox.console.access import Access
from sandbox.console.complaints import Complaint
from sandbox.console.fields import told
from sandbox.world.changes import ChatPublished
from sandbox.world.entities import Chat, ChatKind, Status
from sandbox.world.world import World

LONGEST_TITLE = 128

USERNAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,30}[A-Za-z0-9]")


class Groups:
    """What is done to chats as a whole."""

    def __init__(self, world: World, access: Access, bot: int) -> None:
        self._world = world
        self._access = access
        self._bot = bot

    def routes(self) -> Iterable[web.RouteDef]:
        """POST /api/upgrade, /api/title, /api/username and /api/block."""
        yield web.post("/api/upgrade", self.upgrade)
        yield web.post("/api/title", self.rename)
        yield web.post("/api/username", self.publish)
        yield web.post("/api/block", self.block)

    async def upgrade(self, request: web.Request) -> web.Response:
        """A group's owner makes it a supergroup, which has another id."""
        person, chat = self._access.place(await told(request))
        if chat.kind is not ChatKind.GROUP:
            raise Complaint(409, "Only a basic group can become a supergroup.")
        return web.json_response({"chat": self._world.society.upgrade(chat, person.id).id})

    async def rename(self, request: web.Request) -> web.Response:
        """An admin gives the group another name."""
        fields = await told(request)
        person, chat = self._access.place(fields)
        title = fields.words("title", LONGEST_TITLE)
        if not chat.members[person.id].may("can_change_info"):
            raise Complaint(403, "Only an admin who may change the group's info can do that.")
        if title != chat.title:
            chat.title = title
            self._world.messages.serve(chat, person.id, "new_chat_title", title)
        return web.json_response({})

    async def publish(self, request: web.Request) -> web.Response:
        """A group's owner makes it public under a `username`, or private by an empty one."""
        fields = await told(request)
        person, chat = self._access.place(fields)
        username = fields.text("username", 32)
        if chat.kind not in (ChatKind.SUPERGROUP, ChatKind.CHANNEL):
            raise Complaint(409, "Only supergroups and channels can be public: upgrade the group first.")
        if chat.members[person.id].status is not Status.CREATOR:
            raise Complaint(403, "Only its owner makes a group public.")
        if username and USERNAME.fullmatch(username) is None:
            raise Complaint(400, "A public name has 5 to 32 letters, digits and _, and begins with a letter.")
        if username and self._is_taken(username, chat):
            raise Complaint(409, f"@{username} is somebody else's name.")
        chat.username = username
        self._world.society.tell(ChatPublished(chat.id))
        return web.json_response({})

    def _is_taken(self, username: str, chat: Chat) -> bool:
        society = self._world.society
        others = (one.username for one in society.chats.values() if one is not chat)
        names = {*others, *(one.username for one in society.people.values())}
        return username.lower() in {name.lower() for name in names}

    async def block(self, request: web.Request) -> web.Response:
        """A person blocks the bot, or hears of it again."""
        fields = await told(request)
        person = self._access.person(fields.whole("as"))
        self._world.society.block(person.id, self._bot, is_blocked=fields.flag("is_blocked"))
        return web.json_response({})
