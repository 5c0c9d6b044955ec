"""The browser of the tests: the system's Chromium, without a window, speaking to nobody outside."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, async_playwright, expect

from tests.deadline import PAGE_DEADLINE

CHROMIUMS = ("chromium-headless-shell", "chromium")
"""Of the same engine; with no window around each page, even unseen, a page costs a fifth of the work."""

CHROMIUM = next(filter(None, map(shutil.which, CHROMIUMS)), None)
"""The first of them that is here."""

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")

_FLAGS = (
    "--no-sandbox",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_MICROPHONE = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")


expect.set_options(timeout=PAGE_DEADLINE)


@asynccontextmanager
async def chromium(*, has_microphone: bool = False) -> AsyncIterator[Browser]:
    """A browser, with a microphone that hums or with none."""
    async with async_playwright() as playwright:
        flags = [*_FLAGS, *(_MICROPHONE if has_microphone else ())]
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        await browser.close()
