"""The buttons by which a gallery is minded: what becomes of a question, and whether the door is open."""

from dataclasses import dataclass
from enum import StrEnum

from telegram import InlineKeyboardMarkup

from bot.callbacks import button
from bot.keyboards import Key, key, rows
from bot.words import Words
from rooms.ids import RoomId
from rooms.questions import Question, QuestionState
from rooms.room import ON_STAGE, UNFINISHED, Room


class Fate(StrEnum):
    """What becomes of a question."""

    SHOW = "show"
    STAGE = "stage"
    ALOUD = "aloud"
    """It is taken to the stage and read aloud there."""
    DONE = "done"
    DOWN = "down"


@button("q")
@dataclass(frozen=True, slots=True)
class Decide:
    """Let this become of a question; `is_listed` where the button stands under the list of all."""

    room: RoomId
    question: int
    fate: Fate
    is_listed: bool


@button("qs")
@dataclass(frozen=True, slots=True)
class ShowQuestions:
    """Show the questions as they are now; from the group, lead me to them."""

    room: RoomId


@button("shut")
@dataclass(frozen=True, slots=True)
class ShutGallery:
    """Nobody listens outside any more."""

    room: RoomId


@button("unshut")
@dataclass(frozen=True, slots=True)
class OpenGallery:
    """Let people listen outside again, by a new link."""

    room: RoomId


_LABELS = {
    QuestionState.WAITING: (Fate.SHOW, Fate.STAGE, Fate.DOWN),
    QuestionState.SHOWN: (Fate.STAGE, Fate.ALOUD, Fate.DOWN),
    QuestionState.ON_STAGE: (Fate.ALOUD, Fate.DONE),
}


def fates(question: Question, room: Room) -> tuple[Fate, ...]:
    """What can become of a question now; there must be a stage for it to be read there."""
    needs_stage = {Fate.STAGE, Fate.ALOUD}
    possible = _LABELS.get(question.state, ())
    return tuple(fate for fate in possible if fate not in needs_stage or room.state in ON_STAGE)


def question_keys(question: Question, room: Room, words: Words) -> InlineKeyboardMarkup | None:
    """Under a question."""
    gettext = words.gettext
    said = {
        Fate.SHOW: gettext("✅ Show it"),
        Fate.STAGE: gettext("🎙 Read on stage"),
        Fate.ALOUD: gettext("🔊 Have it read aloud"),
        Fate.DONE: gettext("✔ Answered"),
        Fate.DOWN: gettext("✖ Turn down"),
    }
    keys = [
        key(said[fate], Decide(room.id, question.id, fate, is_listed=False)) for fate in fates(question, room)
    ]
    return rows(keys[:2], keys[2:])


def listed_keys(question: Question, number: int, room: Room) -> list[Key]:
    """A row under the list of all, for the question that has this number there."""
    signs = {Fate.SHOW: "✅", Fate.STAGE: "🎙", Fate.ALOUD: "🔊", Fate.DONE: "✔", Fate.DOWN: "✖"}
    return [
        key(f"{number} {signs[fate]}", Decide(room.id, question.id, fate, is_listed=True))
        for fate in fates(question, room)
    ]


def reading_key(room: Room, words: Words) -> Key:
    """The way to the questions, which are read in private."""
    return key(words.gettext("❓ Read the questions"), ShowQuestions(room.id))


def door_key(room: Room, words: Words) -> Key | None:
    """The gallery's door: it can be shut, or opened again."""
    if room.state not in UNFINISHED:
        return None
    if room.is_gallery_open:
        return key(words.gettext("🚪 Close the gallery"), ShutGallery(room.id))
    return key(words.gettext("👂 Open the gallery"), OpenGallery(room.id))
