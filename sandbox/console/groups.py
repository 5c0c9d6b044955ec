"""Groups: they are renamed and upgraded by their admins; and private chats are blocked."""

from collections.abc import Iterable

from aiohttp import web

from sandbox.console.access import Access
from sandbox.console.complaints import Complaint
from sandbox.console.fields import told
from sandbox.world.entities import ChatKind
from sandbox.world.world import World

LONGEST_TITLE = 128


class Groups:
    """What is done to chats as a whole."""

    def __init__(self, world: World, access: Access, bot: int) -> None:
        self._world = world
        self._access = access
        self._bot = bot

    def routes(self) -> Iterable[web.RouteDef]:
        """POST /api/upgrade, /api/title and /api/block."""
        yield web.post("/api/upgrade", self.upgrade)
        yield web.post("/api/title", self.rename)
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

    async def block(self, request: web.Request) -> web.Response:
        """A person blocks the bot, or hears of it again."""
        fields = await told(request)
        person = self._access.person(fields.whole("as"))
        self._world.society.block(person.id, self._bot, is_blocked=fields.flag("is_blocked"))
        return web.json_response({})
