"""Deep links: the addresses that lead into the private chat, and what they name (Bot API, "Deep linking")."""

from bot.errors import OnlyInGroups
from rooms.errors.talks import NoSuchRoom
from rooms.ids import ChatId, RoomId, ThreadId

_LONGEST_NUMBER = 18
"""Digits; what has more is no number that Telegram or the store ever gave."""


def address(bot_username: str, payload: str) -> str:
    """The link that starts the bot with a payload: up to 64 letters, digits, "_" and "-"."""
    return f"https://t.me/{bot_username}?start={payload}"


def room_in(text: str) -> RoomId:
    """The talk of this number; raises `NoSuchRoom` for anything that we never wrote."""
    number = _number(text)
    if number is None:
        raise NoSuchRoom
    return RoomId(number)


def chat_in(text: str) -> ChatId:
    """The group of this number, which is below zero; raises `OnlyInGroups` for anything that is none."""
    number = _number(text.removeprefix("-"))
    if number is None:
        raise OnlyInGroups
    return ChatId(-number if text.startswith("-") else number)


def place_in(text: str) -> tuple[ChatId, ThreadId | None]:
    """The group and the forum topic in "<chat>_<thread>", none for 0; raises `OnlyInGroups`."""
    chat, _, thread = text.partition("_")
    number = _number(thread)
    if number is None:
        raise OnlyInGroups
    return chat_in(chat), ThreadId(number) if number else None


def _number(text: str) -> int | None:
    is_number = text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER
    return int(text) if is_number else None
