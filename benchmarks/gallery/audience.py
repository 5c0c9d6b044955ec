"""An audience in a process of its own: joins, takes everything without looking, and says how much it was.

Commands come line by line: `join COUNT`, `count`. The answer to `count` is how many bytes came since the last
time, how many still listen, and, of probes, the delays in ms. Probes wait for each piece.
"""

import json
import select
import socket
import ssl
import sys
import time
from typing import Any

from benchmarks.gallery.payload import newest_instant

IN_FLIGHT = 60
"""Joins at once: Icecast's own limit is 64."""

SWEEP = 0.1
"""Seconds between two sweeps."""

PATIENCE = 120.0
"""Seconds in which all must have joined."""


class Audience:
    """Listeners of one address; bytes are thrown away in the kernel (MSG_TRUNC, tcp(7))."""

    def __init__(self, address: tuple[str, int], path: str, *, is_tls: bool, is_probing: bool) -> None:
        self._address = address
        self._request = f"GET {path} HTTP/1.1\r\nHost: gallery\r\nUser-Agent: bench\r\n\r\n".encode()
        self._tls = _trusting() if is_tls else None
        self._is_probing = is_probing
        self._lines: list[socket.socket] = []
        self._dead = 0
        self._received = 0
        self._delays: list[float] = []
        self._waste = memoryview(bytearray(1 << 20))

    def join(self, count: int) -> float:
        """So many join; gives the seconds until each of them had the head of its answer."""
        began, waiting, asked = time.monotonic(), select.epoll(), 0
        in_flight: dict[int, _Joining] = {}
        while asked < count or in_flight:
            while asked < count and len(in_flight) < IN_FLIGHT:
                joining = _Joining(self._address, self._request, self._tls)
                in_flight[joining.number] = joining
                waiting.register(joining.number, joining.events)
                asked += 1
            for number, _ in waiting.poll(1):
                joining = in_flight[number]
                if joining.go_on():
                    waiting.unregister(number)
                    del in_flight[number]
                    self._lines.append(joining.sock)
                else:
                    waiting.modify(number, joining.events)
            if time.monotonic() - began > PATIENCE:
                raise TimeoutError(f"{len(in_flight)} have no answer")
        return time.monotonic() - began

    def sweep(self) -> None:
        """Take what has come."""
        for line in self._lines:
            try:
                while got := self._take(line):
                    self._received += got
                self._dead += 1
            except (BlockingIOError, ssl.SSLWantReadError):
                pass
            except OSError:
                self._dead += 1

    def probe(self, waiting: select.epoll, by_number: dict[int, socket.socket]) -> None:
        """Take what has come, and note how old it is."""
        for number, _ in waiting.poll(SWEEP):
            line = by_number[number]
            try:
                received = line.recv(1 << 16)
            except (BlockingIOError, ssl.SSLWantReadError):
                continue
            now, instant = time.monotonic_ns(), newest_instant(received)
            self._received += len(received)
            if instant is not None:
                self._delays.append((now - instant) / 1e6)
            if not received:
                self._dead += 1
                waiting.unregister(number)

    def told(self) -> dict[str, Any]:
        """What came since the last time."""
        received, self._received = self._received, 0
        delays, self._delays = self._delays, []
        return {"received": received, "alive": len(self._lines) - self._dead, "delays": delays}

    def serve(self) -> None:
        """Obey until the commands end."""
        commands, waiting = select.poll(), select.epoll()
        by_number: dict[int, socket.socket] = {}
        commands.register(0, select.POLLIN)
        due = time.monotonic()
        while True:
            if self._is_probing:
                self.probe(waiting, by_number)
            elif time.monotonic() >= due:
                due = time.monotonic() + SWEEP
                self.sweep()
            if not commands.poll(0 if self._is_probing else max(0, 1000 * (due - time.monotonic()))):
                continue
            words = sys.stdin.readline().split()
            if not words:
                return
            answer = {"seconds": self.join(int(words[1]))} if words[0] == "join" else self._counted()
            if words[0] == "join" and self._is_probing:
                fresh = {line.fileno(): line for line in self._lines if line.fileno() not in by_number}
                by_number |= fresh
                for number in fresh:
                    waiting.register(number, select.EPOLLIN)
            print(json.dumps(answer), flush=True)

    def _counted(self) -> dict[str, Any]:
        if not self._is_probing:
            self.sweep()
        return self.told()

    def _take(self, line: socket.socket) -> int:
        """Bytes as they came over the network: what is encrypted stays so."""
        if isinstance(line, ssl.SSLSocket):
            return socket.socket.recv_into(line, self._waste, len(self._waste), socket.MSG_TRUNC)
        return line.recv_into(self._waste, len(self._waste), socket.MSG_TRUNC)


class _Joining:
    """One that connects, asks, and waits for the end of the answer's head."""

    def __init__(self, address: tuple[str, int], request: bytes, tls: ssl.SSLContext | None) -> None:
        self.sock = socket.socket()
        self.sock.setblocking(False)
        self.sock.connect_ex(address)
        self.number = self.sock.fileno()
        self.events = select.EPOLLOUT
        self._request, self._tls, self._head = request, tls, b""
        self._is_asked = False

    def go_on(self) -> bool:
        """Do what can be done now; gives whether the head is here."""
        try:
            return self._step()
        except ssl.SSLWantWriteError:
            self.events = select.EPOLLOUT
        except (BlockingIOError, ssl.SSLWantReadError):
            self.events = select.EPOLLIN
        return False

    def _step(self) -> bool:
        if self._tls is not None and not isinstance(self.sock, ssl.SSLSocket):
            self.sock = self._tls.wrap_socket(self.sock, do_handshake_on_connect=False)
        if not self._is_asked:
            if isinstance(self.sock, ssl.SSLSocket):
                self.sock.do_handshake()
            self.sock.send(self._request)
            self._is_asked = True
        received = self.sock.recv(4096)
        if not received:
            raise ConnectionError("refused")
        self._head += received
        if b"\r\n\r\n" in self._head and b" 200 " not in self._head[:20]:
            raise ConnectionError(self._head[:40].decode(errors="replace"))
        return b"\r\n\r\n" in self._head


def _trusting() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


if __name__ == "__main__":
    port, where, protocol, sort = sys.argv[1:]
    Audience(("127.0.0.1", int(port)), where, is_tls=protocol == "https", is_probing=sort == "probes").serve()
