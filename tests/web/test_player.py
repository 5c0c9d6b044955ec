"""The page in a real browser: it plays near the live edge, comes back by itself, and needs no mouse."""

import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from containers.opus import PACKET, SILENT_PACKET
from rooms.ids import PersonId
from rooms.plan import Admission
from rooms.ports import Packet
from rooms.room import RoomState
from rooms.stage import OnStage, Stage
from tests.browser import chromium, needs_chromium
from tests.fakes.clock import NOON
from tests.voice.sounds import cut, tone
from tests.web.house import House, open_house, opus
from voice.encoder import Encoder
from voice.metronome import slots

PATIENCE = 20_000.0
"""Milliseconds in which a browser on a busy machine must have shown something."""

SECOND = 50
"""Packets in a second."""

pytestmark = [pytest.mark.asyncio(loop_scope="module"), needs_chromium]

HEAR = """
const createAnalyser = AudioContext.prototype.createAnalyser;
window.heard = [];
AudioContext.prototype.createAnalyser = function () {
    const analyser = createAnalyser.call(this);
    const samples = new Float32Array(128);
    let wasLoud = false;
    setInterval(() => {
        analyser.getFloatTimeDomainData(samples);
        const isLoud = samples.some((sample) => Math.abs(sample) > 0.05);
        if (isLoud && !wasLoud) window.heard.push(Date.now() / 1000);
        wasLoud = isLoud;
    }, 4);
    return analyser;
};
"""
"""Notes when something loud passes by on its way to the loudspeaker."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """One for all tests, as its start takes seconds; each has a window that knows of no other."""
    async with chromium() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="module")
async def house() -> AsyncIterator[House]:
    async with open_house() as house:
        await house.become(RoomState.LIVE)
        yield house


@asynccontextmanager
async def a_page(browser: Browser, url: str, **context: Any) -> AsyncIterator[Page]:
    """The page in a browser of its own, which must not complain."""
    complaints: list[str] = []
    surroundings = await browser.new_context(locale="en-GB", **context)
    surroundings.set_default_timeout(PATIENCE)
    page = await surroundings.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await page.add_init_script(HEAR)
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
    async with asyncio.timeout(PATIENCE / 1000):
        await page.evaluate(f"() => new Promise((done) => {{ {look} }})")


async def playing_time(page: Page) -> float:
    seconds: float = await page.evaluate("document.querySelector('#sound').currentTime")
    return seconds


async def advances(page: Page) -> None:
    """Wait until sound really advances."""
    await expect(page.locator("#status")).to_have_text("You are listening.", timeout=PATIENCE)
    before = await playing_time(page)
    script = f"document.querySelector('#sound').currentTime > {before + 0.5}"
    await comes_true(page, script)


async def test_what_is_said_is_heard_half_a_second_later_at_most(browser: Browser, house: House) -> None:
    async with on_air(house, bursts()) as said, a_page(browser, house.page) as page:
        await page.click("#play")
        await advances(page)
        late: list[float] = []
        async with asyncio.timeout(PATIENCE / 1000):
            while len(late) < 5 or statistics.median(late[-5:]) > 0.5:
                await comes_true(page, f"window.heard.length > {len(late)}")
                heard = await page.evaluate(f"window.heard[{len(late)}]")
                late.append(heard - max(instant for instant in said if instant < heard))
    assert statistics.median(late[-5:]) > 0.1


async def test_the_page_says_how_far_behind_it_is(browser: Browser, house: House) -> None:
    async with on_air(house, bursts()), a_page(browser, house.page) as page:
        await expect(page.locator("#behind")).to_be_hidden()
        await page.click("#play")
        await advances(page)
        await expect(page.locator("#behind")).to_contain_text("s behind the stage")


async def test_whoever_stops_and_plays_again_at_once_hears_again(browser: Browser, house: House) -> None:
    async with on_air(house, opus(440, 1)), a_page(browser, house.page) as page:
        await page.click("#play")
        await advances(page)
        await page.evaluate("for (const _ of [1, 2, 3, 4]) document.querySelector('#play').click()")
        await advances(page)


async def test_a_pause_by_a_media_key_is_a_stop(browser: Browser, house: House) -> None:
    async with on_air(house, opus(440, 1)), a_page(browser, house.page) as page:
        await page.click("#play")
        await advances(page)
        await page.evaluate("document.querySelector('#sound').pause()")
        await expect(page.locator("#play")).to_have_attribute("aria-label", "Play")
        await house.airwaves.unheard()
        await page.click("#play")
        await advances(page)


async def test_a_broken_stream_comes_back_by_itself(browser: Browser, house: House) -> None:
    async with on_air(house, opus(440, 1)), a_page(browser, house.page) as page:
        await page.click("#play")
        await advances(page)
        house.airwaves.publish(house.room.id, Packet(0, None, 0))  # type: ignore[arg-type]
        await expect(page.locator("#status")).not_to_have_text("You are listening.", timeout=PATIENCE)
        await advances(page)


async def test_a_relay_that_comes_back_is_heard_again(browser: Browser, house: House) -> None:
    async with a_page(browser, house.page) as page:
        await page.click("#play")
        async with on_air(house, opus(440, 1)):
            await advances(page)
        await expect(page.locator("#status")).to_contain_text("interrupted", timeout=PATIENCE)
        async with on_air(house, opus(440, 1), first=60 * SECOND):
            await advances(page)
            assert await playing_time(page) > 60


async def test_the_keyboard_is_enough(browser: Browser, house: House) -> None:
    async with on_air(house, opus(440, 1)), a_page(browser, house.page) as page:
        await tab_to(page, "play")
        await page.keyboard.press("Space")
        await advances(page)
        assert await page.get_attribute("#play", "aria-label") == "Stop"
        await tab_to(page, "volume")
        await page.keyboard.press("Home")
        assert await page.evaluate("document.querySelector('#sound').volume") == 0
        await tab_to(page, "play")
        await page.keyboard.press("Enter")
        await expect(page.locator("#status")).to_contain_text("Press play")
        await house.airwaves.unheard()


async def tab_to(page: Page, element: str) -> None:
    for _ in range(10):
        if await page.evaluate("document.activeElement.id") == element:
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"{element} is out of the keyboard's reach")


async def test_play_pressed_before_the_doors_open_starts_with_them(browser: Browser, house: House) -> None:
    await house.become(RoomState.SCHEDULED)
    async with on_air(house, opus(440, 1)), a_page(browser, house.page) as page:
        await page.click("#play")
        await expect(page.locator("#status")).to_contain_text("starts by itself")
        await house.become(RoomState.OPENING)
        await expect(page.locator("#status")).to_contain_text("hold music", timeout=PATIENCE)
        await house.become(RoomState.LIVE)
        await advances(page)


async def test_an_upcoming_talk_counts_down_in_both_times(browser: Browser, house: House) -> None:
    soon = datetime.now(UTC) + timedelta(hours=2, minutes=30)
    house.room = replace(house.room, plan=replace(house.room.plan, starts_at=soon))
    await house.become(RoomState.SCHEDULED)
    async with a_page(browser, house.page, timezone_id="Asia/Tokyo") as page:
        await expect(page.locator("#countdown")).to_contain_text("Begins in 2")
        await expect(page.locator(".local")).to_contain_text("where you are")


async def test_the_page_of_a_talk_that_is_moved_tells_its_new_time(browser: Browser, house: House) -> None:
    await house.become(RoomState.SCHEDULED)
    async with a_page(browser, house.page) as page:
        await expect(page.locator(".time").first).to_contain_text("24 November 2026, 14:00")
        await house.change(starts_at=NOON + timedelta(days=2))
        await expect(page.locator(".time").first).to_contain_text("26 November 2026, 13:00")


async def test_a_talk_is_offered_for_the_calendar_until_the_doors_open(
    browser: Browser, house: House
) -> None:
    await house.become(RoomState.SCHEDULED)
    async with a_page(browser, house.page) as page:
        await expect(page.get_by_role("link", name="Put it in my calendar")).to_be_visible()
        await house.become(RoomState.OPENING)
        await expect(page.locator("#calendar")).to_be_hidden()


async def test_a_talk_that_is_not_open_any_more_lets_nobody_wait_for_it(
    browser: Browser, house: House
) -> None:
    await house.become(RoomState.SCHEDULED)
    async with a_page(browser, house.page) as page:
        await page.click("#play")
        await expect(page.locator("#status")).to_contain_text("You need do nothing more")
        await house.change(admission=Admission.MEMBERS)
        await expect(page.locator("#status")).to_contain_text("for members of the group")
        for name in ("#play", "#elsewhere", "#volume-control", "#unseen"):
            await expect(page.locator(name)).to_be_hidden()
        await house.become(RoomState.LIVE)
        await expect(page.locator("#badge")).to_have_text("Live")
        await expect(page.locator("#status")).to_contain_text("for members of the group")
        assert not house.airwaves.listening


async def test_the_stage_follows_the_room_to_its_end(browser: Browser, house: House) -> None:
    async with on_air(house, opus(440, 1)), a_page(browser, house.page) as page:
        await expect(page.locator("#stage")).to_be_hidden()
        bruno = OnStage(PersonId(1), "<b>Bruno</b>", is_muted=False, is_speaking=True)
        house.stages.set(house.room.id, Stage((bruno,)))
        await expect(page.locator("#stage li.speaks")).to_contain_text("<b>Bruno</b>")
        await expect(page.locator("#elsewhere")).to_be_visible()
        await page.click("#play")
        await advances(page)
        await house.become(RoomState.ENDED)
        await expect(page.locator("#badge")).to_have_text("Over", timeout=PATIENCE)
        await expect(page.locator("#play")).to_be_hidden()
        await expect(page.locator("#elsewhere")).to_be_hidden()
        await expect(page.locator("#status")).to_contain_text("Thank you")


async def test_the_footlights_burn_with_the_sound(browser: Browser, house: House) -> None:
    level = "Number(document.querySelector('#footlights').style.getPropertyValue('--level'))"
    async with on_air(house, opus(440, 1)), a_page(browser, house.page) as page:
        await page.click("#play")
        await comes_true(page, f"{level} > 0.5")
    async with on_air(house, [SILENT_PACKET]), a_page(browser, house.page) as page:
        await page.click("#play")
        await advances(page)
        await comes_true(page, f"{level} < 0.05")


async def test_a_plain_audio_element_plays_without_javascript(browser: Browser, house: House) -> None:
    """It wants some seconds of sound before it begins: they come four times as fast here."""
    window = a_page(browser, house.page, java_script_enabled=False)
    async with on_air(house, opus(440, 1), speed=4), window as page:
        assert await page.locator("#play").is_hidden()
        await page.locator(".centre audio").focus()
        await page.keyboard.press("Space")
        await house.airwaves.heard()
        async with asyncio.timeout(PATIENCE / 1000):
            while await page.locator(".centre audio").evaluate("audio => audio.currentTime") < 0.3:
                await page.bring_to_front()  # no script of the page's could wait in our place


async def test_nothing_is_kept_in_the_browser_and_nothing_comes_from_elsewhere(
    browser: Browser, house: House
) -> None:
    asked: list[str] = []
    async with on_air(house, opus(440, 1)), a_page(browser, house.page) as page:
        page.on("request", lambda request: asked.append(request.url))
        await page.reload()
        await page.click("#play")
        await advances(page)
        assert await page.context.cookies() == []
        assert await page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert {url for url in asked if not url.startswith(("blob:", house.url))} == set()
