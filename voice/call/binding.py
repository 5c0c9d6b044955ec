"""The native part of the call library, made safe against being interrupted.

Whoever awaits one of its deeds may be cancelled, the deed itself cannot: it goes on in a thread of its own.
A call that is stopped while it is being connected takes the process with it: WebRTC then finds a video stream
that was made meanwhile ("Check failed: video_send_ssrcs_.empty()"). A call that is stopped while it is being
made stays for ever.
"""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

import ntgcalls


class Binding(ntgcalls.NTgCalls):  # type: ignore[misc]
    """Stops a call only when whatever brings it about, wanted or not, is done."""

    def __init__(self) -> None:
        super().__init__()
        self._under_way: dict[int, asyncio.Future[Any]] = {}

    async def create_call(self, chat: int, *args: Any) -> Any:
        """Make the chat's call; returns what Telegram is to be asked with."""
        return await self._carry_out(chat, partial(super().create_call, chat, *args))

    async def set_stream_sources(self, chat: int, *args: Any) -> None:
        """Choose what the call sends, or hands over."""
        await self._carry_out(chat, partial(super().set_stream_sources, chat, *args))

    async def connect(self, chat: int, *args: Any) -> None:
        """Connect the call as Telegram answered."""
        await self._carry_out(chat, partial(super().connect, chat, *args))

    async def stop(self, chat: int) -> None:
        """End the chat's call; raises `ntgcalls.ConnectionNotFound` when there is none."""
        await self.settled(chat)
        await super().stop(chat)

    async def settled(self, chat: int) -> None:
        """Wait until nothing that concerns the chat's call is under way."""
        while (deed := self._under_way.get(chat)) is not None:
            await asyncio.wait((deed,))
            await asyncio.sleep(0)  # for it to be noted

    async def _carry_out(self, chat: int, begin: Callable[[], asyncio.Future[Any]]) -> Any:
        await self.settled(chat)
        deed = begin()
        self._under_way[chat] = deed
        deed.add_done_callback(lambda done: self._settle(chat, done))
        return await asyncio.shield(deed)

    def _settle(self, chat: int, deed: asyncio.Future[Any]) -> None:
        del self._under_way[chat]
        if not deed.cancelled():
            deed.exception()  # whoever asked for it has heard of it, or does not wait any more
