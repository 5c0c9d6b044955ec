"""The directory: who the account is, whom and which chats it knows, and the state of its updates."""

from typing import Any

from pyrogram import raw
from pyrogram.raw.core import Vector

from sandbox.mtproto.references import References
from sandbox.mtproto.view import FIRST_CHANNEL, View, handle, present
from sandbox.world.entities import Chat, ChatKind
from sandbox.world.errors import CallError
from sandbox.world.world import World

MOST_DIALOGS = 100


class Directory:
    """Each method takes a request and gives its answer."""

    def __init__(self, world: World, view: View, references: References) -> None:
        self._society = world.society
        self._view = view
        self._references = references

    def state(self, _: Any) -> Any:
        """updates.getState; the account gets no updates that are counted."""
        return raw.types.updates.State(pts=1, qts=0, date=self._now(), seq=1, unread_count=0)

    def difference(self, _: Any) -> Any:
        """updates.getDifference: nothing that is counted was ever missed."""
        return raw.types.updates.DifferenceEmpty(date=self._now(), seq=1)

    def channel_difference(self, request: Any) -> Any:
        """updates.getChannelDifference."""
        self._references.channel(request.channel)
        return raw.types.updates.ChannelDifferenceEmpty(pts=1, final=True)

    def full_user(self, request: Any) -> Any:
        """users.getFullUser."""
        person = self._references.person(request.id)
        full = raw.types.UserFull(
            id=person.id,
            settings=raw.types.PeerSettings(),
            notify_settings=raw.types.PeerNotifySettings(),
            common_chats_count=0,
        )
        return raw.types.users.UserFull(full_user=full, chats=[], users=[self._view.user(person)])

    def users(self, request: Any) -> Any:
        """users.getUsers; whom the account cannot name rightly is empty."""
        return Vector([self._user(one) for one in request.id])

    def channels(self, request: Any) -> Any:
        """channels.getChannels, the forbidden ones too."""
        chats = [self._view.chat(self._references.known_channel(one)) for one in request.id]
        return raw.types.messages.Chats(chats=chats)

    def groups(self, request: Any) -> Any:
        """messages.getChats."""
        return raw.types.messages.Chats(
            chats=[self._view.chat(self._references.group(number)) for number in request.id]
        )

    def full_channel(self, request: Any) -> Any:
        """channels.getFullChannel; its `call` is how a client finds one."""
        chat = self._references.channel(request.channel)
        full = raw.types.ChannelFull(
            id=FIRST_CHANNEL - chat.id,
            about="",
            read_inbox_max_id=0,
            read_outbox_max_id=0,
            unread_count=0,
            chat_photo=raw.types.PhotoEmpty(id=0),
            notify_settings=raw.types.PeerNotifySettings(),
            bot_info=[],
            pts=1,
            participants_count=present(chat),
            call=None if chat.call is None else handle(chat.call),
        )
        return raw.types.messages.ChatFull(full_chat=full, chats=[self._view.chat(chat)], users=[])

    def full_group(self, request: Any) -> Any:
        """messages.getFullChat."""
        chat = self._references.group(request.chat_id)
        full = raw.types.ChatFull(
            id=-chat.id,
            about="",
            participants=raw.types.ChatParticipantsForbidden(chat_id=-chat.id),
            notify_settings=raw.types.PeerNotifySettings(),
            call=None if chat.call is None else handle(chat.call),
        )
        return raw.types.messages.ChatFull(full_chat=full, chats=[self._view.chat(chat)], users=[])

    def dialogs(self, request: Any) -> Any:
        """messages.getDialogs, without their messages: those after the one that `offset_peer` names."""
        chats = sorted(self._society.chats_of(self._view.account), key=lambda chat: chat.id)
        places = [self._number(chat) for chat in chats]
        offset = _number_of(request.offset_peer)
        begin = places.index(offset) + 1 if offset in places else 0
        page = [] if request.folder_id else chats[begin : begin + min(request.limit, MOST_DIALOGS)]
        groups = [chat for chat in page if chat.kind is not ChatKind.PRIVATE]
        people = [person for chat in page if chat.kind is ChatKind.PRIVATE for person in chat.members]
        return raw.types.messages.DialogsSlice(
            count=len(chats),
            dialogs=[self._dialog(chat) for chat in page],
            messages=[],
            chats=[self._view.chat(chat) for chat in groups],
            users=self._view.users(people),
        )

    def config(self, _: Any) -> Any:
        """help.getConfig: this place is the only data centre."""
        here = raw.types.DcOption(id=2, ip_address="127.0.0.1", port=443)
        now = self._now()
        return raw.types.Config(
            date=now,
            expires=now + 3600,
            test_mode=False,
            this_dc=2,
            dc_options=[here],
            dc_txt_domain_name="",
            me_url_prefix="https://t.me/",
            **dict.fromkeys(_LIMITS, 0),
        )

    def ping(self, request: Any) -> Any:
        """The mere sign of life."""
        return raw.types.Pong(msg_id=0, ping_id=request.ping_id)

    def _user(self, reference: Any) -> Any:
        try:
            return self._view.user(self._references.person(reference))
        except CallError:
            return raw.types.UserEmpty(id=getattr(reference, "user_id", 0))

    def _dialog(self, chat: Chat) -> Any:
        return raw.types.Dialog(
            peer=self._view.peer(chat),
            top_message=max(chat.messages, default=0),
            read_inbox_max_id=0,
            read_outbox_max_id=0,
            unread_count=0,
            unread_mentions_count=0,
            unread_reactions_count=0,
            unread_poll_votes_count=0,
            notify_settings=raw.types.PeerNotifySettings(),
        )

    def _number(self, chat: Chat) -> tuple[str, int]:
        return _number_of(self._view.peer(chat))

    def _now(self) -> int:
        return int(self._society.now().timestamp())


def _number_of(peer: Any) -> tuple[str, int]:
    """What a `Peer` or `InputPeer` is, and its bare number."""
    for kind in ("channel_id", "chat_id", "user_id"):
        if hasattr(peer, kind):
            return kind, getattr(peer, kind)
    return "", 0


_LIMITS = (
    "chat_size_max",
    "megagroup_size_max",
    "forwarded_count_max",
    "online_update_period_ms",
    "offline_blur_timeout_ms",
    "offline_idle_timeout_ms",
    "online_cloud_timeout_ms",
    "notify_cloud_delay_ms",
    "notify_default_delay_ms",
    "push_chat_period_ms",
    "push_chat_limit",
    "edit_time_limit",
    "revoke_time_limit",
    "revoke_pm_time_limit",
    "rating_e_decay",
    "stickers_recent_limit",
    "channels_read_media_period",
    "call_receive_timeout_ms",
    "call_ring_timeout_ms",
    "call_connect_timeout_ms",
    "call_packet_timeout_ms",
    "caption_length_max",
    "message_length_max",
    "webfile_dc_id",
)
"""Numbers of a `config` that mean nothing here."""
