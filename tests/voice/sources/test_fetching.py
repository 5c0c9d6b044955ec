"""Fetching: what is reached, and all that must not be."""

import asyncio
import socket

import pytest
from aiohttp import web

from rooms.errors.sounds import AddressForbidden, SoundRefused, SoundUnreachable
from tests.voice.sources.audience import QUICK
from tests.voice.sources.station import Station, raw
from voice.sources.fetching import LARGEST, REDIRECTS, open_fetcher
from voice.sources.patience import Patience


async def fetch(
    url: str, limit: int = 1000, patience: Patience = QUICK, *, allows_private: bool = True
) -> bytes:
    async with open_fetcher("It", patience, allows_private=allows_private) as fetcher:
        return await fetcher.read(url, limit)


PRIVATE = [
    "http://127.0.0.1:{port}/",
    "http://localhost:{port}/",
    "http://LOCALHOST:{port}/",
    "http://user:password@127.0.0.1:{port}/",
    "http://0.0.0.0:{port}/",
    "http://0:{port}/",
    "http://2130706433:{port}/",
    "http://0x7f000001:{port}/",
    "http://0x7f.1:{port}/",
    "http://017700000001:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://127.1:{port}/",
    "http://127.0.0.1.:{port}/",
    "http://①②⑦.⓪.⓪.①:{port}/",
    "http://[::1]:{port}/",
    "http://[::]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://[::127.0.0.1]:{port}/",
    "http://[64:ff9b::7f00:1]:{port}/",
    "http://[64:ff9b::169.254.169.254]/",
    "http://[64:ff9b:1::7f00:1]/",
    "http://[2002:7f00:1::]:{port}/",
    "http://[2002:a00:1::]/",
    "http://[2001:0:7f00:1::]/",
    "http://[fe80::1]/",
    "http://[fc00::1]/",
    "http://[fec0::1]/",
    "http://[ff02::1]/",
    "http://[2001:db8::1]/",
    "http://[100::1]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://100.64.0.1/",
    "http://192.0.2.1/",
    "http://198.18.0.1/",
    "http://224.0.0.1/",
    "http://239.1.2.3/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
]
"""Every way to write an address that is not on the Internet."""


@pytest.mark.parametrize("url", PRIVATE)
async def test_private_addresses_are_never_connected_to(station: Station, url: str) -> None:
    port = station.serve("/", b"secret").split(":")[2].rstrip("/")
    with pytest.raises(SoundRefused) as refusal:
        await fetch(url.format(port=port), allows_private=False)
    assert station.asked == []
    assert type(refusal.value) is AddressForbidden


@pytest.mark.parametrize("host", ["%31%32%37.0.0.1", "localhost.", "localhost%00", "127.0.0.1%09"])
async def test_a_strange_spelling_of_a_private_name_leads_nowhere(station: Station, host: str) -> None:
    port = station.serve("/", b"secret").split(":")[2].rstrip("/")
    with pytest.raises(SoundRefused):
        await fetch(f"http://{host}:{port}/", allows_private=False)
    assert station.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "/etc/passwd",
        "ftp://example.org/a.mp3",
        "gopher://127.0.0.1/",
        "concat:a|b",
        "data:audio/wav;base64,AAAA",
        "javascript:1",
        "rtmp://example.org/live",
        "http:///a.mp3",
        "//example.org/a.mp3",
        "",
        "http://example.org/" + "a" * 5000,
    ],
)
async def test_only_http_and_https_are_fetched(url: str) -> None:
    with pytest.raises(AddressForbidden):
        await fetch(url)


@pytest.mark.parametrize(
    "url", ["http://[::1/", "http://a:99999/", "http://a:b/", "http://\0/", "http://a b/"]
)
async def test_a_malformed_address_is_a_sentence(url: str) -> None:
    with pytest.raises(SoundRefused):
        await fetch(url)


async def test_where_the_settings_allow_it_private_addresses_are_reached(station: Station) -> None:
    assert await fetch(station.serve("/a", b"sound")) == b"sound"


async def test_redirects_are_followed(station: Station) -> None:
    station.serve("/b", b"sound")
    assert await fetch(station.redirect("/a", "b")) == b"sound"


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://127.0.0.1/", "concat:a", "http://[::1"])
async def test_a_redirect_to_what_is_not_fetched_is_refused(station: Station, to: str) -> None:
    with pytest.raises(AddressForbidden):
        await fetch(station.redirect("/a", to))


async def test_a_redirect_without_end_is_given_up(station: Station) -> None:
    with pytest.raises(SoundUnreachable):
        await fetch(station.redirect("/a", "/a"))
    assert len(station.asked) == REDIRECTS + 1


async def test_each_connection_is_judged_anew_and_not_each_name(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that was public when somebody looked, and leads home when it is connected to."""
    answers = iter(["93.184.215.14", "127.0.0.1"])

    def resolve(host: str, port: int, *args: object, **options: object) -> list[object]:  # noqa: ARG001
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    socket.getaddrinfo("rebound.example", 80)
    port = station.serve("/", b"secret").split(":")[2].rstrip("/")
    with pytest.raises(AddressForbidden):
        await fetch(f"http://rebound.example:{port}/", allows_private=False)
    assert station.asked == []


async def test_nobody_is_there(station: Station) -> None:
    url = station.serve("/a", b"")
    port = url.split(":")[2].split("/")[0]
    with pytest.raises(SoundUnreachable):
        await fetch(f"http://127.0.0.1:{int(port) ^ 1}/")
    with pytest.raises(SoundUnreachable):
        await fetch("http://nowhere.invalid/")


@pytest.mark.parametrize("status", [204, 304, 401, 403, 404, 500, 503])
async def test_an_answer_that_does_not_help_is_unreachable(station: Station, status: int) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:  # noqa: ARG001
        return web.Response(status=status)

    with pytest.raises(SoundUnreachable):
        await fetch(station.let("/a", answer))


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\0\1\2\3\r\n\r\n",
        b"SSH-2.0-OpenSSH\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: a\r\n" * 10_000 + b"\r\n",
        b"HTTP/1.1 302 Found\r\n\r\n",
    ],
)
async def test_servers_that_do_not_speak_http_are_unreachable(answer: bytes) -> None:
    async def talk(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        await writer.drain()

    async with raw(talk) as url:
        with pytest.raises(SoundUnreachable):
            await fetch(url)


async def test_a_server_that_says_nothing_is_left() -> None:
    async def talk(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.read()

    async with raw(talk) as url:
        with pytest.raises(SoundUnreachable):
            await fetch(url, patience=Patience(reading=0.05))


async def test_a_body_that_drips_is_left() -> None:
    async def talk(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while not writer.is_closing():
            writer.write(b".")
            await writer.drain()
            await asyncio.sleep(0.01)

    async with raw(talk) as url:
        with pytest.raises(SoundUnreachable):
            await fetch(url, patience=Patience(opening=0.2))


async def test_more_than_may_be_is_not_read(station: Station) -> None:
    url = station.serve("/a", b"x" * 1001)
    with pytest.raises(SoundUnreachable):
        await fetch(url)
    assert len(await fetch(url, limit=1001)) == 1001


async def test_a_file_larger_than_any_is_refused_by_its_length() -> None:
    async def talk(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (LARGEST + 1))

    async with raw(talk) as url:
        with pytest.raises(SoundRefused, match="too large"):
            await fetch(url)


async def test_secrets_in_an_address_stay_out_of_refusals(station: Station) -> None:
    url = station.let("/a", lambda _: asyncio.sleep(0, web.Response(status=500)))
    with pytest.raises(SoundUnreachable) as refusal:
        await fetch(url.replace("://", "://ada:secret@"))
    assert "secret" not in str(refusal.value)
    assert station.headers[0]["Authorization"].startswith("Basic ")
