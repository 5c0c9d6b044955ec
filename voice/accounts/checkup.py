"""A look at a relay account: who it is, and what it may do in the calls of some groups."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from pyrogram import Client, raw
from pyrogram.errors import RPCError

from rooms.errors.calls import CallRefused, RelayNotInChat
from rooms.ids import ChatId
from voice.accounts.arrivals import GateRefused
from voice.errors import AccountRefused
from voice.telegram.account import Account, accepted, first_of, name_of

UNREACHABLE = "UNREACHABLE"

CONNECTING = 20.0
"""Seconds within which Telegram must have let the account in."""

PATIENCE = 60.0
"""Seconds that all of it may take."""

SAYING_GOODBYE = 5.0
"""Seconds that letting go of the connection may take."""


@dataclass(frozen=True, slots=True)
class Checkup:
    """Who an account is; whether it may manage the call of each group, None where it is no member."""

    name: str
    may_manage: Mapping[ChatId, bool | None]


async def look_over(client: Client, chats: Sequence[ChatId]) -> Checkup:
    """Start an account's client, ask what it may do in these groups, and stop it again.

    Nothing is changed, and the account takes no updates.

    Raises:
        GateRefused: Telegram does not accept its session, wants a pause, or was not reached.
    """
    client.no_updates = True
    reason = UNREACHABLE
    try:
        async with accepted(client), asyncio.timeout(PATIENCE):
            return await _look(client, chats)
    except* AccountRefused as group:
        reason = str(first_of(group))
    except* RPCError as group:
        reason = name_of(first_of(group))
    except* CallRefused as group:
        reason = _telegrams(first_of(group).reason)
    except* (OSError, TimeoutError):
        pass
    raise GateRefused(reason)


def _telegrams(reason: str) -> str:
    """The reason of a refusal if that is Telegram's name of an error, and not a sentence of the network's."""
    return reason if re.fullmatch("[A-Z0-9_]+", reason) else UNREACHABLE


async def _look(client: Client, chats: Sequence[ChatId]) -> Checkup:
    client.sleep_threshold = 0
    try:
        async with asyncio.timeout(CONNECTING):
            await client.start()
        account = Account(client)
        may_manage = {chat: await _may_manage(account, chat) for chat in chats}
        return Checkup(_name(client.me), may_manage)
    finally:
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(SAYING_GOODBYE):
                if client.is_initialized:
                    await client.terminate()
                if client.is_connected:
                    await client.disconnect()


async def _may_manage(account: Account, chat: ChatId) -> bool | None:
    try:
        peer = await account.peer(chat)
        if isinstance(peer, raw.types.InputPeerChannel):
            channel = raw.types.InputChannel(channel_id=peer.channel_id, access_hash=peer.access_hash)
            answer = await account.ask(chat, raw.functions.channels.GetChannels(id=[channel]))
        else:
            answer = await account.ask(chat, raw.functions.messages.GetChats(id=[peer.chat_id]))
    except RelayNotInChat:
        return None
    return _standing(answer.chats[0]) if answer.chats else None


def _standing(chat: Any) -> bool | None:
    """What a `Channel` or `Chat` says of us (https://core.telegram.org/constructor/channel)."""
    if not isinstance(chat, raw.types.Channel | raw.types.Chat) or chat.left:
        return None
    rights = chat.admin_rights
    return bool(chat.creator or (rights is not None and rights.manage_call))


def _name(me: Any) -> str:
    return " ".join(part for part in (me.first_name, me.last_name) if part) or "an account without a name"
