"""The player within another site's page, in a real browser, in a frame that is locked in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web
from playwright.async_api import Browser, Page

from tests.browser import needs_chromium
from tests.web.browsing import a_page, on_air
from tests.web.house import House, opus

pytestmark = [pytest.mark.asyncio(loop_scope="module"), needs_chromium]

SANDBOXES = ("", "allow-scripts", "allow-scripts allow-same-origin")


@asynccontextmanager
async def another_site(body: str) -> AsyncIterator[str]:
    """Somebody else's page, at an origin of its own."""

    async def show(_request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(text=f"<!doctype html><title>A blog</title>{body}", content_type="text/html")

    runner = web.ServerRunner(web.Server(show))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://localhost:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def press_play(page: Page) -> None:
    """A click on the left end of the frame's audio element, where browsers have the button."""
    place = await page.frame_locator("iframe").locator("audio").bounding_box()
    assert place is not None
    await page.mouse.click(place["x"] + 22, place["y"] + place["height"] / 2)


@pytest.mark.parametrize("sandbox", SANDBOXES)
async def test_who_presses_play_in_the_frame_listens(browser: Browser, house: House, sandbox: str) -> None:
    frame = f'<iframe src="{house.page}/embed" sandbox="{sandbox}" width="480" height="200"></iframe>'
    async with another_site(frame) as site, on_air(house, opus(440, 1)), a_page(browser, site) as page:
        await press_play(page)
        await house.murmuring.heard()


async def test_the_frame_is_dressed_and_asks_nobody_else(browser: Browser, house: House) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.get(
            f"{house.url}/oembed", params={"url": f"http://127.0.0.1/l/{house.room.listen_key}"}
        ) as answer,
    ):
        html = (await answer.json())["html"].replace("http://127.0.0.1/", f"{house.url}/")
    async with another_site(html) as site:
        asked: list[str] = []
        context = await browser.new_context()
        page = await context.new_page()
        page.on("response", lambda response: asked.append(f"{response.status} {response.url}"))
        page.on("requestfailed", lambda request: asked.append(f"failed {request.url}"))
        await page.goto(site)
        await page.wait_for_load_state("networkidle")
        ours = [one for one in asked if not one.endswith("/favicon.ico") and site not in one]
        await context.close()
    assert len(ours) == 2
    assert all(one.startswith(f"200 {house.url}/") for one in ours)
    assert ours[1].endswith("/embed.css")
