"""The relay account at Telegram's gate."""

import asyncio
import socket
from contextlib import AsyncExitStack
from typing import Any

import pytest
from pyrogram import Client
from pyrogram.connection.transport import TCP, TCPAbridged
from pyrogram.errors import (
    AuthKeyDuplicated,
    AuthKeyUnregistered,
    ConnectionNotInited,
    FloodPremiumWait,
    FloodWait,
    RPCError,
    UserDeactivated,
    UserMigrate,
)

from rooms.errors.calls import CallUnreachable, RelayResting
from rooms.ids import ChatId
from tests.app.sessions import a_session
from tests.deadline import DEADLINE
from voice.errors import AccountRefused
from voice.telegram import account as module
from voice.telegram.account import Account, accepted, refusals_of


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


async def test_a_connection_that_was_not_let_begin_is_no_refusal() -> None:
    with pytest.RaisesGroup(ConnectionError):
        async with accepted(a_client()):
            raise ConnectionNotInited


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
    with pytest.raises(AccountRefused, match="AUTH_KEY_DUPLICATED"), refusals_of(chat):
        raise AuthKeyDuplicated
    with pytest.raises(RelayResting, match="FLOOD_WAIT_7"), refusals_of(chat):
        raise FloodWait(7)


@pytest.mark.parametrize(
    ("error", "name"),
    [(FloodPremiumWait(7), "FLOOD_PREMIUM_WAIT_7"), (UserMigrate(3), "USER_MIGRATE_3")],
)
async def test_what_may_pass_is_a_call_out_of_reach_for_a_while(error: RPCError, name: str) -> None:
    with pytest.raises(CallUnreachable, match=name), refusals_of(ChatId(-1001)):
        raise error


class Standing:
    """A session that stands still, because Telegram told it so when it connected anew."""

    def __init__(self, end: Exception) -> None:
        self.end = end

    async def start(self) -> None:
        raise self.end


@pytest.mark.parametrize("end", [AuthKeyDuplicated(), AuthKeyUnregistered()])
async def test_an_idle_account_hears_that_it_was_logged_out(
    end: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CALL_IN_EVERY", 0.0)
    client = a_client()
    client.session = Standing(end)
    async with asyncio.timeout(DEADLINE):
        with pytest.raises(AccountRefused):
            await Account(client).call_in()


async def test_an_idle_account_that_telegram_does_not_hear_asks_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "CALL_IN_EVERY", 0.0)
    client = a_client()
    client.session = Standing(ConnectionError())
    async with asyncio.TaskGroup() as tasks:
        calling = tasks.create_task(Account(client).call_in())
        for _ in range(10):
            await asyncio.sleep(0)
        assert not calling.done()
        calling.cancel()
