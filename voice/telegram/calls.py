"""The calls as Telegram lists them: found, planned, started, created, checked, ended (MTProto `phone.*`)."""

import logging
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

from pyrogram import raw
from pyrogram.errors import RPCError

from rooms.errors.calls import (
    CallRefused,
    CallUnreachable,
    RelayLacksRights,
    RelayNotInChat,
    RelayResting,
    ScheduleOutOfRange,
)
from rooms.ids import ChatId, PersonId, RoomId
from rooms.plan import CALL_TITLE_LENGTH
from rooms.ports import Links
from voice.telegram.account import Account
from voice.telegram.floods import flood_wait
from voice.telegram.participants import Known, Participant, read_known, read_participant

log = logging.getLogger(__name__)

MOST_PAGES = 50
"""Pages of participants that are read; a call has fewer."""

OVER = frozenset({"GROUPCALL_ALREADY_DISCARDED", "GROUPCALL_FORBIDDEN", "GROUPCALL_INVALID"})
"""What Telegram says of a call that is no more."""

_FORBIDDEN = (raw.types.ChannelForbidden, raw.types.ChatForbidden, raw.types.ChatEmpty)


@dataclass(frozen=True, slots=True)
class ListedCall:
    """A call that a chat lists. `handle` is its TL `InputGroupCall`; `is_ours`: the relay account made it."""

    chat: ChatId
    handle: Any
    title: str
    scheduled_for: datetime | None = None
    """When it is to be started; None when it is under way."""
    is_ours: bool = False
    joins_muted: bool = False
    """Whether newcomers may not unmute themselves."""

    @property
    def id(self) -> int:
        """Telegram's number of the call."""
        number: int = self.handle.id
        return number


@dataclass(frozen=True, slots=True)
class Attendance:
    """All participants of a call at one version, and who they are."""

    people: tuple[Participant, ...]
    known: dict[PersonId, Known]
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
            call = await self._create(chat, title, secrets.randbits(31), None)
        if call.scheduled_for is not None:
            await self._start(call)
        await self.rename(call, title)
        return call

    async def schedule(self, room: RoomId, chat: ChatId, title: str, at: datetime) -> ListedCall:
        """Telegram's own countdown to a talk; asked twice, there is one call.

        What the chat has scheduled or under way already is adopted, whoever made it: Telegram would end it.
        To move a call, take it back and schedule anew.

        Raises:
            ScheduleOutOfRange: it is not ten seconds to eight days until then; a call can be created then.
        """
        title, at = title[:CALL_TITLE_LENGTH], at.replace(microsecond=0)
        call = await self.find(chat)
        if call is None:
            return await self._create_scheduled(room, chat, title, at)
        if call.is_ours and call.scheduled_for == at:
            await self.rename(call, title)
        return call

    async def unschedule(self, chat: ChatId, call_id: int) -> None:
        """End a call that we scheduled, unless it was started meanwhile or the chat lists another one."""
        call = await self.find(chat)
        if call is not None and call.id == call_id and call.scheduled_for is not None:
            await self._discard(call)

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
            if refusal.reason in OVER:
                return None
            raise
        if isinstance(answer.call, raw.types.GroupCallDiscarded):
            return None
        return _listed(chat, answer.call)

    async def may_manage(self, chat: ChatId) -> bool:
        """Whether we are an admin there who may manage video chats; raises `RelayNotInChat`."""
        full = await self._account.ask(chat, await self._full_chat(chat))
        number = full.full_chat.id
        told = next((one for one in full.chats if one.id == number), None)
        if told is None or isinstance(told, _FORBIDDEN) or getattr(told, "left", None):
            raise RelayNotInChat(chat, "USER_NOT_PARTICIPANT")
        rights = told.admin_rights
        return bool(told.creator or (rights is not None and rights.manage_call))

    async def attendance(self, call: ListedCall) -> Attendance:
        """Everybody in the call, as of the version of the first page: later news apply to it again."""
        people: list[Participant] = []
        known: dict[PersonId, Known] = {}
        version: int | None = None
        offset = ""
        own_id = PersonId(self._account.own_id)
        for _ in range(MOST_PAGES):
            request = raw.functions.phone.GetGroupParticipants(
                call=call.handle, ids=[], sources=[], offset=offset, limit=100
            )
            answer = await self._account.ask(call.chat, request)
            people += [read_participant(person, own_id) for person in answer.participants]
            known |= read_known(answer.users, answer.chats)
            version = answer.version if version is None else version
            offset = answer.next_offset
            if not offset:
                break
        return Attendance(tuple(people), known, version or 0)

    async def latest_version(self, call: ListedCall) -> int | None:
        """How far the list of participants is; None when the call is no more."""
        request = raw.functions.phone.GetGroupCall(call=call.handle, limit=1)
        try:
            answer = await self._account.ask(call.chat, request)
        except CallUnreachable as refusal:
            if refusal.reason in OVER:
                return None
            raise
        version: int | None = getattr(answer.call, "version", None)
        return version

    async def knows(self, call: ListedCall, source: int) -> bool:
        """Whether Telegram still counts our SSRC among the call's; to be asked every few seconds."""
        signed = source - (1 << 32) if source >= 1 << 31 else source
        request = raw.functions.phone.CheckGroupCall(call=call.handle, sources=[signed])
        try:
            known = await self._account.ask(call.chat, request)
        except RelayResting:
            return True  # it may not be asked now: what was so stays so, as long as the library has the call
        except CallUnreachable as refusal:
            if refusal.reason == "GROUPCALL_JOIN_MISSING" or refusal.reason in OVER:
                return False
            raise
        return source in {number & 0xFFFFFFFF for number in known}

    async def rename(self, call: ListedCall, title: str) -> None:
        """Give the call another title, as far as we may."""
        if call.title == title:
            return
        request = raw.functions.phone.EditGroupCallTitle(call=call.handle, title=title[:CALL_TITLE_LENGTH])
        await self._as_far_as_we_may(call, request, "title")

    async def let_in_muted(self, call: ListedCall, is_muted: bool) -> None:
        """Decide whether newcomers may unmute themselves, as far as we may; of calls of others too."""
        if call.joins_muted == is_muted:
            return
        request = raw.functions.phone.ToggleGroupCallSettings(call=call.handle, join_muted=is_muted)
        await self._as_far_as_we_may(call, request, "settings")

    async def links(self, call: ListedCall) -> Links | None:
        """The ways into the call (phone.exportGroupCallInvite); None where the chat is not public."""
        export = raw.functions.phone.ExportGroupCallInvite
        try:
            speakers = await self._account.ask(call.chat, export(call=call.handle, can_self_unmute=True))
            listeners = await self._account.ask(call.chat, export(call=call.handle))
        except CallUnreachable as refusal:
            if refusal.reason == "PUBLIC_CHANNEL_MISSING":
                return None
            raise
        return Links(speakers.link, listeners.link)

    async def edit(self, call: ListedCall, peer: Any, **change: Any) -> Any:
        """Change a participant, whose TL `InputPeer` this is (phone.editGroupCallParticipant).

        Returns:
            The TL `Updates` that it caused, which Telegram tells nobody else of our own connections.
        """
        edit = raw.functions.phone.EditGroupCallParticipant
        return await self._account.ask(call.chat, edit(call=call.handle, participant=peer, **change))

    async def end(self, chat: ChatId, call_id: int) -> None:
        """End this call for everybody, as far as we may, if the chat still lists it.

        Raises:
            CallUnreachable: Telegram could not be asked, or wants us to wait.
        """
        try:
            call = await self.find(chat)
            if call is not None and call.id == call_id:
                await self._discard(call)
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

    async def _create_scheduled(self, room: RoomId, chat: ChatId, title: str, at: datetime) -> ListedCall:
        """The same wish makes the same request, so that a repetition of it makes no second call."""
        digest = blake2b(f"{chat} {room} {at.isoformat()}".encode(), digest_size=4).digest()
        try:
            return await self._create(chat, title, int.from_bytes(digest, "big") >> 1, at)
        except CallUnreachable as refusal:
            if refusal.reason == "SCHEDULE_DATE_INVALID":
                raise ScheduleOutOfRange(chat, refusal.reason) from refusal
            if refusal.reason != "RANDOM_ID_DUPLICATE":
                raise
        call = await self.find(chat)  # one that was taken back in between is none any more
        return call or await self._create(chat, title, secrets.randbits(31), at)

    async def _create(self, chat: ChatId, title: str, number: int, at: datetime | None) -> ListedCall:
        request = raw.functions.phone.CreateGroupCall(
            peer=await self._account.peer(chat),
            random_id=number,
            title=title,
            schedule_date=None if at is None else int(at.timestamp()),
        )
        answer = await self._account.ask(chat, request)
        for update in answer.updates:
            call = getattr(update, "call", None)  # a call that this one replaced is told as discarded
            if isinstance(update, raw.types.UpdateGroupCall) and isinstance(call, raw.types.GroupCall):
                return _listed(chat, call, is_ours=True)
        raise CallUnreachable(chat, "Telegram created no call")

    async def _start(self, call: ListedCall) -> None:
        request = raw.functions.phone.StartScheduledGroupCall(call=call.handle)
        await self._unless("GROUPCALL_ALREADY_STARTED", call, request)

    async def _discard(self, call: ListedCall) -> None:
        request = raw.functions.phone.DiscardGroupCall(call=call.handle)
        await self._unless("GROUPCALL_ALREADY_DISCARDED", call, request)

    async def _as_far_as_we_may(self, call: ListedCall, request: Any, what: str) -> None:
        try:
            await self._unless("GROUPCALL_NOT_MODIFIED", call, request)
        except RelayLacksRights:
            log.warning("the call of chat %s keeps its %s: no right to change it", call.chat, what)

    async def _unless(self, harmless: str, call: ListedCall, request: Any) -> None:
        """Ask; that what is asked for is so already, is no error."""
        try:
            await self._account.ask(call.chat, request)
        except CallRefused as refusal:
            if refusal.reason != harmless:
                raise


def _listed(chat: ChatId, call: Any, *, is_ours: bool = False) -> ListedCall:
    """Our view of a TL `groupCall`."""
    return ListedCall(
        chat,
        raw.types.InputGroupCall(id=call.id, access_hash=call.access_hash),
        call.title or "",
        None if call.schedule_date is None else datetime.fromtimestamp(call.schedule_date, UTC),
        is_ours or bool(call.creator),
        bool(call.join_muted),
    )
