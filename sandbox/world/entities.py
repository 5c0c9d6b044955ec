"""People, chats, messages, files and calls as the sandbox knows them, in plain mutable records."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any


@dataclass(slots=True)
class Person:
    """Somebody with an account; `is_bot` for bots.

    `token` is a bot's secret, None for people; `password` that of people with two-step verification.
    """

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "en"
    is_bot: bool = False
    token: str | None = None
    reads_all_messages: bool = False
    password: str | None = None

    @property
    def name(self) -> str:
        """The full name as chats show it."""
        return f"{self.first_name} {self.last_name}".strip()


class Status(StrEnum):
    """What somebody is in a chat, in the Bot API's words."""

    CREATOR = "creator"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    RESTRICTED = "restricted"
    LEFT = "left"
    KICKED = "kicked"


@dataclass(slots=True)
class Membership:
    """A person's standing in a chat; `rights` are Bot API names such as `can_manage_video_chats`.

    Of somebody restricted, the rights are what they still may, such as `can_send_messages`.
    """

    person: int
    status: Status = Status.MEMBER
    rights: frozenset[str] = frozenset()
    is_anonymous: bool = False
    custom_title: str = ""
    tag: str = ""
    """What stands beside the name of somebody who is no admin."""
    is_member: bool = True
    """Whether somebody who is restricted is in the chat."""
    promoted_by: int | None = None

    @property
    def is_admin(self) -> bool:
        """Whether the person administers the chat."""
        return self.status in (Status.CREATOR, Status.ADMINISTRATOR)

    @property
    def is_present(self) -> bool:
        """Whether the person is in the chat."""
        if self.status is Status.RESTRICTED:
            return self.is_member
        return self.status not in (Status.LEFT, Status.KICKED)

    def may(self, right: str) -> bool:
        """Whether the person holds an admin right; a creator holds all."""
        return self.status is Status.CREATOR or (self.status is Status.ADMINISTRATOR and right in self.rights)


class ChatKind(StrEnum):
    """The Bot API's chat types."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


GENERAL = 1
"""The number of the topic that every forum has."""


@dataclass(slots=True)
class Thread:
    """A forum topic; whoever opened it may always mind it."""

    id: int
    name: str
    is_closed: bool = False
    creator: int = 0
    is_hidden: bool = False
    """Only General is ever hidden."""


@dataclass
class StoredFile:
    """An uploaded file, or one that is made of it when somebody wants it: most copies nobody ever wants."""

    file_id: str
    unique_id: str
    origin: bytes | Callable[[], bytes]
    name: str = ""
    mime_type: str = ""

    @cached_property
    def content(self) -> bytes:
        """Its bytes; made the first time, which takes as long as it does."""
        return self.origin if isinstance(self.origin, bytes) else self.origin()

    @property
    def size(self) -> int | None:
        """Bytes; None as long as it was not made."""
        return len(self.content) if isinstance(self.origin, bytes) or "content" in self.__dict__ else None


@dataclass(slots=True)
class Media:
    """What a message carries besides text; `kind` is photo, document, audio or voice.

    `smaller` are a photo's copies from the smallest up; the file itself is the biggest.
    """

    kind: str
    file: StoredFile
    details: dict[str, Any] = field(default_factory=dict)
    smaller: list["Media"] = field(default_factory=list)


@dataclass(slots=True)
class Message:
    """A message. `entities` and `keyboard` are in the Bot API's JSON shapes; a caption is kept in `text`.

    `service` names a service message's field, such as `video_chat_started`, with its value.
    """

    id: int
    chat: int
    sender: int
    date: datetime
    text: str = ""
    entities: list[dict[str, Any]] = field(default_factory=list)
    media: Media | None = None
    keyboard: list[list[dict[str, Any]]] | None = None
    reply_to: int | None = None
    thread: int | None = None
    sender_chat: int | None = None
    edited_at: datetime | None = None
    service: tuple[str, Any] | None = None
    reactions: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    link_preview: dict[str, Any] | None = None
    """How the links in it are to be previewed, in the Bot API's LinkPreviewOptions; None: as usual."""
    contact: dict[str, Any] | None = None
    """An address book's entry: `phone_number`, `first_name`, maybe `last_name`, `user_id`."""
    letters: dict[str, Any] | None = None
    """What a bot puts in place of the letters: ReplyKeyboardMarkup, ReplyKeyboardRemove or ForceReply."""
    origin: dict[str, Any] | None = None
    """Where a forwarded message comes from, in the Bot API's MessageOrigin with ids for people and chats."""
    is_automatic_forward: bool = False
    """Whether a channel's post came into its discussion group by itself."""


@dataclass(slots=True)
class Participant:
    """Somebody in a call. `source` is the unsigned SSRC of their microphone.

    muted and not can_self_unmute: a listener; muted and can_self_unmute: may unmute; not muted: live.
    """

    person: int
    source: int
    joined_at: datetime
    muted: bool = True
    can_self_unmute: bool = True
    volume: int = 10000
    raise_hand_rating: int | None = None
    speaks_as: int | None = None
    """The chat under whose name they are there; None: their own."""


@dataclass(slots=True)
class GroupCall:
    """A chat's voice chat, scheduled or under way; `version` counts participant updates."""

    id: int
    access_hash: int
    chat: int
    title: str = ""
    schedule_date: datetime | None = None
    started_at: datetime | None = None
    join_muted: bool = False
    creator: int = 0
    invite_hash: str = ""
    """What the speakers' link of a public group ends in; empty until somebody asks for that link."""
    subscribers: set[int] = field(default_factory=set)
    """Who asked to be reminded when a scheduled one begins."""
    is_streamed: bool = False
    """Whether it is so large that newcomers hear it in parts."""
    version: int = 1
    participants: dict[int, Participant] = field(default_factory=dict)

    @property
    def is_active(self) -> bool:
        """Whether people can be in it, that is, it was started."""
        return self.started_at is not None


@dataclass(slots=True)
class Chat:
    """A chat with its members and messages; a private chat of a bot has the person's id."""

    id: int
    kind: ChatKind
    title: str = ""
    username: str = ""
    is_forum: bool = False
    members: dict[int, Membership] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    threads: dict[int, Thread] = field(default_factory=dict)
    call: GroupCall | None = None
    linked: int | None = None
    """A channel's discussion group, or a discussion group's channel."""
    general: Thread = field(default_factory=lambda: Thread(GENERAL, "General"))
    """A forum's first topic. Messages in it have no thread, and it is not among `threads`."""
