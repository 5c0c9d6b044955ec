"""The countdown: the two largest units, in the reader's language, each number on the line of its unit."""

import pytest
from playwright.async_api import Browser

from tests.browser import needs_chromium
from tests.web.browsing import a_page, with_module
from tests.web.house import House

pytestmark = [pytest.mark.asyncio(loop_scope="module"), needs_chromium]

SAY = "({ Countdown }, [language, seconds]) => new Countdown(null, language, {}).inWords(seconds)"
DAY, HOUR = 86_400, 3600


@pytest.mark.parametrize(
    ("language", "seconds", "said"),
    [
        ("en", 1, "1\xa0sec"),
        ("en", 60, "1\xa0min 0\xa0sec"),
        ("en", 2 * HOUR + 1859, "2\xa0hr 30\xa0min"),
        ("en", 400 * DAY, "400\xa0days 0\xa0hr"),
        ("it", DAY + 14 * HOUR + 59, "1\xa0giorno 14\xa0h"),
        ("it", 2 * DAY, "2\xa0giorni 0\xa0h"),
    ],
)
async def test_two_units_are_enough(
    browser: Browser, house: House, language: str, seconds: int, said: str
) -> None:
    async with a_page(browser, house.page) as page:
        assert await with_module(page, "countdown.js", SAY, language, seconds) == said
