"""The connection: whom it is made to, and that it ends, whatever the other side does or leaves undone."""

import asyncio
import ssl
import threading
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from rooms.outlets import Address, Scheme
from tests.deadline import DEADLINE
from tests.voice.outlets.little import HASTY, HERE, little_server
from tests.voice.outlets.servers import free_port
from voice.outlets.carrier import ServerLost, ServerRefused
from voice.outlets.connection import Terms, _open_one, connected, until_one_fails


def plain(port: int, host: str = "127.0.0.1") -> Address:
    return Address(Scheme.RTMP, host, port, "/app/key")


def secure(port: int) -> Address:
    return Address(Scheme.RTMPS, "127.0.0.1", port, "/app/key")


async def silence(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    """Read on, and say nothing."""
    while await reader.read(1024):
        pass


async def deafness(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Say something, and read nothing."""
    writer.write(b"hello")
    await asyncio.Event().wait()


async def test_bytes_go_both_ways() -> None:
    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(await reader.readexactly(5) + b"\r\n")
        await reader.read()

    async with little_server(echo) as port, connected(plain(port), HERE) as connection:
        await connection.send(b"hello")
        assert await connection.read(2) == b"he"
        assert await connection.read_until(b"\r\n") == b"llo\r\n"


async def test_this_machine_is_out_of_bounds_unless_it_is_allowed() -> None:
    visits = []

    async def visited(*_: object) -> None:
        visits.append(1)

    async with little_server(visited) as port:
        for host in ("127.0.0.1", "localhost", "127.1", "::ffff:127.0.0.1"):
            with pytest.raises(ServerRefused, match="private"):
                async with connected(plain(port, host), Terms(allows_private=False)):
                    pass
    assert visits == []


async def test_each_address_of_a_name_is_tried() -> None:
    async with little_server(silence) as port:
        _, writer = await _open_one(["127.0.0.2", "127.0.0.3", "127.0.0.1"], plain(port), HERE)
        assert writer.get_extra_info("peername")[0] == "127.0.0.1"
        writer.transport.abort()
        with pytest.raises(ConnectionRefusedError):
            await _open_one(["127.0.0.2", "127.0.0.3"], plain(port), HERE)


async def test_nobody_there_is_a_loss() -> None:
    with pytest.raises(ServerLost):
        async with connected(plain(free_port()), HERE):
            pass


async def test_no_such_host_is_a_loss() -> None:
    with pytest.raises(ServerLost):
        async with connected(plain(80, "nowhere.invalid"), HERE):
            pass


async def test_a_server_that_reads_nothing_is_given_up() -> None:
    async with little_server(deafness) as port:
        with pytest.raises(ServerLost, match="TimeoutError"):
            async with connected(plain(port), HASTY) as connection:
                while True:
                    await connection.send(bytes(10_000))


async def test_hanging_up_is_a_loss() -> None:
    async def hang_up(*_: object) -> None:
        return

    async with little_server(hang_up) as port:
        with pytest.raises(ServerLost):
            async with connected(plain(port), HERE) as connection:
                await connection.read(1)


async def test_endless_lines_are_a_loss() -> None:
    async def babble(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            writer.write(bytes(10_000))
            await writer.drain()

    async with little_server(babble) as port:
        with pytest.raises(ServerLost):
            async with connected(plain(port), HERE) as connection:
                await connection.read_until(b"\r\n")


async def test_leaving_cuts_at_once_whatever_waits() -> None:
    async with little_server(deafness) as port:
        async with asyncio.timeout(DEADLINE), connected(plain(port), HERE) as connection:
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.3):
                    while True:
                        await connection.send(bytes(100_000))
            wire = connection._writer.transport
            assert 0 < wire.get_write_buffer_size() <= 100_000
        await asyncio.sleep(0)
        assert wire.is_closing()
        assert wire.get_write_buffer_size() == 0


async def test_a_tls_server_that_says_nothing_is_given_up() -> None:
    async with little_server(silence) as port:
        with pytest.raises(ServerLost, match="TimeoutError"):
            async with connected(secure(port), HASTY):
                pass


async def test_connecting_can_be_cancelled() -> None:
    has_come = asyncio.Event()

    async def come(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        has_come.set()
        await silence(reader, writer)

    async def connect(port: int) -> None:
        async with connected(secure(port), HERE):
            pass

    async with little_server(come) as port, asyncio.TaskGroup() as group:
        connecting = group.create_task(connect(port))
        await has_come.wait()
        connecting.cancel()
    assert connecting.cancelled()


def test_no_thread_is_left() -> None:
    before = threading.active_count()
    asyncio.run(test_a_tls_server_that_says_nothing_is_given_up())
    assert threading.active_count() == before


async def test_a_certificate_that_nobody_vouches_for_is_a_refusal(tmp_path: Path) -> None:
    server = await asyncio.start_server(silence, "127.0.0.1", 0, ssl=certified(tmp_path))
    async with server:
        with pytest.raises(ServerRefused, match="certificate"):
            async with connected(secure(server.sockets[0].getsockname()[1]), HERE):
                pass


async def test_within_tls_it_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"hello")
        await silence(reader, writer)
        writer.close()

    server = await asyncio.start_server(greet, "127.0.0.1", 0, ssl=certified(tmp_path))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate"))
    async with server, connected(secure(server.sockets[0].getsockname()[1]), HERE) as connection:
        assert await connection.read(5) == b"hello"
        await connection.send(bytes(100_000))


async def test_the_first_failure_ends_all_and_is_raised_as_itself() -> None:
    ended = []

    async def go_on() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(1)

    async def fail() -> None:
        await asyncio.sleep(0)
        raise ServerRefused("no")

    with pytest.raises(ServerRefused):
        await until_one_fails(go_on(), fail())
    assert ended == [1]


def certified(folder: Path) -> ssl.SSLContext:
    """A server's context for 127.0.0.1; the certificate is in the folder."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "key").write_bytes(private)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "certificate", folder / "key")
    return context
