"""The relay account: its Telegram client, and what it answers in words of ours."""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import partial
from typing import Any, TypeVar, cast

from pyrogram import Client, raw
from pyrogram.connection import Connection
from pyrogram.errors import AuthKeyDuplicated, BadRequest, Forbidden, NotAcceptable, RPCError, Unauthorized

from rooms.errors.calls import CallRefused, CallUnreachable, RelayLacksRights, RelayNotInChat, RelayResting
from rooms.ids import NO_CHAT, ChatId
from voice.errors import AccountRefused
from voice.telegram.floods import flood_wait
from voice.telegram.pace import Pace
from voice.telegram.unlisted import keep_off_disk

Refused = TypeVar("Refused", bound=BaseException)

ANSWER = 20.0
"""Seconds within which Telegram must have answered."""

KNOWN_CHATS = 500
"""Chats that are looked through to find one that the account has not met in this session."""

NOT_INTRODUCED = "CONNECTION_NOT_INITED"
"""What Telegram says when a connection's beginning was refused: that is not about the session."""

CALL_IN_EVERY = 30.0
"""Seconds between two questions whether Telegram still accepts the session, whatever else is asked."""

_UNKNOWN_KEY = (-404).to_bytes(4, "little", signed=True)
"""The transport error "auth key not found" (https://core.telegram.org/mtproto/mtproto-transports#transport-errors)."""

_LACKS_RIGHTS = frozenset({"CHAT_ADMIN_REQUIRED", "GROUPCALL_CHANGE_FORBIDDEN", "RIGHT_FORBIDDEN"})
_NOT_IN_CHAT = frozenset(
    {
        "CHANNEL_FORBIDDEN",
        "CHANNEL_INVALID",
        "CHANNEL_PRIVATE",
        "CHAT_FORBIDDEN",
        "CHAT_ID_INVALID",
        "PEER_ID_INVALID",
        "USER_BANNED_IN_CHANNEL",
        "USER_NOT_PARTICIPANT",
    }
)


def make_client(api_id: int, api_hash: str, session: str) -> Client:
    """A client of the account whose session string (kurigram's format) this is; nothing is kept on disk.

    Without a session it is nobody's yet, and may sign in. Its owner sees it by our name under Devices.
    """
    keep_off_disk()
    return Client(
        "relay",
        api_id=api_id,
        api_hash=api_hash,
        session_string=session,
        in_memory=True,
        device_model="Loggione",
    )


@asynccontextmanager
async def accepted(client: Client) -> AsyncIterator[None]:
    """Within the block a client is started and used, as long as Telegram accepts its session.

    Raises:
        ExceptionGroup: of an `AccountRefused`, when it does not or no longer does.
    """
    is_unknown = asyncio.Event()
    client.connection_factory = partial(_Connection, is_unknown, Pace())
    async with asyncio.TaskGroup() as tasks:
        heeding = tasks.create_task(_heed(is_unknown))
        try:
            yield
        except (BadRequest, Unauthorized, Forbidden, NotAcceptable) as error:
            if name_of(error) == NOT_INTRODUCED:
                raise ConnectionError(NOT_INTRODUCED) from error
            raise AccountRefused(name_of(error)) from error
        heeding.cancel()


class _Connection(Connection):  # type: ignore[misc]
    """Notes that Telegram does not know our key, which kurigram keeps to itself, and then tries in vain.

    It keeps a pace, too, which kurigram does not.
    """

    def __init__(self, is_unknown: asyncio.Event, pace: Pace, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._is_unknown = is_unknown
        self._pace = pace

    async def connect(self) -> None:
        """Connect, in time; raises `ConnectionError`."""
        if self.media:
            await super().connect()
            return
        await asyncio.sleep(self._pace.pause(time.monotonic()))
        await super().connect()
        self._pace.connected(time.monotonic())

    async def recv(self) -> bytes | None:
        """The next packet; None when there will be none."""
        packet: bytes | None = await super().recv()
        if packet != _UNKNOWN_KEY or self.media:
            return packet
        self._is_unknown.set()
        return None


async def _heed(is_unknown: asyncio.Event) -> None:
    await is_unknown.wait()
    raise AccountRefused("AUTH_KEY_UNKNOWN")


class Account:
    """Asks Telegram as the relay account; every question ends in time, with an answer or a `CallRefused`.

    Only an account that was logged out meanwhile gets an `AccountRefused`.
    """

    def __init__(self, client: Client) -> None:
        self._client = client

    @property
    def own_id(self) -> int:
        """The account's user id; the client must have been started."""
        if self._client.me is None:
            raise RuntimeError("the client was not started")
        number: int = self._client.me.id
        return number

    async def call_in(self) -> None:
        """Make sure now and then, for ever, that Telegram still accepts the session.

        An account that has nothing to do would not hear that it was logged out, and kurigram keeps it to
        itself when it is told so on reconnecting: its session stands still then, until it is started.

        Raises:
            AccountRefused: it does not.
        """
        while True:
            await asyncio.sleep(CALL_IN_EVERY)
            with suppress(CallRefused), refusals_of(NO_CHAT):
                await self._client.session.start()
                await self.ask(NO_CHAT, raw.functions.updates.GetState())

    async def ask(self, chat: ChatId, request: Any) -> Any:
        """Telegram's answer to a TL function on behalf of a chat."""
        with refusals_of(chat):
            async with asyncio.timeout(ANSWER):
                return await self._client.invoke(request)

    async def peer(self, chat: ChatId) -> Any:
        """The chat as a TL `InputPeer`; raises `RelayNotInChat` for one that the account cannot see."""
        try:
            return await self._resolve(chat)
        except RelayNotInChat:
            await self._meet_chats(chat)
            return await self._resolve(chat)

    async def _resolve(self, chat: ChatId) -> Any:
        with refusals_of(chat):
            async with asyncio.timeout(ANSWER):
                return await self._client.resolve_peer(chat)

    async def _meet_chats(self, chat: ChatId) -> None:
        """A session begins without knowing any chat's access hash; the list of chats tells them."""
        with refusals_of(chat):
            async with asyncio.timeout(ANSWER):
                async for dialog in self._client.get_dialogs(limit=KNOWN_CHATS):
                    if dialog.chat.id == chat:
                        return


@contextmanager
def refusals_of(chat: ChatId) -> Iterator[None]:
    """Turns what Telegram or the network refuses into the refusal that a person understands."""
    try:
        yield
    except (Unauthorized, AuthKeyDuplicated) as error:
        raise AccountRefused(name_of(error)) from error
    except RPCError as error:
        raise _refusal(chat, name_of(error)) from error
    except (OSError, TimeoutError, ConnectionError) as error:
        raise CallUnreachable(chat, str(error) or "Telegram did not answer in time") from error


def first_of(group: BaseExceptionGroup[Refused]) -> Refused:
    """The first error of a group, however deep."""
    error: BaseException = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return cast(Refused, error)


def name_of(error: RPCError) -> str:
    """Telegram's name of an error, such as FLOOD_WAIT_37; one that kurigram does not know is in `value`."""
    if error.ID:
        return str(error.ID).replace("_X", f"_{error.value}")
    unknown = re.fullmatch(r"\[-?\d+ (\w+)\]", str(error.value))
    return unknown.group(1) if unknown else str(error)


def _refusal(chat: ChatId, name: str) -> CallRefused:
    if flood_wait(name):
        return RelayResting(chat, name)
    if name in _LACKS_RIGHTS:
        return RelayLacksRights(chat, name)
    if name in _NOT_IN_CHAT:
        return RelayNotInChat(chat, name)
    return CallUnreachable(chat, name)
