"""The timeline: where in the talk each recorded packet belongs, across clocks, crashes and gaps."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from containers.ogg import NotOggOpus, read_head, read_pages
from voice.mixing.units import SLOT, SLOT_SECONDS
from voice.recording.recorder import CLOCK, STARTED_AT, segments

SLOT_LENGTH = timedelta(seconds=SLOT_SECONDS)

LONGEST_GAP = timedelta(hours=12)
"""A longer gap would be a clock that was set, not a talk that went on unheard."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment as it was recorded: its clock, and the slot of that clock at which it begins."""

    path: Path
    clock: datetime
    slot: int


@dataclass(frozen=True, slots=True)
class Run:
    """Packets without a hole: from this slot on, so many; `is_after_loss`: a spoilt page came before them."""

    slot: int
    length: int
    is_after_loss: bool


@dataclass(slots=True)
class Timeline:
    """What is added to the slots of each clock to get those of the talk; `slots` is the talk's length."""

    shifts: dict[datetime, int] = field(default_factory=dict)
    slots: int = 0

    def shift(self, clock: datetime) -> int:
        """The shift of a clock; what the mix never heard of is placed by the instants."""
        if clock in self.shifts or not self.shifts:
            return self.shifts.get(clock, 0)
        nearest = min(self.shifts, key=lambda known: abs(known - clock))
        return self.shifts[nearest] + round((clock - nearest) / SLOT_LENGTH)

    def lay(self, segment: Segment, runs: Iterable[Run]) -> Iterator[Run]:
        """The runs of the mix's next segment, where they belong in the talk; each prolongs it.

        A clock that was not met before begins where its instants say, but not before what was heard already.
        """
        for run in runs:
            if segment.clock not in self.shifts:
                first = run.slot if not self.shifts else run.slot + self.shift(segment.clock)
                latest = self.slots + LONGEST_GAP // SLOT_LENGTH
                begin = min(max(first, self.slots), latest) if self.shifts else 0
                self.shifts[segment.clock] = begin - run.slot
            begin = run.slot + self.shifts[segment.clock]
            overlap = max(0, self.slots - begin)
            if run.length > overlap:
                self.slots = begin + run.length
                yield Run(begin + overlap, run.length - overlap, run.is_after_loss)


def recorded(folder: Path) -> Iterator[Segment]:
    """The folder's segments in order, without those that were killed before they held anything."""
    for path in segments(folder):
        try:
            tags = read_head(path).tags
            started_at = datetime.fromisoformat(tags[STARTED_AT])
            clock = datetime.fromisoformat(tags.get(CLOCK, tags[STARTED_AT]))
        except (NotOggOpus, KeyError, ValueError):
            continue
        yield Segment(path, clock, round((started_at - clock) / SLOT_LENGTH))


def runs(segment: Segment) -> Iterator[Run]:
    """The segment's packets, in slots of its clock."""
    begin, end, number, is_after_loss = 0, 0, -1, False
    for page in read_pages(segment.path):
        is_lossy = page.at > 0 if number < 0 else page.number != number
        number = page.number + 1
        slot = segment.slot + page.at // SLOT
        if slot == end and end > begin:
            end += len(page.packets)
            continue
        if end > begin:
            yield Run(begin, end - begin, is_after_loss)
        begin, end, is_after_loss = slot, slot + len(page.packets), is_lossy
    if end > begin:
        yield Run(begin, end - begin, is_after_loss)


def clocks_to_text(shifts: Mapping[datetime, int]) -> str:
    """As a tag: instants and shifts."""
    return " ".join(f"{clock.isoformat()}/{shift}" for clock, shift in shifts.items())


def clocks_from_text(text: str) -> dict[datetime, int]:
    """What `clocks_to_text` wrote."""
    pairs = (word.split("/") for word in text.split())
    return {datetime.fromisoformat(clock): int(shift) for clock, shift in pairs}
