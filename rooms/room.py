"""The room: one talk and the states it passes through, from draft to ended."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from rooms.errors.talks import WrongState
from rooms.ids import PersonId, RoomId, SeriesId, ThreadId
from rooms.plan import Admission, Plan


class RoomState(StrEnum):
    """Where a room is in its life."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    OPENING = "opening"
    LIVE = "live"
    CLOSING = "closing"
    ENDED = "ended"
    CANCELLED = "cancelled"
    MISSED = "missed"


AHEAD = frozenset({RoomState.SCHEDULED})
ON_AIR = frozenset({RoomState.OPENING, RoomState.LIVE, RoomState.CLOSING})
TO_COME = AHEAD | {RoomState.OPENING}
"""The talk itself has not begun."""
ON_STAGE = frozenset({RoomState.OPENING, RoomState.LIVE})
"""There is a call, with a stage in it."""
UNFINISHED = TO_COME | {RoomState.LIVE}
"""There is or will be something to hear."""
OVER = frozenset({RoomState.ENDED, RoomState.CANCELLED, RoomState.MISSED})

_STEPS: dict[RoomState, frozenset[RoomState]] = {
    RoomState.DRAFT: frozenset({RoomState.SCHEDULED}),
    RoomState.SCHEDULED: frozenset({RoomState.OPENING, RoomState.CANCELLED, RoomState.MISSED}),
    RoomState.OPENING: frozenset({RoomState.LIVE, RoomState.CLOSING, RoomState.MISSED}),
    RoomState.LIVE: frozenset({RoomState.CLOSING}),
    RoomState.CLOSING: frozenset({RoomState.ENDED}),
    RoomState.ENDED: frozenset(),
    RoomState.CANCELLED: frozenset(),
    RoomState.MISSED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Which occurrence of a series a room is: by the instant that the rule gives, wherever it was moved."""

    series: SeriesId
    at: datetime


@dataclass(frozen=True, slots=True)
class Room:
    """One talk; immutable, each step gives a new value.

    `listen_key` is the unguessable part of the gallery's link (128 bits, URL-safe);
    `changed_at` is when its plan was last made another, or the talk was cancelled or missed, and `revision`
    how many times (RFC 5545, SEQUENCE); `own_thread` is the forum topic that was made for this talk alone.
    `planned_call` is Telegram's number of the voice chat that was planned for it and counts down in the
    group; `turn` is how long a turn to speak lasts, None: as the group has it. While its gallery is closed
    nobody knows the `listen_key`; `first_key` is the one by which calendars know it, once it has another.
    """

    id: RoomId
    plan: Plan
    state: RoomState
    listen_key: str
    changed_at: datetime
    revision: int = 0
    occurrence: Occurrence | None = None
    own_thread: ThreadId | None = None
    planned_call: int | None = None
    turn: timedelta | None = None
    is_gallery_open: bool = True
    first_key: str | None = None

    @property
    def is_heard_by_link(self) -> bool:
        """Whether the link alone lets anybody hear it."""
        return self.is_gallery_open and self.plan.admission is Admission.OPEN

    @property
    def is_on_air(self) -> bool:
        """Whether the relay belongs in the call now."""
        return self.state in ON_AIR

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to be heard of the room, unless it is taken back."""
        return self.state in OVER

    def scheduled(self) -> "Room":
        """The draft was confirmed."""
        return self._step(RoomState.SCHEDULED)

    def opening(self) -> "Room":
        """The relay is on its way into the call; hold music plays."""
        return self._step(RoomState.OPENING)

    def live(self) -> "Room":
        """The talk itself begins."""
        return self._step(RoomState.LIVE)

    def closing(self) -> "Room":
        """The call is being ended and the recording finished."""
        return self._step(RoomState.CLOSING)

    def ended(self) -> "Room":
        """The talk is over."""
        return self._step(RoomState.ENDED)

    def cancelled(self, at: datetime) -> "Room":
        """The talk will not take place."""
        return _revised(self._step(RoomState.CANCELLED), at)

    def missed(self, at: datetime) -> "Room":
        """The talk's whole time went by and it never could be opened; calendars see that it was none."""
        return _revised(self._step(RoomState.MISSED), at)

    def replanned(self, plan: Plan, at: datetime) -> "Room":
        """The same talk with another plan; raises `WrongState` unless it is a draft or ahead."""
        if self.state not in AHEAD | {RoomState.DRAFT}:
            raise WrongState(self.state, "be changed")
        return _revised(replace(self, plan=plan), at)

    def moved_to(self, starts_at: datetime, at: datetime) -> "Room":
        """The same talk at another time, its duration kept."""
        return _revised(replace(self, plan=replace(self.plan, starts_at=starts_at)), at)

    def extended(self, by: timedelta, at: datetime) -> "Room":
        """The talk that is on, with more time."""
        return _revised(replace(self, plan=replace(self.plan, duration=self.plan.duration + by)), at)

    def restored(self, before: "Room", at: datetime) -> "Room":
        """As it was before a change or a cancellation that is taken back; calendars see one more revision."""
        return _revised(replace(self, plan=before.plan, state=before.state), at)

    def hosted_by(self, person: PersonId, name: str, at: datetime) -> "Room":
        """The same talk, minded by somebody else."""
        return _revised(replace(self, plan=replace(self.plan, host=person, host_name=name)), at)

    def with_gallery_closed(self, key: str, at: datetime) -> "Room":
        """The link is dead; the new one's key is told to nobody before the gallery is opened again."""
        first = self.first_key or self.listen_key
        return _revised(replace(self, is_gallery_open=False, listen_key=key, first_key=first), at)

    def with_gallery_open(self, at: datetime) -> "Room":
        """The gallery is open again, by a new link."""
        return _revised(replace(self, is_gallery_open=True), at)

    def _step(self, to: RoomState) -> "Room":
        if to not in _STEPS[self.state]:
            raise WrongState(self.state, f"become {to}")
        return replace(self, state=to)


def _revised(room: Room, at: datetime) -> Room:
    return replace(room, revision=room.revision + 1, changed_at=at)
