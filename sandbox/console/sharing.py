"""Sharing: people answer a bot's keyboard that asks for users or for a chat."""

from collections.abc import Iterable, Mapping
from typing import Any

from aiohttp import web

from sandbox.console.access import Access
from sandbox.console.complaints import Complaint
from sandbox.console.fields import Fields, told
from sandbox.world.entities import Message, Person
from sandbox.world.world import World

Json = dict[str, Any]


class Sharing:
    """Service messages by which a bot learns of people and chats that somebody chose for it."""

    def __init__(self, world: World, access: Access) -> None:
        self._world = world
        self._access = access

    def routes(self) -> Iterable[web.RouteDef]:
        """POST /api/shared."""
        yield web.post("/api/shared", self.share)

    async def share(self, request: web.Request) -> web.Response:
        """A person chooses `people`, or the chat `shared`, for the button `request_id` of a `message`.

        As KeyboardButtonRequestUsers and KeyboardButtonRequestChat of the Bot API.
        """
        fields = await told(request)
        person, chat = self._access.place(fields)
        message = self._access.message(chat, fields.whole("message"))
        number = fields.whole("request_id")
        if (wish := _wish(message, "request_users", number)) is not None:
            kind, chosen = "users_shared", self._people(fields, wish)
        elif _wish(message, "request_chat", number) is not None:
            kind, chosen = "chat_shared", self._chat(fields, person)
        else:
            raise Complaint(409, "The message's keyboard has no such button.")
        served = self._world.messages.serve(chat, person.id, kind, {"request_id": number} | chosen)
        return web.json_response({"message": served.id})

    def _people(self, fields: Fields, wish: Mapping[str, Any]) -> Json:
        most = int(wish.get("max_quantity", 1))
        people = fields.wholes("people")
        if not 1 <= len(people) <= most or len(set(people)) < len(people):
            raise Complaint(400, f"Choose 1 to {most}, each of them once.")
        if any(one not in self._world.society.people for one in people):
            raise Complaint(404, "There is nobody with this id.")
        return {"users": people}

    def _chat(self, fields: Fields, person: Person) -> Json:
        return {"chat_id": self._access.chat(person, fields.whole("shared")).id}


def _wish(message: Message, kind: str, number: int) -> Mapping[str, Any] | None:
    rows = (message.letters or {}).get("keyboard", [])
    wishes = (button[kind] for row in rows for button in row if kind in button)
    return next((wish for wish in wishes if int(wish["request_id"]) == number), None)
