"""Origins: where a forwarded message comes from, in the Bot API's MessageOrigin."""

from typing import Any

from sandbox.world.entities import ChatKind, Message
from sandbox.world.society import Society


def origin_of(society: Society, message: Message) -> dict[str, Any]:
    """The origin that a forward of a message shows; a forward of a forward shows the first one.

    `chat`, `sender_chat` and `sender_user` are ids.
    """
    if message.origin is not None:
        return message.origin
    chat = society.chats[message.chat]
    date = int(message.date.timestamp())
    if chat.kind is ChatKind.CHANNEL:
        return {"type": "channel", "date": date, "chat": chat.id, "message_id": message.id}
    if message.sender_chat is not None:
        origin: dict[str, Any] = {"type": "chat", "date": date, "sender_chat": message.sender_chat}
        signature = signature_of(society, message)
        return origin | ({"author_signature": signature} if signature else {})
    return {"type": "user", "date": date, "sender_user": message.sender}


def signature_of(society: Society, message: Message) -> str:
    """An anonymous admin's title, which stands beside the group's name."""
    chat = society.chats[message.chat]
    membership = chat.members.get(message.sender)
    if membership is None or message.sender_chat != chat.id or chat.kind is ChatKind.CHANNEL:
        return ""
    return membership.custom_title
