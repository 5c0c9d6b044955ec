"""TLS: pages, events and streams alike, renewed certificates, and no clues left in browsers."""

import asyncio
import logging
import os
import shutil
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import aiohttp
import pytest

from benchmarks.gallery.certificate import write_certificate
from rooms.room import RoomState
from tests.deadline import DEADLINE
from tests.web.house import KEY, House, an_ear, open_house, opus
from tests.web.wires import trusting
from web.tls import Certificate, WrongCertificate


@pytest.fixture
def certificate(tmp_path: Path) -> Certificate:
    return Certificate(*write_certificate(tmp_path))


@pytest.fixture
async def house(certificate: Certificate) -> AsyncIterator[House]:
    async with open_house(certificate=certificate, idle=0.3) as house:
        await house.become(RoomState.LIVE)
        yield house


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=trusting())) as session:
        yield session


def secure(url: str) -> str:
    return url.replace("http:", "https:")


async def test_pages_are_served_one_after_the_other_over_one_connection(
    house: House, session: aiohttp.ClientSession
) -> None:
    for path in ("/", f"/l/{KEY}", "/health", "/nothing"):
        async with session.get(secure(house.url) + path) as answer:
            assert (await answer.text()).strip()


async def test_a_page_longer_than_what_the_network_takes_at_once_comes_whole(
    house: House, session: aiohttp.ClientSession
) -> None:
    """Its reader is slow, so that TLS must wait in the midst of it."""
    lengths = set()
    for _ in range(3):
        async with session.get(secure(house.page)) as answer:
            await asyncio.sleep(0)
            lengths.add(len(await answer.read()))
    assert len(lengths) == 1


@pytest.mark.parametrize("kind", ["ogg", "webm"])
async def test_streams_are_served_to_their_end(
    house: House, session: aiohttp.ClientSession, kind: str
) -> None:
    async with an_ear(session, f"{secure(house.page)}/stream.{kind}") as ear:
        await house.murmuring.heard()
        await house.play(opus(440, 1))
        await house.become(RoomState.ENDED)
        assert len(await ear.listen_to_the_end()) > 3000


async def test_events_are_served_to_their_end(house: House, session: aiohttp.ClientSession) -> None:
    async with an_ear(session, f"{secure(house.page)}/events") as ear:
        await ear.listen(50)
        await house.become(RoomState.ENDED)
        assert b'"ended"' in await ear.listen_to_the_end()


async def test_who_leaves_is_let_go(house: House, session: aiohttp.ClientSession) -> None:
    async with an_ear(session, f"{secure(house.page)}/stream.ogg"):
        await house.murmuring.heard()
    await house.murmuring.unheard()


async def test_who_speaks_no_tls_is_let_go_and_disturbs_nobody(
    house: House, session: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    for said in (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"\x16\x03\x01", b"\x80" * 1000):
        reader, writer = await asyncio.open_connection(*house.server.address)
        writer.write(said)
        async with asyncio.timeout(DEADLINE):
            with suppress(ConnectionResetError):
                assert b"HTTP" not in await reader.read()
        writer.close()
    async with session.get(secure(house.url)) as answer:
        assert answer.status == 200
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


async def test_half_a_handshake_is_let_go(house: House) -> None:
    reader, writer = await asyncio.open_connection(*house.server.address)
    async with asyncio.timeout(DEADLINE):
        assert await reader.read() == b""
    writer.close()


async def test_nothing_is_left_with_a_browser_by_which_it_could_be_known_again(house: House) -> None:
    def visit(session: ssl.SSLSession | None) -> tuple[ssl.SSLSession | None, bool | None]:
        context = trusting()
        with (
            socket.create_connection(house.server.address) as plain,
            context.wrap_socket(plain, session=session) as secured,
        ):
            secured.send(b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            while secured.recv(4096):
                pass
            return secured.session, secured.session_reused

    session, is_known = await asyncio.to_thread(visit, None)
    assert not is_known
    assert session is None or not session.has_ticket


@pytest.mark.parametrize("broken", ["chain", "key"])
def test_files_that_cannot_be_used_are_named_with_the_reason(certificate: Certificate, broken: str) -> None:
    path = getattr(certificate, broken)
    path.unlink()
    with pytest.raises(WrongCertificate, match=f"{path} cannot be read .No such file"):
        certificate.context()
    path.write_text("no certificate")
    with pytest.raises(WrongCertificate, match="in PEM"):
        certificate.context()


def test_a_key_of_another_pair_is_told(tmp_path: Path, certificate: Certificate) -> None:
    other = tmp_path / "other"
    other.mkdir()
    _, key = write_certificate(other)
    with pytest.raises(WrongCertificate, match="not of one pair"):
        Certificate(certificate.chain, key).context()


def presented(context: ssl.SSLContext) -> bytes | None:
    """The certificate that a server with this context shows."""
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    server = context.wrap_bio(outgoing, incoming, server_side=True)
    client = trusting().wrap_bio(incoming, outgoing)
    for _ in range(6):
        for end in (client, server):
            with suppress(ssl.SSLWantReadError):
                end.do_handshake()
    return client.getpeercert(binary_form=True)


async def test_a_renewed_certificate_is_used_and_a_broken_one_is_not(
    tmp_path: Path, certificate: Certificate, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    context = certificate.context()
    first = presented(context)
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    async with asyncio.TaskGroup() as tasks, asyncio.timeout(DEADLINE):
        keeping = tasks.create_task(certificate.keep_fresh(context, pause=0.01))
        await asyncio.sleep(0)
        certificate.key.write_text("half")
        while "is not used" not in caplog.text:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        assert presented(context) == first
        chain, key = write_certificate(fresh)
        shutil.copy(key, certificate.key)
        os.replace(chain, certificate.chain)  # noqa: PTH105
        while presented(context) == first:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        keeping.cancel()
    assert "has a new certificate" in caplog.text
