"""The connection to Telegram, made with patience."""

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import httpx
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder, ExtBot
from telegram.request import HTTPXRequest

from bot.errors import WrongToken
from bot.patience import Patience
from bot.settings import BotSettings
from bot.visits import Context

log = logging.getLogger(__name__)

App = Application[ExtBot[bool], Context, dict[Any, Any], dict[Any, Any], dict[Any, Any], None]

CONNECTING = 10.0
ANSWERING = 20.0
"""Seconds for Telegram to accept a connection, and to answer."""

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
"""Seconds between tries to reach Telegram, growing."""


def make_bot(settings: BotSettings) -> ExtBot[bool]:
    """The Bot API's client; it is to be initialised before it is used."""
    # A proxy in the environment leads to the world, never to a Bot API server on this machine.
    is_here = urlsplit(settings.api_url).hostname in ("127.0.0.1", "::1", "localhost")
    options: dict[str, Any] = {
        "trust_env": not is_here,
        "verify": _trusted(),
        "event_hooks": {"request": [_send_whole]},
    }
    return ExtBot(
        settings.token,
        base_url=settings.api_url,
        base_file_url=settings.api_file_url,
        request=HTTPXRequest(
            read_timeout=ANSWERING, write_timeout=ANSWERING, connect_timeout=CONNECTING, httpx_kwargs=options
        ),
        get_updates_request=HTTPXRequest(1, httpx_kwargs=options),
        rate_limiter=Patience(),
    )


async def _send_whole(request: httpx.Request) -> None:
    """Send a body at once: a form with a picture has some thirty parts, each of which would be sent alone.

    Whatever is uploaded is in memory already.
    """
    await request.aread()


@cache
def _trusted() -> ssl.SSLContext:
    """Whom to trust: read once, since every reading of the certificates takes a while."""
    return httpx.create_ssl_context()


@asynccontextmanager
async def connected(settings: BotSettings, pause: float = FIRST_PAUSE) -> AsyncIterator[App]:
    """An application that knows who it is.

    It is tried for as long as it takes, since a network may come later than we, with growing pauses; `pause`
    is the first, in seconds.

    Raises:
        WrongToken: Telegram knows no such bot.
    """
    application = ApplicationBuilder().bot(make_bot(settings)).updater(None).job_queue(None).build()
    try:
        await _introduce(application, pause)
        yield application
    finally:
        await application.shutdown()
        await application.bot.shutdown()


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
