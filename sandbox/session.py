"""The relay account's client for the sandbox: genuine kurigram whose connection leads to our door."""

import asyncio
import base64
import itertools
import logging
import os
import random
import struct
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sandbox.mtproto.framing import GREETING, REQUEST_ID, USUAL, BadFrame, Unframer, frame

if TYPE_CHECKING:
    from pyrogram import Client

log = logging.getLogger(__name__)

DATA_CENTRE = 2
SOMEBODY = 1
"""Stands for the account's id in the session string; who the account is, the door says."""

FIRST_PAUSE, LONGEST_PAUSE = 0.1, 2.0
"""Seconds between two tries to reach the door: doubled by each, with jitter."""

CHUNK = 65536
UNHEARD = 1000
"""Updates that may wait to be handed over; then the oldest go, as after a long absence."""


def sandbox_client(path: Path, name: str = USUAL) -> "Client":
    """A client for an account whose MTProto door listens at this Unix socket; not started yet."""
    from pyrogram import Client  # noqa: PLC0415  it takes seconds

    fields = (DATA_CENTRE, 1, False, bytes(256), SOMEBODY, False)
    packed = struct.pack(">BI?256sQ?", *fields)
    string = base64.urlsafe_b64encode(packed).decode().rstrip("=")
    client = Client(name, api_id=1, api_hash="0" * 32, session_string=string, in_memory=True)
    session = SandboxSession(client, path, name)

    async def get_session(*_: Any, **__: Any) -> SandboxSession:
        await session.start()
        return session

    client.get_session = get_session
    return client


class SandboxSession:
    """What kurigram takes for its connection: TL bytes to the door and back, updates to the client.

    A connection that is lost is sought again until `stop`; requests meanwhile are repeated and fail as
    kurigram's own do.
    """

    def __init__(self, client: "Client", path: Path, name: str) -> None:
        self.auth_key = bytes(256)
        self.dc_id = DATA_CENTRE
        self._client = client
        self._path = path
        self._name = name
        self._ids = itertools.count(1 + (int.from_bytes(os.urandom(4), "little") << 16))
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._writer: asyncio.StreamWriter | None = None
        self._is_connected = asyncio.Event()
        self._news: asyncio.Queue[Any] = asyncio.Queue(UNHEARD)
        self._stack: AsyncExitStack | None = None

    async def start(self) -> None:
        """Begin to seek the door; done already, nothing happens."""
        if self._stack is not None:
            return
        self._stack = AsyncExitStack()
        tasks = await self._stack.enter_async_context(asyncio.TaskGroup())
        for work in (tasks.create_task(self._stay_connected()), tasks.create_task(self._hand_over())):
            self._stack.callback(work.cancel)

    async def stop(self) -> None:
        """Hang up."""
        stack, self._stack = self._stack, None
        if stack is not None:
            await stack.aclose()

    async def invoke(
        self,
        query: Any,
        retries: int = 10,
        timeout: float = 15,  # noqa: ASYNC109  the name is kurigram's
        sleep_threshold: float = 10,
        retry_delay: float = 1,
    ) -> Any:
        """The door's answer to a TL function, under the rules of kurigram's `Session.invoke`.

        Raises:
            RPCError: Telegram's refusal, by the subclass of its name.
            TimeoutError: it could not be asked, however often it was tried.
        """
        from pyrogram.errors import FloodWait, InternalServerError, ServiceUnavailable  # noqa: PLC0415

        for _ in range(retries):
            try:
                return await self._ask(query, timeout)
            except FloodWait as refusal:
                if not isinstance(refusal.value, int) or refusal.value > sleep_threshold >= 0:
                    raise
                await asyncio.sleep(refusal.value)
            except (OSError, InternalServerError, ServiceUnavailable) as error:
                log.info("asking again for %s: %r", query.QUALNAME, error)
                await asyncio.sleep(retry_delay)
        raise TimeoutError(f"no answer to {query.QUALNAME} in {retries} tries")

    async def _ask(self, query: Any, patience: float) -> Any:
        """The answer to one try; raises `OSError` when the connection is down, lost or too slow."""
        from pyrogram import raw  # noqa: PLC0415
        from pyrogram.errors import RPCError  # noqa: PLC0415

        if self._writer is None:
            with suppress(TimeoutError):
                async with asyncio.timeout(min(patience, LONGEST_PAUSE)):
                    await self._is_connected.wait()
        if self._writer is None:
            raise ConnectionError("the sandbox is not there")
        number = next(self._ids)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        try:
            self._writer.write(frame(REQUEST_ID.pack(number) + query.write()))
            async with asyncio.timeout(patience):
                result = await answer
        finally:
            del self._answers[number]
        if isinstance(result, raw.types.RpcError):
            RPCError.raise_it(result, type(getattr(query, "query", query)))
        return result

    async def _stay_connected(self) -> None:
        pause = FIRST_PAUSE
        while True:
            try:
                async with self._connection() as reader:
                    pause = FIRST_PAUSE
                    await self._listen(reader)
            except (OSError, BadFrame) as error:
                log.info("the sandbox was not reached: %s", error)
            await asyncio.sleep(pause * random.uniform(0.75, 1.25))  # noqa: S311
            pause = min(2 * pause, LONGEST_PAUSE)

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[asyncio.StreamReader]:
        reader, self._writer = await asyncio.open_unix_connection(str(self._path))
        if self._name != USUAL:
            self._writer.write(frame(REQUEST_ID.pack(GREETING) + self._name.encode()))
        self._is_connected.set()
        try:
            yield reader
        finally:
            self._is_connected.clear()
            writer, self._writer = self._writer, None
            writer.transport.abort()
            for answer in self._answers.values():
                if not answer.done():
                    answer.set_exception(ConnectionResetError("the sandbox hung up"))

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        from pyrogram import raw  # noqa: PLC0415
        from pyrogram.raw.core import TLObject  # noqa: PLC0415

        unframer = Unframer()
        while data := await reader.read(CHUNK):
            for body in unframer.feed(data):
                message = TLObject.read(BytesIO(body))
                if not isinstance(message, raw.types.RpcResult):
                    self._put(message)
                elif (answer := self._answers.get(message.req_msg_id)) and not answer.done():
                    answer.set_result(message.result)

    def _put(self, updates: Any) -> None:
        if self._news.full():
            self._news.get_nowait()
        self._news.put_nowait(updates)

    async def _hand_over(self) -> None:
        while True:
            await self._client.handle_updates(await self._news.get())
