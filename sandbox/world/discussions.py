"""Discussions: a channel's posts come into its group by themselves, and change and go with the channel's."""

from dataclasses import dataclass

from sandbox.world.changes import Change, MessageDeleted, MessageEdited, MessagePosted
from sandbox.world.entities import Chat, ChatKind, Message
from sandbox.world.messages import Draft, Messages
from sandbox.world.origins import origin_of
from sandbox.world.society import Society

TELEGRAM = 777_000
"""Telegram's own account, from which these come."""


@dataclass(slots=True)
class Discussions:
    """Keeps every linked group in step with its channel (core.telegram.org/api/discussion)."""

    society: Society
    messages: Messages

    def __post_init__(self) -> None:
        self.society.watch(self._follow)

    def _follow(self, change: Change) -> None:
        match change:
            case MessagePosted(message=post) if post.service is None:
                self._bring(post)
            case MessageEdited(message=post):
                self._rework(post)
            case MessageDeleted(chat=chat, message=number):
                self._take_away(chat, number)

    def _bring(self, post: Message) -> None:
        group = self._group_of(post.chat)
        if group is None:
            return
        draft = Draft(
            post.text,
            post.entities,
            post.media,
            sender_chat=post.chat,
            link_preview=post.link_preview,
            origin=origin_of(self.society, post),
            is_automatic_forward=True,
        )
        copy = self.messages.post(group, TELEGRAM, draft)
        self.messages.pin_quietly(group, copy)

    def _rework(self, post: Message) -> None:
        group = self._group_of(post.chat)
        copy = None if group is None else _copy_of(group, post.chat, post.id)
        if copy is not None and (copy.text, copy.entities, copy.media) != (
            post.text,
            post.entities,
            post.media,
        ):
            self.messages.rework(copy, Draft(post.text, post.entities, post.media, copy.keyboard))

    def _take_away(self, channel: int, number: int) -> None:
        """What Telegram does with the copy of a post that is deleted is not written down: this is a guess."""
        group = self._group_of(channel)
        copy = None if group is None else _copy_of(group, channel, number)
        if group is not None and copy is not None:
            self.messages.delete(group, copy)

    def _group_of(self, channel: int) -> Chat | None:
        chat = self.society.chats[channel]
        if chat.kind is not ChatKind.CHANNEL or chat.linked is None:
            return None
        return self.society.chats[chat.linked]


def _copy_of(group: Chat, channel: int, number: int) -> Message | None:
    for message in reversed(group.messages.values()):
        if message.is_automatic_forward and message.sender_chat == channel:
            origin = message.origin or {}
            if origin.get("message_id") == number and origin.get("chat") == channel:
                return message
    return None
