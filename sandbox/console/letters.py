"""Letters: the keyboard that a bot put in place of somebody's letters, or its wish to be answered."""

from collections.abc import Mapping
from itertools import islice
from typing import Any

from sandbox.world.entities import Chat, Message, Person

Json = dict[str, Any]

MOST_READ = 300
"""The newest messages in which a markup is looked for."""


def letters_for(chat: Chat, person: Person) -> Json | None:
    """What a chat's newest markup that concerns somebody asks of them; None when nothing is left of it.

    A keyboard has `keyboard`, rows of buttons (KeyboardButton), and stays until it is taken away; a wish to
    be answered has `force_reply` and is over with the answer. Both have the `message` they came with.
    """
    for message in islice(reversed(chat.messages.values()), MOST_READ):
        if message.letters is None or not _concerns(message, chat, person):
            continue
        if message.letters.get("remove_keyboard"):
            return None
        if message.letters.get("force_reply"):
            return None if _has_answered(chat, person, message) else _shown(message, force_reply=True)
        rows = [[_button(button) for button in row] for row in message.letters.get("keyboard", [])]
        return _shown(message, keyboard=rows, one_time=bool(message.letters.get("one_time_keyboard")))
    return None


def _concerns(message: Message, chat: Chat, person: Person) -> bool:
    """A selective markup is for those who are named in its message, and for whom it answers."""
    if not (message.letters or {}).get("selective"):
        return True
    answered = chat.messages.get(message.reply_to or 0)
    is_answered = answered is not None and answered.sender == person.id
    return is_answered or any(_names(entity, message.text, person) for entity in message.entities)


def _names(entity: Mapping[str, Any], text: str, person: Person) -> bool:
    if entity["type"] == "text_mention":
        return bool(entity["user"]["id"] == person.id)
    if entity["type"] != "mention" or not person.username:
        return False
    units = text.encode("utf-16-le")
    begin, end = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
    return units[begin:end].decode("utf-16-le").lower() == f"@{person.username}".lower()


def _has_answered(chat: Chat, person: Person, message: Message) -> bool:
    return any(one.reply_to == message.id and one.sender == person.id for one in chat.messages.values())


def _button(button: Json | str) -> Json:
    return {"text": button} if isinstance(button, str) else button


def _shown(message: Message, **more: object) -> Json:
    placeholder = (message.letters or {}).get("input_field_placeholder", "")
    return {"message": message.id, "thread": message.thread, "placeholder": placeholder, **more}
