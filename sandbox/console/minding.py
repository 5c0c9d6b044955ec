"""Minding: people pin and delete messages."""

from collections.abc import Iterable

from aiohttp import web

from sandbox.console.access import Access
from sandbox.console.complaints import Complaint
from sandbox.console.fields import Fields, told
from sandbox.world.entities import Chat, ChatKind, Message, Person
from sandbox.world.world import World

NEVER_DELETED = frozenset({"forum_topic_created", "migrate_to_chat_id", "migrate_from_chat_id"})
"""Service messages that stay: a topic hangs on the first, a group's way on the others."""


class Minding:
    """What people do to messages that are there."""

    def __init__(self, world: World, access: Access) -> None:
        self._world = world
        self._access = access

    def routes(self) -> Iterable[web.RouteDef]:
        """POST /api/pins and /api/delete."""
        yield web.post("/api/pins", self.pin)
        yield web.post("/api/delete", self.delete)

    async def pin(self, request: web.Request) -> web.Response:
        """A person pins a message, or unpins it."""
        fields = await told(request)
        person, chat, message = self._found(fields)
        is_pinned = fields.flag("pinned")
        if not may_pin(chat, person):
            raise Complaint(403, "Only an admin who may pin messages can do that.")
        if message.service is not None:
            raise Complaint(409, "Nobody pins what the group itself says.")
        if is_pinned:
            self._world.messages.pin(chat, message, person.id)
        else:
            self._world.messages.unpin(chat, message.id)
        return web.json_response({})

    async def delete(self, request: web.Request) -> web.Response:
        """A person deletes a message for everybody."""
        person, chat, message = self._found(await told(request))
        if message.service is not None and message.service[0] in NEVER_DELETED:
            raise Complaint(409, "This message cannot be deleted: something hangs on it.")
        if not may_delete(chat, person, message):
            raise Complaint(403, "You can delete your own messages; others' only as an admin who may.")
        self._world.messages.delete(chat, message)
        return web.json_response({})

    def _found(self, fields: Fields) -> tuple[Person, Chat, Message]:
        person, chat = self._access.place(fields)
        return person, chat, self._access.message(chat, fields.whole("message"))


def may_pin(chat: Chat, person: Person) -> bool:
    """Whether somebody may pin: anybody in private, in a channel who may change its posts."""
    right = "can_edit_messages" if chat.kind is ChatKind.CHANNEL else "can_pin_messages"
    return chat.kind is ChatKind.PRIVATE or chat.members[person.id].may(right)


def may_delete(chat: Chat, person: Person, message: Message) -> bool:
    """Whether somebody may delete a message: their own, any in private, others' with the right to."""
    is_own = message.sender == person.id and message.service is None
    return is_own or chat.kind is ChatKind.PRIVATE or chat.members[person.id].may("can_delete_messages")
