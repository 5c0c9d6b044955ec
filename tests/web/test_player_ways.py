"""The page in browsers that have less: by MediaSource half a second behind, or the audio element alone."""

import asyncio
import statistics

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser import needs_chromium
from tests.deadline import DEADLINE
from tests.web.browsing import a_page, bursts, comes_true, is_heard, on_air
from tests.web.house import House, opus

pytestmark = [pytest.mark.asyncio(loop_scope="module"), needs_chromium]

NO_WEBCODECS = "delete window.AudioDecoder;"
NO_MEDIASOURCE = NO_WEBCODECS + "delete window.MediaSource;"
NO_PLAYLISTS = """
const knows = HTMLMediaElement.prototype.canPlayType;
HTMLMediaElement.prototype.canPlayType = function (type) {
    return type.includes("mpegurl") ? "" : knows.call(this, type);
};
"""
IPHONE = f"{NO_WEBCODECS} window.ManagedMediaSource = window.MediaSource; delete window.MediaSource;"
"""An iPhone's browser has but the managed kind, which is the same for those who keep it fed."""


@pytest.mark.parametrize("lack", [NO_WEBCODECS, IPHONE])
async def test_without_webcodecs_it_is_half_a_second_behind_at_most(
    browser: Browser, house: House, lack: str
) -> None:
    async with on_air(house, bursts()) as said, a_page(browser, house.page, lack) as page:
        asked = streams_asked_for(page)
        await page.click("#play")
        await is_heard(page)
        late: list[float] = []
        async with asyncio.timeout(DEADLINE):
            while len(late) < 5 or statistics.median(late[-5:]) > 0.5:
                await comes_true(page, f"window.heard.length > {len(late)}")
                heard = await page.evaluate(f"window.heard[{len(late)}]")
                late.append(heard - max(instant for instant in said if instant < heard))
    assert asked == [f"{house.page}/stream.webm"]


async def test_without_mediasource_and_playlists_the_audio_element_plays_alone(
    browser: Browser, house: House
) -> None:
    """It wants some seconds of sound before it begins: they come four times as fast here."""
    lack = NO_MEDIASOURCE + NO_PLAYLISTS
    async with on_air(house, opus(440, 1), speed=4), a_page(browser, house.page, lack) as page:
        asked = streams_asked_for(page)
        await page.click("#play")
        await is_heard(page)
        await expect(page.locator("#behind")).to_be_hidden()
    assert asked[0] == f"{house.page}/stream.ogg"


async def test_without_an_audio_context_the_volume_is_the_element_s(browser: Browser, house: House) -> None:
    nothing = f"{NO_WEBCODECS} delete window.AudioContext;"
    async with on_air(house, opus(440, 1)), a_page(browser, house.page, nothing) as page:
        await page.click("#play")
        await expect(page.locator("#status")).to_have_text("You are listening.")
        await page.focus("#volume")
        await page.keyboard.press("Home")
        assert await page.evaluate("document.querySelector('#sound').volume") == 0


def streams_asked_for(page: Page) -> list[str]:
    """The addresses of sound that the page asks for from now on."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/stream." in request.url else None)
    return asked
