"""Voice chats and who is in them, with Telegram's rules (core.telegram.org/api/group-calls)."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sandbox.world.changes import (
    CallChanged,
    CallSubscribed,
    Change,
    MemberChanged,
    ParticipantChanged,
)
from sandbox.world.entities import Chat, ChatKind, GroupCall, Participant, Status
from sandbox.world.errors import CallError
from sandbox.world.messages import Messages
from sandbox.world.society import Society

MANAGE = "can_manage_video_chats"
TITLE_LENGTH = 64
SOONEST, LATEST = timedelta(seconds=10), timedelta(days=8)
FIRST_RATING = 1 << 32
"""Above the rating of the first hand; each later one has a lower rating, since the highest is shown first."""


@dataclass(slots=True)
class Calls:
    """One call at most in each chat, active or scheduled; a scheduled one never starts by itself."""

    society: Society
    messages: Messages
    _hands: int = 0
    _calls: dict[int, GroupCall] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.society.watch(self._follow)

    def get(self, id_: int, by: int) -> GroupCall:
        """A call that somebody may see; raises `CallError`."""
        call = self._calls.get(id_)
        if call is None:
            raise CallError(400, "GROUPCALL_INVALID")
        self._require_member(self.society.chats[call.chat], by)
        return call

    def create(
        self, chat: Chat, by: int, title: str = "", schedule_date: datetime | None = None
    ) -> GroupCall:
        """Start a call, or plan one 10 seconds to 8 days ahead; one that is there already ends."""
        self._require_manager(chat, by)
        now = self.society.now()
        if schedule_date is not None and not SOONEST <= schedule_date - now <= LATEST:
            raise CallError(400, "SCHEDULE_DATE_INVALID")
        if chat.call is not None:
            self.discard(chat.call, by)
        started_at = None if schedule_date else now
        call = GroupCall(
            secrets.randbits(62),
            secrets.randbits(62),
            chat.id,
            title[:TITLE_LENGTH],
            schedule_date,
            started_at,
            creator=by,
        )
        chat.call = self._calls[call.id] = call
        self.society.tell(CallChanged(call))
        if schedule_date:
            payload = {"start_date": int(schedule_date.timestamp())}
            self.messages.serve(chat, by, "video_chat_scheduled", payload)
        else:
            self.messages.serve(chat, by, "video_chat_started", {})
        return call

    def start(self, call: GroupCall, by: int) -> None:
        """Start a scheduled call; nobody else does."""
        chat = self._chat_of_manager(call, by)
        self._require_there(call)
        if call.is_active:
            raise CallError(403, "GROUPCALL_ALREADY_STARTED")
        call.started_at, call.schedule_date = self.society.now(), None
        self.society.tell(CallChanged(call))
        self.messages.serve(chat, by, "video_chat_started", {})

    def discard(self, call: GroupCall, by: int) -> None:
        """End a call for everybody."""
        chat = self._chat_of_manager(call, by)
        if chat.call is not call:
            raise CallError(400, "GROUPCALL_ALREADY_DISCARDED")
        chat.call = None
        call.participants.clear()
        self.society.tell(CallChanged(call, is_over=True))
        if call.started_at is not None:
            seconds = int((self.society.now() - call.started_at).total_seconds())
            self.messages.serve(chat, by, "video_chat_ended", {"duration": seconds})

    def retitle(self, call: GroupCall, by: int, title: str) -> None:
        """Give a call another title."""
        self._chat_of_manager(call, by)
        self._require_there(call)
        if call.title == title[:TITLE_LENGTH]:
            raise CallError(400, "GROUPCALL_NOT_MODIFIED")
        call.title = title[:TITLE_LENGTH]
        self.society.tell(CallChanged(call))

    def let_in_muted(self, call: GroupCall, by: int, join_muted: bool) -> None:
        """Decide what newcomers are."""
        self._chat_of_manager(call, by)
        self._require_there(call)
        if call.join_muted == join_muted:
            raise CallError(400, "GROUPCALL_NOT_MODIFIED")
        call.join_muted = join_muted
        self.society.tell(CallChanged(call))

    def subscribe(self, call: GroupCall, person: int, is_wanted: bool) -> None:
        """Ask to be reminded when a scheduled call begins, or no more."""
        self._require_member(self.society.chats[call.chat], person)
        self._require_there(call)
        if call.is_active:
            raise CallError(403, "GROUPCALL_ALREADY_STARTED")
        if is_wanted:
            call.subscribers.add(person)
        else:
            call.subscribers.discard(person)
        self.society.tell(CallSubscribed(call, person))

    def link(self, call: GroupCall, by: int, *, may_speak: bool) -> str:
        """The address of a public group's call; who comes by a speakers', which admins give, may unmute."""
        chat = self.society.chats[call.chat]
        self._require_member(chat, by)
        self._require_there(call)
        if not chat.username:
            raise CallError(403, "PUBLIC_CHANNEL_MISSING")
        address = f"https://t.me/{chat.username}?videochat"
        if not may_speak:
            return address
        self._require_manager(chat, by)
        call.invite_hash = call.invite_hash or secrets.token_urlsafe(12)
        return f"{address}={call.invite_hash}"

    def renew_link(self, call: GroupCall, by: int) -> None:
        """Let the speakers' link that was given lead to a listener's place."""
        self._chat_of_manager(call, by)
        self._require_there(call)
        call.invite_hash = ""

    def welcome(self, call: GroupCall, person: int, invite_hash: str) -> None:
        """Somebody came by a link: if it is the speakers', they may unmute."""
        participant = self._participant(call, person)
        is_speakers = bool(invite_hash) and secrets.compare_digest(
            invite_hash.encode(), call.invite_hash.encode()
        )
        if is_speakers and not participant.can_self_unmute:
            participant.can_self_unmute = True
            self._tell(call, participant)

    def join(
        self, call: GroupCall, person: int, source: int, *, muted: bool, speaks_as: int | None = None
    ) -> Participant:
        """Somebody comes in; an earlier connection of theirs is replaced.

        Args:
            call: which one.
            person: a member of its chat.
            source: the SSRC of their microphone, unsigned; 0 when they have none.
            muted: whether they come in with the microphone off; the call may insist on it.
            speaks_as: a channel of theirs, or as an anonymous admin the group, under whose name they come.

        Raises:
            CallError: they are no member, the call is over or has not begun, the SSRC is somebody's, or the
                name is not theirs.
        """
        chat = self.society.chats[call.chat]
        self._require_member(chat, person)
        self._require_there(call)
        if not call.is_active:
            raise CallError(400, "GROUPCALL_NOT_STARTED")
        others = [one for one in call.participants.values() if one.person != person]
        if source and any(one.source == source for one in others):
            raise CallError(400, "GROUPCALL_SSRC_DUPLICATE_MUCH")
        if speaks_as is not None and not self._may_speak_as(call, person, speaks_as):
            raise CallError(400, "JOIN_AS_PEER_INVALID")
        if person in call.participants:
            self.leave(call, person)
        is_free = not call.join_muted or chat.members[person].may(MANAGE)
        participant = Participant(
            person, source, self.society.now(), muted=muted or not is_free, can_self_unmute=is_free
        )
        participant.speaks_as = speaks_as
        call.participants[person] = participant
        self._tell(call, participant, just_joined=True)
        return participant

    def leave(self, call: GroupCall, person: int) -> None:
        """Somebody goes; no error when they are gone already."""
        participant = call.participants.pop(person, None)
        if participant is not None:
            self._tell(call, participant, left=True)

    def set_muted(self, call: GroupCall, by: int, person: int, muted: bool) -> Participant:
        """Mute or unmute oneself, or, as an admin, take or give the right to unmute oneself."""
        participant = self._participant(call, person)
        chat = self.society.chats[call.chat]
        if by == person:
            if not muted and not participant.can_self_unmute:
                raise CallError(403, "GROUPCALL_FORBIDDEN")
            participant.muted = muted
        else:
            self._require_manager(chat, by)
            participant.muted = participant.muted or muted
            participant.can_self_unmute = not muted or chat.members[person].may(MANAGE)
        if not muted:
            participant.raise_hand_rating = None
        self._tell(call, participant)
        return participant

    def set_volume(self, call: GroupCall, by: int, person: int, volume: int) -> Participant:
        """Turn somebody up or down for everybody, from 1 to 20000."""
        participant = self._participant(call, person)
        self._chat_of_manager(call, by)
        if not 1 <= volume <= 20000:
            raise CallError(400, "USER_VOLUME_INVALID")
        participant.volume = volume
        self._tell(call, participant)
        return participant

    def raise_hand(self, call: GroupCall, by: int, person: int, is_up: bool) -> Participant:
        """Raise one's own hand while muted; it is lowered by oneself or by an admin, and keeps its turn."""
        participant = self._participant(call, person)
        if by != person:
            self._chat_of_manager(call, by)
        if is_up and (by != person or not participant.muted):
            raise CallError(400, "RAISE_HAND_FORBIDDEN")
        if is_up != (participant.raise_hand_rating is not None):
            self._hands += 1
            participant.raise_hand_rating = FIRST_RATING - self._hands if is_up else None
            self._tell(call, participant)
        return participant

    def invite(self, call: GroupCall, by: int, people: Sequence[int]) -> None:
        """Ask people into the call, visibly in the chat."""
        chat = self.society.chats[call.chat]
        self._require_member(chat, by)
        self._require_there(call)
        self.messages.serve(chat, by, "video_chat_participants_invited", {"users": list(people)})

    def _follow(self, change: Change) -> None:
        if not isinstance(change, MemberChanged):
            return
        call = self.society.chats[change.chat].call
        participant = None if call is None else call.participants.get(change.new.person)
        if call is None or participant is None:
            return
        if not change.new.is_present:
            self.leave(call, participant.person)
        elif change.new.may(MANAGE) and not participant.can_self_unmute:
            participant.can_self_unmute = True
            self._tell(call, participant)

    def _may_speak_as(self, call: GroupCall, person: int, chat: int) -> bool:
        membership = self.society.chats[chat].members.get(person) if chat in self.society.chats else None
        if membership is None:
            return False
        if chat == call.chat:
            return membership.is_admin and membership.is_anonymous
        is_channel = self.society.chats[chat].kind is ChatKind.CHANNEL
        return is_channel and membership.status is Status.CREATOR

    def _participant(self, call: GroupCall, person: int) -> Participant:
        self._require_there(call)
        if person not in call.participants:
            raise CallError(400, "PARTICIPANT_JOIN_MISSING")
        return call.participants[person]

    def _tell(
        self, call: GroupCall, participant: Participant, *, just_joined: bool = False, left: bool = False
    ) -> None:
        call.version += 1
        self.society.tell(ParticipantChanged(call, participant, call.version, just_joined, left))

    def _chat_of_manager(self, call: GroupCall, by: int) -> Chat:
        chat = self.society.chats[call.chat]
        self._require_manager(chat, by)
        return chat

    def _require_there(self, call: GroupCall) -> None:
        if self.society.chats[call.chat].call is not call:
            raise CallError(403, "GROUPCALL_FORBIDDEN")

    def _require_member(self, chat: Chat, person: int) -> None:
        membership = chat.members.get(person)
        if membership is None or not membership.is_present:
            raise CallError(403, "GROUPCALL_FORBIDDEN")

    def _require_manager(self, chat: Chat, person: int) -> None:
        membership = chat.members.get(person)
        if membership is None or not membership.may(MANAGE):
            raise CallError(400, "CHAT_ADMIN_REQUIRED")
