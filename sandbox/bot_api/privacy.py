"""Privacy mode: what a bot that is no admin sees of a group's talk (core.telegram.org/bots/features)."""

import re
from collections.abc import Mapping

from sandbox.world.entities import Chat, ChatKind, Message, Person

_COMMAND = re.compile(r"/[A-Za-z0-9_]{1,64}(?:@(\w{3,32}))?(?!\S)", re.ASCII)


def may_see(bot: Person, people: Mapping[int, Person], chat: Chat, message: Message) -> bool:
    """Whether a message, service messages included, comes to a bot that is in its chat.

    Never its own, except for what it did to the chat; never another bot's. Service messages always. Else: all
    in private chats, to admins and to bots that read everything; and of the rest what is meant for it.
    """
    if message.service is not None:
        return True
    author = people.get(message.sender)
    if author is not None and author.is_bot:
        return False
    membership = chat.members.get(bot.id)
    is_trusted = bot.reads_all_messages or (membership is not None and membership.is_admin)
    if is_trusted or chat.kind in (ChatKind.PRIVATE, ChatKind.CHANNEL):
        return True
    return _is_reply(bot, chat, message) or _is_command(bot, people, chat, message)


def _is_reply(bot: Person, chat: Chat, message: Message) -> bool:
    replied = chat.messages.get(message.reply_to or 0)
    return replied is not None and replied.sender == bot.id


def _is_command(bot: Person, people: Mapping[int, Person], chat: Chat, message: Message) -> bool:
    """A command with the bot's name, or one without any while no other bot spoke last."""
    command = _COMMAND.match(message.text)
    if command is None:
        return False
    if command[1]:
        return command[1].lower() == bot.username.lower()
    bots = {id_ for id_, person in people.items() if person.is_bot}
    earlier = (one for one in chat.messages.values() if one.id < message.id and one.sender in bots)
    last = max(earlier, key=lambda one: one.id, default=None)
    return last is None or last.sender == bot.id
