"""/start, /help and /language: what the bot is, and what it does for whoever asks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from bot import keyboards
from bot.callbacks import button
from bot.errors import Anonymous, ButtonUnknown
from bot.features import Command, Feature, TapHandler
from bot.guide import Entry, in_groups, in_private, permitted
from bot.visits import Reception, Tap, Visit
from bot.words import Words, filled
from rooms.appointments import Answer
from rooms.authority import roles_in
from rooms.group import Group, Schedulers
from rooms.ids import PersonId
from rooms.ports import Clock
from rooms.records import Records, Store
from rooms.roles import Asker, Role
from rooms.room import AHEAD, ON_AIR

_LANGUAGES = {"en": "English", "it": "Italiano"}


@button("tongue")
@dataclass(frozen=True, slots=True)
class Speak:
    """Write to me in this language."""

    language: str


class Greeting(Feature):
    """Explains itself, in groups and in private."""

    def __init__(self, reception: Reception, store: Store, clock: Clock) -> None:
        self._reception = reception
        self._store = store
        self._clock = clock

    @property
    def commands(self) -> Mapping[str, Command]:
        """/start, /help, /language."""
        return {"start": self.start, "help": self.help, "language": self.language}

    @property
    def taps(self) -> Mapping[type[Any], TapHandler]:
        """Under /language."""
        return {Speak: self.speak}

    async def start(self, visit: Visit) -> None:
        """In private an introduction with the way to add the bot to a group; in a group its commands."""
        words = visit.speech.words
        if visit.group is not None:
            await self.help(visit)
        else:
            await visit.reply(introduction(words), keyboards.inviting(visit.bot.username, words))

    async def help(self, visit: Visit) -> None:
        """What this person may ask for here."""
        words = visit.speech.words
        if visit.group is None:
            await visit.reply(listed(in_private(words), words))
            return
        entries = permitted(
            in_groups(words),
            await self._roles(visit, visit.group),
            may_schedule=visit.group.schedulers is Schedulers.MEMBERS,
        )
        await visit.reply(listed(entries, words))

    async def language(self, visit: Visit) -> None:
        """In private the person chooses; a group's admins choose by /settings."""
        words = visit.speech.words
        if visit.group is not None:
            await visit.reply(words.gettext("A group's language is in /settings."))
            return
        keys = [keyboards.key(name, Speak(code)) for code, name in _LANGUAGES.items()]
        await visit.reply(words.gettext("In which language shall I write to you?"), keyboards.rows(keys))

    async def speak(self, tap: Tap, pressed: Speak) -> None:
        """The person chose."""
        if not tap.is_private or pressed.language not in _LANGUAGES:
            raise ButtonUnknown
        async with self._store.writing() as records:
            person = await records.people.find(PersonId(tap.query.from_user.id))
            if person is not None:
                await records.people.save(replace(person, language=pressed.language))
        words = self._reception.speech(None, pressed.language).words
        await tap.change(words.gettext("From now on I write to you in English."))
        await tap.answer()

    async def _roles(self, visit: Visit, group: Group) -> frozenset[Role]:
        """Everything that somebody is in the group and in its talks; who writes as the group is an admin."""
        try:
            asker = await visit.asker()
        except Anonymous:
            return frozenset({Role.ADMIN})
        async with self._store.reading() as records:
            roles = await roles_in(records, group.chat, asker, self._clock.now())
            return roles | await _parts(records, group, asker) if Role.LISTENER in roles else roles


def introduction(words: Words) -> Markup:
    """What the bot is, for somebody who met it in private."""
    text = words.gettext(
        "<b>I am Loggione, a gallery for your group's talks.</b>\n\n"
        "I announce talks, open the group's voice chat at their time, and give everybody a link to listen "
        "unseen, without an account and without a name. Afterwards I post the recording.\n\n"
        "Add me to a group; then one of its admins writes, for example:\n"
        "<code>/schedule Careers after 40 #careers | tomorrow 18:30 | 45m</code>"
    )
    return filled(text)


def listed(entries: Iterable[Entry], words: Words) -> Markup:
    """The commands, each with what it does."""
    lines = [Markup("<b>{}</b>\n").format(words.gettext("What I can do for you"))]
    for entry in entries:
        lines.append(Markup("/{}: {}").format(entry.command, entry.text))
        if entry.example:
            lines.append(Markup("<code>{}</code>").format(entry.example))
    return Markup("\n").join(lines)


async def _parts(records: Records, group: Group, asker: Asker) -> frozenset[Role]:
    """What the person is in any of the group's talks ahead or on air."""
    parts: set[Role] = set()
    for room in await records.rooms.in_states(AHEAD | ON_AIR, group.chat):
        if room.plan.host == asker.person:
            parts.add(Role.HOST)
        for one in await records.appointments.of(room.id):
            if one.answer is Answer.ACCEPTED and one.invited.is_me(asker):
                parts.add(one.role)
    return frozenset(parts)
