"""The identifiers that cross folder borders, typed so that they cannot be swapped."""

from typing import NewType

RoomId = NewType("RoomId", int)
"""A talk, numbered by the store."""

ChatId = NewType("ChatId", int)
"""A Telegram chat as the Bot API numbers it: supergroups are below -1 000 000 000 000."""

NO_CHAT = ChatId(0)
"""Stands where the chat is not known; Telegram gives this number to none."""

ThreadId = NewType("ThreadId", int)
"""A forum topic of a chat, by its `message_thread_id`."""

PersonId = NewType("PersonId", int)
"""A Telegram user."""

MessageId = NewType("MessageId", int)
"""A message, unique within its chat."""
