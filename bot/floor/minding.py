"""/stage, and the buttons by which who minds a talk looks after its stage."""

from collections.abc import Mapping
from typing import Any

from bot import saying
from bot.authority import is_admin_there
from bot.boards.keys import Extend, Mind, MuteAll
from bot.boards.text import short
from bot.deep_links import address, room_in
from bot.errors import AdminStays
from bot.features import Command, Feature, Link, TapHandler
from bot.floor.panel import Do, Panel, ShowPanel, ShowPerson, Wish, person_page, removal_page
from bot.floor.removing import remove
from bot.floor.tapped import tapped
from bot.keyboards import link, rows
from bot.visits import Tap, Visit, about
from bot.words import Words
from rooms.appointments import Invited
from rooms.ids import PersonId, RoomId
from rooms.planning import Planning
from rooms.prolonging import Prolonging
from rooms.roles import Asker
from rooms.room import Room
from rooms.speaking import Speaking
from rooms.stage import OnStage

STAGE = "stage"


class StageMinding(Feature):
    """The panel at work; every tap is checked anew."""

    def __init__(self, planning: Planning, speaking: Speaking, prolonging: Prolonging, panel: Panel) -> None:
        self._planning = planning
        self._speaking = speaking
        self._prolonging = prolonging
        self._panel = panel

    @property
    def commands(self) -> Mapping[str, Command]:
        """/stage."""
        return {STAGE: self.stage}

    @property
    def taps(self) -> Mapping[type[Any], TapHandler]:
        """Under the board and the panel."""
        return {
            Mind: self.lead,
            ShowPanel: self.show,
            ShowPerson: self.show_person,
            Do: self.do,
            MuteAll: self.mute_all,
            Extend: self.extend,
        }

    @property
    def links(self) -> Mapping[str, Link]:
        """From the group into the private chat."""
        return {STAGE: self.stage_in_private}

    async def stage(self, visit: Visit) -> None:
        """Lead who minds the talk to the panel, which is not for everybody's eyes."""
        room = await self._speaking.on_in(visit.in_group().chat)
        await self._speaking.minded(room.id, await visit.asker())
        words = visit.speech.words
        url = address(visit.bot.username, f"{STAGE}-{room.id}")
        text = words.gettext("The stage of {title} is minded in private.")
        await visit.reply(about(text, room), rows([link(words.gettext("🎛 Mind the stage"), url)]))

    async def stage_in_private(self, visit: Visit, rest: str) -> None:
        """The panel."""
        room = await self._planning.look_up(room_in(rest))
        room = await self._speaking.minded(room.id, await visit.asker_in(room.plan.chat))
        await visit.reply(*await self._panel.page(room, visit.speech.words))

    async def lead(self, tap: Tap, pressed: Mind) -> None:
        """From the board to the panel."""
        room, _asker = await self._minded(tap, pressed.room)
        await tap.lead(f"{STAGE}-{room.id}")

    async def show(self, tap: Tap, pressed: ShowPanel) -> None:
        """Look again."""
        room, _asker = await self._minded(tap, pressed.room)
        await self._panel.refresh(tap, room)
        await tap.answer()

    async def show_person(self, tap: Tap, pressed: ShowPerson) -> None:
        """Turn to somebody's page, or back when they have left."""
        room, _asker = await self._minded(tap, pressed.room)
        await self._turn_to(tap, room, pressed.person, person_page)

    async def do(self, tap: Tap, pressed: Do) -> None:
        """Do something about somebody."""
        room, asker = await self._minded(tap, pressed.room)
        if pressed.wish is Wish.REMOVE:
            await self._turn_to(tap, room, pressed.person, removal_page)
            return
        said = await self._fulfil(tap, room, asker, pressed)
        await self._panel.refresh(tap, room)
        await tap.answer(said)

    async def mute_all(self, tap: Tap, pressed: MuteAll) -> None:
        """Turn every microphone off."""
        room, asker = await self._minded(tap, pressed.room)
        await self._speaking.silence(room.id, asker)
        await self._panel.refresh(tap, room)
        await tap.answer(tap.speech.words.gettext("🔇 All microphones are off."))

    async def extend(self, tap: Tap, pressed: Extend) -> None:
        """Give the talk more time."""
        room, asker = await tapped(tap, self._planning, pressed.room)
        room = await self._prolonging.extend(room.id, asker)
        words = tap.speech.words
        hour = saying.hour(room.plan.ends_at, tap.speech.zone, words)
        await tap.answer(words.gettext("⏳ The talk goes on until {hour}.").format(hour=hour))

    async def _fulfil(self, tap: Tap, room: Room, asker: Asker, pressed: Do) -> str:
        seen = self._speaking.floor.seen(room.id, pressed.person)
        name, words = seen.name if seen is not None else "…", tap.speech.words
        match pressed.wish:
            case Wish.MUTE:
                await self._speaking.silence(room.id, asker, pressed.person)
                return muted(name, words)
            case Wish.SPEAK:
                await self._speaking.promote(room.id, asker, Invited(name, pressed.person))
                return words.gettext("{name} may speak now.").format(name=name)
            case Wish.LISTEN:
                await self._speaking.demote(room.id, asker, pressed.person, name)
                return listens(name, words)
            case _:
                return await self._remove(tap, room, asker, OnStage(pressed.person, name))

    async def _remove(self, tap: Tap, room: Room, asker: Asker, one: OnStage) -> str:
        if await is_admin_there(tap.bot, room.plan.chat, one.person):
            raise AdminStays
        await self._speaking.demote(room.id, asker, one.person, one.name)
        if await remove(tap.bot, room.plan.chat, one.person):
            text = tap.speech.words.gettext("{name} is out of the call, and can join the group again.")
        else:
            text = tap.speech.words.gettext("I may not remove people from this group: {name} listens now.")
        return text.format(name=one.name)

    async def _turn_to(self, tap: Tap, room: Room, person: PersonId, page: Any) -> None:
        people = self._speaking.floor.stage(room.id).people
        seen = next((one for one in people if one.person == person), None)
        if seen is None:
            await self._panel.refresh(tap, room)
            await tap.answer(tap.speech.words.gettext("They have left the call."))
            return
        if tap.is_private:
            await tap.change(*page(room, seen, tap.speech.words))
        await tap.answer()

    async def _minded(self, tap: Tap, room_id: RoomId) -> tuple[Room, Asker]:
        room, asker = await tapped(tap, self._planning, room_id)
        return await self._speaking.minded(room.id, asker), asker


def muted(name: str, words: Words) -> str:
    """That a microphone was turned off."""
    return words.gettext("🔇 {name} is muted, and can unmute again.").format(name=short(name))


def listens(name: str, words: Words) -> str:
    """That somebody speaks no more."""
    return words.gettext("👂 {name} listens from now on.").format(name=short(name))
