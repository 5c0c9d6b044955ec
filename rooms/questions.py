"""Questions from the gallery: what somebody unseen would like to be said on stage."""

import re
import secrets
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from rooms.errors.gallery import QuestionUnreadable
from rooms.errors.people import QuestionMissing, QuestionTooLong
from rooms.ids import RoomId

QuestionId = NewType("QuestionId", int)
"""A question within its room, drawn by lot: it tells neither how many there were nor in which order."""

LONGEST = 300
"""Characters of a question at most."""

MOST_SHOWN = 30
"""Questions that are shown at most, the most wanted ones."""

_UNSHOWN = frozenset({"Cc", "Cn", "Co", "Cs", "Zl", "Zp"})
"""Unicode's categories of signs that show nothing, or that no font knows."""

_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Signs that turn the direction of what comes after them, beyond the question's own end."""


class QuestionState(StrEnum):
    """What became of a question; one that was turned down is not kept."""

    WAITING = "waiting"
    """Nobody but who minds the talk sees it."""
    SHOWN = "shown"
    ON_STAGE = "on_stage"
    """It is being answered."""
    DONE = "done"


PUBLIC = frozenset({QuestionState.SHOWN, QuestionState.ON_STAGE, QuestionState.DONE})
VOTABLE = frozenset({QuestionState.SHOWN, QuestionState.ON_STAGE})


@dataclass(frozen=True, slots=True)
class Question:
    """A question and how many want it answered: not who asked, and not when."""

    room: RoomId
    id: QuestionId
    text: str
    state: QuestionState = QuestionState.WAITING
    votes: int = 0


def draw_id() -> QuestionId:
    """A number for a new question, which no button of an older one bears."""
    return QuestionId(secrets.randbelow(2**31 - 1) + 1)


def read_question(text: str) -> str:
    """A question as it is kept: on one line.

    Raises:
        QuestionMissing: there is nothing to read.
        QuestionTooLong: it is longer than `LONGEST`.
        QuestionUnreadable: it holds signs that show nothing, or turn what stands beside it.
    """
    words = " ".join(text.split())
    if _TURNING.search(words) or any(unicodedata.category(sign) in _UNSHOWN for sign in words):
        raise QuestionUnreadable
    if not any(unicodedata.category(sign)[0] in "LNPS" for sign in words):
        raise QuestionMissing
    if len(words) > LONGEST:
        raise QuestionTooLong(len(words), LONGEST)
    return words


def shown(questions: Iterable[Question]) -> Sequence[Question]:
    """What everybody may see: the one on stage first, then the most wanted, then what was answered."""
    order = {QuestionState.ON_STAGE: 0, QuestionState.SHOWN: 1, QuestionState.DONE: 2}
    public = [one for one in questions if one.state in PUBLIC]
    return sorted(public, key=lambda one: (order[one.state], -one.votes, one.id))[:MOST_SHOWN]
