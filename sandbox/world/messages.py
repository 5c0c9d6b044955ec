"""Messages: posted, edited, deleted, pinned, reacted to; and buttons pressed under them."""

import secrets
from dataclasses import dataclass, field
from typing import Any

from sandbox.world.changes import (
    ButtonAnswered,
    ButtonPressed,
    Change,
    ChatUpgraded,
    MemberChanged,
    MessageDeleted,
    MessageEdited,
    MessagePinned,
    MessagePosted,
    MessageReacted,
)
from sandbox.world.entities import Chat, ChatKind, Media, Message, StoredFile, Thread
from sandbox.world.errors import ApiError
from sandbox.world.markup import entities_of
from sandbox.world.society import Society

Keyboard = list[list[dict[str, Any]]]

FIRST_TOPIC = 2
"""The lowest number of a topic that somebody opened: 1 is General's in every forum."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wants to say; without entities those that are plain to see are found in the text."""

    text: str = ""
    entities: list[dict[str, Any]] | None = None
    media: Media | None = None
    keyboard: Keyboard | None = None
    reply_to: int | None = None
    thread: int | None = None
    sender_chat: int | None = None
    link_preview: dict[str, Any] | None = None
    contact: dict[str, Any] | None = None
    letters: dict[str, Any] | None = None
    origin: dict[str, Any] | None = None
    is_automatic_forward: bool = False


@dataclass(slots=True)
class Messages:
    """What is said in the chats of a society."""

    society: Society
    files: dict[str, StoredFile] = field(default_factory=dict)
    pictures: dict[str, Media] = field(default_factory=dict)
    """Photos by the file id of any of their sizes."""
    _presses: dict[str, int] = field(default_factory=dict)
    _last: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.society.watch(self._follow)

    def post(self, chat: Chat, sender: int, draft: Draft) -> Message:
        """Somebody says something; permissions are the door's business."""
        entities = entities_of(draft.text) if draft.entities is None else draft.entities
        message = Message(
            self._next_id(chat),
            chat.id,
            sender,
            self.society.now(),
            draft.text,
            entities,
            draft.media,
            draft.keyboard,
            draft.reply_to,
            draft.thread,
            draft.sender_chat or sender_chat_for(chat, sender),
            link_preview=draft.link_preview,
            contact=draft.contact,
            letters=draft.letters,
            origin=draft.origin,
            is_automatic_forward=draft.is_automatic_forward,
        )
        return self._put(chat, message)

    def serve(self, chat: Chat, sender: int, kind: str, payload: Any, thread: int | None = None) -> Message:
        """A service message, such as `video_chat_started`."""
        message = Message(self._next_id(chat), chat.id, sender, self.society.now(), thread=thread)
        message.sender_chat = sender_chat_for(chat, sender)
        message.service = (kind, payload)
        return self._put(chat, message)

    def open_thread(self, chat: Chat, sender: int, name: str, payload: dict[str, Any]) -> Thread:
        """Somebody opens a topic in a forum; the message that announces it gives it its number."""
        number = self._next_id(chat, FIRST_TOPIC)
        thread = self.society.create_thread(chat, number, name)
        thread.creator = sender
        message = Message(number, chat.id, sender, self.society.now(), thread=number)
        message.sender_chat = sender_chat_for(chat, sender)
        message.service = ("forum_topic_created", payload)
        self._put(chat, message)
        return thread

    def edit(
        self, message: Message, text: str, entities: list[dict[str, Any]], keyboard: Keyboard | None
    ) -> None:
        """Say it differently; raises the Bot API's error when it is the same."""
        self.rework(message, Draft(text, entities, message.media, keyboard))

    def rework(self, message: Message, draft: Draft) -> None:
        """Give a message another text, other media, another keyboard; raises the same error."""
        entities = entities_of(draft.text) if draft.entities is None else draft.entities
        now = (message.text, message.entities, message.keyboard, message.media)
        if now == (draft.text, entities, draft.keyboard, draft.media):
            raise ApiError(
                400,
                "Bad Request: message is not modified: specified new message content and reply markup are "
                "exactly the same as a current content and reply markup of the message",
            )
        message.text, message.entities = draft.text, entities
        message.keyboard, message.media = draft.keyboard, draft.media
        message.edited_at = self.society.now()
        self.society.tell(MessageEdited(message))

    def delete(self, chat: Chat, message: Message) -> None:
        """It is gone, from the pins too."""
        del chat.messages[message.id]
        self.society.tell(MessageDeleted(chat.id, message.id))
        self.unpin(chat, message.id)

    def pin(self, chat: Chat, message: Message, by: int) -> None:
        """Put a message on top, and say so in the chat, or in its topic."""
        if message.id in chat.pinned:
            return
        self.pin_quietly(chat, message)
        self.serve(chat, by, "pinned_message", message.id, message.thread)

    def pin_quietly(self, chat: Chat, message: Message) -> None:
        """Put a message on top, as Telegram itself does with a channel's posts."""
        chat.pinned.append(message.id)
        self.society.tell(MessagePinned(chat.id))

    def unpin(self, chat: Chat, message: int) -> None:
        """Take a message from the top, if it is there."""
        if message in chat.pinned:
            chat.pinned.remove(message)
            self.society.tell(MessagePinned(chat.id))

    def react(self, message: Message, person: int, reactions: list[dict[str, Any]]) -> None:
        """Somebody's reactions are these now."""
        before = message.reactions.get(person, [])
        message.reactions[person] = reactions
        self.society.tell(MessageReacted(message, person, before))

    def press(self, message: Message, person: int, data: str) -> str:
        """Somebody presses a callback button; gives the query's id."""
        query = str(secrets.randbits(62))
        self._presses[query] = person
        self.society.tell(ButtonPressed(query, message, person, data))
        return query

    def answer(self, query: str, text: str, *, is_alert: bool, url: str) -> None:
        """The bot answers a press, once."""
        person = self._presses.pop(query, None)
        if person is None:
            raise ApiError(
                400,
                "Bad Request: query is too old and response timeout expired or query ID is invalid",
            )
        self.society.tell(ButtonAnswered(query, person, text, is_alert, url))

    def keep(self, file: StoredFile) -> StoredFile:
        """An uploaded file can be had again by its id."""
        self.files[file.file_id] = file
        return file

    def keep_picture(self, photo: Media) -> Media:
        """A photo can be had again, with all its sizes, by the id of any."""
        for size in (*photo.smaller, photo):
            self.pictures[self.keep(size.file).file_id] = photo
        return photo

    def _follow(self, change: Change) -> None:
        """Groups say by themselves who comes and goes, and what becomes of them."""
        match change:
            case MemberChanged(chat=id_, actor=actor, old=old, new=new) if old.is_present != new.is_present:
                chat = self.society.chats[id_]
                if chat.kind in (ChatKind.GROUP, ChatKind.SUPERGROUP) and new.is_present:
                    self.serve(chat, actor, "new_chat_members", [new.person])
                elif chat.kind in (ChatKind.GROUP, ChatKind.SUPERGROUP):
                    self.serve(chat, actor, "left_chat_member", new.person)
            case ChatUpgraded(old=old_id, new=new_id, actor=actor):
                self.serve(self.society.chats[old_id], actor, "migrate_to_chat_id", new_id)
                self.serve(self.society.chats[new_id], actor, "migrate_from_chat_id", old_id)

    def _next_id(self, chat: Chat, least: int = 1) -> int:
        self._last[chat.id] = max(self._last.get(chat.id, 0) + 1, least)
        return self._last[chat.id]

    def _put(self, chat: Chat, message: Message) -> Message:
        chat.messages[message.id] = message
        self.society.tell(MessagePosted(message))
        return message


def sender_chat_for(chat: Chat, person: int) -> int | None:
    """In which chat's name somebody speaks: a channel's, a group's as its anonymous admin, or none."""
    membership = chat.members.get(person)
    is_anonymous = membership is not None and membership.is_admin and membership.is_anonymous
    return chat.id if chat.kind is ChatKind.CHANNEL or is_anonymous else None
