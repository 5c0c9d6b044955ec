"""The takeover: a stream's head is whole and says what aiohttp would, and aiohttp keeps nothing of it."""

import asyncio
import gc
from email.utils import parsedate_to_datetime

import pytest
from aiohttp.web_protocol import RequestHandler

from rooms.room import RoomState
from tests.deadline import DEADLINE
from tests.web.house import KEY, open_house


@pytest.mark.parametrize("version", ["1.0", "1.1"])
async def test_the_head_is_whole(version: str) -> None:
    async with open_house() as house:
        await house.become(RoomState.LIVE)
        reader, writer = await asyncio.open_connection(*house.server.address)
        writer.write(f"GET /l/{KEY}/stream.ogg HTTP/{version}\r\nHost: x\r\n\r\n".encode())
        async with asyncio.timeout(DEADLINE):
            lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        writer.close()
        await house.murmuring.unheard()
    assert lines[0] == "HTTP/1.1 200 OK"
    headers = dict(line.split(": ", 1) for line in lines[1:-2])
    assert headers["Content-Type"] == "audio/ogg; codecs=opus"
    assert headers["Connection"] == "close"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers.get("Transfer-Encoding") == ("chunked" if version == "1.1" else None)
    assert parsedate_to_datetime(headers["Date"]).tzinfo is not None


async def test_nothing_of_the_request_is_kept_while_somebody_listens() -> None:
    async with open_house() as house:
        await house.become(RoomState.LIVE)
        reader, writer = await asyncio.open_connection(*house.server.address)
        writer.write(f"GET /l/{KEY}/stream.ogg HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        async with asyncio.timeout(DEADLINE):
            await reader.readuntil(b"\r\n\r\n")
            await house.murmuring.heard()
            while _handlers():
                await asyncio.sleep(0)
                gc.collect()
        writer.close()
        await house.murmuring.unheard()


async def test_a_stream_asked_for_behind_a_page_comes_after_it() -> None:
    async with open_house() as house:
        await house.become(RoomState.LIVE)
        reader, writer = await asyncio.open_connection(*house.server.address)
        asked = [f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n" for path in (f"/l/{KEY}", f"/l/{KEY}/stream.ogg")]
        writer.write("".join(asked).encode())
        async with asyncio.timeout(DEADLINE):
            page = await reader.readuntil(b"</html>")
            head = await reader.readuntil(b"OggS")
        writer.close()
        await house.murmuring.unheard()
    assert page.startswith(b"HTTP/1.1 200")
    assert b"audio/ogg" in head


def _handlers() -> list[object]:
    return [one for one in gc.get_objects() if isinstance(one, RequestHandler)]
