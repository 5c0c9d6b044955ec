"""Pages in a real browser, and what is on the air while they are looked at."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import numpy as np
from playwright.async_api import Browser, Page, expect

from containers.opus import PACKET
from rooms.ports import Packet
from tests.deadline import DEADLINE, PAGE_DEADLINE
from tests.voice.sounds import cut, tone
from tests.web.house import House
from voice.mixing.encoder import Encoder
from voice.mixing.metronome import slots

SECOND = 50
"""Packets in a second."""

_EARS = """
window.heard = [];
window.loudAt = 0;
const createAnalyser = BaseAudioContext.prototype.createAnalyser;
BaseAudioContext.prototype.createAnalyser = function () {
    const analyser = createAnalyser.call(this);
    const samples = new Float32Array(128);
    let wasLoud = false;
    setInterval(() => {
        analyser.getFloatTimeDomainData(samples);
        const isLoud = samples.some((sample) => Math.abs(sample) > 0.05);
        if (isLoud) window.loudAt = Date.now();
        if (isLoud && !wasLoud) window.heard.push(Date.now() / 1000);
        wasLoud = isLoud;
    }, 4);
    return analyser;
};
window.reports = [];
if (window.AudioWorkletNode) {
    const Plain = window.AudioWorkletNode;
    window.AudioWorkletNode = class extends Plain {
        constructor(...means) {
            super(...means);
            this.port.addEventListener("message", ({ data }) => window.reports.push(data));
        }
    };
}
"""
"""Notes when something loud passes by on its way to the loudspeaker, and what the ring says of itself."""


@asynccontextmanager
async def a_page(browser: Browser, url: str, script: str = "", **context: Any) -> AsyncIterator[Page]:
    """The page in a browser of its own, which must not complain; the script is run before its own."""
    complaints: list[str] = []
    surroundings = await browser.new_context(**{"locale": "en-GB", **context})
    surroundings.set_default_timeout(PAGE_DEADLINE)
    page = await surroundings.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await page.add_init_script(_EARS + script)
    await page.goto(url)
    yield page
    await surroundings.close()
    assert complaints == []


@asynccontextmanager
async def on_air(
    house: House, sound: Sequence[bytes], *, first: int = 0, speed: float = 1
) -> AsyncIterator[list[float]]:
    """The sound over and over, so many times as fast as real time; gives the wall clock at each beginning."""
    began: list[float] = []

    def clock() -> float:
        return time.monotonic() * speed

    async def sleep(seconds: float) -> None:
        await asyncio.sleep(seconds / speed)

    async def play() -> None:
        async for slot in slots(clock(), clock, sleep):
            if slot % len(sound) == 0:
                began.append(time.time())
            packet = sound[slot % len(sound)]
            house.airwaves.publish(house.room.id, Packet((first + slot) * PACKET, packet, 30))

    async with asyncio.TaskGroup() as group:
        playing = group.create_task(play())
        yield began
        playing.cancel()


def bursts() -> list[bytes]:
    """A tenth of a second of tone at the beginning of each second."""
    encoder = Encoder()
    silence = np.zeros(48_000 - 4800, np.int16)
    return [encoder.encode(block) for block in cut(np.concatenate([tone(1000, 0.1, 20_000), silence]))]


async def comes_true(page: Page, script: str) -> None:
    """Wait until an expression is true in the page, looking at it with each picture that is drawn.

    Playwright's own way is forbidden by the page's rules.
    """
    look = f"const look = () => ({script}) ? done() : requestAnimationFrame(look); look();"
    async with asyncio.timeout(DEADLINE):
        await page.evaluate(f"() => new Promise((done) => {{ {look} }})")


async def is_heard(page: Page) -> None:
    """Wait until sound really comes out, and goes on."""
    await expect(page.locator("#status")).to_have_text("You are listening.")
    for _ in range(2):
        now = await page.evaluate("Date.now()")
        await comes_true(page, f"window.loudAt > {now + 200}")


async def with_module(page: Page, name: str, script: str, *means: Any) -> Any:
    """What a function gives that gets one of the page's own modules, and a list of `means`."""
    look = "document.querySelector('script[src$=\"/main.js\"]').src"
    run = f"import({look}.replace('main.js', '{name}')).then((module) => ({script})(module, means))"
    return await page.evaluate(f"(means) => {run}", list(means))
