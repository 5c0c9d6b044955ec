"""The switchboard: the native library's one instance, which carries the sound of all calls."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import ntgcalls
from pyrogram import Client
from pyrogram.errors import RPCError
from pytgcalls import PyTgCalls
from pytgcalls.exceptions import NoActiveGroupCall, NotInCallError
from pytgcalls.pytgcalls_session import PyTgCallsSession
from pytgcalls.types import Device, ExternalMedia, GroupCallConfig, MediaStream, RecordStream, StreamFrames
from pytgcalls.types.raw import AudioParameters

from rooms.errors import CallUnreachable
from rooms.ids import ChatId
from voice.account import accepted
from voice.sound import FRAME, RATE, SLOT, Block

log = logging.getLogger(__name__)

JOINING = (5.0, 8.0)
"""Seconds each try to join may take; the library may miss that it is connected, and then waits for ever."""

LEAVING = 2.0
"""Seconds that leaving may take."""

Ear = Callable[[int, bytes], None]
"""Takes 10 ms of one source: its SSRC, and s16le mono samples."""

_MONO = AudioParameters(RATE, 1)
_FAILURES = (
    NoActiveGroupCall,
    NotInCallError,
    OSError,
    RecursionError,  # the library asks again without limit while Telegram lists a call that it forbids
    RPCError,
    TimeoutError,
    ntgcalls.BaseRTCException,
)


class Switchboard:
    """Joins and leaves calls, hands every frame that is heard to the chat's ear, and sends ours."""

    def __init__(self, calls: PyTgCalls) -> None:
        self._calls = calls
        self._ears: dict[ChatId, Ear] = {}
        calls.add_handler(self._hear)

    async def join(self, chat: ChatId, ear: Ear) -> None:
        """Be in the chat's call, which is under way, and hear it; raises `CallUnreachable`."""
        await self.leave(chat)
        self._ears[chat] = ear
        for patience in JOINING:
            try:
                async with asyncio.timeout(patience):
                    await self._connect(chat)
            except _FAILURES as error:
                reason = str(error) or type(error).__name__
                log.warning("the call of chat %s was not joined: %s", chat, reason)
                await self._hang_up(chat)
            else:
                return
        raise CallUnreachable(chat, reason)

    async def leave(self, chat: ChatId) -> None:
        """Be out of the chat's call, whatever was before."""
        self._ears.pop(chat, None)
        if await self.is_in(chat):
            await self._hang_up(chat)

    async def leave_all(self) -> None:
        """Be out of every call: the library aborts a process that ends in one."""
        async with asyncio.TaskGroup() as leaving:
            for chat in await self._calls.calls:
                leaving.create_task(self.leave(ChatId(chat)))

    async def is_in(self, chat: ChatId) -> bool:
        """Whether the library holds a call of this chat, which says nothing about Telegram's view."""
        return chat in await self._calls.calls

    async def send(self, chat: ChatId, block: Block) -> None:
        """Send a slot of sound into the chat's call; without effect when we are in none."""
        try:
            for start in range(0, SLOT, FRAME):
                frame = block[start : start + FRAME].tobytes()
                await self._calls.send_frame(chat, Device.MICROPHONE, frame)
        except (NotInCallError, ntgcalls.BaseRTCException) as error:
            log.debug("a slot did not reach the call of chat %s: %s", chat, error)

    async def _connect(self, chat: ChatId) -> None:
        config = GroupCallConfig(auto_start=False)
        await self._calls.play(chat, MediaStream(ExternalMedia.AUDIO, _MONO), config)
        await self._calls.record(chat, RecordStream(True, _MONO))

    async def _hang_up(self, chat: ChatId) -> None:
        try:
            async with asyncio.timeout(LEAVING):
                await self._calls.leave_call(chat)
        except _FAILURES as error:
            log.debug("the call of chat %s was left without goodbye: %r", chat, error)

    async def _hear(self, _: PyTgCalls, update: Any) -> None:
        if isinstance(update, StreamFrames) and (ear := self._ears.get(ChatId(update.chat_id))):
            for frame in update.frames:
                ear(frame.ssrc, frame.frame)


@asynccontextmanager
async def connected(client: Client) -> AsyncIterator[Switchboard]:
    """The switchboard of a client, both started; in the end all calls are left and the client is stopped.

    Raises:
        AccountRefused: Telegram does not accept the client's session; within an `ExceptionGroup`.
    """
    PyTgCallsSession.notice_displayed = True  # else it asks the Internet for its newest version
    calls = PyTgCalls(client)
    async with accepted(client):
        await calls.start()
        switchboard = Switchboard(calls)
        try:
            yield switchboard
        finally:
            await switchboard.leave_all()
            await client.stop()
