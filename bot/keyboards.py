"""The buttons under messages: how rows are made, and the links that several features show."""

from collections.abc import Iterable

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.callbacks import pack
from bot.words import Words
from rooms.group import Group
from rooms.room import UNFINISHED, Room

MOST = 20
"""Buttons in a list of choices at most."""

Key = InlineKeyboardButton


def key(text: str, button: object) -> Key:
    """A button that carries data; the seal is set when the message is sent."""
    return InlineKeyboardButton(text, callback_data=pack(button))


def link(text: str, url: str) -> Key:
    """A button that opens an address."""
    return InlineKeyboardButton(text, url=url)


def rows(*rows: Iterable[Key]) -> InlineKeyboardMarkup | None:
    """The rows that have a button in them; None when there is none."""
    filled = [row for row in (list(row) for row in rows) if row]
    return InlineKeyboardMarkup(filled) if filled else None


def column(keys: Iterable[Key]) -> InlineKeyboardMarkup | None:
    """One button a row, as many as a list may have; None when there is none."""
    return rows(*([one] for one in list(keys)[:MOST]))


def listening(room: Room, public_url: str, words: Words) -> Key | None:
    """The way into the gallery while there is or will be something to hear that everybody may."""
    if room.state not in UNFINISHED or not room.is_heard_by_link:
        return None
    return link(words.gettext("🎧 Listen anonymously"), f"{public_url}/l/{room.listen_key}")


def programme(group: Group, public_url: str, words: Words) -> Key:
    """The way to the group's programme page."""
    return link(words.gettext("🗓 Programme"), f"{public_url}/g/{group.programme_key}")


def ways_in(room: Room, group: Group | None, public_url: str, words: Words) -> InlineKeyboardMarkup | None:
    """Into the gallery, and to the group's programme."""
    into = listening(room, public_url, words)
    return rows([into] if into else [], [programme(group, public_url, words)] if group else [])


def inviting(bot_username: str, words: Words) -> InlineKeyboardMarkup | None:
    """In the private chat: the way to add the bot to a group, asking for the rights that it uses."""
    url = f"https://t.me/{bot_username}?startgroup=hello&admin=pin_messages+manage_topics"
    return rows([link(words.gettext("Add me to a group"), url)])
