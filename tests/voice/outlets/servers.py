"""Icecast and nginx from Debian, on loopback, without rights, in folders of their own."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.deadline import DEADLINE

RTMP_MODULE = Path("/usr/lib/nginx/modules/ngx_rtmp_module.so")

NGINX_BINARY = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
"""Which only root has on the way."""

needs_icecast = pytest.mark.skipif(
    not (shutil.which("icecast2") and shutil.which("ffmpeg")), reason="needs icecast2 and ffmpeg"
)
needs_nginx = pytest.mark.skipif(
    not (NGINX_BINARY and RTMP_MODULE.exists() and shutil.which("ffmpeg")),
    reason="needs nginx with libnginx-mod-rtmp, and ffmpeg",
)


class RealServer:
    """A server's process, which can be frozen, killed, and started again on the same port."""

    def __init__(self, command: list[str], port: int, folder: Path) -> None:
        self.port = port
        self._command = command
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it listens."""
        with (self._folder / "output").open("ab") as output:
            self._process = subprocess.Popen(
                self._command, cwd=self._folder, stdout=output, stderr=output, user=unprivileged()
            )
        self._wait_until_it_listens(self._process)

    def _wait_until_it_listens(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + DEADLINE
        while time.monotonic() < deadline and process.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.02)
        raise AssertionError((self._folder / "output").read_text())

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Within the block the process takes nothing in."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)


@contextmanager
def icecast() -> Iterator[RealServer]:
    """Its source password is “hackme”, its admin's too."""
    with folder_of_its_own() as folder:
        port = free_port()
        (folder / "icecast.xml").write_text(ICECAST.format(port=port, folder=folder))
        with running(RealServer(["icecast2", "-c", "icecast.xml"], port, folder)) as server:
            yield server


@contextmanager
def nginx() -> Iterator[RealServer]:
    """Anybody may publish in “live”, nobody in “closed”."""
    with folder_of_its_own() as folder:
        port = free_port()
        (folder / "nginx.conf").write_text(NGINX.format(port=port, folder=folder, module=RTMP_MODULE))
        command = [str(NGINX_BINARY), "-e", "stderr", "-p", str(folder), "-c", "nginx.conf"]
        with running(RealServer(command, port, folder)) as server:
            yield server


@contextmanager
def running(server: RealServer) -> Iterator[RealServer]:
    server.start()
    try:
        yield server
    finally:
        server.kill()


@contextmanager
def folder_of_its_own() -> Iterator[Path]:
    """Theirs, although a test's own folder is closed to others; their log is kept off the test's."""
    with tempfile.TemporaryDirectory() as name:
        if user := unprivileged():
            shutil.chown(name, user)
        yield Path(name)


def unprivileged() -> str | None:
    """Whom the server runs as: Icecast refuses root, and root alone may choose."""
    if os.geteuid() != 0:
        return None
    if Path("/proc/self/uid_map").read_text().split()[2] == "1":
        pytest.skip("this namespace has no user but root, which Icecast and nginx must not be")
    return "nobody"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


ICECAST = """
<icecast>
  <hostname>localhost</hostname><location>test</location><admin>test@localhost</admin>
  <limits><clients>20</clients><sources>5</sources><burst-size>4096</burst-size>
    <source-timeout>5</source-timeout></limits>
  <authentication><source-password>hackme</source-password><relay-password>x</relay-password>
    <admin-user>admin</admin-user><admin-password>hackme</admin-password></authentication>
  <listen-socket><port>{port}</port><bind-address>127.0.0.1</bind-address></listen-socket>
  <paths><basedir>{folder}</basedir><logdir>{folder}</logdir><webroot>/usr/share/icecast2/web</webroot>
    <adminroot>/usr/share/icecast2/admin</adminroot></paths>
  <logging><accesslog>access.log</accesslog><errorlog>error.log</errorlog><loglevel>3</loglevel></logging>
  <security><chroot>0</chroot></security>
</icecast>
"""

NGINX = """
daemon off; master_process off; pid {folder}/nginx.pid; load_module {module};
error_log stderr notice;
events {{ worker_connections 64; }}
rtmp {{ access_log off; server {{
  listen 127.0.0.1:{port};
  application live {{ live on; wait_key off; idle_streams off; }}
  application closed {{ live on; deny publish all; }}
}} }}
"""
