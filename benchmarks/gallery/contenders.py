"""The contenders: Icecast, the floor, and our house in its kinds, each in a process of its own."""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from benchmarks.equipment import Missing
from benchmarks.gallery.certificate import write_certificate
from benchmarks.gallery.payload import PACKETS, packet
from containers.ogg import PageWriter
from web.fanout import open_ring

HERE = Path(__file__).parent
PATIENCE = 30.0
"""Seconds until a server must be up."""

MOUNT = "/stream.ogg"
STREAM = "/l/the-gallery/stream.ogg"

_ICECAST = """
<icecast>
  <limits><clients>9000</clients><sources>2</sources><queue-size>524288</queue-size>
    <burst-on-connect>0</burst-on-connect><burst-size>0</burst-size>
    <header-timeout>60</header-timeout><source-timeout>86400</source-timeout></limits>
  <authentication><source-password>bench</source-password><admin-user>admin</admin-user>
    <admin-password>bench</admin-password></authentication>
  <hostname>127.0.0.1</hostname>
  <listen-socket><port>{port}</port><bind-address>127.0.0.1</bind-address></listen-socket>
  <paths><basedir>{folder}</basedir><logdir>{folder}</logdir><webroot>/usr/share/icecast2/web</webroot>
    <adminroot>/usr/share/icecast2/admin</adminroot></paths>
  <logging><errorlog>error.log</errorlog><loglevel>1</loglevel></logging>
  <security><chroot>0</chroot>{owner}</security>
</icecast>
"""
_OWNER = "<changeowner><user>nobody</user><group>nogroup</group></changeowner>"


@dataclass
class Contender:
    """A server under load: `source` is where what it passes on goes in, piece by piece."""

    name: str
    process: int
    port: int
    path: str
    source: socket.socket
    takes_packets: bool = False
    is_tls: bool = False
    _pages: PageWriter = field(default_factory=lambda: PageWriter(4711, 312))

    def begin(self) -> None:
        """Send what a stream begins with, where that is not made by the contender."""
        if not self.takes_packets:
            self.source.sendall(self._pages.head({"TITLE": "Talk"}))

    def give(self, number: int) -> None:
        """Give it the next piece: as packets, or as a page."""
        packets = [packet(PACKETS * number + place) for place in range(PACKETS)]
        self.source.sendall(b"".join(packets) if self.takes_packets else self._pages.page(packets))

    @property
    def processor_time(self) -> float:
        """Seconds of processor time that all its threads have had, by the scheduler's own account."""
        tasks = Path(f"/proc/{self.process}/task").iterdir()
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9

    @property
    def memory(self) -> int:
        """Bytes that are its own and in memory."""
        told = Path(f"/proc/{self.process}/status").read_text()
        return 1024 * int(told.split("RssAnon:")[1].split()[0])


def has_ring() -> bool:
    """Whether the kernel lets us use io_uring."""
    ring = open_ring()
    if ring is not None:
        ring.close()
    return ring is not None


@contextmanager
def all_contenders() -> Iterator[Sequence[Contender]]:
    """Icecast, the floor, and ours: by writes, by io_uring where the kernel allows it, and by TLS."""
    with ExitStack() as running, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)  # for Icecast, which refuses to be root
        chain, key = write_certificate(folder)
        contenders = [running.enter_context(_icecast(folder)), running.enter_context(_floor(folder))]
        kinds = {"ours": ["write"], "ours-uring": ["ring"], "ours-tls": ["write", str(chain), str(key)]}
        if not has_ring():
            del kinds["ours-uring"]
        for kind, arguments in kinds.items():
            contenders.append(running.enter_context(our_house(kind, arguments)))
        for contender in contenders:
            contender.begin()
        yield contenders


@contextmanager
def _icecast(folder: Path) -> Iterator[Contender]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    config = folder / "icecast.xml"
    config.write_text(_ICECAST.format(port=port, folder=folder, owner=_OWNER if os.geteuid() == 0 else ""))
    with _process(["icecast2", "-c", str(config)]) as process:
        source = _connected(port, process)
        with source:
            source.sendall(
                b"PUT %b HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Basic c291cmNlOmJlbmNo\r\n"
                b"Content-Type: application/ogg\r\nIce-Public: 0\r\n\r\n" % MOUNT.encode()
            )
            if b" 200 " not in source.recv(4096):
                raise Missing("Icecast takes no source")
            yield Contender("icecast", process.pid, port, MOUNT, source)


@contextmanager
def _floor(folder: Path) -> Iterator[Contender]:
    program = folder / "floor"
    subprocess.run(["gcc", "-O2", "-o", program, HERE / "floor.c"], check=True)  # noqa: S603, S607
    with _process([str(program)]) as process:
        ports = [int(_line(process)) for _ in range(2)]
        with _connected(ports[1], process) as source:
            yield Contender("floor", process.pid, ports[0], "/", source)


@contextmanager
def our_house(kind: str, arguments: Sequence[str]) -> Iterator[Contender]:
    """A gallery of ours, started with these arguments."""
    ours, theirs = socket.socketpair()
    command = [sys.executable, "-m", "benchmarks.gallery.house", *arguments]
    with ours, theirs, _process(command, stdin=theirs) as process:
        theirs.close()
        port, is_tls = int(_line(process)), len(arguments) > 1
        yield Contender(kind, process.pid, port, STREAM, ours, takes_packets=True, is_tls=is_tls)


@contextmanager
def _process(command: Sequence[str], stdin: socket.socket | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """A process within the block; it has no other way to be ended than by its number."""
    with subprocess.Popen(  # noqa: S603
        command,
        stdin=None if stdin is None else stdin.fileno(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL if stdin is None else None,
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


def _line(process: Any) -> bytes:
    line: bytes = process.stdout.readline()
    if not line:
        raise Missing(f"{process.args[0]} did not start")
    return line


def _connected(port: int, process: Any) -> socket.socket:
    """A connection to a server that is just starting."""
    until = monotonic() + PATIENCE
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), PATIENCE)
        except ConnectionRefusedError:
            if process.poll() is not None or monotonic() > until:
                raise Missing(f"{process.args[0]} does not serve") from None
            sleep(0.05)
