"""The floor: who in the call may speak, as far as the relay account decides it, being an admin."""

import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from rooms.errors.calls import AdminMaySpeak, CallRefused, CallUnreachable
from rooms.ids import ChatId, PersonId
from voice.telegram.calls import GroupCalls
from voice.telegram.participants import Participant
from voice.telegram.roster import Roster

log = logging.getLogger(__name__)

LOUDEST = 200
"""Per cent of the volume at which everybody begins."""

_MISSING = frozenset({"PARTICIPANT_JOIN_MISSING", "PEER_ID_INVALID", "USER_ID_INVALID"})
"""What Telegram says of somebody who is not in the call, or whom we cannot mean any more."""


class NotInCall(CallRefused):
    """The person is not in the call now: what concerns them is to be done when they come."""


class Floor:
    """Changes who may speak, whose microphone is off, whose hand is up; what is so already is not asked for.

    A person may also be a chat as which somebody speaks. Everything raises `NotInCall` for somebody who is
    not there, and another `CallRefused` when Telegram does not let us. While a change is under way, the
    person stands on the stage as they will be.
    """

    def __init__(self, chat: ChatId, group_calls: GroupCalls, roster: Roster) -> None:
        self._chat = chat
        self._group_calls = group_calls
        self._roster = roster

    async def let_speak(self, person: PersonId, may_speak: bool) -> None:
        """Let somebody unmute, by which their hand goes down, or mute them for good.

        Raises:
            AdminMaySpeak: an admin was muted, but can unmute themselves.
        """
        participant = await self._find(person)
        if may_speak:
            if not participant.may_speak or participant.hand is not None:
                with self._as_if(person, is_muted=participant.is_muted, may_speak=True):
                    await self._edit(person, muted=False)
            return
        if participant.may_speak:
            with self._as_if(person, is_muted=True, may_speak=False):
                await self._edit(person, muted=True)
        if (after := self._roster.participants.get(person)) and after.may_speak:
            raise AdminMaySpeak(self._chat, "Telegram lets admins speak")

    async def silence(self, person: PersonId) -> None:
        """Turn somebody's microphone off; they can turn it on again."""
        participant = await self._find(person)
        if not participant.is_muted:
            with self._as_if(person, is_muted=True, may_speak=True):
                await self._edit(person, muted=True)
                if (after := self._roster.participants.get(person)) and not after.may_speak:
                    await self._edit(person, muted=False)

    async def silence_all(self, but: Collection[PersonId] = ()) -> None:
        """Turn every microphone off but some, and the relay's; everybody can turn theirs on again."""
        for participant in self._roster.participants.others:
            if participant.person not in but:
                with suppress(NotInCall):  # who left meanwhile is silent
                    await self.silence(participant.person)

    async def lower_hand(self, person: PersonId) -> None:
        """Lower somebody's hand, if it is up."""
        participant = await self._find(person)
        if participant.hand is not None:
            await self._edit(person, raise_hand=False)

    async def set_volume(self, person: PersonId, volume: int) -> None:
        """How loud everybody hears somebody, in per cent, 1 to `LOUDEST`."""
        await self._find(person)
        percent = min(LOUDEST, max(1, volume))
        await self._edit(person, volume=percent * 100)

    async def _find(self, person: PersonId) -> Participant:
        roster = self._roster
        if roster.participants.get(person) is None:
            await roster.catch_up()
        participant = roster.participants.get(person)
        if participant is None:
            raise NotInCall(self._chat, "PARTICIPANT_JOIN_MISSING")
        return participant

    async def _edit(self, person: PersonId, **change: Any) -> None:
        call, peer = self._roster.call, await self._peer(person)
        if call is None:
            raise CallUnreachable(self._chat, "no call is known")
        try:
            self._roster.take(await self._group_calls.edit(call, peer, **change))
        except CallRefused as refusal:
            if refusal.reason in _MISSING:
                raise NotInCall(self._chat, refusal.reason) from refusal
            if refusal.reason != "GROUPCALL_NOT_MODIFIED":
                raise
        await self._roster.catch_up()

    async def _peer(self, person: PersonId) -> Any:
        """The TL `InputPeer`, which news often lack and the whole list has."""
        if self._roster.participants.peer(person) is None:
            await self._roster.attend()
        peer = self._roster.participants.peer(person)
        if peer is None:
            raise NotInCall(self._chat, "nobody whom Telegram lets us mean")
        return peer

    @contextmanager
    def _as_if(self, person: PersonId, *, is_muted: bool, may_speak: bool) -> Iterator[None]:
        """Within the block somebody stands on the stage as we want them to be."""
        participants = self._roster.participants
        participants.expect(person, is_muted=is_muted, may_speak=may_speak)
        try:
            yield
        finally:
            participants.settle(person)
            self._roster.moved()
