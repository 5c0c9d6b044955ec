"""The studio: the sound of one room, from what the call and the house play to packets and a recording."""

import asyncio
import time
from collections.abc import Callable

from rooms.ports import Packet
from voice.encoder import Encoder
from voice.intake import Intake
from voice.metronome import slots
from voice.mixer import Mixer
from voice.recorder import Recorder
from voice.sound import SLOT, Block, loudness
from voice.sources import Player
from voice.speaking import Speaking

OUTGOING = 10
"""Slots (200 ms) of our own sound that may wait to be sent into the call; then new ones are left out."""


class Studio:
    """Mixes, encodes and records, slot by slot, while `run` runs.

    What the relay itself plays goes into the call; what is heard there is never sent back into it. Without a
    recorder nothing is kept.
    """

    def __init__(self, intake: Intake, player: Player, recorder: Recorder | None) -> None:
        self.speaking = Speaking()
        self.outgoing: asyncio.Queue[Block] = asyncio.Queue(OUTGOING)
        """What is to be sent into the call."""
        self._intake = intake
        self._player = player
        self._recorder = recorder
        self._mixer = Mixer()
        self._encoder = Encoder()
        self._has_begun = False

    async def run(self, began: float, publish: Callable[[Packet], None], moved: Callable[[], None]) -> None:
        """Work, for ever.

        Args:
            began: when the room's clock began, in seconds of the monotonic clock.
            publish: told every packet.
            moved: called when somebody begins or ceases to speak.
        """
        async for slot in slots(began, time.monotonic):
            packet = self.work(slot * SLOT)
            publish(packet)
            if self.speaking.has_changed:
                moved()

    def work(self, at: int) -> Packet:
        """The packet of the slot that begins at this sample of the room's clock."""
        heard = self._intake.take()
        self.speaking.follow(heard)
        blocks = list(heard.values())
        own = self._player.take()
        if own is not None:
            blocks.append(own)
            if not self.outgoing.full():
                self.outgoing.put_nowait(own)
        mixed = self._mixer.mix(blocks)
        packet = Packet(at, self._encoder.encode(mixed), loudness(mixed))
        if self._has_begun and self._recorder is not None:
            self._recorder.take(packet)
        return packet

    def wait_for_start(self) -> None:
        """Play the hold music, unless the talk is under way."""
        if not self._has_begun:
            self._player.hold()

    def begin(self, *, with_jingle: bool) -> None:
        """Let the talk begin: record from now on, if it is to be. Done again, nothing happens."""
        if self._has_begun:
            return
        self._has_begun = True
        if with_jingle:
            self._player.begin()

    def finish(self) -> None:
        """Put the recording's rest on disk and record no more."""
        self._has_begun = False
        if self._recorder is not None:
            self._recorder.stop()
