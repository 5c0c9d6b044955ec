"""The studio: the sound of one room, from what its calls and the house play to packets, calls and tape."""

import time
from collections.abc import Callable, Iterable
from typing import Protocol

from rooms.ids import ChatId, PersonId
from rooms.ports import Packet
from voice.mixing.encoder import Encoder
from voice.mixing.metronome import slots
from voice.mixing.mixer import Mixer, added
from voice.mixing.sound import QUIETEST, SILENCE, Block, loudness
from voice.mixing.units import SLOT
from voice.sources.player import Player
from voice.studio.leg import Leg, Voice
from voice.studio.tape import Heard, Tape


class Outgoing(Protocol):
    """Takes what is on air elsewhere."""

    def feed(self, packet: Packet, block: Block) -> None:
        """Take a slot, as packet and as samples; never blocks."""
        ...


class Studio:
    """Mixes, encodes and records, slot by slot, while `run` runs.

    On air is whatever is heard in any leg, and what the relay itself plays. Into each leg goes what is heard
    in the others, and what the relay plays; what is heard in a leg is never sent back into it. Without a
    tape nothing is kept; with one, it runs from `begin` to `finish`.
    """

    def __init__(self, player: Player) -> None:
        self.legs: dict[ChatId, Leg] = {}
        self.outlets: set[Outgoing] = set()
        self.tape: Tape | None = None
        self.has_begun = False
        self._player = player
        self._mixer = Mixer()
        self._encoder = Encoder()
        self._due: int | None = None

    async def run(self, began: float, publish: Callable[[Packet], None], moved: Callable[[], None]) -> None:
        """Work, for ever.

        Args:
            began: when the room's clock began, in seconds of the monotonic clock.
            publish: told every packet.
            moved: called when somebody begins or ceases to speak.
        """
        async for slot in slots(began, time.monotonic):
            publish(self.work(slot * SLOT))
            if any(leg.speaking.has_changed for leg in self.legs.values()):
                moved()

    def work(self, at: int) -> Packet:
        """The packet of the slot that begins at this sample of the room's clock."""
        voices = [voice for leg in self.legs.values() for voice in leg.hear()]
        own = self._player.take(is_talked_over=any(leg.speaking.sources for leg in self.legs.values()))
        blocks = [voice.block for voice in voices]
        mixed = self._mixer.mix(blocks if own is None else [*blocks, own])
        level = QUIETEST if mixed is SILENCE else loudness(mixed)
        packet = Packet(at, self._encode(at, mixed), level)
        self._send(voices, own)
        for outlet in self.outlets:
            outlet.feed(packet, mixed)
        self._record(Heard(packet, mixed, voices, own))
        return packet

    def wait_for_start(self) -> None:
        """Play the hold music, unless the talk is under way."""
        if not self.has_begun:
            self._player.hold()

    def begin(self, *, with_jingle: bool) -> None:
        """Let the talk begin: record from now on, if it is to be. Done again, nothing happens."""
        if self.has_begun:
            return
        self.has_begun = True
        if with_jingle:
            self._player.begin()

    def finish(self) -> None:
        """Put the recording's rest on disk and record no more."""
        self.has_begun = False
        if self.tape is not None:
            self.tape.stop()

    def _encode(self, at: int, mixed: Block) -> bytes:
        """The slot's packet; behind slots that were missed, which decoders hear as silence, one that fits."""
        if self._due not in (at, None):
            self._encoder = Encoder()
            self._encoder.encode(SILENCE)
        self._due = at + SLOT
        return self._encoder.encode(mixed)

    def _send(self, voices: Iterable[Voice], own: Block | None) -> None:
        """Let each leg have the sum of all that it does not hear by itself."""
        ours = () if own is None else (own,)
        if len(self.legs) == 1:
            for leg in self.legs.values():
                leg.send(added(ours) if ours else None)
            return
        heard: dict[ChatId, list[Block]] = {chat: [] for chat in self.legs}
        for voice in voices:
            heard[voice.chat].append(voice.block)
        sums = {chat: added(blocks) for chat, blocks in heard.items() if blocks}
        total = added(ours) + sum(sums.values())
        for chat, leg in self.legs.items():
            is_silent = own is None and not sums.keys() - {chat}
            leg.send(None if is_silent else total - sums[chat] if chat in sums else total)

    def _record(self, heard: Heard) -> None:
        """Record the slot, unless it is a gap: no call can be heard, and nothing is played."""
        if not self.has_begun or self.tape is None:
            return
        if heard.own is None and all(leg.is_lost for leg in self.legs.values()):
            return
        self.tape.take(heard)
        speaking = {
            person
            for leg in self.legs.values()
            for source in leg.speaking.sources
            if (person := leg.presence.person_of(source)) is not None
        }
        self.tape.follow(heard.packet.at, speaking, self._name_of)

    def _name_of(self, person: PersonId) -> str:
        names = (leg.name_of(person) for leg in self.legs.values())
        return next((name for name in names if name), "")
