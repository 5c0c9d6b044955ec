"""The calls as Telegram lists them: found, started, created, checked, ended (MTProto `phone.*`)."""

import logging
import random
from dataclasses import dataclass
from typing import Any

from pyrogram import raw
from pyrogram.errors import RPCError

from rooms.errors import CallRefused, CallUnreachable, RelayLacksRights
from rooms.ids import ChatId, PersonId
from rooms.plan import CALL_TITLE_LENGTH
from voice.account import Account
from voice.participants import Participant, read_names, read_participant
from voice.watchdog import flood_wait

log = logging.getLogger(__name__)

MOST_PAGES = 50
"""Pages of participants that are read; a call has fewer."""


_OVER = frozenset({"GROUPCALL_ALREADY_DISCARDED", "GROUPCALL_FORBIDDEN", "GROUPCALL_INVALID"})
"""What Telegram says of a call that is no more."""


@dataclass(frozen=True, slots=True)
class ListedCall:
    """A call that a chat lists. `handle` is its TL `InputGroupCall`; `is_ours`: we have just created it."""

    chat: ChatId
    handle: Any
    title: str
    is_scheduled: bool
    is_ours: bool = False

    @property
    def id(self) -> int:
        """Telegram's number of the call."""
        number: int = self.handle.id
        return number


@dataclass(frozen=True, slots=True)
class Attendance:
    """All participants of a call at one version, and what they are called."""

    people: tuple[Participant, ...]
    names: dict[PersonId, str]
    version: int


class GroupCalls:
    """What the relay account can do to a chat's call without being in it. Errors are `CallRefused`."""

    def __init__(self, account: Account) -> None:
        self._account = account

    async def ensure(self, chat: ChatId, title: str) -> ListedCall:
        """The chat's call, under way and with this title: adopted, started when scheduled, or created."""
        title = title[:CALL_TITLE_LENGTH]
        call = await self.find(chat)
        if call is None:
            call = await self._create(chat, title)
        if call.is_scheduled:
            await self._start(call)
        if call.title != title:
            await self._rename(call, title)
        return call

    async def find(self, chat: ChatId) -> ListedCall | None:
        """The call that the chat lists now, if it does."""
        full = await self._account.ask(chat, await self._full_chat(chat))
        handle = full.full_chat.call
        if handle is None:
            return None
        request = raw.functions.phone.GetGroupCall(call=handle, limit=1)
        try:
            answer = await self._account.ask(chat, request)
        except CallUnreachable as refusal:
            if refusal.reason in _OVER:
                return None
            raise
        if isinstance(answer.call, raw.types.GroupCallDiscarded):
            return None
        return ListedCall(chat, handle, answer.call.title or "", answer.call.schedule_date is not None)

    async def attendance(self, call: ListedCall) -> Attendance:
        """Everybody in the call."""
        people: list[Participant] = []
        names: dict[PersonId, str] = {}
        version, offset = 0, ""
        for _ in range(MOST_PAGES):
            answer = await self._account.ask(
                call.chat,
                raw.functions.phone.GetGroupParticipants(
                    call=call.handle, ids=[], sources=[], offset=offset, limit=100
                ),
            )
            own_id = PersonId(self._account.own_id)
            people += [read_participant(person, own_id) for person in answer.participants]
            names |= read_names(answer.users, answer.chats)
            version, offset = answer.version, answer.next_offset
            if not offset:
                break
        return Attendance(tuple(people), names, version)

    async def knows(self, call: ListedCall, source: int) -> bool:
        """Whether Telegram still counts our SSRC among the call's; to be asked every few seconds."""
        signed = source - (1 << 32) if source >= 1 << 31 else source
        request = raw.functions.phone.CheckGroupCall(call=call.handle, sources=[signed])
        try:
            known = await self._account.ask(call.chat, request)
        except CallUnreachable as refusal:
            if refusal.reason == "GROUPCALL_JOIN_MISSING" or refusal.reason in _OVER:
                return False
            raise
        return source in {number & 0xFFFFFFFF for number in known}

    async def end(self, chat: ChatId, call_id: int) -> None:
        """End this call for everybody, as far as we may, if the chat still lists it.

        Raises:
            CallUnreachable: Telegram could not be asked, or wants us to wait.
        """
        try:
            call = await self.find(chat)
            if call is None or call.id != call_id:
                return
            await self._account.ask(chat, raw.functions.phone.DiscardGroupCall(call=call.handle))
        except CallRefused as refusal:
            if not isinstance(refusal.__cause__, RPCError) or flood_wait(refusal.reason):
                raise
            log.warning("the call of chat %s goes on without us: %s", chat, refusal.reason)

    async def _full_chat(self, chat: ChatId) -> Any:
        peer = await self._account.peer(chat)
        if isinstance(peer, raw.types.InputPeerChannel):
            channel = raw.types.InputChannel(channel_id=peer.channel_id, access_hash=peer.access_hash)
            return raw.functions.channels.GetFullChannel(channel=channel)
        return raw.functions.messages.GetFullChat(chat_id=peer.chat_id)

    async def _create(self, chat: ChatId, title: str) -> ListedCall:
        request = raw.functions.phone.CreateGroupCall(
            peer=await self._account.peer(chat),
            random_id=random.randrange(1 << 31),  # noqa: S311
            title=title,
        )
        answer = await self._account.ask(chat, request)
        for update in answer.updates:
            call = getattr(update, "call", None)  # a call that this one replaced is told as discarded
            if isinstance(update, raw.types.UpdateGroupCall) and isinstance(call, raw.types.GroupCall):
                handle = raw.types.InputGroupCall(id=call.id, access_hash=call.access_hash)
                return ListedCall(chat, handle, title, is_scheduled=False, is_ours=True)
        raise CallUnreachable(chat, "Telegram created no call")

    async def _start(self, call: ListedCall) -> None:
        request = raw.functions.phone.StartScheduledGroupCall(call=call.handle)
        await self._unless("GROUPCALL_ALREADY_STARTED", call, request)

    async def _rename(self, call: ListedCall, title: str) -> None:
        request = raw.functions.phone.EditGroupCallTitle(call=call.handle, title=title)
        try:
            await self._unless("GROUPCALL_NOT_MODIFIED", call, request)
        except RelayLacksRights:
            log.warning("the call of chat %s keeps its title: no right to change it", call.chat)

    async def _unless(self, harmless: str, call: ListedCall, request: Any) -> None:
        """Ask; that what is asked for is so already, is no error."""
        try:
            await self._account.ask(call.chat, request)
        except CallRefused as refusal:
            if refusal.reason != harmless:
                raise
