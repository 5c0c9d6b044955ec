"""The replay in a real browser: played, searched by chapters and waveform, on keys and lock screens."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from rooms.jobs import JobKind
from rooms.room import RoomState
from tests.browser import needs_chromium
from tests.fakes.clock import NOON
from tests.web.browsing import a_page, comes_true, is_heard, on_air
from tests.web.house import House, open_house, opus
from tests.web.replays import LENGTH, keep_replay

pytestmark = [pytest.mark.asyncio(loop_scope="module"), needs_chromium]

PARTS = 2

KEYS = """
window.keys = {};
MediaSession.prototype.setActionHandler = function (name, act) { window.keys[name] = act; };
"""
"""What media keys and lock screens would do."""


HURRY = """
const later = window.setTimeout;
window.setTimeout = (act, pause, ...more) => later(act, pause / 20, ...more);
"""
"""Lets the page wait a twentieth of its time."""


@pytest_asyncio.fixture(loop_scope="module")
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house() as house:
        await keep_replay(house, tmp_path, PARTS)
        yield house


async def sounds(page: Page) -> None:
    """Wait until the replay comes out of the loudspeaker."""
    now = await page.evaluate("Date.now()")
    await comes_true(page, f"window.loudAt > {now}")


AT = "Number(document.querySelector('#position').value)"
"""The second of the talk that is shown."""


async def test_it_plays_and_pauses_and_says_where_it_is(browser: Browser, house: House) -> None:
    async with a_page(browser, house.page) as page:
        await expect(page.locator("#deck")).to_be_visible()
        await page.click("#play")
        await sounds(page)
        await comes_true(page, f"{AT} >= 1")
        await expect(page.locator("#play")).to_have_attribute("aria-label", "Pause")
        await expect(page.locator("#position")).to_have_attribute("aria-valuetext", "0:01 of 1:20, Ada")
        await page.click("#play")
        await expect(page.locator("#play")).to_have_attribute("aria-label", "Play")


async def test_a_chapter_of_a_later_part_is_heard_at_its_beginning(browser: Browser, house: House) -> None:
    async with a_page(browser, house.page) as page:
        await expect(page.locator("#chapters li")).to_have_count(2 * PARTS)
        await page.get_by_role("link", name="1:00 Bruno").click()
        await sounds(page)
        await comes_true(page, f"{AT} >= 60 && {AT} < 70")
        await expect(page.locator("[aria-current=true]")).to_contain_text("1:00")
        assert (await page.evaluate("document.querySelector('#sound').src")).endswith("/replay/1/2.ogg")


async def test_the_keyboard_searches_it(browser: Browser, house: House) -> None:
    async with a_page(browser, house.page) as page:
        await page.focus("#position")
        for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft"):
            await page.keyboard.press(key)
        await comes_true(page, f"{AT} === 2")
        await page.focus("#ahead")
        await page.keyboard.press("Enter")
        await comes_true(page, f"{AT} === 17")
        await page.focus("#back")
        await page.keyboard.press("Enter")
        await page.keyboard.press("Enter")
        await comes_true(page, f"{AT} === 0")


async def test_one_part_goes_over_into_the_next(browser: Browser, house: House) -> None:
    async with a_page(browser, house.page) as page:
        await page.evaluate(f"document.querySelector('#position').value = {LENGTH - 1}")
        await page.dispatch_event("#position", "input")
        await page.click("#play")
        await comes_true(page, f"{AT} >= {LENGTH + 1}")
        await sounds(page)


async def test_it_can_be_heard_faster(browser: Browser, house: House) -> None:
    async with a_page(browser, house.page) as page:
        await page.select_option("#speed", "2")
        await page.click("#play")
        await sounds(page)
        assert await page.evaluate("document.querySelector('#sound').playbackRate") == 2


async def test_lock_screens_show_it_and_search_it(browser: Browser, house: House) -> None:
    async with a_page(browser, house.page, KEYS) as page:
        shown = await page.evaluate(
            "(({ title, artist, album, artwork }) => [title, artist, album, artwork[0].src])"
            "(navigator.mediaSession.metadata)"
        )
        assert shown == ["Careers after 40", "Ada", "Careers Forum", f"{house.page}/cover.jpg"]
        await page.click("#play")
        await sounds(page)
        await page.evaluate("window.keys.seekto({ seekTime: 30 })")
        await comes_true(page, f"{AT} >= 30 && {AT} < 38")
        await page.evaluate("window.keys.nexttrack()")
        await comes_true(page, f"{AT} >= {LENGTH}")
        await page.evaluate("window.keys.pause()")
        await comes_true(page, "navigator.mediaSession.playbackState === 'paused'")


async def test_a_recording_that_is_gone_meanwhile_is_spoken_of(
    browser: Browser, house: House, tmp_path: Path
) -> None:
    async with a_page(browser, house.page) as page:
        for part in tmp_path.glob("*.ogg"):
            part.unlink()
        await page.click("#play")
        await expect(page.locator("#status")).to_contain_text("cannot be heard")


async def test_it_is_heard_without_javascript(browser: Browser, house: House) -> None:
    async with a_page(browser, house.page, java_script_enabled=False) as page:
        await expect(page.locator(".centre audio")).to_have_count(PARTS)
        link = page.get_by_role("link", name="1:00 Bruno")
        await expect(link).to_have_attribute("href", f"/l/{house.room.listen_key}/replay/1/2.ogg#t=20")


async def test_a_page_that_was_open_during_the_talk_shows_the_replay_as_soon_as_there_is_one(
    browser: Browser, tmp_path: Path
) -> None:
    async with open_house() as house:
        await house.become(RoomState.LIVE)
        async with on_air(house, opus(440, 1)), a_page(browser, house.page, HURRY) as page:
            await page.click("#play")
            await is_heard(page)
            async with house.store.writing() as records:
                await records.jobs.add(house.room.id, JobKind.MASTER, NOON)
            await keep_replay(house, tmp_path)
            await expect(page.locator("#status")).to_contain_text("being made ready")
            async with house.store.writing() as records:
                await records.jobs.drop(house.room.id, [JobKind.MASTER])
            await expect(page.locator("#deck")).to_be_visible()
