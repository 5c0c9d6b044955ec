"""/settings: the card of a group's customs, its buttons, and what is written after the command."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup
from telegram import Bot, InlineKeyboardMarkup

from bot.authority import demand_admin
from bot.callbacks import button
from bot.customs.copies import Copies, chat_to_copy_to, titles_of
from bot.customs.retention import KeepsRecordings
from bot.customs.section import OFF, Section, spoken
from bot.customs.speaking import Language, Zone
from bot.customs.stage import FirstTimers, TurnLength, WhoSpeaks
from bot.customs.talks import Recording, Threads, WhoListens, WhoSchedules
from bot.customs.telling import DigestDay, Quiet, Reminders
from bot.customs.topics import Topics
from bot.errors import ButtonUnknown, NoThreadHere, SettingNotUnderstood, SettingUnknown
from bot.features import Command, Feature, TapHandler
from bot.keyboards import key, rows
from bot.visits import Reception, Tap, Visit
from bot.words import Words
from rooms.configuring import Configuring
from rooms.group import Group
from rooms.roles import Action, Asker
from rooms.topics import read_tag

SECTIONS: Mapping[str, Section] = {
    section.key: section
    for section in (
        Language(), Zone(), Topics(), WhoSchedules(), WhoListens(), Recording(), Reminders(), Quiet(),
        DigestDay(), Threads(), Copies(), WhoSpeaks(), FirstTimers(), TurnLength(), KeepsRecordings(),
    )
}  # fmt: skip

_THREAD = "thread"


@button("set")
@dataclass(frozen=True, slots=True)
class Show:
    """Show a section, or the whole card for "all"."""

    section: str


@button("put")
@dataclass(frozen=True, slots=True)
class Put:
    """Choose this in a section."""

    section: str
    value: str


@button("rekey")
@dataclass(frozen=True, slots=True)
class NewAddress:
    """Make the addresses of the programme and the calendars anew; those that are known die."""

    is_sure: bool


class Customs(Feature):
    """What a group's admins choose for it."""

    def __init__(self, configuring: Configuring, reception: Reception) -> None:
        self._configuring = configuring
        self._reception = reception

    @property
    def commands(self) -> Mapping[str, Command]:
        """/settings."""
        return {"settings": self.settings}

    @property
    def taps(self) -> Mapping[type[Any], TapHandler]:
        """The card's buttons."""
        return {Show: self.show, Put: self.put, NewAddress: self.renew}

    async def settings(self, visit: Visit) -> None:
        """Show the card; with words after the command, change what they name."""
        group = visit.in_group()
        asker = await visit.asker()
        demand_admin(asker, Action.SET_UP)
        if not visit.argument:
            await visit.reply(card(group, visit.speech.words), card_keys(visit.speech.words))
            return
        name, *rest = visit.argument.split(maxsplit=1)
        if name.casefold() in (_THREAD, spoken(_THREAD, visit.speech.words)):
            group = await self._map(visit, group, asker, rest[0] if rest else "")
            section: Section = SECTIONS["topics"]
        else:
            section, text = _section(visit.argument, visit.speech.words)
            group = await self._write(visit, group, asker, section, text)
        words = self._reception.speech(group, None).words
        section = await _informed(section, group, visit.bot)
        await visit.reply(page(section, group, words), page_keys(section, group, words))

    async def show(self, tap: Tap, pressed: Show) -> None:
        """Turn to a section, or back."""
        group = tap.in_group()
        demand_admin(await tap.asker(), Action.SET_UP)
        await self._turn(tap, group, SECTIONS.get(pressed.section))

    async def put(self, tap: Tap, pressed: Put) -> None:
        """Choose something."""
        group = tap.in_group()
        section = SECTIONS.get(pressed.section)
        if section is None:
            raise ButtonUnknown
        asker = await tap.asker()
        group = await self._configuring.change(
            group.chat, asker, lambda before: section.chosen(pressed.value, before)
        )
        await self._turn(tap, group, section)

    async def renew(self, tap: Tap, pressed: NewAddress) -> None:
        """Make new addresses, once that is meant for sure."""
        group, words = tap.in_group(), tap.speech.words
        asker = await tap.asker()
        demand_admin(asker, Action.SET_UP)
        if not pressed.is_sure:
            text = words.gettext(
                "New addresses for the programme and the calendars? The old ones die at once, also in the "
                "calendars of those who subscribed."
            )
            yes = key(words.gettext("Yes, new ones"), NewAddress(is_sure=True))
            await tap.change(text, rows([yes], [_back(words)]))
            await tap.answer()
            return
        group = await self._configuring.revoke(group.chat, asker)
        await tap.change(card(group, words), card_keys(words))
        await tap.answer(words.gettext("The old addresses are dead."), is_alert=True)

    async def _write(self, visit: Visit, group: Group, asker: Asker, section: Section, text: str) -> Group:
        if not text.strip():
            return group
        if isinstance(section, Copies):
            copy = await chat_to_copy_to(visit, text)
            return await self._configuring.change(
                group.chat, asker, lambda before: replace(before, copies=(*before.copies, copy))
            )
        return await self._configuring.change(
            group.chat, asker, lambda before: section.read(text, before, visit.speech.words)
        )

    async def _map(self, visit: Visit, group: Group, asker: Asker, text: str) -> Group:
        """Let a topic's talks be announced in the forum topic in which this is written, or anywhere again."""
        words = text.split()
        is_off = len(words) > 1 and words[-1].casefold() in OFF
        if not words:
            gettext = visit.speech.words.gettext
            raise SettingNotUnderstood(spoken(_THREAD, visit.speech.words), text, gettext("career"))
        tag = read_tag(" ".join(words[:-1] if is_off else words))
        if not is_off and visit.thread is None:
            raise NoThreadHere

        def mapped(before: Group) -> Group:
            if not is_off:
                before.topics.check(tag)
            return replace(before, topics=before.topics.mapped(tag, None if is_off else visit.thread))

        return await self._configuring.change(group.chat, asker, mapped)

    async def _turn(self, tap: Tap, group: Group, section: Section | None) -> None:
        words = self._reception.speech(group, None).words
        if section is None:
            await tap.change(card(group, words), card_keys(words))
        else:
            section = await _informed(section, group, tap.bot)
            await tap.change(page(section, group, words), page_keys(section, group, words))
        await tap.answer()


async def _informed(section: Section, group: Group, bot: Bot) -> Section:
    """The section, with what only Telegram can tell of it."""
    return Copies(await titles_of(bot, group)) if isinstance(section, Copies) else section


def titles(words: Words) -> Mapping[str, str]:
    """What the customs are called, by their fields of a `Group`."""
    return {section.field: section.title(words) for section in SECTIONS.values()}


def card(group: Group, words: Words) -> Markup:
    """Every custom in a line."""
    lines = [Markup("<b>{}</b>").format(words.gettext("Settings of {group}").format(group=group.title))]
    lines += [
        Markup("{}: <b>{}</b>").format(section.title(words), section.shown(group, words))
        for section in SECTIONS.values()
    ]
    return Markup("\n").join([lines[0], Markup(""), *lines[1:]])


def card_keys(words: Words) -> InlineKeyboardMarkup | None:
    """A button for each section, two in a row, and the addresses."""
    keys = [key(section.title(words), Show(section.key)) for section in SECTIONS.values()]
    pairs = [keys[index : index + 2] for index in range(0, len(keys), 2)]
    return rows(*pairs, [key(words.gettext("New addresses…"), NewAddress(is_sure=False))])


def page(section: Section, group: Group, words: Words) -> Markup:
    """One custom: what holds, what should be known, and what can be written."""
    lines = [Markup("<b>{}</b>: {}").format(section.title(words), section.shown(group, words))]
    explanation = section.explanation(words)
    if explanation:
        lines.append(Markup("{}").format(explanation))
    example = section.example(words)
    if example:
        written = Markup("<code>/settings {} {}</code>").format(spoken(section.key, words), example)
        lines.append(Markup("{} {}").format(words.gettext("Something else? Write, for example:"), written))
    return Markup("\n\n").join(lines)


def page_keys(section: Section, group: Group, words: Words) -> InlineKeyboardMarkup | None:
    """What can be chosen, two in a row, and the way back."""
    keys = [key(label, Put(section.key, value)) for label, value in section.options(group, words)]
    pairs = [keys[index : index + 2] for index in range(0, len(keys), 2)]
    return rows(*pairs, [_back(words)])


def _back(words: Words) -> Any:
    return key(words.gettext("← Back"), Show("all"))


def _section(argument: str, words: Words) -> tuple[Section, str]:
    """The section that is named, by its title or its word, and the words after that."""
    for section in SECTIONS.values():
        for name in (section.title(words), spoken(section.key, words), section.key):
            named, rest = argument[: len(name)], argument[len(name) :]
            if named.casefold() == name.casefold() and (not rest or rest[0].isspace()):
                return section, rest.strip()
    known = [spoken(key, words) for key in (*SECTIONS, _THREAD)]
    raise SettingUnknown(argument.split(maxsplit=1)[0], known)
