"""Choices: of the moments that a command may mean, one is chosen by a button under the question."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from telegram import InlineKeyboardMarkup

from bot import saying
from bot.echoes import how_to_write, question
from bot.errors import WishGone
from bot.keyboards import Key, key, rows
from bot.refusals import Speech
from bot.times import Every, Question, When

AS_WRITTEN = datetime.fromtimestamp(0, UTC)
"""What a button carries in a moment's place where the moment stands in the command."""


def asking_when(
    asked: Question, speech: Speech, chosen: Callable[[datetime], object], ways: Sequence[Key] = ()
) -> tuple[str, InlineKeyboardMarkup | None]:
    """A question about the time with a button for each moment, or how to write one that leaves none open.

    `chosen` gives what the button of a moment carries; `ways` are the buttons below them.
    """
    keys = [key(option_label(one, speech), chosen(one.instant)) for one in asked.options]
    asking = question if keys else how_to_write
    return asking(asked.kind, speech.words), rows(*([one] for one in keys), ways)


def option_label(option: When, speech: Speech) -> str:
    """A moment on a button, or the rhythm of a series."""
    if isinstance(option, Every):
        return saying.recurrence(option.recurrence, speech.words)
    return saying.label(option.instant, option.zone, speech.zone, speech.words)


def settled(asked: When | Question, starts_at: datetime) -> When | Question:
    """What was written with the moment that was chosen, or as it was written.

    Raises:
        WishGone: the words mean other moments by now.
    """
    if starts_at == AS_WRITTEN or not isinstance(asked, Question):
        return asked
    for option in asked.options:
        if option.instant == starts_at:
            return option
    raise WishGone
