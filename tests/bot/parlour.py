"""A private chat with the bot, in which a talk is planned or changed step by step."""

from typing import Any

from sandbox.world.entities import Chat, Message
from tests.bot.forum import Forum, buttons, data_of


class Parlour:
    """One person's dialogue: each answer gives the bot's next question."""

    def __init__(self, forum: Forum, person: int) -> None:
        self.forum = forum
        self.person = person
        self.chat: Chat = forum.private(person)

    async def follow(self, message: Message) -> Message:
        """Press the button that leads into the private chat, and start the bot there."""
        url = next(str(button["url"]) for button in buttons(message) if "?start=" in button.get("url", ""))
        return await self.start(url.partition("?start=")[2])

    async def start(self, payload: str) -> Message:
        """Start the bot by a deep link; gives its first question."""
        return await self.write(f"/start {payload}")

    async def write(self, text: str = "", **more: Any) -> Message:
        """Write something, or send it; gives what the bot says next."""
        said = self.forum.say(self.person, text, self.chat, **more)
        return await self.forum.heard(lambda _message: True, self.chat, after=said)

    async def tap(self, message: Message, label: str) -> str:
        """Press a button of a question, which becomes the next one; gives what pops up, if anything does."""
        answer = await self.forum.tap(self.person, message, label)
        return answer.text

    def data(self, message: Message, label: str) -> str:
        return data_of(message, label)
