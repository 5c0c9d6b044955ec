"""Writing: people send messages, start the bot, press its buttons, react."""

import asyncio
import re
from collections.abc import Iterable

from aiohttp import web

from sandbox.bot_api.methods.answers import EMOJI
from sandbox.console.access import Access
from sandbox.console.complaints import Complaint
from sandbox.console.fields import told
from sandbox.world.changes import ButtonAnswered, Change
from sandbox.world.entities import Chat, Message, Person
from sandbox.world.markup import utf16
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
        """A person says something."""
        fields = await told(request)
        person, chat = self._access.place(fields)
        text = fields.words("text")
        if utf16(text) > LONGEST:
            raise Complaint(400, f"A message holds {LONGEST} characters.")
        reply_to, thread = fields.whole_if_any("reply_to"), fields.whole_if_any("thread")
        if reply_to is not None:
            answered = self._access.message(chat, reply_to)
            thread = answered.thread if thread is None else thread
        if thread is not None:
            _check_thread(chat, person, thread)
        draft = Draft(text, reply_to=reply_to, thread=thread)
        return web.json_response({"message": self._world.messages.post(chat, person.id, draft).id})

    async def start(self, request: web.Request) -> web.Response:
        """A person opens the private chat with the bot, maybe by a link with a payload."""
        fields = await told(request)
        person = self._access.person(fields.whole("as"))
        payload = fields.words_if_any("payload")
        if payload is not None and not START_PAYLOAD.fullmatch(payload):
            raise Complaint(400, '"payload" holds up to 64 letters, digits, _ and -.')
        chat = self._world.society.private(person.id, self._bot)
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


def _check_thread(chat: Chat, person: Person, thread: int) -> None:
    found = chat.threads.get(thread)
    if found is None:
        raise Complaint(404, "There is no such topic in this chat.")
    if found.is_closed and not chat.members[person.id].is_admin:
        raise Complaint(403, "This topic is closed.")
