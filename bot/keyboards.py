"""The buttons under messages."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot import saying
from bot.callbacks import Cancel, Choose, Confirm, Discard, pack
from bot.refusals import Speech
from bot.times import When
from bot.words import Words
from rooms.group import Group
from rooms.room import AHEAD, Room, RoomState

MOST = 20
"""Buttons in a list of choices at most."""

_AUDIBLE = AHEAD | {RoomState.OPENING, RoomState.LIVE}


def listening(room: Room, group: Group | None, public_url: str, words: Words) -> InlineKeyboardMarkup | None:
    """The way into the gallery while there is or will be something to hear, and to the group's programme."""
    rows = []
    if room.state in _AUDIBLE:
        text = words.gettext("🎧 Listen anonymously")
        rows.append([InlineKeyboardButton(text, url=f"{public_url}/l/{room.listen_key}")])
    if group is not None:
        rows.append([programme_button(group, public_url, words)])
    return InlineKeyboardMarkup(rows) if rows else None


def programme(group: Group, public_url: str, words: Words) -> InlineKeyboardMarkup:
    """The way to the group's programme page."""
    return InlineKeyboardMarkup([[programme_button(group, public_url, words)]])


def programme_button(group: Group, public_url: str, words: Words) -> InlineKeyboardButton:
    """A link to the group's programme page."""
    return InlineKeyboardButton(words.gettext("🗓 Programme"), url=f"{public_url}/g/{group.programme_key}")


def confirming(room: Room, words: Words) -> InlineKeyboardMarkup:
    """Under a draft: yes or no."""
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(words.gettext("✅ Confirm"), callback_data=pack(Confirm(room.id))),
                InlineKeyboardButton(words.gettext("Discard"), callback_data=pack(Discard(room.id))),
            ]
        ]
    )


def choosing(options: Sequence[When], duration: timedelta, speech: Speech) -> InlineKeyboardMarkup | None:
    """Under a question about the time: one button for each moment that may be meant."""
    rows = []
    for option in options[:MOST]:
        text = saying.label(option.instant, option.zone, speech.zone, speech.words)
        rows.append([InlineKeyboardButton(text, callback_data=pack(Choose(option.instant, duration)))])
    return InlineKeyboardMarkup(rows) if rows else None


def cancelling(rooms: Iterable[Room], speech: Speech) -> InlineKeyboardMarkup:
    """Under "which one?": one button for each talk that may be cancelled."""
    rows = []
    for room in list(rooms)[:MOST]:
        when = saying.label(room.plan.starts_at, speech.zone, speech.zone, speech.words)
        rows.append([InlineKeyboardButton(f"{room.plan.title}, {when}", callback_data=pack(Cancel(room.id)))])
    return InlineKeyboardMarkup(rows)


def inviting(bot_username: str, words: Words) -> InlineKeyboardMarkup:
    """In the private chat: the way to add the bot to a group, asking for the one right that it uses."""
    url = f"https://t.me/{bot_username}?startgroup=hello&admin=pin_messages"
    return InlineKeyboardMarkup([[InlineKeyboardButton(words.gettext("Add me to a group"), url=url)]])
