"""/ban, /pardon, /bans, /log: who may not take part, and who did what; for admins."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from markupsafe import Markup
from telegram import InlineKeyboardMarkup

from bot import saying
from bot.authority import demand_admin, is_admin_there
from bot.callbacks import button
from bot.deep_links import address, chat_in
from bot.errors import NobodyNamed, OnlyInGroups
from bot.features import Command, Feature, Link, TapHandler
from bot.fitting import fitting
from bot.keyboards import MOST, Key, column, key, link, rows
from bot.logbook import log_text
from bot.persons import meant_by, numbered
from bot.refusals import Speech
from bot.times import DurationNotUnderstood, read_span
from bot.times.zones import plain
from bot.visits import Tap, Visit
from bot.words import Words, filled
from rooms.ids import PersonId
from rooms.moderating import Moderating
from rooms.moderation import Ban
from rooms.ports import Clock
from rooms.records import Store
from rooms.roles import Action

LOG = "log"

_LANGUAGES = ("en", "it")
_FOR_GOOD = ("forever", "for ever", "for good", "permanently", "per sempre", "sempre", "definitivamente")
_LONGEST_LENGTH = 4
"""Words of a length of time at most: "1 hour 30 minutes"."""
_FIGURES = re.compile(r"[+-]?\d")
_AGES = timedelta(days=3660)
"""A ban for longer than this is one for good."""


@button("pardon")
@dataclass(frozen=True, slots=True)
class Pardon:
    """Lift this person's ban; `is_listed` where the button stands under the list of all."""

    person: PersonId
    is_listed: bool


class Moderation(Feature):
    """Bans and the log."""

    def __init__(self, moderating: Moderating, store: Store, clock: Clock) -> None:
        self._moderating = moderating
        self._store = store
        self._clock = clock

    @property
    def commands(self) -> Mapping[str, Command]:
        """For admins."""
        return {"ban": self.ban, "pardon": self.pardon, "bans": self.bans, LOG: self.log}

    @property
    def taps(self) -> Mapping[type[Any], TapHandler]:
        """Under the list of bans."""
        return {Pardon: self.pardon_chosen}

    @property
    def links(self) -> Mapping[str, Link]:
        """From /log in a group into the private chat."""
        return {LOG: self.log_in_private}

    async def ban(self, visit: Visit) -> None:
        """Ban who is mentioned or answered, for the time and the reason that are written."""
        group = visit.in_group()
        asker = await visit.asker()
        demand_admin(asker, Action.BAN)
        person, name, rest = await self._named(visit)
        length, reason = length_and_reason(rest, visit.speech.words.language)
        until = _end(self._clock.now(), length)
        ban = Ban(group.chat, person, name, reason, until)
        is_admin = await is_admin_there(visit.bot, group.chat, ban.person)
        await self._moderating.ban(asker, ban, is_admin=is_admin)
        pardoning = _pardon_key(ban, visit.speech.words, is_listed=False)
        await visit.reply(banned(ban, visit.speech), rows([pardoning]))

    async def pardon(self, visit: Visit) -> None:
        """Lift the ban of who is mentioned or answered."""
        group = visit.in_group()
        asker = await visit.asker()
        demand_admin(asker, Action.BAN)
        person, name, _rest = await self._named(visit)
        lifted = await self._moderating.pardon(group.chat, asker, person)
        await visit.reply(pardoned(lifted, name, visit.speech.words))

    async def pardon_chosen(self, tap: Tap, pressed: Pardon) -> None:
        """Lift the ban whose button was pressed."""
        group, asker, words = tap.in_group(), await tap.asker(), tap.speech.words
        lifted = await self._moderating.pardon(group.chat, asker, pressed.person)
        if pressed.is_listed:
            await tap.change(*listed(await self._moderating.bans(group.chat, asker), tap.speech))
        elif lifted is not None:
            await tap.change(pardoned(lifted, lifted.name, words))
        else:
            await tap.take_buttons_away()
        if lifted is None:
            await tap.answer(words.gettext("That ban is over already."))
        else:
            await tap.answer(words.gettext("{name} may take part again.").format(name=lifted.name))

    async def bans(self, visit: Visit) -> None:
        """Who is banned, with a button for each to be pardoned."""
        group = visit.in_group()
        bans = await self._moderating.bans(group.chat, await visit.asker())
        await visit.reply(*listed(bans, visit.speech))

    async def log(self, visit: Visit) -> None:
        """Lead whoever may read the log into the private chat: it is not for everybody's eyes."""
        group = visit.in_group()
        await self._moderating.log(group.chat, await visit.asker())
        words = visit.speech.words
        url = address(visit.bot.username, f"{LOG}-{group.chat}")
        await visit.reply(
            words.gettext("The log is for admins: I show it in private."),
            rows([link(words.gettext("Show the log"), url)]),
        )

    async def log_in_private(self, visit: Visit, rest: str) -> None:
        """The latest lines, for an admin of the group."""
        chat = chat_in(rest)
        async with self._store.reading() as records:
            group = await records.groups.find(chat)
        if group is None:
            raise OnlyInGroups
        deeds = await self._moderating.log(chat, await visit.asker_in(chat))
        await visit.reply(log_text(deeds, group.title, Speech(visit.speech.words, group.zone)))

    async def _named(self, visit: Visit) -> tuple[PersonId, str, str]:
        """Who is meant, by number and name, and the other words; raises `NobodyNamed`, `PersonUnknown`."""
        meant = meant_by(visit.message, visit.argument)
        if not meant.people:
            raise NobodyNamed
        person, name = await numbered(self._store, meant.people[0])
        return person, name, meant.rest


def length_and_reason(words: str, language: str) -> tuple[timedelta | None, str]:
    """A length of time at the beginning, if there is one (None: for good); the rest is the reason.

    It is read in the group's language, else in another one. Raises `DurationNotUnderstood` for figures that
    are no length of time, since nobody would be banned for good by a slip of the pen.
    """
    pieces = words.split()
    for number in range(min(len(pieces), _LONGEST_LENGTH), 0, -1):
        written, reason = " ".join(pieces[:number]), " ".join(pieces[number:])
        if plain(written) in _FOR_GOOD:
            return None, reason
        for spoken in sorted(_LANGUAGES, key=lambda code: code != language):
            with suppress(DurationNotUnderstood):
                return read_span(written, spoken), reason
    if pieces and _FIGURES.match(pieces[0]):
        raise DurationNotUnderstood(pieces[0])
    return None, words


def banned(ban: Ban, speech: Speech) -> Markup:
    """What a ban means, for the group."""
    gettext = speech.words.gettext
    if ban.until is None:
        text = gettext("{name} is banned from this group's talks.")
        said = filled(text, name=_bold(ban.name))
    else:
        text = gettext("{name} is banned from this group's talks until {when}.")
        said = filled(text, name=_bold(ban.name), when=saying.moment(ban.until, speech.zone, speech.words))
    return said + Markup("\n{}").format(ban.reason) if ban.reason else said


def pardoned(lifted: Ban | None, name: str, words: Words) -> Markup:
    """That a ban was lifted, or that there was none."""
    if lifted is None:
        return filled(words.gettext("{name} is not banned here."), name=_bold(name))
    return filled(words.gettext("{name} may take part again."), name=_bold(lifted.name))


def listed(bans: Sequence[Ban], speech: Speech) -> tuple[Markup, InlineKeyboardMarkup | None]:
    """The bans, and a button for each."""
    words = speech.words
    if not bans:
        return Markup("{}").format(words.gettext("Nobody is banned here.")), None
    entries = fitting(banned(ban, speech) for ban in bans[:MOST])
    keys = [_pardon_key(ban, words, is_listed=True) for ban in bans[: len(entries)]]
    return Markup("\n\n").join([*entries, *_others(len(bans) - len(entries), words)]), column(keys)


def _others(number: int, words: Words) -> list[Markup]:
    if not number:
        return []
    text = words.ngettext("… and {number} entry more", "… and {number} entries more", number)
    return [Markup("{}").format(text.format(number=number))]


def _end(now: datetime, length: timedelta | None) -> datetime | None:
    """When a ban of this length ends; one for longer than anybody plans is for good."""
    return None if length is None or length > _AGES else now + length


def _pardon_key(ban: Ban, words: Words, *, is_listed: bool) -> Key:
    return key(words.gettext("Pardon {name}").format(name=ban.name), Pardon(ban.person, is_listed))


def _bold(name: str) -> Markup:
    return Markup("<b>{}</b>").format(name)
