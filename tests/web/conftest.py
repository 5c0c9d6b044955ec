"""The browser, and a house with a talk that is on, for tests that look at pages."""

from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Browser

from rooms.room import RoomState
from tests.browser import chromium
from tests.web.house import House, open_house


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """One for all tests of a file, as its start takes seconds; each has a window that knows of no other."""
    async with chromium() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="module")
async def house() -> AsyncIterator[House]:
    """A house whose room is on the air."""
    async with open_house() as house:
        await house.become(RoomState.LIVE)
        yield house
