"""The phone functions (core.telegram.org/api/group-calls): one method for each that the account may call."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from pyrogram import raw
from pyrogram.raw.core import Int, Vector

from sandbox.exchange import Exchange
from sandbox.mtproto.news import News
from sandbox.mtproto.references import References
from sandbox.mtproto.streams import JOINED
from sandbox.mtproto.view import View
from sandbox.sfu import BadOffer
from sandbox.sfu.native import read_offer
from sandbox.world.calls import MANAGE
from sandbox.world.entities import GroupCall, Participant
from sandbox.world.errors import CallError
from sandbox.world.world import World

PAGE, LONGEST_PAGE = 100, 500
"""Participants in an answer: when the client does not say, and at most."""


class Phone:
    """Each method takes a request and gives its answer; None stands for the updates that it caused."""

    def __init__(self, world: World, exchange: Exchange, view: View, references: References) -> None:
        self._world = world
        self._exchange = exchange
        self._view = view
        self._references = references
        self._created: dict[int, GroupCall] = {}

    def create(self, request: Any) -> News | None:
        """phone.createGroupCall; the same `random_id` again means the same call."""
        chat = self._references.chat(request.peer)
        known = self._created.get(request.random_id)
        if known is not None and chat.call is known:
            return self._state_of(known)
        if request.rtmp_stream:
            raise CallError(400, "CREATE_CALL_FAILED")
        schedule = request.schedule_date
        schedule_date = None if schedule is None else datetime.fromtimestamp(schedule, UTC)
        call = self._world.calls.create(chat, self._view.account, request.title or "", schedule_date)
        self._created[request.random_id] = call
        return None

    def start(self, request: Any) -> None:
        """phone.startScheduledGroupCall."""
        self._world.calls.start(self._references.call(request.call), self._view.account)

    def subscribe(self, request: Any) -> None:
        """phone.toggleGroupCallStartSubscription."""
        call = self._references.call(request.call)
        self._world.calls.subscribe(call, self._view.account, bool(request.subscribed))

    def join(self, request: Any) -> News:
        """phone.joinGroupCall; what it caused comes before the connection."""
        call = self._references.call(request.call)
        self._require_self(request.join_as)
        if not call.is_active:
            raise CallError(400, "GROUPCALL_INVALID")
        try:
            params = self._let_in(call, request)
        except BadOffer as error:
            raise CallError(400, "DATA_JSON_INVALID") from error
        self._world.calls.welcome(call, self._view.account, request.invite_hash or "")
        return News([raw.types.UpdateGroupCallConnection(params=raw.types.DataJSON(data=params))])

    def leave(self, request: Any) -> None:
        """phone.leaveGroupCall."""
        self._world.calls.leave(self._references.call(request.call), self._view.account)

    def discard(self, request: Any) -> None:
        """phone.discardGroupCall."""
        self._world.calls.discard(self._references.call(request.call), self._view.account)

    def retitle(self, request: Any) -> None:
        """phone.editGroupCallTitle."""
        self._world.calls.retitle(self._references.call(request.call), self._view.account, request.title)

    def edit_participant(self, request: Any) -> None:
        """phone.editGroupCallParticipant; nobody's video is known here."""
        call, me = self._references.call(request.call), self._view.account
        person = self._references.participant(request.participant, call).person
        if request.muted is not None:
            self._world.calls.set_muted(call, me, person, request.muted)
        if request.volume is not None:
            self._world.calls.set_volume(call, me, person, request.volume)
        if request.raise_hand is not None:
            self._world.calls.raise_hand(call, me, person, request.raise_hand)

    def settings(self, request: Any) -> None:
        """phone.toggleGroupCallSettings."""
        call = self._references.call(request.call)
        self._require_manager(call)
        if request.reset_invite_hash:
            self._world.calls.renew_link(call, self._view.account)
        if request.join_muted is not None:
            self._world.calls.let_in_muted(call, self._view.account, request.join_muted)

    def invite(self, request: Any) -> None:
        """phone.inviteToGroupCall."""
        call = self._references.call(request.call)
        people = [self._references.person(user).id for user in request.users]
        if any(person in call.participants for person in people):
            raise CallError(400, "USER_ALREADY_INVITED")
        self._world.calls.invite(call, self._view.account, people)

    def get(self, request: Any) -> Any:
        """phone.getGroupCall."""
        call = self._references.call(request.call)
        limit = PAGE if request.limit < 0 else request.limit
        people = _in_order(call)[:limit]
        return raw.types.phone.GroupCall(
            call=self._view.call(call),
            participants=[self._view.participant(one) for one in people],
            participants_next_offset=_offset_after(call, people),
            chats=[self._view.chat(self._world.society.chats[call.chat]), *self._names(people)],
            users=self._people(people),
        )

    def participants(self, request: Any) -> Any:
        """phone.getGroupParticipants: those asked for, or all, a page at a time."""
        call = self._references.call(request.call)
        if request.ids or request.sources:
            ids = {self._references.number(peer) for peer in request.ids}
            sources = {source & 0xFFFFFFFF for source in request.sources}
            people = [one for one in _in_order(call) if one.person in ids or one.source in sources]
            next_offset = ""
        else:
            limit = PAGE if request.limit <= 0 else min(request.limit, LONGEST_PAGE)
            people = _after(call, request.offset)[:limit]
            next_offset = _offset_after(call, people)
        return raw.types.phone.GroupParticipants(
            count=len(call.participants),
            participants=[self._view.participant(one) for one in people],
            next_offset=next_offset,
            chats=self._names(people),
            users=self._people(people),
            version=call.version,
        )

    def check(self, request: Any) -> Any:
        """phone.checkGroupCall: which of these SSRCs the voice server passes on; for participants."""
        call = self._references.call(request.call)
        if self._view.account not in call.participants:
            raise CallError(400, "GROUPCALL_JOIN_MISSING")
        on_line = {
            one.source
            for one in call.participants.values()
            if call.is_streamed or self._exchange.is_on_line(call, one.person)
        }
        return Vector([source for source in request.sources if source & 0xFFFFFFFF in on_line], Int)

    def join_as(self, request: Any) -> Any:
        """phone.getGroupCallJoinAs: only oneself."""
        self._references.chat(request.peer)
        me = self._view.account
        return raw.types.phone.JoinAsPeers(
            peers=[raw.types.PeerUser(user_id=me)], chats=[], users=self._view.users([me])
        )

    def save_join_as(self, request: Any) -> Any:
        """phone.saveDefaultGroupCallJoinAs: only oneself."""
        self._references.chat(request.peer)
        self._require_self(request.join_as)
        return raw.core.BoolTrue()

    def export_invite(self, request: Any) -> Any:
        """phone.exportGroupCallInvite: a link, which only public chats have."""
        call, may_speak = self._references.call(request.call), bool(request.can_self_unmute)
        if may_speak:
            self._require_manager(call)
        link = self._world.calls.link(call, self._view.account, may_speak=may_speak)
        return raw.types.phone.ExportedGroupCallInvite(link=link)

    def _let_in(self, call: GroupCall, request: Any) -> str:
        """Where the client is to connect, as JSON; who hears a streamed call connects nowhere."""
        me, params, muted = self._view.account, request.params.data, bool(request.muted)
        if not call.is_streamed:
            return self._exchange.join_native(call, me, params, muted=muted)
        self._world.calls.join(call, me, read_offer(params).source, muted=True)
        return JOINED

    def _people(self, participants: Sequence[Participant]) -> list[Any]:
        """Those who are there as themselves, as TL `User`s."""
        return self._view.users(one.person for one in participants if one.speaks_as is None)

    def _names(self, participants: Sequence[Participant]) -> list[Any]:
        """The chats as which others are there."""
        names = dict.fromkeys(one.speaks_as for one in participants if one.speaks_as is not None)
        return [self._view.chat(self._world.society.chats[name]) for name in names]

    def _state_of(self, call: GroupCall) -> News:
        state = self._view.call(call)
        chat = self._world.society.chats[call.chat]
        update = raw.types.UpdateGroupCall(call=state, peer=self._view.peer(chat))
        return News([update], chats={chat.id})

    def _require_self(self, peer: Any) -> None:
        try:
            is_self = self._references.person(peer).id == self._view.account
        except CallError:
            is_self = False
        if not is_self:
            raise CallError(400, "JOIN_AS_PEER_INVALID")

    def _require_manager(self, call: GroupCall) -> None:
        membership = self._view.membership(self._world.society.chats[call.chat])
        if membership is None or not membership.may(MANAGE):
            raise CallError(403, "CHAT_ADMIN_REQUIRED")


def _in_order(call: GroupCall) -> list[Participant]:
    return sorted(call.participants.values(), key=_rank)


def _rank(one: Participant) -> tuple[int, int]:
    return int(one.joined_at.timestamp()), one.person


def _after(call: GroupCall, offset: str) -> list[Participant]:
    """Those who come after the one whom an offset names, who may have left meanwhile."""
    if not offset:
        return _in_order(call)
    joined_at, _, person = offset.partition(":")
    if not (joined_at.isdecimal() and person.isdecimal()):
        raise CallError(400, "OFFSET_INVALID")
    return [one for one in _in_order(call) if _rank(one) > (int(joined_at), int(person))]


def _offset_after(call: GroupCall, page: Sequence[Participant]) -> str:
    """The offset of the next page; empty when there is none."""
    if not page or page[-1] is _in_order(call)[-1]:
        return ""
    joined_at, person = _rank(page[-1])
    return f"{joined_at}:{person}"
