"""The relay account at Telegram's gate."""

import asyncio
import socket
from contextlib import AsyncExitStack
from typing import Any

import pytest
from pyrogram import Client
from pyrogram.connection.transport import TCP, TCPAbridged
from pyrogram.errors import AuthKeyDuplicated, AuthKeyUnregistered, FloodWait, UserDeactivated

from rooms.errors import CallUnreachable
from rooms.ids import ChatId
from tests.app.sessions import a_session
from voice.account import accepted, refusals_of
from voice.errors import AccountRefused


def a_client(protocol: type[TCP] = TCPAbridged) -> Client:
    return Client(
        "relay",
        api_id=1,
        api_hash="0" * 32,
        session_string=a_session(),
        in_memory=True,
        protocol_factory=protocol,
    )


@pytest.mark.parametrize("error", [AuthKeyUnregistered(), AuthKeyDuplicated(), UserDeactivated()])
async def test_whom_telegram_does_not_let_in_is_refused_for_good(error: Exception) -> None:
    with pytest.RaisesGroup(pytest.RaisesExc(AccountRefused, match="^[A-Z_]+$")):
        async with accepted(a_client()):
            raise error


@pytest.mark.parametrize("error", [FloodWait(7), ConnectionError(), TimeoutError()])
async def test_what_may_be_better_later_is_no_refusal(error: Exception) -> None:
    with pytest.RaisesGroup(type(error)):
        async with accepted(a_client()):
            raise error


async def test_a_key_that_telegram_does_not_know_is_a_refusal_at_once() -> None:
    async with AsyncExitStack() as closing:

        class Strangers(TCPAbridged):  # type: ignore[misc]
            """Leads to a server that knows no key like ours, whatever is asked."""

            async def connect(self, address: Any) -> None:  # noqa: ARG002
                ours, theirs = socket.socketpair()
                closing.callback(theirs.close)
                self.reader, self.writer = await asyncio.open_connection(sock=ours)
                closing.push_async_callback(self.writer.wait_closed)
                closing.callback(self.writer.close)
                theirs.send(b"\x01" + (-404).to_bytes(4, "little", signed=True))

        client = a_client(Strangers)
        with pytest.RaisesGroup(pytest.RaisesExc(AccountRefused, match="AUTH_KEY_UNKNOWN")):
            async with accepted(client):
                await client.start()


async def test_an_account_that_is_logged_out_meanwhile_is_told_from_a_call_out_of_reach() -> None:
    chat = ChatId(-1001)
    with pytest.raises(AccountRefused, match="AUTH_KEY_UNREGISTERED"), refusals_of(chat):
        raise AuthKeyUnregistered
    with pytest.raises(CallUnreachable, match="FLOOD_WAIT_7"), refusals_of(chat):
        raise FloodWait(7)
