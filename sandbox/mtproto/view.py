"""The view: how one account sees people, chats and calls, in TL's words."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from pyrogram import raw

from sandbox.world.calls import MANAGE
from sandbox.world.entities import Chat, ChatKind, GroupCall, Membership, Participant, Person
from sandbox.world.society import Society

FIRST_CHANNEL = -1_000_000_000_000
"""The Bot API numbers a supergroup by this minus its channel id."""

CREATED = 1_700_000_000
"""When every chat was made, in Unix seconds; nothing depends on it."""

FULL_VOLUME = 10_000
"""At which everybody begins; it is not mentioned."""

DATA_CENTRE = 2
"""Where parts of streamed calls are."""

VIDEOS = 30
"""How many may show a picture in a call, as clients are told."""

_RIGHTS = {
    "can_change_info": "change_info",
    "can_delete_messages": "delete_messages",
    "can_restrict_members": "ban_users",
    "can_invite_users": "invite_users",
    "can_pin_messages": "pin_messages",
    "can_promote_members": "add_admins",
    "can_manage_video_chats": "manage_call",
    "can_manage_chat": "other",
    "can_manage_topics": "manage_topics",
}
"""Admin rights: the Bot API's names and TL's."""


class View:
    """Turns what is in a society into TL objects as `account` gets them, access hashes included."""

    def __init__(self, society: Society, account: int) -> None:
        self._society = society
        self.account = account

    def access_hash(self, kind: str, number: int) -> int:
        """The account's key to a `user` or `channel`: the same for ever, and of no use to another account."""
        digest = hashlib.blake2b(f"{self.account} {kind} {number}".encode(), digest_size=8).digest()
        return int.from_bytes(digest, "little", signed=True)

    def membership(self, chat: Chat) -> Membership | None:
        """What the account is in a chat; None when it is not there."""
        membership = chat.members.get(self.account)
        return membership if membership is not None and membership.is_present else None

    def user(self, person: Person, *, is_min: bool = False) -> Any:
        """A `User`; pushed updates carry `min` ones, which must not replace what is known."""
        return raw.types.User(
            id=person.id,
            is_self=person.id == self.account or None,
            min=is_min or None,
            access_hash=self.access_hash("user", person.id),
            first_name=person.first_name,
            last_name=person.last_name or None,
            username=person.username or None,
            bot=person.is_bot or None,
            bot_info_version=1 if person.is_bot else None,
        )

    def users(self, people: Iterable[int], *, is_min: bool = False) -> list[Any]:
        """The `User` of each of these ids."""
        return [self.user(self._society.people[id_], is_min=is_min) for id_ in dict.fromkeys(people)]

    def chat(self, chat: Chat) -> Any:
        """A `Channel` or `Chat`, or its forbidden form when the account is not in it."""
        membership = self.membership(chat)
        if chat.kind is ChatKind.GROUP:
            return self._group(chat, membership)
        number = FIRST_CHANNEL - chat.id
        access_hash = self.access_hash("channel", number)
        is_broadcast = chat.kind is ChatKind.CHANNEL
        kind = {"broadcast": is_broadcast or None, "megagroup": not is_broadcast or None}
        if membership is None:
            return raw.types.ChannelForbidden(id=number, access_hash=access_hash, title=chat.title, **kind)
        return raw.types.Channel(
            id=number,
            title=chat.title,
            photo=raw.types.ChatPhotoEmpty(),
            date=CREATED,
            forum=chat.is_forum or None,
            access_hash=access_hash,
            username=chat.username or None,
            participants_count=present(chat),
            **kind,
            **_standing(chat, membership),
        )

    def _group(self, chat: Chat, membership: Membership | None) -> Any:
        if chat.id in self._society.upgraded:
            return self._upgraded_group(chat)
        if membership is None:
            return raw.types.ChatForbidden(id=-chat.id, title=chat.title)
        return raw.types.Chat(
            id=-chat.id,
            title=chat.title,
            photo=raw.types.ChatPhotoEmpty(),
            participants_count=present(chat),
            date=CREATED,
            version=1,
            **_standing(chat, membership),
        )

    def _upgraded_group(self, chat: Chat) -> Any:
        """A group that became a supergroup says which (core.telegram.org/api/channel#migration)."""
        number = FIRST_CHANNEL - self._society.upgraded[chat.id]
        access_hash = self.access_hash("channel", number)
        return raw.types.Chat(
            id=-chat.id,
            title=chat.title,
            photo=raw.types.ChatPhotoEmpty(),
            participants_count=0,
            date=CREATED,
            version=1,
            deactivated=True,
            migrated_to=raw.types.InputChannel(channel_id=number, access_hash=access_hash),
        )

    def peer(self, chat: Chat) -> Any:
        """A chat as a `Peer`; a private one is the other person."""
        if chat.kind is ChatKind.PRIVATE:
            return raw.types.PeerUser(user_id=other_of(chat, self.account))
        if chat.kind is ChatKind.GROUP:
            return raw.types.PeerChat(chat_id=-chat.id)
        return raw.types.PeerChannel(channel_id=FIRST_CHANNEL - chat.id)

    def call(self, call: GroupCall) -> Any:
        """A `groupCall`."""
        membership = self.membership(self._society.chats[call.chat])
        return raw.types.GroupCall(
            id=call.id,
            access_hash=call.access_hash,
            participants_count=len(call.participants),
            unmuted_video_limit=VIDEOS,
            version=call.version,
            join_muted=call.join_muted or None,
            can_change_join_muted=(membership is not None and membership.may(MANAGE)) or None,
            join_date_asc=True,
            schedule_start_subscribed=self.account in call.subscribers or None,
            creator=call.creator == self.account or None,
            title=call.title or None,
            stream_dc_id=DATA_CENTRE if call.is_streamed else None,
            schedule_date=unix(call.schedule_date),
        )

    def ended_call(self, call: GroupCall) -> Any:
        """A `groupCallDiscarded`."""
        began = call.started_at or self._society.now()
        seconds = int((self._society.now() - began).total_seconds())
        return raw.types.GroupCallDiscarded(id=call.id, access_hash=call.access_hash, duration=seconds)

    def participant_peer(self, one: Participant) -> Any:
        """A participant as a `Peer`: themselves, or the chat as which they speak."""
        if one.speaks_as is None:
            return raw.types.PeerUser(user_id=one.person)
        return self.peer(self._society.chats[one.speaks_as])

    def participant(self, one: Participant, *, just_joined: bool = False, left: bool = False) -> Any:
        """A `groupCallParticipant`; TL writes an SSRC as a signed number."""
        return raw.types.GroupCallParticipant(
            peer=self.participant_peer(one),
            date=unix(one.joined_at) or 0,
            source=signed(one.source),
            muted=one.muted or None,
            left=left or None,
            can_self_unmute=one.can_self_unmute or None,
            just_joined=just_joined or None,
            versioned=True,
            is_self=one.person == self.account or None,
            volume=one.volume if one.volume != FULL_VOLUME else None,
            raise_hand_rating=one.raise_hand_rating,
        )


def handle(call: GroupCall) -> Any:
    """A call as an `inputGroupCall`."""
    return raw.types.InputGroupCall(id=call.id, access_hash=call.access_hash)


def other_of(chat: Chat, account: int) -> int:
    """Whom a private chat of the account is with; itself where it keeps notes."""
    return next((one for one in chat.members if one != account), account)


def present(chat: Chat) -> int:
    """How many are in a chat."""
    return sum(member.is_present for member in chat.members.values())


def unix(instant: datetime | None) -> int | None:
    """An instant in Unix seconds."""
    return None if instant is None else int(instant.timestamp())


def signed(source: int) -> int:
    """An SSRC as TL's 32-bit int."""
    return source - (1 << 32) if source >= 1 << 31 else source


def _standing(chat: Chat, membership: Membership) -> dict[str, Any]:
    """What is the same in `Channel` and `Chat`: the call, and what the account may do."""
    is_creator = membership.may("")
    rights = {tl: membership.may(name) or None for name, tl in _RIGHTS.items()}
    call = chat.call
    return {
        "creator": is_creator or None,
        "admin_rights": raw.types.ChatAdminRights(**rights) if membership.is_admin else None,
        "call_active": (call is not None and call.is_active) or None,
        "call_not_empty": (call is not None and bool(call.participants)) or None,
    }
