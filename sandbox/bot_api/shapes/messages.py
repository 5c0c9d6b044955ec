"""Messages as Message, service messages and media included."""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.bot_api.shapes import Json
from sandbox.bot_api.shapes.people import (
    ANONYMOUS_ADMIN,
    CHANNEL_VOICE,
    TELEGRAM_VOICE,
    write_chat,
    write_user,
)
from sandbox.world.entities import Chat, ChatKind, Media, Message, Person, StoredFile
from sandbox.world.origins import signature_of
from sandbox.world.society import Society


def write_message(society: Society, message: Message, *, with_reply: bool = True) -> Json:
    """A Message; the one it replies to is in it, unless that is gone."""
    chat = society.chats[message.chat]
    shape: Json = {"message_id": message.id} | _author(society, chat, message)
    shape |= {"chat": write_chat(society.people, chat), "date": int(message.date.timestamp())}
    if message.edited_at is not None:
        shape["edit_date"] = int(message.edited_at.timestamp())
    shape |= _thread(chat, message)
    if message.origin is not None:
        shape["forward_origin"] = _origin(society, message.origin)
    if message.is_automatic_forward:
        shape["is_automatic_forward"] = True
    if with_reply:
        shape |= _reply(society, chat, message)
    shape |= _content(society.people, message)
    if message.keyboard:
        shape["reply_markup"] = {"inline_keyboard": message.keyboard}
    if message.service is not None:
        shape |= _service(society, chat, *message.service)
    return shape


def write_absent(society: Society, chat: Chat, message: int) -> Json:
    """An InaccessibleMessage: one that is gone."""
    return {"chat": write_chat(society.people, chat), "message_id": message, "date": 0}


def write_file(file: StoredFile) -> Json:
    """A File, without its path; its size is optional, and left out of a copy that was not made yet."""
    shape = {"file_id": file.file_id, "file_unique_id": file.unique_id}
    return shape if file.size is None else shape | {"file_size": file.size}


def _author(society: Society, chat: Chat, message: Message) -> Json:
    if message.sender_chat is None and chat.kind is not ChatKind.CHANNEL:
        return {"from": write_user(society.people, message.sender)}
    voice = society.chats.get(message.sender_chat or chat.id, chat)
    shape: Json = {"sender_chat": write_chat(society.people, voice)}
    if chat.kind is ChatKind.CHANNEL:
        return shape
    if signature := signature_of(society, message):
        shape["author_signature"] = signature
    return shape | {"from": dict(_voice(chat, message))}


def _voice(chat: Chat, message: Message) -> Json:
    """The account that stands in for whoever speaks in a chat's name."""
    if message.is_automatic_forward:
        return TELEGRAM_VOICE
    return ANONYMOUS_ADMIN if message.sender_chat == chat.id else CHANNEL_VOICE


def _origin(society: Society, origin: Json) -> Json:
    written = dict(origin)
    for name in ("chat", "sender_chat"):
        if name in origin:
            written[name] = write_chat(society.people, society.chats[origin[name]])
    if "sender_user" in origin:
        written["sender_user"] = write_user(society.people, origin["sender_user"])
    return written


def _thread(chat: Chat, message: Message) -> Json:
    """A topic of a forum; elsewhere in a supergroup an answer is in the thread of what it answers."""
    if message.thread is not None:
        return {"message_thread_id": message.thread, "is_topic_message": True}
    if chat.kind is not ChatKind.SUPERGROUP or chat.is_forum or message.reply_to is None:
        return {}
    root, seen = message.reply_to, set[int]()
    while (answered := chat.messages.get(root)) is not None and answered.reply_to and root not in seen:
        seen.add(root)
        root = answered.reply_to
    return {"message_thread_id": root}


def _reply(society: Society, chat: Chat, message: Message) -> Json:
    """In a topic a message that replies to nothing replies to the message that made the topic."""
    id_ = message.reply_to or (message.thread if message.thread != message.id else None)
    replied = chat.messages.get(id_ or 0)
    if replied is None:
        return {}
    return {"reply_to_message": write_message(society, replied, with_reply=False)}


def _content(people: Mapping[int, Person], message: Message) -> Json:
    text, entities = ("caption", "caption_entities") if message.media else ("text", "entities")
    shape: Json = {} if message.media is None else _media(message.media)
    if message.text:
        shape[text] = message.text
    if message.text and message.entities:
        shape[entities] = [_entity(people, entity) for entity in message.entities]
    if message.link_preview:
        shape["link_preview_options"] = message.link_preview
    if message.contact is not None:
        shape["contact"] = message.contact
    return shape


def _entity(people: Mapping[int, Person], entity: Json) -> Json:
    if entity["type"] != "text_mention":
        return entity
    return entity | {"user": write_user(people, entity["user"]["id"])}


def _media(media: Media) -> Json:
    file = media.details | write_file(media.file)
    if media.kind == "photo":
        sizes = [size.details | write_file(size.file) for size in media.smaller]
        return {"photo": [*sizes, {"width": 0, "height": 0} | file]}
    if media.file.name and media.kind != "voice":
        file["file_name"] = media.file.name
    if media.file.mime_type:
        file["mime_type"] = media.file.mime_type
    if media.kind in ("audio", "voice"):
        file.setdefault("duration", 0)
    return {media.kind: file}


def _service(society: Society, chat: Chat, kind: str, payload: Any) -> Json:
    write = _SERVICES.get(kind)
    return {kind: payload if write is None else write(society, chat, payload)}


def _write_users(society: Society, _: Chat, payload: Any) -> Any:
    return [write_user(society.people, person) for person in payload]


def _write_leaver(society: Society, _: Chat, payload: Any) -> Any:
    return write_user(society.people, payload)


def _write_invited(society: Society, _: Chat, payload: Any) -> Any:
    return {"users": [write_user(society.people, person) for person in payload["users"]]}


def _write_shared(society: Society, _: Chat, payload: Any) -> Any:
    names = ("first_name", "last_name", "username")
    users = [write_user(society.people, person) for person in payload["users"]]
    return payload | {
        "users": [
            {"user_id": user["id"]} | {name: user[name] for name in names if name in user} for user in users
        ]
    }


def _write_pinned(society: Society, chat: Chat, payload: Any) -> Any:
    message = chat.messages.get(payload)
    if message is None:
        return write_absent(society, chat, payload)
    return write_message(society, message, with_reply=False)


_SERVICES: Mapping[str, Callable[[Society, Chat, Any], Any]] = {
    "new_chat_members": _write_users,
    "left_chat_member": _write_leaver,
    "pinned_message": _write_pinned,
    "users_shared": _write_shared,
    "video_chat_participants_invited": _write_invited,
}
"""How a service message's payload is written; the others are in the Bot API's shape already."""
