"""A room's sound for tests: a studio, its legs, and whoever speaks there, worked slot by slot."""

from collections.abc import Mapping
from concurrent.futures import Executor
from pathlib import Path

import numpy as np

from containers.ogg import read_packets
from rooms.ids import ChatId, PersonId
from rooms.ports import Packet
from rooms.recordings import Turn
from tests.voice.exchange import NOON, RELAY, Board, Lists, in_call, source_of
from tests.voice.sounds import listen, tone
from voice.call.presence import Presence
from voice.mixing.sound import Block
from voice.mixing.units import FRAME, RATE, SLOT
from voice.recording.recorder import segments
from voice.recording.splicing import splice, splice_tracks
from voice.recording.turns import read_turns
from voice.sources.player import Player
from voice.sources.sounds import Sounds
from voice.studio.leg import Leg
from voice.studio.studio import Studio
from voice.studio.tape import Tape
from voice.telegram.participants import Known, read_participant

HOME = ChatId(-1001)
HOLD, JINGLE = 300, 900
"""Hertz of the house's own sounds."""


def leg_with(chat: ChatId, *people: PersonId) -> Leg:
    """A call in which these people are, called by their numbers."""
    lists = Lists()
    presence = Presence(chat, RELAY, lists, Board(lists))
    participants = presence._roster.participants
    participants.meet({person: Known(f"Person {person}") for person in people})
    participants.replace([read_participant(in_call(person), RELAY) for person in people], 1, 0.0)
    return Leg(presence)


class Room:
    """A studio with a tape that runs, and the legs that it was given."""

    def __init__(self, folder: Path, disk: Executor, *legs: Leg) -> None:
        self.folder = folder
        self.player = Player(Sounds(tone(HOLD, 1), tone(JINGLE, 0.5)))
        self.studio = Studio(self.player)
        self.studio.tape = self.tape = Tape(folder, disk, NOON)
        self.studio.legs = {leg.chat: leg for leg in legs}
        self.on_air: list[Packet] = []
        self.sent: dict[ChatId, list[Block]] = {leg.chat: [] for leg in legs}
        self._disk = disk
        self._at = 0

    def speak(self, slots: int, sounds: Mapping[tuple[ChatId, int], Block]) -> list[Packet]:
        """Let sources in calls be heard for so many slots, each from its sound's beginning."""
        for slot in range(slots):
            for (chat, source), sound in sounds.items():
                for frame in sound[slot * SLOT : (slot + 1) * SLOT].reshape(-1, FRAME):
                    self.studio.legs[chat].presence.intake.put(source, frame.tobytes())
            self._work()
        return self.on_air[-slots:]

    def work(self, slots: int) -> list[Packet]:
        """Let so many slots go by in which nobody new is heard."""
        return self.speak(slots, {})

    def skip(self, slots: int) -> None:
        """The machine misses so many slots."""
        self._at += slots * SLOT

    def heard(self, chat: ChatId, last: int) -> Block:
        """What was sent into a call in the last slots."""
        return np.concatenate(self.sent[chat][-last:])

    def settle(self) -> None:
        """Wait until all that was handed to the disk is there."""
        self._disk.submit(lambda: None).result()

    def recorded(self, part: str = "") -> list[bytes]:
        """The packets of one part that are on disk."""
        self.settle()
        return [packet for path in segments(self.folder / part) for packet in read_packets(path)]

    def finish(self) -> dict[str, Block]:
        """End the talk; what is heard on the mix and on each track."""
        self.studio.finish()
        self.settle()
        recording = splice(self.folder)
        assert recording is not None
        paths = [recording.path, *splice_tracks(self.folder)]
        return {path.stem: listen(path) for path in paths}

    def turns(self) -> tuple[Turn, ...]:
        """Who spoke when; after `finish`."""
        return read_turns(self.folder)

    def _work(self) -> None:
        self.on_air.append(self.studio.work(self._at))
        self._at += SLOT
        for chat, leg in self.studio.legs.items():
            while not leg.outgoing.empty():
                self.sent[chat].append(leg.outgoing.get_nowait())


def voice(hertz: float, slots: int, amplitude: float = 8000) -> Block:
    """A tone of so many slots."""
    return tone(hertz, slots * SLOT / RATE, amplitude)


def microphone(chat: ChatId, person: PersonId) -> tuple[ChatId, int]:
    """Where somebody is heard."""
    return chat, source_of(person)
