"""Scopes: whether a change is of one occurrence of a series, or of all that follow too."""

from collections.abc import Callable
from enum import StrEnum

from telegram import InlineKeyboardMarkup

from bot.keyboards import key, rows
from bot.visits import about
from bot.words import Words
from rooms.room import Room


class Scope(StrEnum):
    """How far a change reaches; the values stand in buttons and links."""

    UNASKED = "ask"
    """Of a series it is to be asked; a talk by itself has no other."""
    ONE = "one"
    FOLLOWING = "all"


def is_to_be_asked(scope: Scope, room: Room) -> bool:
    """Whether somebody must say how far the change reaches."""
    return scope is Scope.UNASKED and room.occurrence is not None


def asking_scope(
    room: Room, pressed: Callable[[Scope], object], words: Words
) -> tuple[str, InlineKeyboardMarkup | None]:
    """The question, and a button for either answer."""
    gettext = words.gettext
    text = about(gettext("{title} is one of a series. Only this one, or all that follow too?"), room)
    return text, rows(
        [key(gettext("Only this one"), pressed(Scope.ONE))],
        [key(gettext("All that follow"), pressed(Scope.FOLLOWING))],
    )
