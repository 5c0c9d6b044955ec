"""Callers: a voice chat as one person sees it, with who is in it in the order of Telegram's apps."""

from typing import Any

from sandbox.people.cast import Cast
from sandbox.sfu import VoiceServer
from sandbox.world.calls import MANAGE
from sandbox.world.entities import Chat, GroupCall, Participant, Person
from sandbox.world.world import World

Json = dict[str, Any]


class Callers:
    """Writes down voice chats."""

    def __init__(self, world: World, voice: VoiceServer, cast: Cast) -> None:
        self._society = world.society
        self._voice = voice
        self._cast = cast

    def of(self, call: GroupCall, viewer: Person) -> Json:
        """A voice chat, scheduled or under way; instants are in Unix seconds."""
        chat = self._society.chats[call.chat]
        connected, speaking = self._voice.connected(call.id), self._voice.speaking(call.id)
        return {
            "id": call.id,
            "title": call.title,
            "schedule_date": int(call.schedule_date.timestamp()) if call.schedule_date else None,
            "is_active": call.is_active,
            "is_subscribed": viewer.id in call.subscribers,
            "join_muted": call.join_muted,
            "participants": [
                self._participant(one, chat)
                | {"is_speaking": one.person in speaking, "is_connected": one.person in connected}
                for one in self._in_order(call, viewer)
            ],
        }

    def _participant(self, one: Participant, chat: Chat) -> Json:
        return {
            "person": one.person,
            "name": self._name(one),
            "speaks_as": one.speaks_as,
            "muted": one.muted,
            "can_self_unmute": one.can_self_unmute,
            "hand": one.raise_hand_rating,
            "volume": one.volume,
            "is_admin": one.person in chat.members and chat.members[one.person].may(MANAGE),
            "is_relay": one.person in (self._cast.relay, self._cast.spare),
        }

    def _name(self, one: Participant) -> str:
        """Who they are there as: themselves, or a chat."""
        if one.speaks_as is not None:
            return self._society.chats[one.speaks_as].title
        known = self._society.people.get(one.person)
        return known.name if known else "Somebody"

    def _in_order(self, call: GroupCall, viewer: Person) -> list[Participant]:
        """As TDLib's GroupCallParticipantOrder has it.

        Whoever spoke last comes first; to those who were not muted by admins, coming in counts as speaking.
        Among those who were, raised hands come first for whoever may speak, in the order of raising.
        """
        mine = call.participants.get(viewer.id)
        sees_hands = mine is None or mine.can_self_unmute

        def rank(one: Participant) -> tuple[float, float, float, int]:
            joined = one.joined_at.timestamp()
            spoke = self._voice.spoke_at(call.id, one.person) or 0.0
            active = max(spoke, joined) if one.can_self_unmute or not one.muted else spoke
            hand = (one.raise_hand_rating or 0) if sees_hands else 0
            return -active, -hand, joined, one.person

        return sorted(call.participants.values(), key=rank)
