"""Tickets in a real browser: the vendored library takes them from our signer, the player hears with them."""

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlencode

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, Request, expect

from rooms.plan import Admission
from rooms.room import RoomState
from tests.browser import chromium, needs_chromium
from tests.deadline import PAGE_DEADLINE
from tests.rooms.hall import DARIO
from tests.web.browsing import on_air
from tests.web.counter import decoded, members_only
from tests.web.house import KEY, House, open_house, opus
from tickets.keys import PublicKey
from tickets.ticket import Ticket

pytestmark = [pytest.mark.asyncio(loop_scope="module"), needs_chromium]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="module")
async def house() -> AsyncIterator[House]:
    async with open_house() as house:
        await members_only(house)
        yield house


class Device:
    """A browser of its own, with what it sent and complained of."""

    def __init__(self, house: House, context: BrowserContext) -> None:
        self.house = house
        self.sent: list[Request] = []
        self.complaints: list[str] = []
        self._context = context

    async def visit(self, path: str = "", fragment: str = "") -> Page:
        page = await self._context.new_page()
        page.set_default_timeout(PAGE_DEADLINE)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.sent.append(request))
        await page.goto(f"{self.house.page}{path}{fragment}")
        return page

    async def desk(self, name: str = "Dario") -> Page:
        """The desk as Telegram opens it for somebody."""
        return await self.visit("/ticket", "#" + urlencode({"tgWebAppData": name, "tgWebAppVersion": "9.1"}))

    async def take(self, name: str = "Dario") -> Page:
        page = await self.desk(name)
        await page.click("#take")
        await expect(page.locator("#desk")).to_have_attribute("data-state", "has")
        return page

    async def link(self, page: Page) -> str:
        """The link that moves the ticket."""
        await page.click("#move")
        await page.click("#copy")
        await expect(page.locator("#status")).to_contain_text("Copied")
        return str(await page.evaluate("navigator.clipboard.readText()"))


@asynccontextmanager
async def a_device(browser: Browser, house: House, **more: Any) -> AsyncIterator[Device]:
    context = await browser.new_context(
        locale="en-GB", permissions=["clipboard-read", "clipboard-write"], **more
    )
    device = Device(house, context)
    yield device
    await context.close()
    assert device.complaints == []


async def kept_in(page: Page) -> dict[str, Any]:
    return dict(json.loads(await page.evaluate(f"localStorage.getItem('loggione {KEY}')") or "{}"))


async def is_heard(page: Page) -> None:
    await expect(page.locator("#room")).to_have_attribute("data-sound", "playing")


async def test_the_vendored_library_takes_a_ticket_from_our_signer(browser: Browser, house: House) -> None:
    async with a_device(browser, house) as phone:
        page = await phone.take()
        kept = await kept_in(page)
    assert list(kept) == ["ticket"]
    ticket = Ticket.read(kept["ticket"])
    assert ticket is not None
    assert ticket.is_for(PublicKey.read(await house.desk.public_key(KEY)))


async def test_who_has_a_ticket_hears_and_others_do_not(browser: Browser, house: House) -> None:
    async with a_device(browser, house) as phone, on_air(house, opus(440, 1)):
        outside = await phone.visit()
        await expect(outside.locator("#play")).to_be_hidden()
        await expect(outside.locator("#status")).to_contain_text("for members of the group")
        desk = await phone.take()
        await desk.click("#listen")
        await desk.click("#play")
        await is_heard(desk)


async def test_a_ticket_moves_by_a_link_and_opens_one_place_at_a_time(browser: Browser, house: House) -> None:
    async with (
        a_device(browser, house) as phone,
        a_device(browser, house) as laptop,
        on_air(house, opus(440, 1)),
    ):
        desk = await phone.take()
        link = await phone.link(desk)
        await expect(desk.locator("#qr path")).to_have_attribute(
            "d", re.compile("^(M[0-9]+ [0-9]+h1v1h-1z)+$")
        )
        await desk.click("#listen")
        await desk.click("#play")
        await is_heard(desk)
        other = await laptop.visit(fragment=link.partition(KEY)[2])
        assert other.url == house.page  # it does not stay in the address bar
        await other.click("#play")
        await is_heard(other)
        await expect(desk.locator("#status")).to_contain_text("in use on another device")
        await desk.click("#play")
        await is_heard(desk)
        await expect(other.locator("#status")).to_contain_text("in use on another device")


async def test_a_ticket_stays_good_when_the_gallery_gets_another_link(browser: Browser, house: House) -> None:
    async with a_device(browser, house) as phone, on_air(house, opus(440, 1)):
        await phone.take()
        async with house.store.writing() as records:
            anew = house.room.with_gallery_closed("an-other-key", house.clock.now())
            await records.rooms.save(anew.with_gallery_open(house.clock.now()))
        page = await phone.visit("/../an-other-key")
        await page.click("#play")
        await is_heard(page)


async def test_no_ticket_is_in_any_address_and_none_before_it_is_shown(
    browser: Browser, house: House
) -> None:
    async with a_device(browser, house) as phone, on_air(house, opus(440, 1)):
        desk = await phone.take()
        ticket = (await kept_in(desk))["ticket"]
        link = await phone.link(desk)
        assert link == f"{house.page}#ticket={ticket}"
        assert not any(ticket in f"{one.url} {one.headers} {one.post_data}" for one in phone.sent)
        await desk.click("#listen")
        await desk.click("#play")
        await is_heard(desk)
        assert not any(ticket in f"{one.url} {one.headers}" for one in phone.sent)
        (shown,) = [one for one in phone.sent if ticket in (one.post_data or "")]
        assert shown.url == f"{house.page}/seats"


async def test_what_the_page_sends_for_a_ticket_has_nothing_of_it(browser: Browser, house: House) -> None:
    async with a_device(browser, house) as phone:
        desk = await phone.take()
        ticket = decoded((await kept_in(desk))["ticket"])
        (asked,) = [one for one in phone.sent if one.method == "POST"]
        sent = json.loads(asked.post_data or "{}")
        assert set(sent) == {"proof", "blinded"}
        assert sent["proof"] == DARIO.name
        pieces = {ticket[at : at + 5] for at in range(len(ticket) - 4)}
        assert not any(piece in decoded(sent["blinded"]) for piece in pieces)


async def test_an_answer_that_was_lost_is_asked_for_again(browser: Browser, house: House) -> None:
    async with a_device(browser, house) as phone:
        desk = await phone.desk()
        lost: list[str] = []

        async def lose(route: Any) -> None:
            lost.append(route.request.post_data)
            await route.fetch()
            await route.abort()

        await desk.route("**/ticket", lose)
        await desk.click("#take")
        await expect(desk.locator("#status")).to_contain_text("connection was lost")
        await desk.unroute("**/ticket")
        await desk.click("#take")
        await expect(desk.locator("#desk")).to_have_attribute("data-state", "has")
        assert len(lost) == 1


async def test_a_second_device_gets_no_second_ticket(browser: Browser, house: House) -> None:
    async with a_device(browser, house) as phone, a_device(browser, house) as laptop:
        await phone.take()
        desk = await laptop.desk()
        await desk.click("#take")
        await expect(desk.locator("#status")).to_contain_text("You took your ticket")
        await expect(desk.locator("#listen")).to_be_hidden()


async def test_opened_elsewhere_than_in_telegram_it_says_where(browser: Browser, house: House) -> None:
    async with a_device(browser, house) as phone:
        desk = await phone.visit("/ticket")
        await expect(desk.locator("#status")).to_contain_text("by the button in the bot's private chat")
        await expect(desk.locator("#take")).to_be_hidden()


async def test_whom_telegram_does_not_vouch_for_is_told_so(browser: Browser, house: House) -> None:
    async with a_device(browser, house) as phone:
        desk = await phone.desk("somebody")
        await desk.click("#take")
        await expect(desk.locator("#status")).to_contain_text("Telegram does not say who")


async def test_everybody_can_compare_the_key(browser: Browser, house: House) -> None:
    async with a_device(browser, house) as phone, a_device(browser, house) as laptop:
        shown = set()
        for page in (await phone.desk("Dario"), await laptop.desk("Elena")):
            await expect(page.locator("#fingerprint")).to_have_text(
                re.compile("^([0-9a-f]{4} ){3}[0-9a-f]{4}$")
            )
            shown.add(await page.locator("#fingerprint").text_content())
        assert len(shown) == 1


@pytest.mark.parametrize("fragment", ["#ticket=", "#ticket=%3Cscript%3E", "#other", "#ticket=" + "A" * 2000])
async def test_a_fragment_that_is_no_ticket_changes_nothing(
    browser: Browser, house: House, fragment: str
) -> None:
    async with a_device(browser, house) as phone:
        page = await phone.visit(fragment=fragment)
        await expect(page.locator("#status")).to_contain_text("for members of the group")
        assert await kept_in(page) == {}


async def test_a_forged_ticket_is_told_so_and_tried_no_more(browser: Browser, house: House) -> None:
    async with a_device(browser, house) as phone:
        page = await phone.visit(fragment="#ticket=" + "A" * 384)
        await page.click("#play")
        await expect(page.locator("#status")).to_contain_text("no ticket for this talk")
        assert len([one for one in phone.sent if one.method == "POST"]) == 1


async def test_in_an_open_room_the_browser_s_storage_stays_empty(browser: Browser, house: House) -> None:
    await house.change(admission=Admission.OPEN)
    await house.become(RoomState.LIVE)
    async with a_device(browser, house) as phone, on_air(house, opus(440, 1)):
        page = await phone.visit()
        await page.click("#play")
        await is_heard(page)
        assert await page.evaluate("localStorage.length + sessionStorage.length") == 0
