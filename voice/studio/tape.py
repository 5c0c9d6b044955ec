"""The tape: all that is recorded of a room: the mix, the house, every voice, and who spoke when."""

from collections import deque
from collections.abc import Callable, Hashable, Sequence, Set
from concurrent.futures import Executor
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np

from rooms.ids import ChatId, PersonId
from rooms.ports import Packet
from voice.mixing.mixer import Mixer
from voice.mixing.sound import QUIETEST, SILENCE, Block
from voice.mixing.units import SLOT
from voice.recording.gap_log import GapLog
from voice.recording.recorder import Recorder
from voice.recording.splicing import HOUSE, VOICES
from voice.recording.turn_log import TurnLog
from voice.studio.doubt import Doubt
from voice.studio.leg import Voice
from voice.studio.strand import SETTLING, Strand

CLAIMED_WITHIN = 150
"""Slots (3 s) of a source that are kept until Telegram has told whose it is."""


Name = PersonId | str
"""What is recorded by itself: somebody's voice, or the house's own sound (`HOUSE`)."""


class Heard(NamedTuple):
    """A slot of a room: the packet that is on air, its samples, and of what they were added up."""

    packet: Packet
    mixed: Block
    voices: Sequence[Voice]
    own: Block | None


class Tape:
    """Records a room slot by slot: the same sound in several parts, which are aligned to the sample.

    The voices of the `unrecorded` are in none of them; as long as there are such people, neither is a voice
    of which it is not known whose it is.

    What is encoded already is not encoded again: a part that is all that is heard is recorded as the mix.
    """

    def __init__(self, folder: Path, disk: Executor, began_at: datetime) -> None:
        """Record into a folder, by an executor with one thread; `began_at` is when the room's clock began."""
        self.unrecorded: frozenset[PersonId] = frozenset()
        self._folder = folder
        self._disk = disk
        self._began_at = began_at
        self._doubt = Doubt()
        self._mix = _Part(Recorder(folder, disk, began_at))
        self._parts: dict[Name, _Part] = {}
        self._sounding: Set[Name] = frozenset()
        self._unclaimed: dict[tuple[ChatId, int], deque[tuple[int, Block]]] = {}
        self._turns = TurnLog(folder, disk, began_at)
        self._gaps = GapLog(folder, disk, began_at)
        self._mixer = Mixer()
        self._heard: deque[frozenset[Hashable]] = deque(maxlen=SETTLING)
        self._has_left_out: deque[bool] = deque(maxlen=SETTLING)

    @property
    def stood(self) -> Callable[[], float]:
        """Tells until which sample of the room's clock some line stood for certain; see `Doubt`."""
        return self._doubt.stood

    @stood.setter
    def stood(self, stood: Callable[[], float]) -> None:
        self._doubt.stood = stood

    def take(self, heard: Heard) -> None:
        """Record a slot; never blocks and never fails."""
        is_silent = not heard.voices and heard.own is None
        self._doubt.follow(heard.packet.at // SLOT, is_voiced=bool(heard.voices), is_silent=is_silent)
        kept = [voice for voice in heard.voices if self._may_keep(voice.person)]
        self._take_mix(heard, kept)
        parts: list[Hashable] = [voice.person or voice[:2] for voice in heard.voices]
        self._heard.append(frozenset(parts if heard.own is None else [*parts, HOUSE]))
        sounding = self._claimed(heard.packet.at, kept)
        if heard.own is not None:
            sounding[HOUSE] = heard.own
        for name in self._sounding - sounding.keys():
            self._part(name).fall_silent(heard.packet.at, self._borrowed(name, heard.packet))
        for name, block in sounding.items():
            self._part(name).take(heard.packet.at, block, self._borrowed(name, heard.packet))
        self._sounding = set(sounding)

    def lose(self) -> None:
        """No line is left: what was recorded as silence since one stood for certain is a gap."""
        for gap in self._doubt.lose():
            self._gaps.write(gap)

    def follow(self, at: int, speaking: Set[PersonId], name_of: Callable[[PersonId], str]) -> None:
        """Take note of who speaks in the slot that begins at this sample."""
        self._turns.follow(at // SLOT, speaking - self.unrecorded, name_of)

    def stop(self) -> None:
        """Put the rest on disk; what is taken later begins new segments."""
        self._turns.stop()
        for part in (self._mix, *self._parts.values()):
            part.stop()

    def _may_keep(self, person: PersonId | None) -> bool:
        return not self.unrecorded or (person is not None and person not in self.unrecorded)

    def _take_mix(self, heard: Heard, kept: Sequence[Voice]) -> None:
        """Record the mix, which is what is on air unless a voice must be left out of it."""
        self._has_left_out.append(len(kept) < len(heard.voices))
        if not any(self._has_left_out):
            self._mix.take(heard.packet.at, heard.mixed, heard.packet.opus)
            return
        blocks = [voice.block for voice in kept]
        mixed = self._mixer.mix(blocks if heard.own is None else [*blocks, heard.own])
        self._mix.take(heard.packet.at, mixed, None)

    def _borrowed(self, part: Hashable, packet: Packet) -> bytes | None:
        """The mix's packet, if in the last slots nothing else was heard than this part."""
        return packet.opus if all(parts <= {part} for parts in self._heard) else None

    def _claimed(self, at: int, kept: Sequence[Voice]) -> dict[Name, Block]:
        """The sound of each person; sources that are nobody's yet are set aside."""
        blocks: dict[Name, Block] = {}
        for chat, source, person, block in kept:
            if person is None:
                waiting = self._unclaimed.setdefault((chat, source), deque(maxlen=CLAIMED_WITHIN))
                waiting.append((at, block))
                continue
            for then, earlier in self._unclaimed.pop((chat, source), ()):
                self._part(person).take(then, earlier, None)
            blocks[person] = block if person not in blocks else _both(blocks[person], block)
        return blocks

    def _part(self, name: Name) -> "_Part":
        """The house's own sound, or somebody's voice."""
        if name not in self._parts:
            folder = self._folder / (HOUSE if name == HOUSE else f"{VOICES}/{name}")
            self._parts[name] = _Part(Recorder(folder, self._disk, self._began_at))
        return self._parts[name]


class _Part:
    """One recorder and what it is given; a pause begins the strand anew, as decoders hear silence then."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._strand = Strand()
        self._due = 0

    def take(self, at: int, block: Block, borrowed: bytes | None) -> None:
        if at < self._due:
            return
        if at > self._due:
            self._strand = Strand()
        self._due = at + SLOT
        self._recorder.take(Packet(at, self._strand.encode(block, borrowed), QUIETEST))

    def fall_silent(self, at: int, borrowed: bytes | None) -> None:
        """One slot more, in which what is still in the codec rings out."""
        if at == self._due:
            self.take(at, SILENCE, borrowed)

    def stop(self) -> None:
        self._recorder.stop()


def _both(one: Block, other: Block) -> Block:
    """The sound of somebody who is heard from two places."""
    both: Block = np.clip(one.astype(np.int32) + other, -32768, 32767).astype(np.int16)
    return both
