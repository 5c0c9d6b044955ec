"""How the page looks and reads: nothing that axe finds, on phones and desks, by day and by night."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from app.catalogues import load
from rooms.audience import Murmur, Reaction
from rooms.ids import PersonId
from rooms.questions import Question, QuestionId, QuestionState
from rooms.room import RoomState
from rooms.stage import OnStage, Stage
from tests.browser import needs_chromium
from tests.web.browsing import a_page
from tests.web.house import House, open_house
from tests.web.replays import keep_replay

pytestmark = [pytest.mark.asyncio(loop_scope="module"), needs_chromium]

AXE = (Path(__file__).parent / "vendor" / "axe" / "axe.min.js").read_text()
TEXTS = Path(__file__).parents[2] / "web" / "texts"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
LOOKS = {
    "phone, by day, Italian": {"viewport": PHONE, "color_scheme": "light", "locale": "it-IT"},
    "phone, by night, English": {"viewport": PHONE, "color_scheme": "dark", "locale": "en-GB"},
    "desk, by night, Italian": {"viewport": DESK, "color_scheme": "dark", "locale": "it-IT"},
    "desk, by day, English": {"viewport": DESK, "color_scheme": "light", "locale": "en-GB"},
}

STAGE = Stage(
    (
        OnStage(PersonId(1), "Ada Lovelace", is_muted=False, is_speaking=True),
        OnStage(PersonId(2), "Wolfeschlegelsteinhausenbergerdorff" * 2, hand=1),
        OnStage(PersonId(3), "Chiara", is_muted=False),
        OnStage(PersonId(4), "Daniele"),
    )
)
TITLE = "Careers after 40, or: what becomes of lorry drivers and of Donaudampfschifffahrtsgesellschaften"


async def looked_at(page: Page) -> list[str]:
    """What is wrong with the page, by rule and element."""
    options = {"runOnly": {"type": "tag", "values": RULES}}
    look = "async (options) => (await axe.run(document, options)).violations"
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in await page.evaluate(look, options)
        for node in one["nodes"]
    ]


async def is_sound(page: Page) -> None:
    """Nothing is wrong, nothing sticks out, and everything that can be pressed is large enough."""
    assert await looked_at(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
        "it can be moved sideways"
    )
    small = await page.evaluate(_SMALL)
    assert small == []


_SMALL = """() => [...document.querySelectorAll("button, select, input[type=range], .button")]
    .filter((one) => one.checkVisibility())
    .map((one) => [one.id || one.className, one.getBoundingClientRect()])
    .filter(([, { width, height }]) => Math.min(width, height) < 24)
    .map(([name]) => name)"""
"""Less than 24 px in one direction (WCAG 2.2, 2.5.8)."""


async def scheduled(house: House, _folder: Path) -> None:
    soon = datetime.now(UTC) + timedelta(hours=2, minutes=30)
    await house.change(starts_at=soon, description="One\n\nTwo")
    await house.become(RoomState.SCHEDULED)


async def live(house: House, _folder: Path) -> None:
    house.stages.set(house.room.id, STAGE)
    await house.become(RoomState.LIVE)


async def talk_back(house: House, page: Page) -> None:
    """Ask something, and let the open page show what others asked and feel."""
    await page.fill("#ask-text", "Why now?")
    await page.click("#ask button")
    await expect(page.locator("#ask-said")).to_be_visible()
    async with house.store.writing() as records:
        for number, state in enumerate((QuestionState.SHOWN, QuestionState.ON_STAGE, QuestionState.DONE), 1):
            text = f"Number {number}? {'W' * 200}"
            await records.questions.save(Question(house.room.id, QuestionId(number), text, state))
    await expect(page.locator("#questions li")).to_have_count(3)
    house.stages.set_murmur(house.room.id, Murmur(20, ((Reaction.HEART, 50),)))
    await expect(page.locator("#crowd")).to_be_visible()


async def over(house: House, folder: Path) -> None:
    await keep_replay(house, folder, parts=2)


async def cancelled(house: House, _folder: Path) -> None:
    await house.become(RoomState.CANCELLED)


@pytest.mark.parametrize("state", [scheduled, live, over, cancelled])
@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
async def test_everybody_can_read_and_use_it(browser: Browser, tmp_path: Path, look: Any, state: Any) -> None:
    async with open_house(catalogues=load(TEXTS)) as house:
        await house.change(title=TITLE)
        await state(house, tmp_path)
        async with a_page(browser, house.page, AXE, **look) as page:
            await expect(page.locator("#controls")).to_be_visible()
            if state is live:
                await talk_back(house, page)
            await is_sound(page)


async def test_who_wants_less_motion_gets_none(browser: Browser, house: House) -> None:
    async with a_page(browser, house.page, reduced_motion="reduce") as page:
        moving = await page.evaluate("document.getAnimations().length")
        slow = await page.evaluate(
            "[...document.querySelectorAll('*')].filter((one) => "
            "parseFloat(getComputedStyle(one).transitionDuration) > 0).map((one) => one.className.baseVal)"
        )
    assert (moving, slow) == (0, [])


async def test_what_a_screen_reader_speaks_unasked_is_the_state_and_the_status_alone(
    browser: Browser, house: House
) -> None:
    """Neither the countdown, nor who speaks, nor how far behind it is: they change all the time."""
    live = "[role=status], [role=alert], [role=log], [aria-live]:not([aria-live=off])"
    async with a_page(browser, house.page) as page:
        spoken = await page.evaluate(f"[...document.querySelectorAll('{live}')].map((one) => one.id)")
    assert spoken == ["ask-said", "badge", "status"]
