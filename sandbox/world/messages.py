"""Messages: posted, edited, deleted, pinned, reacted to; and buttons pressed under them."""

import secrets
from dataclasses import dataclass, field
from typing import Any

from sandbox.world.changes import (
    ButtonAnswered,
    ButtonPressed,
    MessageDeleted,
    MessageEdited,
    MessagePinned,
    MessagePosted,
    MessageReacted,
)
from sandbox.world.entities import Chat, Media, Message, StoredFile, Thread
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


@dataclass(slots=True)
class Messages:
    """What is said in the chats of a society."""

    society: Society
    files: dict[str, StoredFile] = field(default_factory=dict)
    _presses: dict[str, int] = field(default_factory=dict)
    _last: dict[int, int] = field(default_factory=dict)

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
            draft.sender_chat or _mask(chat, sender),
            link_preview=draft.link_preview,
        )
        return self._put(chat, message)

    def serve(self, chat: Chat, sender: int, kind: str, payload: Any, thread: int | None = None) -> Message:
        """A service message, such as `video_chat_started`."""
        message = Message(self._next_id(chat), chat.id, sender, self.society.now(), thread=thread)
        message.sender_chat = _mask(chat, sender)
        message.service = (kind, payload)
        return self._put(chat, message)

    def open_thread(self, chat: Chat, sender: int, name: str, payload: dict[str, Any]) -> Thread:
        """Somebody opens a topic in a forum; the message that announces it gives it its number."""
        number = self._next_id(chat, FIRST_TOPIC)
        thread = self.society.create_thread(chat, number, name)
        message = Message(number, chat.id, sender, self.society.now(), thread=number)
        message.sender_chat = _mask(chat, sender)
        message.service = ("forum_topic_created", payload)
        self._put(chat, message)
        return thread

    def edit(
        self, message: Message, text: str, entities: list[dict[str, Any]], keyboard: Keyboard | None
    ) -> None:
        """Say it differently; raises the Bot API's error when it is the same."""
        if (message.text, message.entities, message.keyboard) == (text, entities, keyboard):
            raise ApiError(
                400,
                "Bad Request: message is not modified: specified new message content and reply markup are "
                "exactly the same as a current content and reply markup of the message",
            )
        message.text, message.entities, message.keyboard = text, entities, keyboard
        message.edited_at = self.society.now()
        self.society.tell(MessageEdited(message))

    def delete(self, chat: Chat, message: Message) -> None:
        """It is gone, from the pins too."""
        del chat.messages[message.id]
        self.society.tell(MessageDeleted(chat.id, message.id))
        self.unpin(chat, message.id)

    def pin(self, chat: Chat, message: Message, by: int) -> None:
        """Put a message on top, and say so in the chat."""
        if message.id in chat.pinned:
            return
        chat.pinned.append(message.id)
        self.society.tell(MessagePinned(chat.id))
        self.serve(chat, by, "pinned_message", message.id)

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

    def _next_id(self, chat: Chat, least: int = 1) -> int:
        self._last[chat.id] = max(self._last.get(chat.id, 0) + 1, least)
        return self._last[chat.id]

    def _put(self, chat: Chat, message: Message) -> Message:
        chat.messages[message.id] = message
        self.society.tell(MessagePosted(message))
        return message


def _mask(chat: Chat, sender: int) -> int | None:
    """An anonymous admin speaks in the group's name."""
    membership = chat.members.get(sender)
    return chat.id if membership is not None and membership.is_anonymous else None
