"""The door itself: a Unix socket on which accounts' clients ask and are told what happens."""

import asyncio
import gc
import logging
import socket
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sandbox.exchange import Exchange
from sandbox.mtproto.framing import GREETING, REQUEST_ID, USUAL, BadFrame, Unframer, frame
from sandbox.mtproto.standing import Standing
from sandbox.world.world import World

if TYPE_CHECKING:
    from sandbox.mtproto.desk import Desk

log = logging.getLogger(__name__)

MOST_UNREAD = 8 << 20
"""Bytes that a client may leave unread before it is hung up on."""


class MtprotoDoor:
    """Serves the clients of one account or of several, any number of them at a time.

    `others` are the accounts that a client must name; whoever names none is `account`.
    """

    def __init__(self, world: World, exchange: Exchange, account: int, **others: int) -> None:
        accounts = {USUAL: account, **others}
        self.standings = {name: Standing(number) for name, number in accounts.items()}
        """How each account is treated."""
        self._world = world
        self._exchange = exchange
        self._desks: dict[str, Desk] = {}
        self._lines: set[_Line] = set()
        self._asking: _Line | None = None

    @asynccontextmanager
    async def serve(self, path: Path) -> AsyncIterator[None]:
        """Listen on a Unix socket, which others of this machine's users cannot open.

        The TL library takes seconds to import; that happens in a thread, and who comes sooner waits. Whoever
        closes the door does not: an import cannot be called off, but it can be left to itself.
        """
        loop = asyncio.get_running_loop()
        server = await loop.create_unix_server(lambda: _Line(self), sock=_bound(path))
        opening: asyncio.Future[type[Desk]] = loop.create_future()
        opening.add_done_callback(self._open_desk)
        threading.Thread(target=_import_desk, args=(loop, opening), daemon=True).start()
        try:
            yield
        finally:
            server.close()
            for line in list(self._lines):
                line.hang_up()
            opening.cancel()
            for desk in self._desks.values():
                desk.close()
            _remove(path)

    @property
    def floods(self) -> dict[str, int]:
        """What Telegram is impatient about with the account that need not be named."""
        return self.standings[USUAL].floods

    def hang_up(self, name: str | None = None) -> None:
        """Lose every connection, or those of one account, as a network does; clients may come back."""
        for line in list(self._lines):
            if name in (None, line.name):
                line.hang_up()

    def end_session(self, name: str, end: str) -> None:
        """Let an account in no more, for one of `ENDS`; with an empty one, let it in again."""
        self.standings[name].end = end
        if end:
            self.hang_up(name)

    def answer(self, line: "_Line", body: bytes) -> bytes | None:
        """The answer to a client's request; None while there is nobody to answer yet."""
        if not self._desks:
            return None
        self._asking = line
        try:
            return self._desks[line.name].answer(body)
        finally:
            self._asking = None

    def arrived(self, line: "_Line") -> None:
        """A client came."""
        self._lines.add(line)

    def gone(self, line: "_Line") -> None:
        """A client went."""
        self._lines.discard(line)

    def _open_desk(self, opening: "asyncio.Future[type[Desk]]") -> None:
        if opening.cancelled():
            return
        desk = opening.result()
        self._desks = {
            name: desk(self._world, self._exchange, standing, partial(self._push, name))
            for name, standing in self.standings.items()
        }
        for line in list(self._lines):
            line.work()

    def _push(self, name: str, updates: bytes) -> None:
        """Tell every client of an account but the one whose request caused it: its answer says it."""
        if self.standings[name].end:
            return
        for line in list(self._lines):
            if line is not self._asking and line.name == name:
                line.send(updates)


class _Line(asyncio.Protocol):
    """One client's connection: requests are answered in order."""

    def __init__(self, door: MtprotoDoor) -> None:
        self.name = USUAL
        """The account as which it comes."""
        self._door = door
        self._unframer = Unframer()
        self._waiting: list[bytes] = []
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._door.arrived(self)

    def data_received(self, data: bytes) -> None:
        try:
            self._waiting += self._unframer.feed(data)
        except BadFrame as error:
            log.warning("a client is hung up on: %s", error)
            self.hang_up()
        else:
            self.work()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        self._door.gone(self)

    def work(self) -> None:
        """Answer what waits."""
        while self._waiting:
            if len(self._waiting[0]) < REQUEST_ID.size:
                self.hang_up()
                return
            if REQUEST_ID.unpack_from(self._waiting[0]) == (GREETING,):
                self._be(self._waiting.pop(0)[REQUEST_ID.size :])
                continue
            answer = self._door.answer(self, self._waiting[0])
            if answer is None:
                return
            self._waiting.pop(0)
            self.send(answer)

    def _be(self, name: bytes) -> None:
        """Come as the account of this name; whoever names one that is none is hung up on."""
        self.name = name.decode(errors="replace")
        if self.name not in self._door.standings:
            log.warning("a client is hung up on: there is no account %.40r here", self.name)
            self.hang_up()

    def send(self, body: bytes) -> None:
        """Send a frame; a client that does not read is hung up on."""
        if self._transport is None or self._transport.is_closing():
            return
        self._transport.write(frame(body))
        if self._transport.get_write_buffer_size() > MOST_UNREAD:
            self.hang_up()

    def hang_up(self) -> None:
        """Close the connection at once."""
        self._waiting.clear()
        if self._transport is not None:
            self._transport.abort()


def _bound(path: Path) -> socket.socket:
    """A Unix socket at this path, in place of one that an earlier process left there."""
    _remove(path)
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        sock.bind(str(path))
        path.chmod(0o600)
    except OSError:
        sock.close()
        raise
    return sock


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)


def _import_desk(loop: asyncio.AbstractEventLoop, opening: "asyncio.Future[type[Desk]]") -> None:
    from sandbox.mtproto.desk import Desk  # noqa: PLC0415  it takes seconds

    gc.freeze()  # else the library's 100 000 objects are looked through while voices wait to be passed on
    with suppress(RuntimeError):  # the loop ended meanwhile
        loop.call_soon_threadsafe(_settle, opening, Desk)


def _settle(opening: "asyncio.Future[type[Desk]]", desk: "type[Desk]") -> None:
    if not opening.done():
        opening.set_result(desk)
