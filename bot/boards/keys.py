"""The buttons under a board: everybody's hand, and what only who minds the talk may do."""

from dataclasses import dataclass
from datetime import timedelta

from telegram import InlineKeyboardMarkup

from bot.boards.scene import Scene
from bot.boards.text import short
from bot.callbacks import button
from bot.gallery.keys import door_key
from bot.keyboards import Key, key, rows
from bot.words import Words
from rooms.ids import PersonId, RoomId
from rooms.prolonging import STEP
from rooms.room import RoomState


@button("hand")
@dataclass(frozen=True, slots=True)
class RaiseHand:
    """I want to speak; pressed again, I do not."""

    room: RoomId


@button("let")
@dataclass(frozen=True, slots=True)
class Take:
    """Let this person speak, whose hand is up: named, so that two hosts who tap at once let one speak."""

    room: RoomId
    person: PersonId


@button("nay")
@dataclass(frozen=True, slots=True)
class Decline:
    """This person's hand goes down."""

    room: RoomId
    person: PersonId


@button("quiet")
@dataclass(frozen=True, slots=True)
class MuteAll:
    """Turn every microphone off."""

    room: RoomId


@button("longer")
@dataclass(frozen=True, slots=True)
class Extend:
    """Give the talk more time."""

    room: RoomId


@button("mind")
@dataclass(frozen=True, slots=True)
class Mind:
    """Lead me to the panel in private."""

    room: RoomId


@button("plus")
@dataclass(frozen=True, slots=True)
class MoreTurn:
    """Give this person's turn a minute more."""

    room: RoomId
    person: PersonId


@button("thanks")
@dataclass(frozen=True, slots=True)
class Thank:
    """This person's turn is over: they listen again."""

    room: RoomId
    person: PersonId


def board_keys(scene: Scene, words: Words) -> InlineKeyboardMarkup | None:
    """Under a board while its talk is on."""
    room, gettext = scene.room, words.gettext
    if room.state is not RoomState.LIVE:
        return None
    minutes = STEP // timedelta(minutes=1)
    return rows(
        [key(gettext("✋ Raise or lower my hand"), RaiseHand(room.id))],
        *hand_keys(scene, words)[:1],
        *turn_keys(scene, words)[:1],
        [
            key(gettext("🔇 Mute all"), MuteAll(room.id)),
            key(gettext("⏳ +{minutes} min").format(minutes=minutes), Extend(room.id)),
            key(gettext("🎛 Stage"), Mind(room.id)),
        ],
        [door for door in (door_key(room, words),) if door is not None],
    )


def hand_keys(scene: Scene, words: Words) -> list[list[Key]]:
    """A row for each hand, in order."""
    room = scene.room.id
    return [
        [
            key(words.gettext("✅ Let {name} speak").format(name=short(hand.name)), Take(room, hand.person)),
            key(words.gettext("✖ Not now"), Decline(room, hand.person)),
        ]
        for hand in scene.queue
    ]


def turn_keys(scene: Scene, words: Words) -> list[list[Key]]:
    """A row for each turn that is over, or nearly so."""
    room = scene.room.id
    return [
        [
            key(
                words.gettext("⏱ +1 min for {name}").format(name=short(one.name)), MoreTurn(room, one.person)
            ),
            key(words.gettext("🙏 Thank you"), Thank(room, one.person)),
        ]
        for one in scene.over_turns
    ]
