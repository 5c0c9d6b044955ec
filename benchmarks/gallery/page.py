"""The page: how long after the gallery was given a sound a listener's browser has it at the loudspeaker.

A real Chromium without a window opens the page of a real gallery, presses the button, and plays real Opus:
over a network without jitter, and over one that is up to 60 ms late; by WebCodecs, and by MediaSource. In the
sound is a short tone every 260 ms. Counted is the time from the packet in which a tone begins, given to the
gallery, until the browser says that it leaves the sound card: by the context's own clock where its graph ends
(Web Audio, `AudioContext.getOutputTimestamp`), so that all that the browser says of its own and the system's
buffers is in it. What is not in it: the 20 ms in which a packet is filled, a network's way from there to
here, and whatever a sound card and loudspeakers (by Bluetooth a fifth of a second) take and do not tell.
Where a machine has no sound card, Chromium plays to a clock in its place.
"""

import asyncio
import json
import math
import statistics
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from playwright.async_api import Browser, Page

from benchmarks.gallery.contenders import Contender, our_house
from benchmarks.gallery.marks import Mark, delays_of, packets, pitch_from, pitch_of
from benchmarks.measuring import Row
from benchmarks.precedence import precedence
from tests.browser import chromium
from tests.web.jitter import a_jittery_network
from voice.mixing.metronome import slots

HERE = Path(__file__).parent
PAGE = "/l/the-gallery"
NO_WEBCODECS = "delete window.AudioDecoder;"

JITTER = 0.06
"""Seconds that a piece of sound is late at most, on the network that has jitter."""

SETTLED = 20.0
"""Seconds after which the page has forgotten how it began."""

WINDOW = 28.0
"""Seconds in which marks are counted."""

LOOKS = 50
"""At the browser's clock, of which the quickest is believed."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a page plays: over a network with so much jitter in seconds, and in which browser."""

    name: str
    jitter: float
    has_webcodecs: bool


@dataclass(frozen=True, slots=True)
class Listened:
    """What was measured of a way, in seconds."""

    delays: Sequence[float]
    """Of each mark."""
    told: float
    """What of it is the browser's own and the system's, by what the context says."""
    unsure: float
    """How far the two clocks may be apart."""
    tears: int
    """How often the sound ran dry, or jumped."""

    @property
    def p95(self) -> float:
        """The delay that all but one mark in twenty keep."""
        return self._kept_by(0.95)

    def _kept_by(self, share: float) -> float:
        return sorted(self.delays)[math.ceil(len(self.delays) * share) - 1]

    def __str__(self) -> str:
        """Milliseconds, for a row's note."""
        median, p95, told = (f"{1000 * one:.0f}" for one in (self._kept_by(0.5), self.p95, self.told))
        marks, unsure = len(self.delays), 1000 * self.unsure
        return f"p50 {median}, p95 {p95} (browser {told}; {marks} marks, clocks within {unsure:.1f})"


WAYS = (
    Way("calm", 0, has_webcodecs=True),
    Way("jitter", JITTER, has_webcodecs=True),
    Way("MediaSource, calm", 0, has_webcodecs=False),
    Way("MediaSource, jitter", JITTER, has_webcodecs=False),
)


async def rows() -> AsyncIterator[Row]:
    """All ways, one after the other."""
    with precedence(), our_house("page", ["write"]) as house:
        async with speaking(house) as said, chromium() as browser:
            listened = [await _listen(browser, house, way, said) for way in WAYS]
    for row in rows_of(listened):
        yield row


def rows_of(listened: Sequence[Listened]) -> Iterator[Row]:
    """The rows, of what was measured of each of the `WAYS`."""
    calm, jittery, *by_media_source = listened
    yield _row("gallery-page", 200, calm)
    yield _row("gallery-page-jitter", 250, jittery)
    yield _row("gallery-page-mediasource", 500, *by_media_source)
    tears = [one.tears for one in listened]
    told = ", ".join(f"{way.name} {count}" for way, count in zip(WAYS, tears, strict=True))
    yield Row(
        "gallery-page-torn", sum(tears), 0, f"times that it ran dry or jumped in {WINDOW:.0f} s: {told}"
    )


def _row(name: str, most: int, *listened: Listened) -> Row:
    """`most` in ms."""
    told = "; with jitter ".join(str(one) for one in listened)
    return Row(name, max(one.p95 for one in listened) * 1000 / most, 1.0, f"ms against {most}: {told}")


@asynccontextmanager
async def speaking(house: Contender) -> AsyncIterator[Sequence[Mark]]:
    """The endless sound is given to the house, packet by packet; gives the marks in it, as they come."""
    sound, said = packets(), list[Mark]()

    async def speak() -> None:
        async for slot in slots(monotonic()):
            pitch = pitch_from(slot)
            if pitch is not None:
                said.append(Mark(monotonic(), pitch))
            house.source.send(sound[slot % len(sound)])

    async with asyncio.TaskGroup() as group:
        task = group.create_task(speak())
        yield said
        task.cancel()


async def _listen(browser: Browser, house: Contender, way: Way, said: Sequence[Mark]) -> Listened:
    async with _a_listener(browser, house, way) as page:
        await page.click("#play")
        await asyncio.sleep(SETTLED)
        ahead, unsure = await _clock(page)
        before = await page.evaluate("ear.heard = [], ear.tears")
        await asyncio.sleep(WINDOW)
        ear = await page.evaluate("ear")
    heard = [Mark(at + ahead, pitch_of(hertz)) for at, hertz in ear["heard"]]
    return Listened(
        delays_of(said, heard), statistics.median(ear["delays"] or [0.0]), unsure, ear["tears"] - before
    )


@asynccontextmanager
async def _a_listener(browser: Browser, house: Contender, way: Way) -> AsyncIterator[Page]:
    async with AsyncExitStack() as surroundings:
        port = house.port
        if way.jitter:
            network = a_jittery_network(("127.0.0.1", port), way.jitter)
            port = (await surroundings.enter_async_context(network)).port
        context = await browser.new_context(bypass_csp=True)  # the tap is none of the page's own scripts
        surroundings.push_async_callback(context.close)
        page = await context.new_page()
        tap = json.dumps((HERE / "tap.js").read_text())
        lack = "" if way.has_webcodecs else NO_WEBCODECS
        await page.add_init_script(f"({(HERE / 'ear.js').read_text()})({tap}); {lack}")
        await page.goto(f"http://127.0.0.1:{port}{PAGE}")
        yield page


async def _clock(page: Page) -> tuple[float, float]:
    """How far CLOCK_MONOTONIC is ahead of the page's clock, and by how much that may be wrong, in seconds."""
    looks = []
    for _ in range(LOOKS):
        before = monotonic()
        there = await page.evaluate("performance.now()") / 1000
        took = monotonic() - before
        looks.append((took / 2, before + took / 2 - there))
    unsure, ahead = min(looks)
    return ahead, unsure
