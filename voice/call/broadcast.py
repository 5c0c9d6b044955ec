"""A repair: the call library fetches the sound of very large calls through sessions that the client makes.

In such a call Telegram sends a listener no packets, but parts of the whole mix, to be fetched from a data
centre of its own ("stream mode"). py-tgcalls 3.0.0 makes a session for that with signatures that kurigram no
longer has, fails, and asks for ever to be resynchronised; likewise when it asks for a part a little too soon.
"""

import asyncio
import re
from typing import Any

from pyrogram import Client
from pyrogram.errors import FloodWait, RPCError
from pytgcalls import PyTgCalls

from voice.telegram.account import name_of

_ELSEWHERE = re.compile(r"(?:FILE|CALL|STATS)_MIGRATE_(\d+)")
"""Says in which data centre a call's sound is."""

_TOO_SOON = "TIME_TOO_BIG"
"""A part that does not exist yet; the library waits and asks again if it is told so as a flood."""


def repair(calls: PyTgCalls, client: Client) -> None:
    """Let this instance of the call library, before it is started, fetch stream parts."""
    bridge = bridge_of(calls)
    bridge._invoke = _Fetching(client, bridge._cache).invoke  # noqa: SLF001  the library has no seam for it


def bridge_of(calls: PyTgCalls) -> Any:
    """What asks Telegram on behalf of the call library: its `PyrogramClient`."""
    return calls._app._bind_client  # noqa: SLF001


class _Fetching:
    """Asks Telegram for the library: about the stream of a call, in the data centre where it is."""

    def __init__(self, client: Client, cache: Any) -> None:
        self._client = client
        self._cache = cache
        self._making = asyncio.Lock()

    async def invoke(
        self,
        request: Any,
        dc_id: int | None = None,
        chat_id: int | None = None,
        sleep_threshold: float | None = None,
    ) -> Any:
        """The answer to a TL function, with the parameters of py-tgcalls' `_invoke`; raises `RPCError`."""
        where = dc_id if chat_id is None else self._cache.get_dc_call(chat_id)
        try:
            return await self._ask(request, where, sleep_threshold)
        except RPCError as error:
            name = name_of(error)
            elsewhere = _ELSEWHERE.fullmatch(name)
            if name == _TOO_SOON:
                raise FloodWait(0) from error
            if elsewhere is None or int(elsewhere.group(1)) == where:
                raise
        where = int(elsewhere.group(1))
        if chat_id is not None:
            self._cache.set_dc_call(chat_id, where)
        return await self._ask(request, where, sleep_threshold)

    async def _ask(self, request: Any, dc_id: int | None, sleep_threshold: float | None) -> Any:
        if dc_id is None:
            return await self._client.invoke(request, sleep_threshold=sleep_threshold)
        async with self._making:  # the client lists a session before it can be used
            session = await self._client.get_session(dc_id, is_media=True)
        patience = self._client.sleep_threshold if sleep_threshold is None else sleep_threshold
        return await session.invoke(request, sleep_threshold=patience)
