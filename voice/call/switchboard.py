"""The switchboard: the native library's one instance, which carries the sound of all calls."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import ntgcalls
from pyrogram import Client
from pyrogram.errors import GroupcallForbidden
from pytgcalls import PyTgCalls
from pytgcalls.exceptions import NoActiveGroupCall, NotInCallError
from pytgcalls.pytgcalls_session import PyTgCallsSession
from pytgcalls.types import Device, ExternalMedia, GroupCallConfig, MediaStream, RecordStream
from pytgcalls.types.raw import AudioParameters

from rooms.errors.calls import CallRefused, CallUnreachable
from rooms.ids import ChatId
from voice.call.binding import Binding
from voice.call.broadcast import bridge_of, repair
from voice.errors import AccountRefused
from voice.mixing.sound import Block
from voice.mixing.units import FRAME, RATE, SLOT
from voice.telegram.account import accepted, refusals_of

log = logging.getLogger(__name__)

JOINING = (5.0, 8.0)
"""Seconds each try to join may take; the library may miss that it is connected, and then waits for ever."""

LEAVING = 2.0
"""Seconds that leaving may take."""

MOST_REQUESTS = 2
"""Requests to join that one try may make: the second with the call that the chat lists now."""

Ear = Callable[[int, bytes], None]
"""Takes 10 ms of one source: its SSRC, and s16le mono samples."""

_MONO = AudioParameters(RATE, 1)
_NATIVE = (NoActiveGroupCall, NotInCallError, ntgcalls.BaseRTCException)


class Switchboard:
    """Joins and leaves calls, hands every frame that is heard to the chat's ear, and sends ours."""

    def __init__(self, calls: PyTgCalls) -> None:
        self._calls = calls
        self._ears: dict[ChatId, Ear] = {}
        self._deaf: set[ChatId] = set()
        _listen(calls, self._hear)

    async def join(self, chat: ChatId, ear: Ear) -> None:
        """Be in the chat's call, which is under way, and hear it; raises `CallRefused`."""
        await self.leave(chat)
        self._ears[chat] = ear
        for patience in JOINING:
            try:
                with _refusals_of(chat):
                    async with asyncio.timeout(patience):
                        await self._connect(chat)
            except CallRefused as refusal:
                log.warning("the call of chat %s was not joined: %s", chat, refusal.reason)
                await self._hang_up(chat)
                refused = refusal
                if not _may_pass(refusal):
                    break
            else:
                return
        self._ears.pop(chat, None)
        raise refused

    async def leave(self, chat: ChatId) -> None:
        """Be out of the chat's call, whatever was before."""
        self._ears.pop(chat, None)
        self._deaf.discard(chat)
        await self._calls._binding.settled(chat)  # noqa: SLF001  see `connected`
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

    async def is_broadcast(self, chat: ChatId) -> bool:
        """Whether the call is so large that only its whole mix is heard, late, and nobody by themselves."""
        try:
            mode = await self._calls._binding.get_connection_mode(chat)  # noqa: SLF001  no other way to it
        except ntgcalls.BaseRTCException:
            return False
        return mode in (ntgcalls.ConnectionMode.STREAM, ntgcalls.ConnectionMode.RTMP)

    async def send(self, chat: ChatId, block: Block) -> None:
        """Send a slot of sound into the chat's call; without effect when we are in none."""
        try:
            for start in range(0, SLOT, FRAME):
                frame = block[start : start + FRAME].tobytes()
                await self._calls.send_frame(chat, Device.MICROPHONE, frame)
        except _NATIVE as error:
            log.debug("a slot did not reach the call of chat %s: %s", chat, error)
            self._deaf.add(chat)
        else:
            self._deaf.discard(chat)

    def is_taking(self, chat: ChatId) -> bool:
        """Whether the library took the last slot that was sent into the chat's call."""
        return chat not in self._deaf

    async def _connect(self, chat: ChatId) -> None:
        config = GroupCallConfig(auto_start=False)
        await self._calls.play(chat, MediaStream(ExternalMedia.AUDIO, _MONO), config)
        await self._calls.record(chat, RecordStream(True, _MONO))

    async def _hang_up(self, chat: ChatId) -> None:
        try:
            with _refusals_of(chat):
                async with asyncio.timeout(LEAVING):
                    await self._calls.leave_call(chat)
        except (CallRefused, AccountRefused) as refusal:
            log.debug("the call of chat %s was left without goodbye: %s", chat, refusal)

    def _hear(self, chat: int, frames: Iterable[Any]) -> None:
        if ear := self._ears.get(ChatId(chat)):
            for frame in frames:
                ear(frame.ssrc, frame.data)


@asynccontextmanager
async def connected(client: Client) -> AsyncIterator[Switchboard]:
    """The switchboard of a client, both started; in the end all calls are left and the client is stopped.

    Raises:
        AccountRefused: Telegram does not accept the client's session; within an `ExceptionGroup`.
    """
    PyTgCallsSession.notice_displayed = True  # else it asks the Internet for its newest version
    calls = PyTgCalls(client)
    calls._binding = Binding()  # noqa: SLF001  the library has no seam for it
    repair(calls, client)
    _guard_joining(bridge_of(calls))
    async with accepted(client):
        await calls.start()
        switchboard = Switchboard(calls)
        try:
            yield switchboard
        finally:
            await switchboard.leave_all()
            await client.stop()


@contextmanager
def _refusals_of(chat: ChatId) -> Iterator[None]:
    """Turns what Telegram, the network or the native library refuses into a `CallRefused`."""
    try:
        with refusals_of(chat):
            yield
    except _NATIVE as error:
        raise CallUnreachable(chat, str(error) or type(error).__name__) from error


def _may_pass(refusal: CallRefused) -> bool:
    """Whether trying again at once may help: a line that did not come about, an SSRC that was somebody's."""
    is_native = isinstance(refusal.__cause__, (TimeoutError, *_NATIVE))
    return is_native or refusal.reason == "GROUPCALL_SSRC_DUPLICATE_MUCH"


def _listen(calls: PyTgCalls, hear: Callable[[int, Iterable[Any]], None]) -> None:
    """Have the frames of a chat handed over, a hundred times a second, on this loop; `calls` is started.

    The library itself, whose place in its native part this takes, would make several tasks for each of them.
    """
    loop = asyncio.get_running_loop()
    calls._binding.on_frames(  # noqa: SLF001  no other way to it
        lambda chat, _mode, _device, frames: loop.call_soon_threadsafe(hear, chat, frames)
    )


def _guard_joining(bridge: Any) -> None:
    """Let the library ask to join only a few times, and never as nobody.

    While a forbidden call is listed, it would not stop. And late news that the chat's last call is over makes
    it forget, while it joins the next, as whom: it would ask as nobody, which cannot even be put into bytes.
    """
    join = bridge.join_group_call
    asked: dict[int, int] = {}

    async def join_group_call(chat: int, params: str, is_without_video: bool, peer: Any, *args: Any) -> Any:
        if peer is None:
            raise ntgcalls.ConnectionNotFound("the last call's end was taken for this one's")  # try again
        if asked.get(chat, 0) >= MOST_REQUESTS:
            raise GroupcallForbidden
        asked[chat] = asked.get(chat, 0) + 1
        try:
            return await join(chat, params, is_without_video, peer, *args)
        finally:
            asked[chat] -= 1

    bridge.join_group_call = join_group_call
