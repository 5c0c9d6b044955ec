"""History: which messages of a chat somebody sees, and what of each."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from sandbox.world.entities import Chat, ChatKind, Media, Message, Person
from sandbox.world.world import World

Json = dict[str, Any]

MOST_MESSAGES = 300
"""The newest messages of a chat that are shown."""

LEAST_OF_THREAD = 50
"""The newest messages of each topic that are shown, however much was said elsewhere since."""

DETAILS = ("width", "height", "duration", "title", "performer")
"""What is shown of a medium's details: pixels, pixels, seconds, and of a sound its name and by whom it is."""


class History:
    """Writes down what was said."""

    def __init__(self, world: World) -> None:
        self._people = world.society.people
        self._chats = world.society.chats
        self._files = world.messages.files

    def of(self, chat: Chat, viewer: Person) -> list[Json]:
        """The messages of a chat in order: the newest, those of every topic, and those that are pinned."""
        return [self._message(message, chat, viewer) for message in _shown(chat)]

    def _message(self, message: Message, chat: Chat, viewer: Person) -> Json:
        """A message; who hides behind a chat's name is known to themselves alone."""
        is_mine = message.sender == viewer.id
        masked = message.sender_chat is not None and not is_mine
        sender = self._people.get(message.sender)
        return {
            "id": message.id,
            "sender": message.sender_chat if masked else message.sender,
            "sender_name": self._sender_name(message, chat),
            "sender_chat": message.sender_chat,
            "is_anonymous": chat.kind is not ChatKind.CHANNEL and message.sender_chat == chat.id,
            "signature": self._signature(message, chat),
            "is_bot": sender is not None and sender.is_bot,
            "date": int(message.date.timestamp()),
            "text": message.text,
            "entities": message.entities,
            "media": None if message.media is None else self._media(message.media),
            "contact": message.contact,
            "keyboard": message.keyboard,
            "reply_to": message.reply_to,
            "thread": message.thread,
            "edited": message.edited_at is not None,
            "forwarded_from": self._origin_name(message.origin),
            "service": (
                {"kind": message.service[0], "payload": message.service[1]} if message.service else None
            ),
            "reactions": _reactions(message, viewer),
        }

    def _sender_name(self, message: Message, chat: Chat) -> str:
        voice = self._chats.get(message.sender_chat or 0)
        if voice is None and chat.kind is ChatKind.CHANNEL:
            voice = chat
        return voice.title if voice is not None else self._name(message.sender)

    def _signature(self, message: Message, chat: Chat) -> str:
        """An anonymous admin's title: all that shows of them."""
        membership = chat.members.get(message.sender)
        return membership.custom_title if membership and message.sender_chat == chat.id else ""

    def _origin_name(self, origin: Mapping[str, Any] | None) -> str | None:
        """From whom a message was forwarded."""
        if origin is None:
            return None
        chat = self._chats.get(origin.get("chat") or origin.get("sender_chat") or 0)
        if chat is not None:
            return chat.title
        name: str = origin.get("sender_user_name") or self._name(origin.get("sender_user", 0))
        return name

    def _name(self, person: int) -> str:
        known = self._people.get(person)
        return known.name if known else "Somebody"

    def _media(self, media: Media) -> Json:
        shown: Json = {
            "kind": media.kind,
            "url": f"/api/files/{quote(media.file.file_id, safe='')}",
            "name": media.file.name,
            "mime": media.file.mime_type,
            "size": len(media.file.content),
            "is_gone": media.file.file_id not in self._files,
        }
        return shown | {name: media.details[name] for name in DETAILS if name in media.details}


def _shown(chat: Chat) -> list[Message]:
    messages = list(chat.messages.values())
    newest = messages[-MOST_MESSAGES:]
    kept = set(chat.pinned)
    if chat.is_forum and len(messages) > MOST_MESSAGES:
        kept |= _newest_by_thread(messages)
    earlier = [one for one in messages[:-MOST_MESSAGES] if one.id in kept] if kept else []
    return earlier + newest


def _newest_by_thread(messages: list[Message]) -> set[int]:
    threads: defaultdict[int | None, list[int]] = defaultdict(list)
    for message in messages:
        threads[message.thread].append(message.id)
    return {number for numbers in threads.values() for number in numbers[-LEAST_OF_THREAD:]}


def _reactions(message: Message, viewer: Person) -> list[Json]:
    given = {one: [reaction.get("emoji", "") for reaction in all_] for one, all_ in message.reactions.items()}
    counts = Counter(emoji for emojis in given.values() for emoji in emojis)
    return [
        {"emoji": emoji, "count": count, "mine": emoji in given.get(viewer.id, [])}
        for emoji, count in counts.most_common()
    ]
