"""The identifiers that cross folder borders, typed so that they cannot be swapped."""

from typing import NewType

RoomId = NewType("RoomId", int)
"""A talk, numbered by the store."""

SeriesId = NewType("SeriesId", int)
"""A recurring talk, numbered by the store."""

AppointmentId = NewType("AppointmentId", int)
"""An invitation to speak or to mind a talk, numbered by the store."""

ChatId = NewType("ChatId", int)
"""A Telegram chat as the Bot API numbers it: supergroups below -1 000 000 000 000, people as themselves."""

NO_CHAT = ChatId(0)
"""Stands where the chat is not known; Telegram gives this number to none."""

ThreadId = NewType("ThreadId", int)
"""A forum topic of a chat, by its `message_thread_id`."""

PersonId = NewType("PersonId", int)
"""A Telegram user."""

NOBODY = PersonId(0)
"""Stands where somebody was forgotten; Telegram gives this number to nobody."""

MessageId = NewType("MessageId", int)
"""A message, unique within its chat."""


def private_chat(person: PersonId) -> ChatId:
    """The chat of a person with the bot, which Telegram numbers like the person."""
    return ChatId(person)
