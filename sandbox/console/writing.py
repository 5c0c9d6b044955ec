"""Writing: people send messages, start the bot, press its buttons, react."""

import asyncio
import re
from collections.abc import Iterable, Sequence
from typing import Any

from aiohttp import web

from sandbox.bot_api.methods.answers import EMOJI
from sandbox.console.access import Access
from sandbox.console.complaints import Complaint
from sandbox.console.fields import Fields, told
from sandbox.console.places import is_blocked, writable_place
from sandbox.world.changes import ButtonAnswered, Change
from sandbox.world.entities import Message, Person
from sandbox.world.markup import entities_of, utf16
from sandbox.world.messages import Draft
from sandbox.world.world import World

LONGEST = 4096
"""UTF-16 units in a message."""

START_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")

PICTURE = "\ufe0f"
"""Asks for a colourful picture of the character before; Telegram writes reactions without."""

PATIENCE = 10.0
"""Seconds in which the bot must answer a press."""


class Writing:
    """What people do in chats."""

    def __init__(self, world: World, access: Access, bot: int, patience: float = PATIENCE) -> None:
        self._world = world
        self._access = access
        self._bot = bot
        self._patience = patience

    def routes(self) -> Iterable[web.RouteDef]:
        """POST /api/messages, /api/start, /api/presses and /api/reactions."""
        yield web.post("/api/messages", self.send)
        yield web.post("/api/start", self.start)
        yield web.post("/api/presses", self.press)
        yield web.post("/api/reactions", self.react)

    async def send(self, request: web.Request) -> web.Response:
        """A person says something; `mentions` name people who have no username."""
        fields = await told(request)
        place = writable_place(self._access, fields)
        text = fields.words("text")
        if utf16(text) > LONGEST:
            raise Complaint(400, f"A message holds {LONGEST} characters.")
        entities = self._entities(text, fields.parts("mentions"))
        draft = Draft(text, entities, reply_to=place.reply_to, thread=place.thread)
        return web.json_response(
            {"message": self._world.messages.post(place.chat, place.person.id, draft).id}
        )

    async def start(self, request: web.Request) -> web.Response:
        """A person opens the private chat with the bot, maybe by a link with a payload; that ends a block."""
        fields = await told(request)
        person = self._access.person(fields.whole("as"))
        payload = fields.words_if_any("payload")
        if payload is not None and not START_PAYLOAD.fullmatch(payload):
            raise Complaint(400, '"payload" holds up to 64 letters, digits, _ and -.')
        chat = self._world.society.private(person.id, self._bot)
        if is_blocked(chat):
            self._world.society.block(person.id, self._bot, is_blocked=False)
        draft = Draft(f"/start {payload}" if payload else "/start")
        return web.json_response({"message": self._world.messages.post(chat, person.id, draft).id})

    async def press(self, request: web.Request) -> web.Response:
        """A person presses a button and waits for the bot's answer."""
        fields = await told(request)
        person, chat = self._access.place(fields)
        message = self._access.message(chat, fields.whole("message"))
        wanted = fields.words("data", 64)
        offered = (button.get("callback_data", "") for row in message.keyboard or () for button in row)
        data = next((data for data in offered if data.strip() == wanted), None)
        if data is None:
            raise Complaint(409, "The message has no such button any more.")
        return web.json_response(await self._answer_to(message, person, data))

    async def react(self, request: web.Request) -> web.Response:
        """A person reacts to a message with an emoji, or takes their reaction back."""
        fields = await told(request)
        person, chat = self._access.place(fields)
        message = self._access.message(chat, fields.whole("message"))
        emoji = fields.words_if_any("emoji", 16)
        emoji = emoji and emoji.removesuffix(PICTURE)
        if emoji is not None and emoji not in EMOJI:
            raise Complaint(400, '"emoji" must be one of those that Telegram has for reactions.')
        if message.service is not None:
            raise Complaint(409, "Nobody reacts to what the group itself says.")
        given = [] if emoji is None else [{"type": "emoji", "emoji": emoji}]
        self._world.messages.react(message, person.id, given)
        return web.json_response({})

    def _entities(self, text: str, mentions: Sequence[Fields]) -> list[dict[str, Any]]:
        """What is plain to see in a text, and the mentions, each with `offset`, `length` and `person`."""
        named = [self._mention(text, fields) for fields in mentions]
        return sorted(entities_of(text) + named, key=lambda entity: entity["offset"])

    def _mention(self, text: str, fields: Fields) -> dict[str, Any]:
        offset, length, person = fields.whole("offset"), fields.whole("length"), fields.whole("person")
        if person not in self._world.society.people:
            raise Complaint(404, "There is nobody with this id.")
        if offset < 0 or length < 1 or offset + length > utf16(text):
            raise Complaint(400, "A mention must lie within the text.")
        return {"type": "text_mention", "offset": offset, "length": length, "user": {"id": person}}

    async def _answer_to(self, message: Message, person: Person, data: str) -> dict[str, object]:
        answers: asyncio.Queue[ButtonAnswered] = asyncio.Queue()

        def look(change: Change) -> None:
            if isinstance(change, ButtonAnswered):
                answers.put_nowait(change)

        end = self._world.society.watch(look)
        try:
            query = self._world.messages.press(message, person.id, data)
            async with asyncio.timeout(self._patience):
                while (answer := await answers.get()).query != query:
                    pass
        except TimeoutError as error:
            raise Complaint(504, "The bot did not answer in time. Is it running?") from error
        finally:
            end()
        return {"text": answer.text, "is_alert": answer.is_alert, "url": answer.url}
