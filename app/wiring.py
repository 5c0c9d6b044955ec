"""Wiring: every part made, handed to those who need it, run side by side, and closed in reverse order."""

import asyncio
import gc
import logging
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from app import catalogues
from app.accounts import account_names
from app.archive import Archive
from app.catalogues import BOT_TEXTS, WEB_TEXTS
from app.certificate import certificate_of, check_certificate
from app.clock import SystemClock
from app.lock import locked
from app.machine import (
    check_port,
    check_voice_interface,
    descriptors_for,
    leave_no_core,
    raise_descriptor_limit,
)
from app.mint import TicketMint
from app.settings import Settings, forget_environment
from app.supervision import CannotRun, supervise
from app.sweeping import sweep
from app.troubles import trouble_of
from bot.application import Bot
from bot.atelier import open_atelier
from bot.errors import WrongToken
from bot.settings import BotSettings
from bot.use_cases import use_cases
from rooms.alarming import Alarming
from rooms.evenings import Evenings
from rooms.ids import PersonId
from rooms.listening import Gallery, Stages
from rooms.measuring import Measuring
from rooms.murmuring import Murmuring
from rooms.questioning import Questioning
from rooms.tending import Tending
from rooms.ticketing import Ticketing
from rooms.timetable import Timing
from storage.damage import DatabaseRefused
from storage.database import Database, open_database
from storage.migrations import NewerSchema
from voice.errors import AccountRefused
from voice.pool.pool import Pool
from web.server import Backstage, WebServer, WebSettings

log = logging.getLogger(__name__)

Activity = Callable[[], Awaitable[None]]


async def run(settings: Settings, when_up: Callable[[Pool], Awaitable[None]] | None = None) -> None:
    """Run bot, calls and gallery until SIGINT or SIGTERM; `when_up` is run beside them once all are up.

    Raises:
        CannotRun: the operator must change something first.
    """
    forget_environment()
    leave_no_core()
    check_port(settings.web_host, settings.web_port, "LOGGIONE_WEB_PORT")
    check_certificate(settings)
    check_voice_interface()
    raise_descriptor_limit(descriptors_for(settings.listener_limit))
    with locked(settings.data):
        _refuse_foreign_recordings(settings)
        async with _house(settings) as house, asyncio.TaskGroup() as running:
            gc.freeze()  # else looking through 170 000 objects holds up the sound of all who listen for 0.2 s
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
    pool: Pool


@asynccontextmanager
async def _house(settings: Settings) -> AsyncIterator[_House]:
    clock, stages = SystemClock(), Stages()
    async with _store(settings) as store:
        alarming = Alarming(store, clock, _operator(settings))
        pool = _pool(settings, alarming)
        archive = Archive(settings.recordings, pool)
        timing = Timing(open_early=settings.open_early)
        evenings = Evenings(store, pool, archive, stages, clock)
        cases = use_cases(store, clock, timing, evenings)
        bot = Bot(_bot_settings(settings), cases, store, clock, catalogues.load(BOT_TEXTS))
        gallery = Gallery(store, pool, stages, bot.covers)
        ticketing = Ticketing(store, clock, TicketMint(), bot.vouching)
        questioning, murmuring = Questioning(store, clock), Murmuring(stages, clock)
        backstage = Backstage(gallery, ticketing, questioning, murmuring, cases.receipts)
        web = WebServer(_web_settings(settings), backstage, clock, catalogues.load(WEB_TEXTS))
        activities: dict[str, Activity] = {
            "relay": partial(_run_pool, pool),
            "alarming": alarming.run,
            **evenings.activities,
            "tending": Tending(store, clock, timing).run,
            "measuring": Measuring(store, clock, stages).run,
            "tickets": ticketing.run,
            "questions": questioning.run,
            "murmurs": murmuring.run,
            "bot": partial(_run_bot, bot),
            "web": web.run,
        }
        yield _House(activities, [pool.is_up, bot.is_up, web.is_up], pool)


@asynccontextmanager
async def _store(settings: Settings) -> AsyncIterator[Database]:
    try:
        async with open_database(settings.database) as store:
            await sweep(store, settings.recordings)
            yield store
    except (NewerSchema, DatabaseRefused) as error:
        raise CannotRun(f"{settings.database}: {error}.") from error


async def _run_bot(bot: Bot) -> None:
    try:
        async with open_atelier() as atelier:
            await bot.run(atelier)
    except WrongToken as error:
        raise _to_be_mended("bot_token", str(error)) from error


def _pool(settings: Settings, alarming: Alarming) -> Pool:
    """All relay accounts, of whose troubles the operator is told."""
    commands = {
        name: [sys.executable, "-m", "app.relay_process", "--account", name]
        for name in account_names(settings)
    }
    return Pool(
        commands,
        settings.for_children(),
        trouble=lambda name, reason: alarming.tell(trouble_of(name, reason)),
        recordings=settings.recordings,
    )


async def _run_pool(pool: Pool) -> None:
    """Keep the accounts at work; when the last one is refused in mid-life, the rest goes on without calls."""
    try:
        await pool.run()
    except AccountRefused as error:
        sentence = " ".join(trouble_of(name, reason) for name, reason in pool.refused.items())
        if not pool.is_up.is_set():
            raise CannotRun(sentence) from error
        log.error("there are no calls any more: %s", sentence)
        await asyncio.Event().wait()


def _operator(settings: Settings) -> PersonId | None:
    return None if settings.operator is None else PersonId(settings.operator)


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
        settings.sounds,
    )


def _web_settings(settings: Settings) -> WebSettings:
    return WebSettings(
        settings.web_host,
        settings.web_port,
        settings.public_url,
        settings.listener_limit,
        certificate=certificate_of(settings),
    )


def _refuse_foreign_recordings(settings: Settings) -> None:
    """A new database numbers rooms from 1 again, and would take an older one's recordings for theirs."""
    recordings = settings.recordings
    if recordings.is_dir() and any(recordings.iterdir()) and not settings.database.exists():
        raise CannotRun(
            f"{recordings} holds recordings, and the database they belong to ({settings.database}) is gone: "
            f"bring it back, or move the recordings elsewhere."
        )


async def _announce(house: _House, when_up: Callable[[Pool], Awaitable[None]] | None) -> None:
    for part in house.is_up:
        await part.wait()
    log.info("everything is up")
    if when_up is not None:
        await when_up(house.pool)


async def _asked_to_stop() -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await stop.wait()
