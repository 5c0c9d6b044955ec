"""/outlets: to which servers elsewhere a group's talks go out; their addresses are taken in private alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from telegram import InlineKeyboardMarkup
from telegram.error import BadRequest, Forbidden

from bot.authority import demand_admin
from bot.callbacks import button, mark
from bot.deep_links import address, chat_in
from bot.dialogues import Dialogues, question, stopped
from bot.errors import WordsWanted
from bot.features import Command, Feature, Link, Reply, TapHandler
from bot.keyboards import key, link, rows
from bot.visits import Tap, Visit
from bot.words import Words, filled
from rooms.dialogues import Dialogue
from rooms.ids import ChatId
from rooms.outlets import Outlet, OutletState
from rooms.restreaming import Restreaming
from rooms.roles import Action

OUTLETS, OUTLET = "outlets", "outlet"


@button("unout")
@dataclass(frozen=True, slots=True)
class RemoveOutlet:
    """Take this outlet off the list; `name` is the mark of its name."""

    name: str


class Outlets(Feature):
    """The list in the group, without anything secret, and the question for an address in private."""

    def __init__(self, restreaming: Restreaming, dialogues: Dialogues) -> None:
        self._restreaming = restreaming
        self._dialogues = dialogues

    @property
    def commands(self) -> Mapping[str, Command]:
        """/outlets."""
        return {OUTLETS: self.show}

    @property
    def taps(self) -> Mapping[type[Any], TapHandler]:
        """Under the list."""
        return {RemoveOutlet: self.remove}

    @property
    def links(self) -> Mapping[str, Link]:
        """From the group into the private chat."""
        return {OUTLET: self.begin}

    @property
    def replies(self) -> Mapping[str, Reply]:
        """The address."""
        return {OUTLET: self.answer}

    async def show(self, visit: Visit) -> None:
        """The group's outlets and how they do. An address that is written here is deleted, and not taken."""
        group = visit.in_group()
        if visit.argument:
            await self._hide(visit)
            demand_admin(await visit.asker(), Action.RESTREAM)
            way = rows([_way_in(group.chat, visit.bot.username, visit.speech.words)])
            await visit.reply(self._exposed(visit.speech.words), way)
            return
        outlets = await self._restreaming.of(group.chat, await visit.asker())
        await visit.reply(*await self._page(outlets, group.chat, visit.bot.username, visit.speech.words))

    async def remove(self, tap: Tap, pressed: RemoveOutlet) -> None:
        """Let the talks go there no more."""
        group, asker = tap.in_group(), await tap.asker()
        outlets = await self._restreaming.of(group.chat, asker)
        for outlet in outlets:
            if mark(outlet.name) == pressed.name:
                await self._restreaming.remove(group.chat, asker, outlet.name)
        left = await self._restreaming.of(group.chat, asker)
        await tap.change(*await self._page(left, group.chat, tap.bot.username, tap.speech.words))
        await tap.answer()

    async def begin(self, visit: Visit, rest: str) -> None:
        """Ask an admin for the address."""
        chat = chat_in(rest)
        await self._restreaming.of(chat, await visit.asker_in(chat))
        words = visit.speech.words
        text = words.gettext(
            "To which server shall the talks go out? Send me its address, as one of these:\n"
            "icecast://source:password@radio.example:8000/talk.ogg\n"
            "rtmp://live.example/app/key\n"
            "I keep it for that alone and show it to nobody, and I delete your message once I have read it."
        )
        await self._dialogues.begin(visit, chat, OUTLET, "", question(text, words))

    async def answer(self, visit: Visit, dialogue: Dialogue) -> None:
        """Take the address, and the message that holds it away, whether it can be used or not."""
        words = visit.speech.words
        if visit.is_cancel:
            await self._dialogues.end(visit, dialogue)
            await visit.reply(stopped(words))
            return
        if not visit.message.text:
            raise WordsWanted
        is_hidden = await self._hide(visit)
        asker = await visit.asker_in(dialogue.group)
        outlet = await self._restreaming.add(dialogue.group, asker, visit.message.text)
        await self._dialogues.end(visit, dialogue)
        said = filled(
            words.gettext("📡 From now on the talks go out to <b>{name}</b> as well."), name=outlet.name
        )
        text = words.gettext(
            "I could not delete your message: please do it, since whoever reads it can speak on that server."
        )
        await visit.reply(said if is_hidden else said + Markup("\n{}").format(text))

    async def _hide(self, visit: Visit) -> bool:
        """Delete the message, which may hold a password; whether that could be done."""
        try:
            return await visit.bot.delete_message(visit.message.chat.id, visit.message.message_id)
        except (BadRequest, Forbidden):
            return False

    def _exposed(self, words: Words) -> str:
        return words.gettext(
            "An address holds a password, and everybody here could read it: I have not taken it. Change that "
            "password, delete the message if it is still there, and send me the new address in private."
        )

    async def _page(
        self, outlets: Sequence[Outlet], chat: ChatId, bot_username: str, words: Words
    ) -> tuple[Markup, InlineKeyboardMarkup | None]:
        states = await self._restreaming.states(chat)
        lines = [Markup("<b>{}</b>").format(words.gettext("📡 Where the talks go out to"))]
        lines += [_line(outlet, states.get(outlet.name), words) for outlet in outlets]
        if not outlets:
            lines.append(Markup("{}").format(words.gettext("Nowhere else so far.")))
        removing = [[key(f"✖ {outlet.name}", RemoveOutlet(mark(outlet.name)))] for outlet in outlets]
        return Markup("\n").join(lines), rows(*removing, [_way_in(chat, bot_username, words)])


def _way_in(chat: ChatId, bot_username: str, words: Words) -> Any:
    return link(words.gettext("🔑 Add one in private"), address(bot_username, f"{OUTLET}-{chat}"))


def _line(outlet: Outlet, state: OutletState | None, words: Words) -> Markup:
    gettext = words.gettext
    said = {
        None: gettext("waits for the next talk"),
        OutletState.CONNECTING: gettext("is being connected"),
        OutletState.ON_AIR: gettext("on air"),
        OutletState.REFUSED: gettext("turns us away"),
        OutletState.LOST: gettext("cannot be reached"),
    }
    sign = {None: "▫️", OutletState.CONNECTING: "🟡", OutletState.ON_AIR: "🟢"}.get(state, "🔴")
    return Markup("{} {}: {}").format(sign, outlet.name, said[state])
