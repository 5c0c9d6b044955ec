"""/privacy and /forget: everybody sees what is kept about them, or about their group, and has it erased."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from bot import erasing
from bot.authority import demand_admin
from bot.callbacks import button
from bot.deep_links import address
from bot.errors import ButtonUnknown
from bot.features import Command, Feature, Link, TapHandler
from bot.fitting import fitting
from bot.kept import Names, said
from bot.keyboards import key, link, rows
from bot.receipts import to_receipt
from bot.visits import Tap, Visit
from bot.words import Words, filled
from rooms.forgetting import Forgetting
from rooms.ids import PersonId
from rooms.receipts import Receipts
from rooms.repositories.traces import Trace
from rooms.roles import Action

PRIVACY, FORGET = "privacy", "forget"

VALUE = 120
"""Characters of a value that are shown at most."""


@button("erase")
@dataclass(frozen=True, slots=True)
class Erase:
    """Erase what is kept about me, in private, or about this group."""

    is_group: bool


@button("unerase")
@dataclass(frozen=True, slots=True)
class Keep:
    """Erase nothing after all."""


class DataRights(Feature):
    """What is on record, shown to whom it is about, and erased when they wish."""

    def __init__(self, forgetting: Forgetting, receipts: Receipts, public_url: str) -> None:
        self._forgetting = forgetting
        self._receipts = receipts
        self._public_url = public_url

    @property
    def commands(self) -> Mapping[str, Command]:
        """In private about the person, in a group about the group."""
        return {PRIVACY: self.privacy, FORGET: self.forget}

    @property
    def taps(self) -> Mapping[type[Any], TapHandler]:
        """Under /forget."""
        return {Erase: self.erase, Keep: self.keep}

    @property
    def links(self) -> Mapping[str, Link]:
        """From a group, for members who mean themselves."""
        return {PRIVACY: self.privacy_by_link, FORGET: self.forget_by_link}

    async def privacy_by_link(self, visit: Visit, _rest: str) -> None:
        """Show what is kept about who followed the link."""
        await self.privacy(visit)

    async def forget_by_link(self, visit: Visit, _rest: str) -> None:
        """Ask who followed the link whether they mean it."""
        await self.forget(visit)

    async def privacy(self, visit: Visit) -> None:
        """Show what is kept."""
        words = visit.speech.words
        names = Names([entry.holding for entry in await self._receipts.now()], words)
        if visit.group is not None:
            asker = await visit.asker()
            if not asker.is_admin:
                await _lead(visit, PRIVACY)
                return
            kept = await self._forgetting.about_group(visit.group.chat, asker)
            await visit.reply(about_group(kept, visit.group.title, names, words))
            return
        traces = await self._forgetting.about_person(PersonId(visit.person.id))
        await visit.reply(about_person(traces, names, self._public_url, words), rows([to_receipt(words)]))

    async def forget(self, visit: Visit) -> None:
        """Ask whether that is meant."""
        gettext = visit.speech.words.gettext
        if visit.group is not None:
            if not (await visit.asker()).is_admin:
                await _lead(visit, FORGET)
                return
            text = gettext(
                "Shall I forget this group? All its talks, recordings, settings and its log are erased for "
                "good, and its links die."
            )
        else:
            text = gettext(
                "Shall I forget you? Your promises to come, reminders, invitations, bans, drafts and your "
                "name are erased for good. Talks that you host stay, without a host. Unless you block me, I "
                "know you again once you write to me."
            )
        buttons = [
            key(gettext("Erase it all"), Erase(visit.group is not None)),
            key(gettext("Keep it"), Keep()),
        ]
        await visit.reply(text, rows(buttons))

    async def erase(self, tap: Tap, pressed: Erase) -> None:
        """Erase it; in a group only an admin may."""
        gettext = tap.speech.words.gettext
        if pressed.is_group:
            group = tap.in_group()
            asker = await tap.asker()
            doomed = await self._forgetting.recordings_of(group.chat, asker)
            await asyncio.to_thread(erasing.mark, doomed)
            erased = await self._forgetting.erase_group(group.chat, asker)
            await asyncio.to_thread(erasing.delete, erased)
            await tap.change(gettext("Forgotten. Nothing about this group is kept any more."))
        elif tap.is_private:
            person = PersonId(tap.query.from_user.id)
            voiced = await self._forgetting.recordings_with(person)
            await asyncio.to_thread(erasing.mark_unheard, voiced, person)
            await self._forgetting.erase_person(person)
            await tap.change(gettext("Forgotten. Nothing about you is kept any more."))
        else:
            raise ButtonUnknown
        await tap.answer()

    async def keep(self, tap: Tap, _pressed: Keep) -> None:
        """Erase nothing."""
        if not tap.is_private:
            demand_admin(await tap.asker(), Action.SET_UP)
        await tap.change(tap.speech.words.gettext("Left as it was: nothing has changed."))
        await tap.answer()


def about_person(traces: Sequence[Trace], names: Names, public_url: str, words: Words) -> Markup:
    """What is kept about somebody, row by row, and what is not."""
    gettext = words.gettext
    parts = [Markup("<b>{}</b>").format(gettext("What is kept about you"))]
    shown = fitting(_entry(trace, names, words) for trace in traces)
    parts += shown
    if len(traces) > len(shown):
        number = len(traces) - len(shown)
        text = words.ngettext("… and {number} entry more", "… and {number} entries more", number)
        parts.append(Markup("{}").format(text.format(number=number)))
    if not traces:
        parts.append(Markup("{}").format(gettext("Nothing at all.")))
    text = gettext(
        "Whether you listen from the gallery is never kept, nor known: {url}\n/forget erases what stands "
        "here."
    )
    parts.append(filled(text, url=f"{public_url}/privacy"))
    return Markup("\n\n").join(parts)


def about_group(kept: Sequence[tuple[str, int]], title: str, names: Names, words: Words) -> Markup:
    """How much is kept about a group, table by table."""
    gettext = words.gettext
    heading = gettext("What is kept about {group}").format(group=title)
    lines = [Markup("{}: {}").format(names.table(table), number) for table, number in kept]
    text = gettext(
        "An admin erases all of it with /forget. In private, /privacy shows what is kept about you."
    )
    return Markup("\n\n").join(
        [Markup("<b>{}</b>").format(heading), Markup("\n").join(lines), Markup("{}").format(text)]
    )


def _entry(trace: Trace, names: Names, words: Words) -> Markup:
    values = Markup("\n").join(
        Markup("{}: {}").format(names.column(trace.where, name), _shortened(said(name, value, words)))
        for name, value in trace.what
    )
    return Markup("<u>{}</u>\n").format(names.table(trace.where)) + values


def _shortened(value: str) -> str:
    return value if len(value) <= VALUE else f"{value[: VALUE - 1]}…"


async def _lead(visit: Visit, payload: str) -> None:
    """Lead a member, who can only mean themselves, into the private chat."""
    words = visit.speech.words
    url = address(visit.bot.username, payload)
    await visit.reply(
        words.gettext("For the group that is up to its admins. What is kept about you I show in private."),
        rows([link(words.gettext("Open our private chat"), url)]),
    )
