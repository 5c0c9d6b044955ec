"""The gallery's server: opens its port, feeds the listeners, and closes fast and cleanly."""

import asyncio
import gettext
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from rooms.listening import Gallery
from rooms.murmuring import Murmuring
from rooms.ports import Clock
from rooms.questioning import Questioning
from rooms.receipts import Receipts
from web.assets import load_assets
from web.box_office import BoxOffice, Desk
from web.channels import Channels
from web.connection import Connection
from web.copyist.copyist import Copyist
from web.discretion import DiscreetServer
from web.doors.doors import Doors
from web.doors.house import House
from web.entrance import Entrance
from web.fanout import open_ring
from web.feeds import Feeds
from web.forms import FORMS
from web.lookout import Lookout
from web.pages import Pages
from web.podcast import Premises
from web.reels.reels import Reels
from web.seats import Seats
from web.talkback import Talkback
from web.tls import Certificate

PLAYER = Path(__file__).parent / "player"
VENDOR = Path(__file__).parent / "vendor"

IDLE = 15.0
"""Seconds a connection may take to ask something; whoever dribbles a request is let go then."""

CLOSING = 1.0
"""Seconds in which requests under way may end when the server closes."""

LONGEST_LINE = 4096
"""Bytes of a request's first line, and of each of its headers."""

MOST_HEADERS = 64


@dataclass(frozen=True, slots=True)
class WebSettings:
    """Where the gallery is served and reached; port 0 takes any that is free.

    `public_url` is the address that listeners use; `listener_limit` is how many may listen at once;
    `idle` is for how many seconds a connection may ask nothing; with a `certificate` TLS is spoken, and
    nothing else; `has_ring` is whether a crowd may be served by io_uring, `has_copies` whether rooms on air
    are copied into other codecs, so that they can be fetched in pieces and MP3 is there before anybody asks.
    """

    host: str
    port: int
    public_url: str
    listener_limit: int
    idle: float = IDLE
    certificate: Certificate | None = None
    has_ring: bool = True
    has_copies: bool = True


@dataclass(frozen=True, slots=True)
class Backstage:
    """What the rest of the house does for those who listen."""

    gallery: Gallery
    desk: Desk
    questioning: Questioning
    murmuring: Murmuring
    receipts: Receipts


class WebServer:
    """Serves the gallery while `run` runs; `is_up` is set while its door is open, at `address`."""

    def __init__(
        self,
        settings: WebSettings,
        backstage: Backstage,
        clock: Clock,
        catalogues: Mapping[str, gettext.NullTranslations],
    ) -> None:
        self.is_up = asyncio.Event()
        self.address: tuple[str, int] = (settings.host, settings.port)
        """Host and port as bound."""
        self._settings = settings
        self._lookout = Lookout()
        self._entrance = Entrance(self._lookout, settings.idle)
        self._backstage = backstage
        gallery = backstage.gallery
        self._copyist = Copyist()
        kept = [kind for kind, form in FORMS.items() if settings.has_copies or form.codec is None]
        self._channels = Channels(gallery, settings.listener_limit, self._copyist, kept)
        self._reels = Reels(gallery, self._copyist, clock)
        assets = load_assets(PLAYER, VENDOR)
        self._seats = Seats(gallery)
        pages = Pages(catalogues, assets.edition, settings.public_url)
        premises = Premises(settings.public_url, f"{settings.public_url}/podcast.jpg")
        feeds = Feeds(gallery, clock, catalogues, premises)
        office = BoxOffice(backstage.desk, self._seats)
        self._talkback = Talkback(backstage.questioning, backstage.murmuring, clock)
        sound, receipts = (self._channels, self._reels), backstage.receipts
        house = House(gallery, *sound, office, self._talkback, pages, assets, feeds, receipts)
        self._doors = Doors(house)

    async def run(self) -> None:
        """Serve, for ever; cancelled, everybody is let go. Raises `OSError` when the port cannot be had."""
        server = DiscreetServer(
            self._answer,
            self._doors.refuse,
            keepalive_timeout=self._settings.idle,
            lingering_time=0.0,
            max_line_size=LONGEST_LINE,
            max_field_size=LONGEST_LINE,
            max_headers=MOST_HEADERS,
            tcp_keepalive=False,  # with whom nothing goes forward is let go before
        )
        certificate = self._settings.certificate
        tls = None if certificate is None else certificate.context()
        self._entrance = Entrance(self._lookout, self._settings.idle, tls)
        self._lookout.open()
        ring = self._channels.hand_over = open_ring() if self._settings.has_ring else None
        try:
            async with asyncio.TaskGroup() as tasks:
                if certificate is not None and tls is not None:
                    tasks.create_task(certificate.keep_fresh(tls))
                tasks.create_task(self._entrance.watch())
                tasks.create_task(self._channels.run())
                if self._settings.has_copies:
                    tasks.create_task(self._reels.run())
                tasks.create_task(self._seats.run())
                tasks.create_task(self._talkback.run())
                self.address = await self._entrance.open(self._settings.host, self._settings.port, server)
                self.is_up.set()
        finally:
            self.is_up.clear()
            await self._close(server)
            await self._copyist.close()
            if ring is not None:
                ring.close()

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        if isinstance(request.transport, Connection):
            self._entrance.asks(request.transport)
        return await self._doors.answer(request)

    async def _close(self, server: DiscreetServer) -> None:
        """Nobody is let in; who is being answered has a moment."""
        self._entrance.shut()
        await server.shutdown(CLOSING)
        self._entrance.close()
        self._lookout.close()
