"""The page in a real browser: it follows its room, comes back by itself, and needs no mouse."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Browser, Page, expect

from containers.opus import SILENT_PACKET
from rooms.ids import PersonId
from rooms.plan import Admission
from rooms.ports import Packet
from rooms.room import RoomState
from rooms.stage import OnStage, Stage
from tests.browser import needs_chromium
from tests.deadline import DEADLINE
from tests.fakes.clock import NOON
from tests.web.browsing import SECOND, a_page, bursts, comes_true, is_heard, on_air
from tests.web.house import House, opus

pytestmark = [pytest.mark.asyncio(loop_scope="module"), needs_chromium]


async def test_the_page_says_how_far_behind_it_is(browser: Browser, house: House) -> None:
    async with on_air(house, bursts()), a_page(browser, house.page) as page:
        await expect(page.locator("#behind")).to_be_hidden()
        await page.click("#play")
        await is_heard(page)
        await expect(page.locator("#behind")).to_contain_text("s behind the stage")


async def test_whoever_stops_and_plays_again_at_once_hears_again(browser: Browser, house: House) -> None:
    async with on_air(house, opus(440, 1)), a_page(browser, house.page) as page:
        await page.click("#play")
        await is_heard(page)
        await page.evaluate("for (const _ of [1, 2, 3, 4]) document.querySelector('#play').click()")
        await is_heard(page)


async def test_a_pause_by_a_media_key_is_a_stop(browser: Browser, house: House) -> None:
    async with on_air(house, opus(440, 1)), a_page(browser, house.page) as page:
        await page.click("#play")
        await is_heard(page)
        await page.evaluate("document.querySelector('#sound').pause()")
        await expect(page.locator("#play")).to_have_attribute("aria-label", "Play")
        await house.murmuring.unheard()
        await page.click("#play")
        await is_heard(page)


async def test_a_broken_stream_comes_back_by_itself(browser: Browser, house: House) -> None:
    async with on_air(house, opus(440, 1)), a_page(browser, house.page) as page:
        await page.click("#play")
        await is_heard(page)
        house.airwaves.publish(house.room.id, Packet(0, None, 0))  # type: ignore[arg-type]
        await expect(page.locator("#status")).not_to_have_text("You are listening.")
        await is_heard(page)


async def test_a_relay_that_comes_back_is_heard_again(browser: Browser, house: House) -> None:
    async with a_page(browser, house.page) as page:
        await page.click("#play")
        async with on_air(house, opus(440, 1)):
            await is_heard(page)
        await expect(page.locator("#status")).to_contain_text("interrupted")
        async with on_air(house, opus(440, 1), first=60 * SECOND):
            await is_heard(page)


async def test_the_keyboard_is_enough(browser: Browser, house: House) -> None:
    async with on_air(house, opus(440, 1)), a_page(browser, house.page) as page:
        await tab_to(page, "play")
        await page.keyboard.press("Space")
        await is_heard(page)
        assert await page.get_attribute("#play", "aria-label") == "Stop"
        await tab_to(page, "volume")
        await page.keyboard.press("Home")
        await comes_true(page, "window.loudAt < Date.now() - 300")
        await tab_to(page, "play")
        await page.keyboard.press("Enter")
        await expect(page.locator("#status")).to_contain_text("Press play")
        await house.murmuring.unheard()


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
        await expect(page.locator("#status")).to_contain_text("hold music")
        await house.become(RoomState.LIVE)
        await is_heard(page)


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
        assert not house.murmuring.listeners


async def test_the_stage_follows_the_room_to_its_end(browser: Browser, house: House) -> None:
    async with on_air(house, opus(440, 1)), a_page(browser, house.page) as page:
        await expect(page.locator("#stage")).to_be_hidden()
        bruno = OnStage(PersonId(1), "<b>Bruno</b>", is_muted=False, is_speaking=True)
        house.stages.set(house.room.id, Stage((bruno,)))
        await expect(page.locator("#stage li.speaks")).to_contain_text("<b>Bruno</b>")
        await expect(page.locator("#elsewhere")).to_be_visible()
        await page.click("#play")
        await is_heard(page)
        await house.become(RoomState.ENDED)
        await expect(page.locator("#badge")).to_have_text("Over")
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
        await expect(page.locator("#status")).to_have_text("You are listening.")
        await comes_true(page, f"{level} < 0.05")


async def test_a_plain_audio_element_plays_without_javascript(browser: Browser, house: House) -> None:
    """It wants some seconds of sound before it begins: they come four times as fast here."""
    window = a_page(browser, house.page, java_script_enabled=False)
    async with on_air(house, opus(440, 1), speed=4), window as page:
        assert await page.locator("#play").is_hidden()
        await page.locator(".centre audio").focus()
        await page.keyboard.press("Space")
        await house.murmuring.heard()
        async with asyncio.timeout(DEADLINE):
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
        await is_heard(page)
        assert await page.context.cookies() == []
        assert await page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert {url for url in asked if not url.startswith(("blob:", house.url))} == set()


KEYS = """
window.keys = {};
MediaSession.prototype.setActionHandler = function (name, act) { window.keys[name] = act; };
"""
"""What media keys and lock screens would do."""


async def test_lock_screens_show_the_talk_and_stop_it(browser: Browser, house: House) -> None:
    async with on_air(house, opus(440, 1)), a_page(browser, house.page, KEYS) as page:
        shown = "(({ title, artist, album, artwork }) => [title, artist, album, artwork[0].src])"
        told = await page.evaluate(f"{shown}(navigator.mediaSession.metadata)")
        assert told == ["Careers after 40", "Ada", "Careers Forum", f"{house.page}/cover.jpg"]
        await page.evaluate("window.keys.play()")
        await is_heard(page)
        assert await page.evaluate("navigator.mediaSession.playbackState") == "playing"
        await page.evaluate("window.keys.pause()")
        await expect(page.locator("#play")).to_have_attribute("aria-label", "Play")
        await house.murmuring.unheard()


async def test_the_sleep_timer_fades_the_sound_out_and_stops(browser: Browser, house: House) -> None:
    """Everything that the page waits for comes five hundred times as fast here."""
    hurry = "const later = window.setTimeout; window.setTimeout = (act, pause) => later(act, pause / 500);"
    async with on_air(house, opus(440, 1)), a_page(browser, house.page, hurry) as page:
        await page.click("#play")
        await is_heard(page)
        await page.select_option("#sleep", "15")
        await expect(page.locator("#play")).to_have_attribute("aria-label", "Play")
        await expect(page.locator("#sleep")).to_have_value("")
        await house.murmuring.unheard()
        await page.click("#play")
        await is_heard(page)


async def test_who_speaks_is_seen_on_the_stage_itself(browser: Browser, house: House) -> None:
    async with a_page(browser, house.page) as page:
        speakers = [OnStage(PersonId(n), name, is_speaking=n < 3) for n, name in enumerate("ABCD", 1)]
        house.stages.set(house.room.id, Stage(tuple(speakers)))
        await expect(page.locator("#speaking.is-seen")).to_have_text("A, B")
        house.stages.set(house.room.id, Stage())
        await expect(page.locator("#speaking.is-seen")).to_have_count(0)


async def test_a_talk_without_a_cover_leaves_no_gap_where_it_would_be(browser: Browser, house: House) -> None:
    async with a_page(browser, house.page) as page:
        await expect(page.locator("#poster")).to_be_visible()
        await page.route("**/cover.jpg", lambda route: route.abort())
        await page.reload()
        await expect(page.locator("#poster")).to_have_count(0)
