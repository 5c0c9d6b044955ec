"""The relay accounts that were logged in on this machine, as the settings say where they are kept."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from app.settings import Settings
from voice.accounts.session_keys import GivenKey, Key, KeyFile
from voice.accounts.sessions import Sessions

if TYPE_CHECKING:
    from pyrogram import Client

    from voice.accounts.gate import Gate

USUAL = "relay"
"""What an account is called unless somebody says otherwise."""

OF_SANDBOX = (USUAL, "spare")
"""The accounts of a sandbox, which need no session."""


def sessions_of(settings: Settings) -> Sessions:
    """Where sessions are kept, and the key to them, which is not read yet."""
    text = settings.session_key.get_secret_value()
    key: Key = GivenKey(text) if text else KeyFile(settings.session_key_file)
    return Sessions(settings.accounts, key)


def account_names(settings: Settings) -> Sequence[str]:
    """The names of the relay accounts, in order; raises `SessionsRefused`."""
    if settings.sandbox_mtproto is not None:
        return OF_SANDBOX[: settings.sandbox_accounts]
    return sessions_of(settings).names()


def client_of(settings: Settings, name: str) -> "Client":
    """An account's client, not started yet; raises `SessionsRefused` when its session cannot be read."""
    return _client(settings, "" if settings.sandbox_mtproto else sessions_of(settings).read(name), name)


@asynccontextmanager
async def gate_of(settings: Settings) -> AsyncIterator["Gate"]:
    """Telegram's gate, for an account that signs in; raises `GateRefused` when it cannot be reached."""
    from voice.accounts.gate import open_gate

    async with open_gate(_client(settings, "")) as gate:
        yield gate


async def end_session(settings: Settings, session: str) -> bool:
    """End a session at Telegram; whether it had not ended before. Raises `GateRefused`."""
    from voice.accounts.gate import end_session

    return await end_session(_client(settings, session))


def _client(settings: Settings, session: str, name: str = USUAL) -> "Client":
    if settings.sandbox_mtproto is not None:
        from sandbox.session import sandbox_client

        return sandbox_client(settings.sandbox_mtproto, name)
    from voice.telegram.account import make_client

    return make_client(settings.api_id or 0, settings.api_hash.get_secret_value(), session)
