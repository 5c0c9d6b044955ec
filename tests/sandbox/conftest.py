"""What several tests of the sandbox start from."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from sandbox.sfu import VoiceServer
from tests.sandbox.bot_house import House, open_house

if TYPE_CHECKING:
    from playwright.async_api import Browser

    from tests.sandbox.account import Account, Scene
    from tests.sandbox.chat_page import ChatPage


@pytest.fixture
async def house() -> AsyncIterator[House]:
    """A small world whose Bot API is open."""
    async with open_house() as opened:
        yield opened


@pytest.fixture
async def server() -> AsyncIterator[VoiceServer]:
    """A voice server."""
    async with VoiceServer() as server:
        yield server


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator["Scene"]:
    """A small world whose MTProto door is open."""
    from tests.sandbox.account import scene_in  # noqa: PLC0415  # it takes pyrogram along, and that seconds

    async with scene_in(tmp_path) as scene:
        yield scene


@pytest.fixture
async def account(scene: "Scene") -> AsyncIterator["Account"]:
    """The relay account, connected there."""
    from tests.sandbox.account import account_on  # noqa: PLC0415

    async with account_on(scene) as account:
        yield account


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator["Browser"]:
    """A browser, which the tests of a file share."""
    from tests.browser import chromium  # noqa: PLC0415  # it takes playwright along

    async with chromium() as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def chat(browser: "Browser") -> AsyncIterator["ChatPage"]:
    """The console's page in it."""
    from tests.sandbox.chat_page import chat_page  # noqa: PLC0415

    async with chat_page(browser) as opened:
        yield opened
