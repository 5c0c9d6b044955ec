"""A talk in which people take turns, recorded and written down by the real works."""

from concurrent.futures import Executor
from datetime import datetime, timedelta
from pathlib import Path

from containers.opus import SILENT_PACKET
from rooms.ids import PersonId
from rooms.ports import Packet
from rooms.recordings import Turn
from tests.voice.exchange import ADA, BEN, NOON
from voice.mixing.units import SLOT
from voice.recording.recorder import Recorder
from voice.recording.splicing import splice
from voice.recording.turn_log import TurnLog
from voice.recording.turns import read_turns

SLOT_LENGTH = timedelta(milliseconds=20)
NAMES = {ADA: "Ada", BEN: "Ben"}


class Talk:
    """A talk that is recorded from slot 0 of its clock, and who speaks in it."""

    def __init__(self, folder: Path, disk: Executor, clock: datetime = NOON) -> None:
        self.folder = folder
        self.log = TurnLog(folder, disk, clock)
        self._recorder = Recorder(folder, disk, clock)
        self._disk = disk
        self._slot = 0

    def go_on(self, slots: int, *speaking: PersonId) -> None:
        for _ in range(slots):
            self._recorder.take(Packet(self._slot * SLOT, SILENT_PACKET, 127))
            self.log.follow(self._slot, set(speaking), NAMES.__getitem__)
            self._slot += 1

    def end(self) -> tuple[Turn, ...]:
        self.log.stop()
        self.crash()
        splice(self.folder)
        return read_turns(self.folder)

    def crash(self) -> None:
        self._recorder.stop()
        self._disk.submit(lambda: None).result()


def turn(person: PersonId, begin: int, end: int) -> Turn:
    return Turn(person, NAMES[person], begin * SLOT_LENGTH, (end - begin) * SLOT_LENGTH)
