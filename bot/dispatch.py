"""Dispatch: brings every command, tap, link and private message to the feature that answers to it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.authority import demand_admin
from bot.callbacks import button, unpack
from bot.connection import App
from bot.errors import Anonymous, WishGone
from bot.features import Command, Feature, Link, Reply, Taker, TapHandler
from bot.keyboards import key, rows
from bot.visits import Context, Reception, Tap, Visit, command_of, words_of
from rooms.dialogues import LIFE, Dialogue
from rooms.ids import PersonId
from rooms.ports import Clock
from rooms.records import Store
from rooms.roles import Action

_OF_CHATS = filters.StatusUpdate.ALL & ~filters.StatusUpdate.CHAT_SHARED
"""What happened in a chat, rather than was said there."""

_SAID_HERE = filters.UpdateType.MESSAGE & ~filters.VIA_BOT & ~_OF_CHATS


@button("me")
@dataclass(frozen=True, slots=True)
class ItIsMe:
    """An anonymous admin asks for the command above in their own name."""


class Dispatch(Feature):
    """The one handler of messages and the one of buttons."""

    def __init__(self, reception: Reception, features: Iterable[Feature], store: Store, clock: Clock) -> None:
        self._reception = reception
        self._store = store
        self._clock = clock
        everyone = [*features, self]
        self._commands: Mapping[str, Command] = {k: v for one in everyone for k, v in one.commands.items()}
        self._taps: Mapping[type[Any], TapHandler] = {k: v for one in everyone for k, v in one.taps.items()}
        self._links: Mapping[str, Link] = {k: v for one in everyone for k, v in one.links.items()}
        self._replies: Mapping[str, Reply] = {k: v for one in everyone for k, v in one.replies.items()}
        self._takers: Sequence[Taker] = [taker for one in everyone for taker in one.takers]

    def add_to(self, application: App) -> None:
        """Take up work."""
        application.add_handler(MessageHandler(_SAID_HERE, self.message))
        application.add_handler(CallbackQueryHandler(self.tap))

    async def message(self, update: Update, context: Context) -> None:
        """A command, or something in private; what groups say among themselves is not for us."""
        message = update.message
        if message is None:
            return
        is_private = message.chat.type == ChatType.PRIVATE
        command = None if _is_brought(message) else self._command_for_us(message, context.bot.username)
        if not is_private and command is None:
            return
        visit = await self._reception.visit(message, context.bot)
        if _is_brought(message):
            await self._take_unasked(visit)
        else:
            await self._answer(visit, command)

    async def _answer(self, visit: Visit, command: str | None) -> None:
        is_private = visit.is_private
        dialogue = await self._dialogue(visit) if is_private and command in (None, "cancel") else None
        if dialogue is not None:
            await self._replies[dialogue.kind](visit, dialogue)
        elif command == "start" and is_private:
            await self._start(visit)
        elif command is not None and command in self._commands:
            await self._do(visit, self._commands[command])
        elif is_private and command is None and await self._take_unasked(visit):
            return
        elif is_private or f"@{visit.bot.username}".lower() in (visit.message.text or "").lower():
            await visit.reply(visit.speech.words.gettext("I do not know that. /help shows what I can do."))

    async def tap(self, update: Update, context: Context) -> None:
        """Do what the button says; raises `ButtonUnknown` for what is no button of ours."""
        query = update.callback_query
        if query is None:
            raise TypeError("an update without a query was taken for a tap")
        tap = await self._reception.tap(query, context.bot)
        pressed = unpack(tap.data)
        await self._taps[type(pressed)](tap, pressed)

    @property
    def taps(self) -> Mapping[type[Any], TapHandler]:
        """The button of anonymous admins."""
        return {ItIsMe: self._unmask}

    async def _do(self, visit: Visit, command: Command) -> None:
        try:
            await command(visit)
        except Anonymous:
            words = visit.speech.words
            text = words.gettext(
                "You write as the group, so I cannot tell who you are, nor what you may do. Is it you? Then "
                "confirm it from your own account. The group's admins see this name in their log, and "
                "everybody sees it on the announcement of a talk that you plan, as its host's."
            )
            await visit.reply(text, rows([key(words.gettext("It is me"), ItIsMe())]))

    async def _unmask(self, tap: Tap, _pressed: ItIsMe) -> None:
        """Do what the message above asks for, in the name of who pressed the button."""
        above = tap.command
        if above is None or above.sender_chat is None:
            raise WishGone
        command = self._commands.get(command_of(above))
        if command is None:
            raise WishGone
        demand_admin(await tap.asker(), Action.SET_UP)  # nobody else takes the button from whom it is for
        await tap.take_buttons_away()
        await command(await self._reception.visit(above, tap.bot, tap.query.from_user))
        await tap.answer()

    async def _start(self, visit: Visit) -> None:
        name, _, rest = visit.argument.partition("-")
        link = self._links.get(name)
        if link is not None:
            await link(visit, rest)
        else:
            await self._commands["start"](visit)

    async def _take_unasked(self, visit: Visit) -> bool:
        """Give what was sent in private to the first who takes it; whether somebody did."""
        for taker in self._takers:
            if await taker(visit):
                return True
        return False

    async def _dialogue(self, visit: Visit) -> Dialogue | None:
        user = visit.message.from_user
        if user is None:
            return None
        async with self._store.reading() as records:
            dialogue = await records.dialogues.find(PersonId(user.id))
        if dialogue is None or dialogue.kind not in self._replies:
            return None
        return dialogue if self._clock.now() - dialogue.changed_at < LIFE else None

    def _command_for_us(self, message: Message, username: str) -> str | None:
        """The command at the beginning of a message, unless it is meant for another bot."""
        written = command_of(message)
        if not written:
            return None
        addressee = words_of(message).split(maxsplit=1)[0].partition("@")[2].lower()
        return written if addressee in ("", username.lower()) else None


def _is_brought(message: Message) -> bool:
    """Whether it comes from elsewhere: a forwarded message answers nothing, nor does a chosen chat."""
    return message.forward_origin is not None or message.chat_shared is not None
