"""A group that holds talks, and how it wishes to be spoken to."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from rooms.ids import ChatId


@dataclass(frozen=True, slots=True)
class Group:
    """A Telegram group known to the bot.

    `language` is "en" or "it"; `programme_key` is the unguessable part of its programme page's link.
    """

    chat: ChatId
    title: str
    zone: ZoneInfo
    language: str
    programme_key: str
