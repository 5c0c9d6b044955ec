"""The panel: everybody on a talk's stage with what can be done about them, for who minds it, in private."""

from dataclasses import dataclass
from enum import StrEnum

from markupsafe import Markup
from telegram import InlineKeyboardMarkup

from bot.boards import Scene, Scenes
from bot.boards.keys import MuteAll, hand_keys, turn_keys
from bot.boards.text import board_text, short
from bot.boards.voices import Voices
from bot.callbacks import button
from bot.keyboards import Key, key, rows
from bot.visits import Tap
from bot.words import Words, filled
from rooms.ids import PersonId, RoomId
from rooms.records import Store
from rooms.room import Room
from rooms.stage import OnStage

MOST_HANDS = 5
MOST_PEOPLE = 20


class Wish(StrEnum):
    """What is done about somebody on the stage."""

    MUTE = "mute"
    LISTEN = "listen"
    SPEAK = "speak"
    REMOVE = "remove"
    REMOVE_SURELY = "surely"


@button("panel")
@dataclass(frozen=True, slots=True)
class ShowPanel:
    """Show the panel as it is now."""

    room: RoomId


@button("person")
@dataclass(frozen=True, slots=True)
class ShowPerson:
    """Show what can be done about this person."""

    room: RoomId
    person: PersonId


@button("floor")
@dataclass(frozen=True, slots=True)
class Do:
    """Do this about this person."""

    room: RoomId
    person: PersonId
    wish: Wish


class Panel:
    """Writes the panel's pages."""

    def __init__(self, store: Store, scenes: Scenes) -> None:
        self._store = store
        self._scenes = scenes

    async def page(self, room: Room, words: Words) -> tuple[Markup, InlineKeyboardMarkup | None]:
        """The first page: the stage, hands, turns, people."""
        async with self._store.reading() as records:
            room = await records.rooms.find(room.id) or room
            scene = await self._scenes.of(records, room, Voices())
        return board_text(scene, words), panel_keys(scene, words)

    async def refresh(self, tap: Tap, room: Room) -> None:
        """Where the button was under the panel, show it anew; a board is kept up to date by itself."""
        if tap.is_private:
            await tap.change(*await self.page(room, tap.speech.words))


def panel_keys(scene: Scene, words: Words) -> InlineKeyboardMarkup | None:
    """Under the first page."""
    room, gettext = scene.room.id, words.gettext
    if scene.room.is_over:
        return None
    people = [key(f"🎙 {short(one.name)}", ShowPerson(room, one.person)) for one in scene.standing]
    people += [key(f"👂 {short(one.name)}", ShowPerson(room, one.person)) for one in scene.listening]
    return rows(
        *hand_keys(scene, words)[:MOST_HANDS],
        *turn_keys(scene, words),
        *_pairs(people[:MOST_PEOPLE]),
        [key(gettext("🔇 Mute all"), MuteAll(room)), key(gettext("🔄 Look again"), ShowPanel(room))],
    )


def person_page(room: Room, one: OnStage, words: Words) -> tuple[Markup, InlineKeyboardMarkup | None]:
    """What can be done about somebody."""
    gettext = words.gettext
    said = gettext("may speak") if one.may_speak else gettext("listens")
    letting = [
        key(gettext("🔇 Mute"), Do(room.id, one.person, Wish.MUTE)),
        key(gettext("👂 Make a listener"), Do(room.id, one.person, Wish.LISTEN)),
    ]
    if not one.may_speak:
        letting = [key(gettext("🎙 Let speak"), Do(room.id, one.person, Wish.SPEAK))]
    return Markup("<b>{}</b>\n{}").format(one.name, said), rows(
        letting,
        [key(gettext("🚪 Remove from the call"), Do(room.id, one.person, Wish.REMOVE))],
        [_back(room, words)],
    )


def removal_page(room: Room, one: OnStage, words: Words) -> tuple[Markup, InlineKeyboardMarkup | None]:
    """Is that meant?"""
    text = words.gettext(
        "Remove {name}? Telegram takes nobody out of a voice chat alone: I take them out of the group for a "
        "moment, if I may, and they can join again. Otherwise they only listen."
    )
    name = Markup("<b>{}</b>").format(one.name)
    return filled(text, name=name), rows(
        [key(words.gettext("Yes, remove"), Do(room.id, one.person, Wish.REMOVE_SURELY))], [_back(room, words)]
    )


def _back(room: Room, words: Words) -> Key:
    return key(words.gettext("← Back"), ShowPanel(room.id))


def _pairs(keys: list[Key]) -> list[list[Key]]:
    return [keys[index : index + 2] for index in range(0, len(keys), 2)]
