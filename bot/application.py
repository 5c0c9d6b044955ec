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
from bot.authority import is_admin_there
from bot.boards import Boards, Means, Scenes
from bot.bridging import Bridges
from bot.casting import Casting
from bot.connection import App, connected
from bot.courier import Courier
from bot.covers import AnnouncedCovers
from bot.customs import Customs
from bot.dialogues import Dialogues
from bot.dispatch import Dispatch
from bot.errors import WrongToken
from bot.features import Feature
from bot.finding import Finder
from bot.floor import CallLinks, Hands, Naming, Panel, StageMinding, TalkTurns
from bot.gallery.door import GalleryDoor
from bot.gallery.questions import GalleryQuestions
from bot.going_on import GoingOn
from bot.greeting import Greeting
from bot.guided import Guidance
from bot.inbox import Inbox
from bot.letters import Opener
from bot.menu import set_menu
from bot.minding import Minding
from bot.mishaps import Mishaps
from bot.moderating import Moderation
from bot.outbox import Outbox
from bot.outlets import Outlets
from bot.pictures import Draws
from bot.programme import Programme
from bot.receipts import ReceiptPages
from bot.recording import Clips, Consent, Shelf
from bot.rights import DataRights
from bot.scheduling import Scheduling
from bot.settings import BotSettings
from bot.sounds import Jukebox, Remotes, SoundFiles
from bot.standing import Standing
from bot.statistics import Stats
from bot.tickets import Tickets
from bot.turns import Turns
from bot.use_cases import UseCases
from bot.visits import Reception
from bot.vouching import TelegramVouching
from bot.words import Languages
from rooms.heeding import Heeding
from rooms.ids import ChatId, PersonId
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
        self.vouching = TelegramVouching(settings.token, clock)
        """Knows who opened a page from within Telegram, while the bot is up."""
        self.covers = AnnouncedCovers(settings, Languages(catalogues))
        """Draws talks' covers for others too, while the bot is up."""
        self._settings = settings
        self._cases = cases
        self._store = store
        self._clock = clock
        self._languages = Languages(catalogues)
        self._scenes = Scenes(store, cases.speaking, clock)
        self._remotes = Remotes(store, cases.speaking.stages, clock)
        self._sound_files = SoundFiles(settings.sounds, store)
        self._acquaintances = Acquaintances(settings, cases.planning, store, clock)

    async def run(self, atelier: Draws) -> None:
        """Serve until cancelled; then end within two seconds, with what was begun either done or kept.

        Raises:
            WrongToken: Telegram knows no bot with this token, or knows it no more.
        """
        try:
            async with connected(self._settings) as application:
                self._add_handlers(application, atelier)
                with self.vouching.by(application.bot), self.covers.by(atelier) as witnessed:
                    await self._serve(application, witnessed)
        finally:
            self.is_up.clear()
        raise WrongToken("Telegram knows this bot's token no more.")

    async def _serve(self, application: App, atelier: Draws) -> None:
        """Do everything side by side until the token is rejected."""
        inbox = Inbox(application.bot, self.is_up)
        turns = Turns(application.process_update, inbox.settle)
        try:
            async with asyncio.TaskGroup() as running:
                tasks = [
                    running.create_task(atelier.warm_up()),
                    running.create_task(self._outbox(application.bot, atelier).run()),
                    running.create_task(self._boards(application.bot).run()),
                    running.create_task(self._heeding(application.bot).run()),
                    running.create_task(self._remotes.run(application.bot)),
                    running.create_task(self._sound_files.run()),
                    running.create_task(turns.run(inbox.updates)),
                    running.create_task(self._set_menu(application.bot)),
                ]
                await inbox.run()
                for task in tasks:
                    task.cancel()
        finally:
            await inbox.confirm()

    def _outbox(self, bot: ExtBot[bool], atelier: Draws) -> Outbox:
        opener = Opener(self._settings, self._store, self._languages, self._clock)
        courier = Courier(bot, atelier, opener, self._acquaintances, self._store)
        return Outbox(self._store, courier, self._clock)

    def _boards(self, bot: ExtBot[bool]) -> Boards:
        opener = Opener(self._settings, self._store, self._languages, self._clock)
        return Boards(Means(bot, self._store, self._scenes, opener, self._clock))

    def _heeding(self, bot: ExtBot[bool]) -> Heeding:
        async def is_admin(chat: ChatId, person: PersonId) -> bool:
            """Whoever writes as the group itself is one; so is, to be careful, of whom nothing is known."""
            try:
                return int(person) == int(chat) or await is_admin_there(bot, chat, person)
            except TelegramError:
                return True

        return Heeding(self._store, self._cases.speaking, self._clock, is_admin)

    def _add_handlers(self, application: App, atelier: Draws) -> None:
        reception = Reception(self._settings, self._acquaintances, self._languages, self._clock)
        features = self._features(reception, atelier)
        Standing(reception, self._acquaintances).add_to(application)
        Dispatch(reception, features, self._store, self._clock).add_to(application)
        application.add_error_handler(Mishaps(reception).handle)

    def _features(self, reception: Reception, atelier: Draws) -> Sequence[Feature]:
        cases, store, clock, url = self._cases, self._store, self._clock, self._settings.public_url
        dialogues = Dialogues(store, clock)
        finder = Finder(cases.planning, store, clock)
        panel = Panel(store, self._scenes)
        menu = Menu(cases.planning, cases.changing, finder, dialogues, store)
        return [
            Greeting(reception, store, clock),
            dialogues,
            Scheduling(cases.planning, clock),
            Guidance(cases.planning, dialogues, store, clock),
            Minding(cases.planning, cases.changing, cases.conducting, finder),
            GoingOn(cases.planning, cases.prolonging, cases.watching, cases.conducting),
            Hands(cases.planning, cases.speaking, panel),
            StageMinding(cases.planning, cases.speaking, cases.prolonging, panel),
            Naming(cases.speaking, store),
            TalkTurns(cases.planning, cases.speaking, panel, store),
            CallLinks(cases.planning, cases.speaking),
            Jukebox(cases.planning, cases.sounding, cases.speaking.stages, self._sound_files, self._remotes),
            Bridges(cases.planning, cases.bridging),
            Outlets(cases.restreaming, dialogues),
            menu,
            Written(cases.planning, cases.changing, finder, menu),
            Undoing(cases.planning, cases.changing, store),
            Casting(cases.planning, cases.appointing, cases.speaking, finder, store),
            Programme(cases.planning, clock, url),
            Attendance(cases.planning, cases.attending, cases.appointing),
            Asking(cases.planning, cases.attending, dialogues),
            GalleryQuestions(cases.planning, cases.answering, cases.sounding, cases.speaking),
            GalleryDoor(cases.planning, cases.shutting, finder),
            Tickets(cases.planning, store, clock, url),
            Moderation(cases.moderating, store, clock),
            Consent(cases.consenting),
            Clips(cases.clipping),
            Shelf(cases.planning, cases.keeping),
            Customs(cases.configuring, reception),
            Stats(cases.reviewing, atelier),
            DataRights(cases.forgetting, cases.receipts, url),
            ReceiptPages(cases.receipts),
        ]

    async def _set_menu(self, bot: ExtBot[bool]) -> None:
        """Commands can be typed without the menu, so that it may fail."""
        try:
            await set_menu(bot, self._languages)
        except TelegramError as error:
            log.warning("the menu of commands could not be set: %s", error)
