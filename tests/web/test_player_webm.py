"""The page's reader of WebM: each packet once, wherever the network cuts the stream; nothing else is read."""

import pytest
from playwright.async_api import Browser, Error

from tests.browser import needs_chromium
from tests.web.browsing import a_page, with_module
from tests.web.house import House, opus
from web.forms import FORMS

pytestmark = [pytest.mark.asyncio(loop_scope="module"), needs_chromium]

READ = """
({ Demuxer }, [bytes, size]) => {
    const demuxer = new Demuxer();
    const read = [];
    for (let at = 0; at < bytes.length; at += size) {
        read.push(...demuxer.push(Uint8Array.from(bytes.slice(at, at + size))));
    }
    return read.map(({ at, opus }) => [at, [...opus]]);
}
"""


def stream() -> tuple[bytes, list[bytes]]:
    """A second from hour 9 of a room on, in chunks of the form that the page asks for; and its packets."""
    form, packets = FORMS["live"](), list(opus(440, 1))
    first = 9 * 3600 * 48_000
    chunks = [
        form.chunk(packets[number : number + 2], first + number * 960) for number in range(0, len(packets), 2)
    ]
    return form.head("Talk") + b"".join(chunks), packets


@pytest.mark.parametrize("size", [1, 7, 4096, 1 << 20])
async def test_each_packet_is_read_once_wherever_the_stream_is_cut(
    browser: Browser, house: House, size: int
) -> None:
    told, packets = stream()
    async with a_page(browser, house.page) as page:
        read = await with_module(page, "webm.js", READ, list(told), size)
    assert [bytes(packet) for _at, packet in read] == packets
    assert [at for at, _packet in read] == [9 * 3600 * 1000 + 20 * number for number in range(len(packets))]


@pytest.mark.parametrize("told", [b"\x00" * 64, b"\xa3\x10" + b"\xff" * 62], ids=["zeros", "endless"])
async def test_what_is_no_sound_of_ours_is_refused(browser: Browser, house: House, told: bytes) -> None:
    """Neither waited for, which would take memory without end, nor played."""
    async with a_page(browser, house.page) as page:
        with pytest.raises(Error, match="Unreadable"):
            await with_module(page, "webm.js", READ, list(told), len(told))
