"""References: what a request points at, found in the world only by who holds the right access hash."""

from typing import Any

from pyrogram import raw

from sandbox.mtproto.view import FIRST_CHANNEL, View
from sandbox.world.entities import Chat, ChatKind, GroupCall, Participant, Person
from sandbox.world.errors import CallError
from sandbox.world.world import World

_ONESELF = frozenset({raw.types.InputUserSelf.ID, raw.types.InputPeerSelf.ID})


class References:
    """Resolves TL's `Input…` objects for one account; what it cannot see or prove is a `CallError`."""

    def __init__(self, world: World, view: View) -> None:
        self._world = world
        self._view = view

    def chat(self, peer: Any) -> Chat:
        """The group or supergroup of an `InputPeer`, in which the account is."""
        if isinstance(peer, raw.types.InputPeerChannel | raw.types.InputChannel):
            return self.channel(peer)
        if isinstance(peer, raw.types.InputPeerChat):
            return self.group(peer.chat_id)
        raise CallError(400, "PEER_ID_INVALID")

    def channel(self, reference: Any) -> Chat:
        """The supergroup or channel of an `InputChannel`, in which the account is."""
        chat = self.known_channel(reference)
        if self._view.membership(chat) is None:
            raise CallError(400, "CHANNEL_PRIVATE")
        return chat

    def known_channel(self, reference: Any) -> Chat:
        """The supergroup or channel of an `InputChannel`, whether or not the account is in it."""
        number = getattr(reference, "channel_id", 0)
        chat = self._world.society.chats.get(FIRST_CHANNEL - number)
        is_right = getattr(reference, "access_hash", 0) == self._view.access_hash("channel", number)
        if chat is None or chat.kind not in (ChatKind.SUPERGROUP, ChatKind.CHANNEL) or not is_right:
            raise CallError(400, "CHANNEL_INVALID")
        return chat

    def group(self, number: int) -> Chat:
        """The basic group of this number, in which the account is."""
        chat = self._world.society.chats.get(-number)
        if chat is None or chat.kind is not ChatKind.GROUP or chat.id in self._world.society.upgraded:
            raise CallError(400, "CHAT_ID_INVALID")
        if self._view.membership(chat) is None:
            raise CallError(403, "CHAT_FORBIDDEN")
        return chat

    def person(self, reference: Any) -> Person:
        """Whom an `InputUser` or `InputPeer` means."""
        people = self._world.society.people
        number = self.number(reference)
        if number == self._view.account:
            return people[number]
        is_right = getattr(reference, "access_hash", 0) == self._view.access_hash("user", number)
        if number not in people or not is_right:
            raise CallError(400, "USER_ID_INVALID")
        return people[number]

    def number(self, reference: Any) -> int:
        """The number that an `InputUser` or `InputPeer` claims; 0 for what is no person."""
        # In a vector of objects of four bytes, kurigram reads each as the number that names its kind.
        kind = reference & 0xFFFFFFFF if isinstance(reference, int) else reference.ID
        if kind in _ONESELF:
            return self._view.account
        return int(getattr(reference, "user_id", 0))

    def participant(self, reference: Any, call: GroupCall) -> Participant:
        """Who in a call an `InputPeer` means: a person, or the chat as which somebody speaks."""
        speaks_as, person = None, 0
        if isinstance(reference, raw.types.InputPeerChannel):
            speaks_as = self.known_channel(reference).id
        elif isinstance(reference, raw.types.InputPeerChat):
            speaks_as = self.group(reference.chat_id).id
        else:
            person = self.person(reference).id
        for one in call.participants.values():
            if one.speaks_as == speaks_as and (speaks_as is not None or one.person == person):
                return one
        raise CallError(400, "PARTICIPANT_JOIN_MISSING")

    def call(self, reference: Any) -> GroupCall:
        """The call of an `InputGroupCall`, which must be scheduled or under way and in a chat of ours."""
        if not isinstance(reference, raw.types.InputGroupCall):
            raise CallError(400, "GROUPCALL_INVALID")
        call = self._world.calls.get(reference.id, self._view.account)
        if call.access_hash != reference.access_hash:
            raise CallError(400, "GROUPCALL_INVALID")
        if self._world.society.chats[call.chat].call is not call:
            raise CallError(403, "GROUPCALL_FORBIDDEN")
        return call
