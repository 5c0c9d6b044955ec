"""The bot: every handler in its place, with the outbox at work beside them."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from gettext import NullTranslations

from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.acquaintances import Acquaintances
from bot.amending import Menu, Undoing, Written
from bot.asking import Asking
from bot.attending import Attendance
from bot.casting import Casting
from bot.card_pictures import warm_up
from bot.connection import App, connected
from bot.courier import Courier
from bot.customs import Customs
from bot.dialogues import Dialogues
from bot.dispatch import Dispatch
from bot.errors import WrongToken
from bot.features import Feature
from bot.finding import Finder
from bot.greeting import Greeting
from bot.guided import Guidance
from bot.inbox import Inbox
from bot.letters import Opener
from bot.menu import set_menu
from bot.minding import Minding
from bot.mishaps import Mishaps
from bot.moderating import Moderation
from bot.outbox import Outbox
from bot.programme import Programme
from bot.rights import DataRights
from bot.scheduling import Scheduling
from bot.settings import BotSettings
from bot.standing import Standing
from bot.statistics import Stats
from bot.turns import Turns
from bot.use_cases import UseCases
from bot.visits import Reception
from bot.words import Languages
from rooms.ports import Clock
from rooms.records import Store

log = logging.getLogger(__name__)


class Bot:
    """Receives what people ask for and delivers what they must be told; `is_up` is set while it does."""

    def __init__(
        self,
        settings: BotSettings,
        cases: UseCases,
        store: Store,
        clock: Clock,
        catalogues: Mapping[str, NullTranslations],
    ) -> None:
        self.is_up = asyncio.Event()
        self._settings = settings
        self._cases = cases
        self._store = store
        self._clock = clock
        self._languages = Languages(catalogues)
        self._acquaintances = Acquaintances(settings, cases.planning, store, clock)

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
                    running.create_task(warm_up()),
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
        opener = Opener(self._settings, self._store, self._languages, self._clock)
        courier = Courier(bot, opener, self._acquaintances, self._store, self._clock)
        return Outbox(self._store, courier, self._clock)

    def _add_handlers(self, application: App) -> None:
        reception = Reception(self._settings, self._acquaintances, self._languages, self._clock)
        features = self._features(reception)
        Standing(reception, self._acquaintances).add_to(application)
        Dispatch(reception, features, self._store, self._clock).add_to(application)
        application.add_error_handler(Mishaps(reception).handle)

    def _features(self, reception: Reception) -> Sequence[Feature]:
        cases, store, clock, url = self._cases, self._store, self._clock, self._settings.public_url
        dialogues = Dialogues(store, clock)
        finder = Finder(cases.planning, store, clock)
        menu = Menu(cases.planning, cases.changing, finder, dialogues, store)
        return [
            Greeting(reception, store, clock),
            dialogues,
            Scheduling(cases.planning, clock),
            Guidance(cases.planning, dialogues, store, clock),
            Minding(cases.planning, cases.changing, cases.conducting, finder),
            menu,
            Written(cases.planning, cases.changing, finder, menu),
            Undoing(cases.planning, cases.changing, store),
            Casting(cases.planning, cases.appointing, finder, store),
            Programme(cases.planning, clock, url),
            Attendance(cases.planning, cases.attending, cases.appointing),
            Asking(cases.planning, cases.attending, dialogues),
            Moderation(cases.moderating, store, clock),
            Customs(cases.configuring, reception),
            Stats(cases.reviewing),
            DataRights(cases.forgetting, url),
        ]

    async def _set_menu(self, bot: ExtBot[bool]) -> None:
        """Commands can be typed without the menu, so that it may fail."""
        try:
            await set_menu(bot, self._languages)
        except TelegramError as error:
            log.warning("the menu of commands could not be set: %s", error)
