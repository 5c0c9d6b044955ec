"""The bot: every handler in its place, with the outbox at work beside them."""

import asyncio
import logging
from collections.abc import Mapping
from gettext import NullTranslations

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import (
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ExtBot,
    MessageHandler,
    filters,
)

from bot.acquaintances import Acquaintances
from bot.connection import App, connected
from bot.courier import Courier
from bot.errors import WrongToken
from bot.greeting import Greeting
from bot.inbox import Inbox
from bot.letters import Opener
from bot.menu import set_menu
from bot.minding import Minding
from bot.mishaps import Mishaps
from bot.outbox import Outbox
from bot.programme import Programme
from bot.scheduling import Scheduling
from bot.settings import BotSettings
from bot.taps import Taps
from bot.turns import Turns
from bot.visits import Context, Reception
from bot.words import Languages
from rooms.conducting import Conducting
from rooms.ids import ChatId
from rooms.planning import Planning
from rooms.ports import Clock, Store

log = logging.getLogger(__name__)

_SAID_HERE = filters.UpdateType.MESSAGE & ~filters.FORWARDED & ~filters.VIA_BOT
"""A command that was brought from elsewhere is none."""


class Bot:
    """Receives what people ask for and delivers what they must be told; `is_up` is set while it does."""

    def __init__(  # noqa: PLR0913  # the bot speaks for the whole house
        self,
        settings: BotSettings,
        planning: Planning,
        conducting: Conducting,
        store: Store,
        clock: Clock,
        catalogues: Mapping[str, NullTranslations],
    ) -> None:
        self.is_up = asyncio.Event()
        self._settings = settings
        self._planning = planning
        self._conducting = conducting
        self._store = store
        self._clock = clock
        self._languages = Languages(catalogues)
        self._acquaintances = Acquaintances(settings, planning, store, clock)

    async def run(self) -> None:
        """Serve until cancelled; then end within two seconds, with what was begun either done or kept.

        Raises:
            WrongToken: Telegram knows no bot with this token, or knows it no more.
        """
        try:
            async with connected(self._settings) as application:
                self._add_handlers(application)
                await self._serve(application)
        finally:
            self.is_up.clear()
        raise WrongToken("Telegram knows this bot's token no more.")

    async def _serve(self, application: App) -> None:
        """Do everything side by side until the token is rejected."""
        inbox = Inbox(application.bot, self.is_up)
        turns = Turns(application.process_update, inbox.settle)
        try:
            async with asyncio.TaskGroup() as running:
                tasks = [
                    running.create_task(self._outbox(application.bot).run()),
                    running.create_task(turns.run(inbox.updates)),
                    running.create_task(self._set_menu(application.bot)),
                ]
                await inbox.run()
                for task in tasks:
                    task.cancel()
        finally:
            await inbox.confirm()

    def _outbox(self, bot: ExtBot[bool]) -> Outbox:
        opener = Opener(self._settings, self._store, self._languages)
        courier = Courier(bot, opener, self._acquaintances, self._store, self._clock)
        return Outbox(self._store, courier, self._clock)

    def _add_handlers(self, application: App) -> None:
        reception = Reception(self._settings, self._acquaintances, self._languages, self._clock)
        scheduling = Scheduling(reception, self._planning, self._clock)
        minding = Minding(reception, self._planning, self._conducting)
        programme = Programme(reception, self._planning, self._clock, self._settings.public_url)
        greeting = Greeting(reception, self._acquaintances)
        commands = {
            "start": greeting.start,
            "help": greeting.help,
            "schedule": scheduling.schedule,
            "rooms": programme.rooms,
            "open": minding.open,
            "close": minding.close,
            "cancel": minding.cancel,
        }
        for command, answer in commands.items():
            application.add_handler(CommandHandler(command, answer, _SAID_HERE))
        for_us = filters.Regex(rf"(?i)^/\w+@{application.bot.username}\b")
        unknown = _SAID_HERE & filters.TEXT & (filters.ChatType.PRIVATE | for_us)
        application.add_handler(MessageHandler(unknown, greeting.unknown))
        application.add_handler(CallbackQueryHandler(Taps(reception, scheduling, minding).tap))
        application.add_handler(ChatMemberHandler(greeting.standing, ChatMemberHandler.MY_CHAT_MEMBER))
        application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, self._follow))
        application.add_error_handler(Mishaps(reception).handle)

    async def _follow(self, update: Update, _context: Context) -> None:
        """A group became a supergroup, which is another chat."""
        message = update.message
        if message is not None and message.migrate_to_chat_id is not None:
            await self._acquaintances.follow(ChatId(message.chat.id), ChatId(message.migrate_to_chat_id))
        elif message is not None and message.migrate_from_chat_id is not None:
            await self._acquaintances.follow(ChatId(message.migrate_from_chat_id), ChatId(message.chat.id))

    async def _set_menu(self, bot: ExtBot[bool]) -> None:
        """Commands can be typed without the menu, so that it may fail."""
        try:
            await set_menu(bot, self._languages)
        except TelegramError as error:
            log.warning("the menu of commands could not be set: %s", error)
