"""The crowd: lets scripted people come into calls, speak there with their own voices, and go."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from typing import Self

from sandbox.exchange import Exchange
from sandbox.people.cast import Cast
from sandbox.people.microphone import MicrophoneGone
from sandbox.people.repertoire import load_repertoire
from sandbox.people.seat import PATIENCE, NotConnected, Seat
from sandbox.sfu import VoiceServer
from sandbox.world.changes import CallChanged, Change, ParticipantChanged
from sandbox.world.entities import GroupCall, Participant
from sandbox.world.errors import CallError
from sandbox.world.world import World

LOOK_EVERY = 0.02
"""Seconds between two looks at whether the voice server sees a connection too."""


class _Presence:
    """Somebody's seat in a call, and what became of it: `settled` once they are there or will not be."""

    def __init__(self, call: GroupCall, person: int, seat: Seat) -> None:
        self.call = call
        self.person = person
        self.seat = seat
        self.settled = asyncio.Event()
        self.failure: CallError | NotConnected | None = None
        self.participant: Participant | None = None
        """As the call lists them by this very connection."""


class Crowd:
    """Who of the cast is in which call by script, as long as the crowd is entered as a context.

    It follows the world: who leaves, comes in by another device, is muted, or whose call ends, does so here.
    `patience` is the seconds in which a connection must be up.
    """

    def __init__(self, world: World, exchange: Exchange, voice: VoiceServer, cast: Cast) -> None:
        self.cast = cast
        self.repertoire = load_repertoire()
        self.patience = PATIENCE
        self._world = world
        self._exchange = exchange
        self._voice = voice
        self._present: dict[tuple[int, int], _Presence] = {}
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        self._tasks = await self._stack.enter_async_context(asyncio.TaskGroup())
        self._stack.callback(self._leave_all)
        self._stack.callback(self._world.society.watch(self._follow))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def speak(self, call: GroupCall, person: int, packets: Sequence[bytes]) -> float:
        """Let somebody say something: they come into the call if need be, unmute, and say it all.

        Args:
            call: where.
            person: who; a browser of theirs that is in the call is replaced.
            packets: what; Opus, 20 ms each.

        Returns:
            The wall clock, in seconds since 1970, at which the first packet of it was sent.

        Raises:
            CallError: the call's rules are against it.
            NotConnected: their media does not come up.
            MicrophoneGone: they were out of the call before everything was said.
        """
        presence = await self._come(call, person)
        self._world.calls.set_muted(call, person, person, False)
        return await presence.seat.microphone.speak(packets)

    async def _come(self, call: GroupCall, person: int) -> _Presence:
        presence = self._present.get((call.id, person))
        if presence is not None and presence.settled.is_set() and not self._is_heard(presence):
            presence.seat.leave()
            presence = None
        if presence is None:
            presence = self._present[call.id, person] = _Presence(call, person, Seat(self.patience))
            self._tasks.create_task(self._sit(presence))
        await presence.settled.wait()
        if presence.failure is not None:
            raise presence.failure
        while not self._is_heard(presence):
            await asyncio.sleep(LOOK_EVERY)
            if self._present.get((call.id, person)) is not presence:
                raise MicrophoneGone
        return presence

    async def _sit(self, presence: _Presence) -> None:
        try:
            await presence.seat.run(self._joining(presence), presence.settled.set, self._tasks)
        except (CallError, NotConnected) as error:
            presence.failure = error
        finally:
            presence.settled.set()
            self._forget(presence)

    def _joining(self, presence: _Presence) -> Callable[[str], str]:
        def join(offer: str) -> str:
            call, person = presence.call, presence.person
            answer = self._exchange.join_browser(call, person, offer, muted=True)
            presence.participant = call.participants[person]
            return answer

        return join

    def _forget(self, presence: _Presence) -> None:
        call, person = presence.call, presence.person
        if self._present.get((call.id, person)) is presence:
            del self._present[call.id, person]
        if presence.participant is not None and call.participants.get(person) is presence.participant:
            self._world.calls.leave(call, person)

    def _is_heard(self, presence: _Presence) -> bool:
        return presence.person in self._voice.connected(presence.call.id)

    def _follow(self, change: Change) -> None:
        match change:
            case CallChanged(call=call, is_over=True):
                for one in self._present.values():
                    if one.call is call:
                        one.seat.leave()
            case ParticipantChanged(call=call, participant=participant, left=left):
                presence = self._present.get((call.id, participant.person))
                if presence is not None and presence.participant is participant:
                    presence.seat.microphone.is_open = not participant.muted
                    if left:
                        presence.seat.leave()

    def _leave_all(self) -> None:
        for presence in self._present.values():
            presence.seat.leave()
