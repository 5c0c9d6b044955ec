"""A leg: one of the calls in which a talk is carried, with who is heard there and what is sent there."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from rooms.ids import ChatId, PersonId
from rooms.stage import OnStage
from voice.call.presence import Presence
from voice.call.switchboard import Switchboard
from voice.mixing.breaking import BreakingOff
from voice.mixing.mixer import Mixer, Sum
from voice.mixing.sound import QUIETEST, Block
from voice.mixing.speaking import Speaking

OUTGOING = 10
"""Slots (200 ms) of our own sound that may wait to be sent into the call; then new ones are left out."""


class Voice(NamedTuple):
    """A slot of somebody who is heard. `person` is None until Telegram has told whose source it is."""

    chat: ChatId
    source: int
    person: PersonId | None
    block: Block


class Leg:
    """One presence, who speaks there, and what is on its way into it."""

    def __init__(self, presence: Presence) -> None:
        self.presence = presence
        self.speaking = Speaking()
        self.is_lost = False
        """Whether the relay has fallen out of the call and is on its way back."""
        self.lost: Callable[[], None] = lambda: None
        """Told when it has."""
        self.cut_off: Callable[[], None] = lambda: None
        """Told when speech goes on that was cut off, though the relay was in the call all the time."""
        self.regained: Callable[[float], None] = lambda _: None
        """Told when it is back, after so many seconds."""
        self.enlarged: Callable[[], None] = lambda: None
        """Told when the call has become so large that nobody can be told apart in it."""
        self.outgoing: asyncio.Queue[Block] = asyncio.Queue(OUTGOING)
        """What is to be sent into the call."""
        self._mixer = Mixer()
        self._breaking = BreakingOff()

    @property
    def chat(self) -> ChatId:
        """Whose call it is."""
        return self.presence.chat

    def hear(self) -> list[Voice]:
        """The next slot of everybody who is heard; whoever sends silence is not."""
        heard = self.presence.intake.take()
        self.speaking.follow(heard)
        levels, person_of = self.speaking.levels, self.presence.person_of
        cut_off = self._breaking.follow(self.presence.intake.last_frame_at, levels)
        if cut_off is not None and self.presence.is_unmuted(cut_off):
            self.cut_off()
        return [
            Voice(self.chat, source, person_of(source), block)
            for source, block in heard.items()
            if levels[source] < QUIETEST
        ]

    def send(self, total: Sum | None) -> None:
        """Let a slot of added up sounds be sent into the call, or None, silence, which costs nothing."""
        if total is None:
            self._mixer.rest()
        elif not self.outgoing.full():
            self.outgoing.put_nowait(self._mixer.limit(total))

    def follow(self, moved: Callable[[], None]) -> None:
        """Have it called whenever somebody in this call may have come, gone or changed."""
        self.presence.moved = moved
        self.presence.lost = self._lose
        self.presence.back = self._regain
        self.presence.enlarged = self.enlarged

    async def run(self, switchboard: Switchboard) -> None:
        """Be in the call, and send what is to be sent, until the presence there has come to its end."""
        self.is_lost = False
        async with asyncio.TaskGroup() as work:
            sending = work.create_task(self._send_on(switchboard))
            await self.presence.run()
            sending.cancel()

    def people(self, *, is_bridged: bool) -> tuple[OnStage, ...]:
        """Everybody in this call but the relay; those of a bridged one with its chat."""
        people = self.presence.stage(self.speaking.sources).people
        if not is_bridged:
            return people
        return tuple(replace(person, chat=self.chat) for person in people)

    def name_of(self, person: PersonId) -> str:
        """What somebody in this call is called; empty when they are not in it."""
        names = (one.name for one in self.presence.stage(()).people if one.person == person)
        return next(names, "")

    async def _send_on(self, switchboard: Switchboard) -> None:
        while True:
            await switchboard.send(self.chat, await self.outgoing.get())

    def _lose(self) -> None:
        self.is_lost = True
        self.lost()

    def _regain(self, seconds: float) -> None:
        self.is_lost = False
        self.regained(seconds)
