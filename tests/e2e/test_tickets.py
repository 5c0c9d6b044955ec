"""A talk for members is heard with a ticket, from the card in the group to the sound in a browser."""

import re
import sqlite3
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser import chromium, needs_chromium
from tests.e2e.evening.crowd import Json, buttons
from tests.e2e.theatre import Theatre, until

pytestmark = needs_chromium


async def announced(theatre: Theatre, words: str) -> Json:
    """Ada schedules a talk that is not open; gives its card."""
    ada, crowd = theatre.person("ada"), theatre.crowd
    await crowd.write(ada, theatre.group, f"/schedule {words}")
    echo = await crowd.see(ada, theatre.group, lambda one: has(one, "Confirm"))
    await crowd.tap(ada, echo, "Confirm")
    return await crowd.see(ada, theatre.group, lambda one: has(one, "Take a ticket"))


def has(message: Json, label: str) -> bool:
    return any(label in button["text"] for button in buttons(message))


async def desk_of(theatre: Theatre, name: str, card: Json) -> str:
    """The address of the desk as it opens for somebody who taps their way to it."""
    person = theatre.person(name)
    led = await theatre.crowd.tap(person, card, "Take a ticket")
    await theatre.crowd.follow(person, led["url"])
    offer = await theatre.crowd.see(person, person, lambda one: has(one, "Open the ticket desk"))
    return await theatre.crowd.open_app(person, offer)


async def take(page: Page, desk: str) -> None:
    await page.goto(desk)
    await page.click("#take")
    await expect(page.locator("#desk")).to_have_attribute("data-state", "has")


def rows(theatre: Theatre, table: str) -> int:
    """How many rows the program's database has of a table."""
    path = Path(theatre.environment["LOGGIONE_DATA"]) / "loggione.db"
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        (count,) = connection.execute(f"select count(*) from {table}").fetchone()  # noqa: S608
    connection.close()
    return int(count)


@pytest.mark.timeout(240)
async def test_a_member_takes_a_ticket_and_listens_and_nothing_of_it_stays(theatre: Theatre) -> None:
    ada, crowd = theatre.person("ada"), theatre.crowd
    card = await announced(theatre, "Among us | in 2 hours | 10m | members")
    async with chromium() as browser:
        page = await browser.new_page(locale="en-GB")
        await take(page, await desk_of(theatre, "chiara", card))
        assert rows(theatre, "ticket_holders") == rows(theatre, "ticket_keys") == 1
        await page.click("#listen")
        await expect(page).to_have_url(re.compile(rf"^{re.escape(theatre.web)}/l/[\w-]+$"))
        await crowd.write(ada, theatre.group, "/open")
        await page.click("#play")
        await expect(page.locator("#room")).to_have_attribute("data-sound", "playing")
        await expect(page.locator("#room")).to_have_attribute("data-state", "live")
        await crowd.write(ada, theatre.group, "/close")
        await expect(page.locator("#status")).to_contain_text("is over")

    async def is_forgotten() -> bool:
        return rows(theatre, "ticket_holders") + rows(theatre, "ticket_keys") == 0

    await until(is_forgotten)


@pytest.mark.timeout(240)
async def test_a_desk_that_was_opened_for_one_gives_one_ticket(theatre: Theatre) -> None:
    card = await announced(theatre, "Among us | in 2 hours | 10m | members")
    desk = await desk_of(theatre, "chiara", card)
    async with chromium() as browser:
        phone, laptop = [await (await browser.new_context(locale="en-GB")).new_page() for _ in range(2)]
        await take(phone, desk)
        await laptop.goto(desk)
        await laptop.click("#take")
        await expect(laptop.locator("#status")).to_contain_text("You took your ticket")
    assert rows(theatre, "ticket_holders") == 1
