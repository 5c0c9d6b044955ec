"""The gallery's server: opens its port, feeds the listeners, and closes fast and cleanly."""

import asyncio
import gettext
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from rooms.listening import Gallery
from rooms.ports import Clock
from web.assets import load_assets
from web.channels import Channels
from web.discretion import DiscreetServer
from web.doors import Doors
from web.feeds import Feeds
from web.pages import Pages

PLAYER = Path(__file__).parent / "player"

IDLE = 15.0
"""Seconds a connection may take to ask something; whoever dribbles a request is let go then."""

CLOSING = 1.0
"""Seconds in which requests under way may end when the server closes."""

LONGEST_LINE = 4096
"""Bytes of a request's first line, and of each of its headers."""

MOST_HEADERS = 64
WAITING = 1024
"""Connections that may wait to be accepted: a whole audience comes within a minute."""


@dataclass(frozen=True, slots=True)
class WebSettings:
    """Where the gallery is served and reached; port 0 takes any that is free.

    `public_url` is the address that listeners use; `listener_limit` is how many may listen at once;
    `idle` is for how many seconds a connection may ask nothing.
    """

    host: str
    port: int
    public_url: str
    listener_limit: int
    idle: float = IDLE


class WebServer:
    """Serves the gallery while `run` runs; `is_up` is set while its door is open, at `address`."""

    def __init__(
        self,
        settings: WebSettings,
        gallery: Gallery,
        clock: Clock,
        catalogues: Mapping[str, gettext.NullTranslations],
    ) -> None:
        self.is_up = asyncio.Event()
        self.address: tuple[str, int] = (settings.host, settings.port)
        """Host and port as bound."""
        self._settings = settings
        self._channels = Channels(gallery, settings.listener_limit)
        assets = load_assets(PLAYER)
        pages = Pages(catalogues, assets.edition, settings.public_url)
        feeds = Feeds(gallery, clock, catalogues, settings.public_url)
        self._doors = Doors(gallery, self._channels, pages, assets, feeds)

    async def run(self) -> None:
        """Serve, for ever; cancelled, everybody is let go. Raises `OSError` when the port cannot be had."""
        server = DiscreetServer(
            self._doors.answer,
            self._doors.refuse,
            keepalive_timeout=self._settings.idle,
            lingering_time=0.0,
            max_line_size=LONGEST_LINE,
            max_field_size=LONGEST_LINE,
            max_headers=MOST_HEADERS,
        )
        runner = web.ServerRunner(server, shutdown_timeout=CLOSING)
        await runner.setup()
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._channels.run())
                await self._open(runner)
        finally:
            self.is_up.clear()
            await runner.cleanup()

    async def _open(self, runner: web.ServerRunner) -> None:
        site = web.TCPSite(runner, self._settings.host, self._settings.port, backlog=WAITING)
        await site.start()
        host, port = runner.addresses[0][:2]
        self.address = (host, port)
        self.is_up.set()
