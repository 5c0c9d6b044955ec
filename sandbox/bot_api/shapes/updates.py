"""Happenings as the contents of updates: CallbackQuery, ChatMemberUpdated, MessageReactionUpdated."""

import hashlib

from sandbox.bot_api.shapes import Json
from sandbox.bot_api.shapes.messages import write_message
from sandbox.bot_api.shapes.people import ANONYMOUS_ADMIN, write_chat, write_member, write_user
from sandbox.world.changes import ButtonPressed, MemberChanged, MessageReacted
from sandbox.world.entities import Chat, ChatKind
from sandbox.world.messages import sender_chat_for
from sandbox.world.society import Society


def write_press(society: Society, press: ButtonPressed) -> Json:
    """A CallbackQuery; its message holds the one that it replies to."""
    return {
        "id": press.query,
        "from": write_user(society.people, press.person),
        "message": write_message(society, press.message),
        "chat_instance": chat_instance(press.message.chat),
        "data": press.data,
    }


def chat_instance(chat: int) -> str:
    """The number, as text, that stands for a chat without telling its id."""
    digest = hashlib.sha256(str(chat).encode()).digest()
    return str(int.from_bytes(digest[:8], "big", signed=True))


def write_standing(society: Society, change: MemberChanged, reader: int) -> Json:
    """A ChatMemberUpdated, as a certain bot reads it; an anonymous admin acts in the group's name."""
    chat = society.chats[change.chat]
    return {
        "chat": write_chat(society.people, chat),
        "from": _actor(society, chat, change.actor),
        "date": int(society.now().timestamp()),
        "old_chat_member": write_member(society.people, chat, change.old, reader),
        "new_chat_member": write_member(society.people, chat, change.new, reader),
    }


def _actor(society: Society, chat: Chat, actor: int) -> Json:
    is_anonymous = chat.kind is not ChatKind.CHANNEL and sender_chat_for(chat, actor) is not None
    return dict(ANONYMOUS_ADMIN) if is_anonymous else write_user(society.people, actor)


def write_reaction(society: Society, change: MessageReacted) -> Json:
    """A MessageReactionUpdated; an anonymous admin reacts in the chat's name."""
    message = change.message
    chat = society.chats[message.chat]
    membership = chat.members.get(change.person)
    is_anonymous = membership is not None and membership.is_anonymous
    actor = "actor_chat" if is_anonymous else "user"
    shape = write_chat(society.people, chat) if is_anonymous else write_user(society.people, change.person)
    return {
        "chat": write_chat(society.people, chat),
        "message_id": message.id,
        actor: shape,
        "date": int(society.now().timestamp()),
        "old_reaction": list(change.before),
        "new_reaction": list(message.reactions.get(change.person, [])),
    }
