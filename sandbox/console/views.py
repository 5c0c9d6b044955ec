"""Views: the world as one person may see it, in the JSON shapes of the console's API."""

from collections import Counter
from typing import Any
from urllib.parse import quote

from sandbox.people.cast import Cast
from sandbox.sfu import VoiceServer
from sandbox.world.entities import Chat, GroupCall, Media, Message, Person
from sandbox.world.world import World

Json = dict[str, Any]

MOST_MESSAGES = 300
"""The newest messages of a chat that are shown."""


class Views:
    """Writes down what there is."""

    def __init__(self, world: World, voice: VoiceServer, cast: Cast) -> None:
        self._people = world.society.people
        self._society = world.society
        self._voice = voice
        self._cast = cast

    def world(self, person: Person) -> Json:
        """Everything that somebody can see: the chats they are in, and who there is."""
        bot = self._people[self._cast.bot]
        chats = list(self._society.chats_of(person.id))
        return {
            "me": {**_brief(person), "language_code": person.language_code},
            "bot": _brief(bot),
            "people": [
                {**_brief(one), "is_bot": one.is_bot, "role": self._cast.role(one.id)}
                for one in self._people.values()
            ],
            "chats": [self._chat(chat, person) for chat in chats],
        }

    def personas(self) -> list[Json]:
        """Those whom a newcomer may be."""
        parts = ((self._people[person], self._cast.part(person)) for person in self._cast.people.values())
        return [
            {
                **_brief(person),
                "role": part.role,
                "language_code": person.language_code,
                "about": part.about,
            }
            for person, part in parts
            if part is not None
        ]

    def audible(self, person: Person) -> frozenset[tuple[int, int, bool]]:
        """Who is connected in the calls that somebody sees, and whether they speak: call, person, speaks."""
        calls = [chat.call.id for chat in self._society.chats_of(person.id) if chat.call]
        speaking = {call: self._voice.speaking(call) for call in calls}
        return frozenset(
            (call, one, one in speaking[call]) for call in calls for one in self._voice.connected(call)
        )

    def _chat(self, chat: Chat, person: Person) -> Json:
        members = [one for one in chat.members.values() if one.is_present]
        messages = list(chat.messages.values())[-MOST_MESSAGES:]
        return {
            "id": chat.id,
            "kind": chat.kind,
            "title": chat.title,
            "is_forum": chat.is_forum,
            "threads": [
                {"id": thread.id, "name": thread.name, "is_closed": thread.is_closed}
                for thread in chat.threads.values()
            ],
            "pinned": list(chat.pinned),
            "members": [
                {
                    "person": one.person,
                    "name": self._name(one.person),
                    "status": one.status,
                    "custom_title": one.custom_title,
                }
                for one in members
            ],
            "my_status": chat.members[person.id].status,
            "messages": [self._message(message, person) for message in messages],
            "call": None if chat.call is None else self._call(chat.call),
        }

    def _message(self, message: Message, person: Person) -> Json:
        sender = self._people.get(message.sender)
        return {
            "id": message.id,
            "sender": message.sender,
            "sender_name": self._sender_name(message),
            "is_bot": sender is not None and sender.is_bot,
            "date": int(message.date.timestamp()),
            "text": message.text,
            "entities": message.entities,
            "media": None if message.media is None else _media(message.media),
            "keyboard": message.keyboard,
            "reply_to": message.reply_to,
            "thread": message.thread,
            "edited": message.edited_at is not None,
            "service": (
                {"kind": message.service[0], "payload": message.service[1]} if message.service else None
            ),
            "reactions": _reactions(message, person),
        }

    def _call(self, call: GroupCall) -> Json:
        connected, speaking = self._voice.connected(call.id), self._voice.speaking(call.id)
        return {
            "id": call.id,
            "title": call.title,
            "schedule_date": int(call.schedule_date.timestamp()) if call.schedule_date else None,
            "is_active": call.is_active,
            "participants": [
                {
                    "person": one.person,
                    "name": self._name(one.person),
                    "muted": one.muted,
                    "can_self_unmute": one.can_self_unmute,
                    "hand": one.raise_hand_rating,
                    "is_speaking": one.person in speaking,
                    "is_connected": one.person in connected,
                    "is_relay": one.person == self._cast.relay,
                }
                for one in call.participants.values()
            ],
        }

    def _sender_name(self, message: Message) -> str:
        if message.sender_chat is not None and message.sender_chat in self._society.chats:
            return self._society.chats[message.sender_chat].title
        return self._name(message.sender)

    def _name(self, person: int) -> str:
        known = self._people.get(person)
        return known.name if known else "Somebody"


def _brief(person: Person) -> Json:
    return {"id": person.id, "name": person.name, "username": person.username}


def _media(media: Media) -> Json:
    shown = {
        "kind": media.kind,
        "url": f"/api/files/{quote(media.file.file_id, safe='')}",
        "name": media.file.name,
        "mime": media.file.mime_type,
    }
    if "duration" in media.details:
        shown["duration"] = media.details["duration"]
    return shown


def _reactions(message: Message, person: Person) -> list[Json]:
    given = {one: [reaction.get("emoji", "") for reaction in all_] for one, all_ in message.reactions.items()}
    counts = Counter(emoji for emojis in given.values() for emoji in emojis)
    return [
        {"emoji": emoji, "count": count, "mine": emoji in given.get(person.id, [])}
        for emoji, count in counts.most_common()
    ]
