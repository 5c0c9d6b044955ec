"""Privacy mode: what a bot that is no admin sees of a group's talk (core.telegram.org/bots/features)."""

import re
from collections.abc import Iterator, Mapping

from sandbox.world.entities import Chat, ChatKind, Message, Person

_COMMAND = re.compile(r"/[A-Za-z0-9_]{1,64}(?:@(\w{3,32}))?(?!\S)", re.ASCII)


def may_see(bot: Person, people: Mapping[int, Person], chat: Chat, message: Message) -> bool:
    """Whether a message, service messages included, comes to a bot that is in its chat.

    Never its own, except for what it did to the chat; never another bot's. Service messages always. Else: all
    in private chats, to admins and to bots that read everything; and of the rest what is meant for it.
    """
    if message.service is not None:
        return True
    if _is_bot(people, message.sender):
        return False
    membership = chat.members.get(bot.id)
    is_trusted = bot.reads_all_messages or (membership is not None and membership.is_admin)
    if is_trusted or chat.kind in (ChatKind.PRIVATE, ChatKind.CHANNEL):
        return True
    return _is_meant(bot, people, chat, message)


def _is_meant(bot: Person, people: Mapping[int, Person], chat: Chat, message: Message) -> bool:
    """An answer is meant for whom what it answers was, up to a command or to a bot's own words."""
    for one in _line(chat, message):
        if _is_bot(people, one.sender):
            return one.sender == bot.id
        if _is_command(bot, people, chat, one):
            return True
    return False


def _is_bot(people: Mapping[int, Person], id_: int) -> bool:
    person = people.get(id_)
    return person is not None and person.is_bot


def _line(chat: Chat, message: Message) -> Iterator[Message]:
    """A message, what it answers, what that answers, and so on."""
    seen = set[int]()
    answered: Message | None = message
    while answered is not None and answered.id not in seen:
        seen.add(answered.id)
        yield answered
        answered = chat.messages.get(answered.reply_to or 0)


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
