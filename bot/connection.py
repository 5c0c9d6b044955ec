"""The connection to Telegram: made with patience, watched for a rejected token, ended within two seconds."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx
from telegram import Update
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder, ExtBot, Updater
from telegram.request import HTTPXRequest

from bot.errors import WrongToken
from bot.patience import Patience
from bot.settings import BotSettings
from bot.visits import Context

log = logging.getLogger(__name__)

App = Application[ExtBot[bool], Context, dict[Any, Any], dict[Any, Any], dict[Any, Any], None]

ALLOWED = [Update.MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER]
"""What Telegram shall tell us; edited messages are not among it, so that no command is obeyed twice."""

LONG_POLL = timedelta(seconds=25)
CONNECTING = 10.0
ANSWERING = 20.0
"""Seconds for Telegram to accept a connection, and to answer."""

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
"""Seconds between tries to reach Telegram, growing."""

HANGING_UP = 0.6
"""Seconds for the polling to end, and as many for the last request, which confirms what we received."""

_REJECTING = (401, 404)


@asynccontextmanager
async def connected(
    settings: BotSettings, pause: float = FIRST_PAUSE
) -> AsyncIterator[tuple[App, asyncio.Event]]:
    """An application that knows who it is, and the event that its token was rejected.

    It is tried for as long as it takes, since a network may come later than we, with growing pauses; `pause`
    is the first, in seconds.

    Raises:
        WrongToken: Telegram knows no such bot.
    """
    rejected = asyncio.Event()
    application = _application(settings, rejected)
    try:
        await _introduce(application, pause)
        yield application, rejected
    finally:
        await application.shutdown()
        await application.bot.shutdown()


@asynccontextmanager
async def polling(application: App) -> AsyncIterator[None]:
    """Updates arrive in the application's queue until the block ends."""
    updater = application.updater
    if updater is None:
        raise TypeError("an application without an updater cannot poll")
    try:
        await updater.start_polling(
            timeout=LONG_POLL, bootstrap_retries=-1, allowed_updates=ALLOWED, error_callback=_complain
        )
        yield
    finally:
        if updater.running:
            await _hang_up(updater)


def _application(settings: BotSettings, rejected: asyncio.Event) -> App:
    async def watch(response: httpx.Response) -> None:
        if response.status_code in _REJECTING:
            rejected.set()

    # A proxy in the environment leads to the world, never to a Bot API server on this machine.
    trust: dict[str, Any] = {
        "trust_env": urlsplit(settings.api_url).hostname not in ("127.0.0.1", "::1", "localhost")
    }
    # python-telegram-bot's polling ends without a word when the token is rejected: hence the watch.
    watching = {**trust, "event_hooks": {"response": [watch]}}
    bot = ExtBot(
        settings.token,
        base_url=settings.api_url,
        base_file_url=settings.api_file_url,
        request=HTTPXRequest(
            read_timeout=ANSWERING, write_timeout=ANSWERING, connect_timeout=CONNECTING, httpx_kwargs=trust
        ),
        get_updates_request=HTTPXRequest(1, httpx_kwargs=watching),
        rate_limiter=Patience(),
    )
    return ApplicationBuilder().bot(bot).job_queue(None).build()


async def _introduce(application: App, pause: float) -> None:
    """Ask Telegram who we are (`getMe`), again and again until it answers."""
    while True:
        try:
            await application.initialize()
        except InvalidToken:
            # Its message holds the token.
            raise WrongToken("Telegram knows no bot with this token.") from None
        except TelegramError as error:
            log.warning("Telegram cannot be reached (%s): trying again in %d s", error, pause)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
        else:
            return


async def _hang_up(updater: Updater) -> None:
    with suppress(TelegramError, TimeoutError):
        # The library swallows the first cancellation, where it waits for its polling to end.
        async with asyncio.timeout(2 * HANGING_UP), asyncio.timeout(HANGING_UP):
            await updater.stop()


def _complain(error: TelegramError) -> None:
    if isinstance(error, Conflict):
        log.warning("Another program receives this bot's updates: end it, since only one may.")
    else:
        log.warning("Telegram sends no updates at the moment: %s", error)
