"""The page by WebCodecs: a tenth of a second behind, and without a gap, whatever the network does."""

import statistics
from collections.abc import Sequence

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser import needs_chromium
from tests.web.browsing import a_page, bursts, comes_true, is_heard, on_air
from tests.web.house import KEY, House, opus
from tests.web.jitter import a_jittery_network

pytestmark = [pytest.mark.asyncio(loop_scope="module"), needs_chromium]

JITTER = 0.06
SETTLED = 30
"""Reports of the ring, five a second, after which it knows the network."""


async def delays(page: Page, said: Sequence[float], count: int) -> list[float]:
    """Seconds from what was said to what is on its way to the loudspeaker, for the last so many bursts."""
    known = await page.evaluate("window.heard.length")
    await comes_true(page, f"window.heard.length >= {known + count}")
    heard = await page.evaluate(f"window.heard.slice({known})")
    return [instant - max(began for began in said if began < instant) for instant in heard]


async def reports(page: Page) -> list[dict[str, float]]:
    told: list[dict[str, float]] = await page.evaluate("window.reports")
    return told


async def test_what_is_said_is_heard_as_soon_as_the_page_says(browser: Browser, house: House) -> None:
    """How soon that is on a machine with nothing else to do is the ring's own test."""
    async with on_air(house, bursts()) as said, a_page(browser, house.page) as page:
        await page.click("#play")
        await comes_true(page, f"window.reports.length > {SETTLED}")
        late = await delays(page, said, 5)
        behind = statistics.median(report["behind"] for report in (await reports(page))[-SETTLED:])
    assert 0.05 < statistics.median(late) < behind + 0.2


async def test_jitter_of_sixty_milliseconds_leaves_no_gap_in_the_sound(
    browser: Browser, house: House
) -> None:
    async with (
        a_jittery_network(house.server.address, JITTER) as network,
        on_air(house, bursts()) as said,
        a_page(browser, f"{network.url}/l/{KEY}") as page,
    ):
        await page.click("#play")
        await comes_true(page, f"window.reports.length > {SETTLED}")
        before = (await reports(page))[-1]
        late = await delays(page, said, 5)
        after = (await reports(page))[-1]
    assert statistics.median(late) < after["behind"] + 0.2
    assert after["jitter"] > JITTER / 2
    if after["jitter"] < 2.5 * JITTER:  # else this machine stalls for longer than the network does
        assert after["underruns"] - before["underruns"] <= 1
        assert after["jumps"] == before["jumps"]
        assert after["target"] > after["jitter"], "it plays farther behind than the latest packet was late"


async def test_a_connection_that_tears_is_replaced_before_anybody_hears_of_it(
    browser: Browser, house: House
) -> None:
    async with (
        a_jittery_network(house.server.address, 0) as network,
        on_air(house, opus(440, 1)),
        a_page(browser, f"{network.url}/l/{KEY}") as page,
    ):
        await page.click("#play")
        await is_heard(page)
        await page.evaluate(_NOTE_NEWS)
        await comes_true(page, f"window.reports.length > {SETTLED}")
        network.tear()
        known = len(await reports(page))
        await comes_true(page, f"window.reports.length > {known + 10}")
        await is_heard(page)
        assert not any("lost" in news for news in await page.evaluate("window.news"))


async def test_a_network_that_is_gone_for_a_while_is_spoken_of_and_made_up_for(
    browser: Browser, house: House
) -> None:
    """What was missed is missed: it is heard at the live edge again, and not as far behind as it was away."""
    async with (
        a_jittery_network(house.server.address, 0) as network,
        on_air(house, opus(440, 1)),
        a_page(browser, f"{network.url}/l/{KEY}") as page,
    ):
        await page.click("#play")
        await is_heard(page)
        network.is_down = True
        network.tear()
        await expect(page.locator("#status")).to_contain_text("lost")
        network.is_down = False
        await is_heard(page)
        await comes_true(page, "window.reports.at(-1).behind < 1")


async def test_a_room_that_was_silent_for_long_is_heard_at_the_live_edge_again(
    browser: Browser, house: House
) -> None:
    async with a_page(browser, house.page) as page:
        await page.click("#play")
        async with on_air(house, opus(440, 1)):
            await is_heard(page)
        await comes_true(page, "window.reports.at(-1).isDry")
        async with on_air(house, opus(440, 1), first=100_000):
            await is_heard(page)
            await comes_true(page, "window.reports.at(-1).behind < 1")


_NOTE_NEWS = """() => {
    window.news = [];
    const note = () => window.news.push(document.querySelector("#status").textContent);
    new MutationObserver(note).observe(document.querySelector("#status"), { childList: true });
}"""
"""Keeps what the page says from now on."""
