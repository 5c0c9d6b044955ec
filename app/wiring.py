"""Wiring: every part made, handed to those who need it, run side by side, and closed in reverse order."""

import asyncio
import logging
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from app import catalogues
from app.catalogues import BOT_TEXTS, WEB_TEXTS
from app.clock import SystemClock
from app.lock import locked
from app.machine import check_port, check_voice_interface, raise_descriptor_limit
from app.settings import Settings
from app.supervision import CannotRun, supervise
from app.sweeping import sweep
from bot.application import Bot
from bot.errors import WrongToken
from bot.settings import BotSettings
from bot.use_cases import use_cases
from rooms.agenda import Agenda
from rooms.conducting import Conducting
from rooms.listening import Gallery, Stages
from rooms.measuring import Measuring
from rooms.tending import Tending
from rooms.timetable import Timing
from storage.database import Database, open_database
from storage.migrations import NewerSchema
from voice.errors import AccountRefused
from voice.relay import Relay
from web.server import WebServer, WebSettings

log = logging.getLogger(__name__)

SPARE_DESCRIPTORS = 200
"""Open files beyond those of the listeners (one for the sound, one for events): database, bot, relay."""

Activity = Callable[[], Awaitable[None]]


async def run(settings: Settings, when_up: Callable[[Relay], Awaitable[None]] | None = None) -> None:
    """Run bot, calls and gallery until SIGINT or SIGTERM; `when_up` is run beside them once all are up.

    Raises:
        CannotRun: the operator must change something first.
    """
    check_port(settings.web_host, settings.web_port, "LOGGIONE_WEB_PORT")
    check_voice_interface()
    raise_descriptor_limit(2 * settings.listener_limit + SPARE_DESCRIPTORS)
    with locked(settings.data):
        _refuse_foreign_recordings(settings)
        async with _house(settings) as house, asyncio.TaskGroup() as running:
            tasks: list[asyncio.Task[None]] = [
                running.create_task(supervise(name, activity)) for name, activity in house.activities.items()
            ]
            tasks.append(running.create_task(_announce(house, when_up)))
            await _asked_to_stop()
            for task in tasks:
                task.cancel()


@dataclass(frozen=True, slots=True)
class _House:
    activities: Mapping[str, Activity]
    is_up: Sequence[asyncio.Event]
    relay: Relay


@asynccontextmanager
async def _house(settings: Settings) -> AsyncIterator[_House]:
    clock, stages = SystemClock(), Stages()
    relay = Relay([sys.executable, "-m", "app.relay_process"], settings.for_children())
    async with _store(settings) as store:
        timing = Timing(open_early=settings.open_early)
        conducting = Conducting(store, relay, stages, clock)
        cases = use_cases(store, clock, timing, conducting)
        bot = Bot(_bot_settings(settings), cases, store, clock, catalogues.load(BOT_TEXTS))
        gallery = Gallery(store, relay, stages)
        web = WebServer(_web_settings(settings), gallery, clock, catalogues.load(WEB_TEXTS))
        activities: dict[str, Activity] = {
            "relay": partial(_run_relay, relay),
            "watch": conducting.watch,
            "agenda": Agenda(store, conducting, clock).run,
            "tending": Tending(store, clock, timing).run,
            "measuring": Measuring(store, clock, stages).run,
            "bot": partial(_run_bot, bot),
            "web": web.run,
        }
        yield _House(activities, [relay.is_up, bot.is_up, web.is_up], relay)


@asynccontextmanager
async def _store(settings: Settings) -> AsyncIterator[Database]:
    try:
        async with open_database(settings.database) as store:
            await sweep(store, settings.recordings)
            yield store
    except NewerSchema as error:
        raise CannotRun(f"{settings.database}: {error}.") from error


async def _run_bot(bot: Bot) -> None:
    try:
        await bot.run()
    except WrongToken as error:
        raise _to_be_mended("bot_token", str(error)) from error


async def _run_relay(relay: Relay) -> None:
    try:
        await relay.run()
    except AccountRefused as error:
        complaint = f"Telegram does not accept this session ({error}). Log the relay account in again here."
        raise _to_be_mended("relay_session", complaint) from error


def _to_be_mended(setting: str, complaint: str) -> CannotRun:
    advice = Settings.model_fields[setting].description
    return CannotRun(f"{Settings.variable(setting)}: {complaint} Write {advice}.")


def _bot_settings(settings: Settings) -> BotSettings:
    return BotSettings(
        settings.bot_token.get_secret_value(),
        settings.bot_api_url,
        settings.bot_api_file_url,
        settings.public_url,
        settings.zone,
        settings.language,
    )


def _web_settings(settings: Settings) -> WebSettings:
    return WebSettings(settings.web_host, settings.web_port, settings.public_url, settings.listener_limit)


def _refuse_foreign_recordings(settings: Settings) -> None:
    """A new database numbers rooms from 1 again, and would take an older one's recordings for theirs."""
    recordings = settings.recordings
    if recordings.is_dir() and any(recordings.iterdir()) and not settings.database.exists():
        raise CannotRun(
            f"{recordings} holds recordings, and the database they belong to ({settings.database}) is gone: "
            f"bring it back, or move the recordings elsewhere."
        )


async def _announce(house: _House, when_up: Callable[[Relay], Awaitable[None]] | None) -> None:
    for part in house.is_up:
        await part.wait()
    log.info("everything is up")
    if when_up is not None:
        await when_up(house.relay)


async def _asked_to_stop() -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await stop.wait()
