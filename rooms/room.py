"""The room: one talk and the states it passes through, from draft to ended."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from rooms.errors import WrongState
from rooms.ids import ChatId, MessageId, PersonId, RoomId, ThreadId


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

TITLE_LENGTH = 64
"""Characters of a title at most: as many as Telegram shows of a voice chat's."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked for when a talk is scheduled."""

    chat: ChatId
    thread: ThreadId | None
    title: str
    topic: str | None
    host: PersonId
    host_name: str
    starts_at: datetime
    duration: timedelta

    @property
    def ends_at(self) -> datetime:
        """The planned end."""
        return self.starts_at + self.duration


@dataclass(frozen=True, slots=True)
class Room:
    """One talk; immutable, each step gives a new value.

    `listen_key` is the unguessable part of the gallery's link (128 bits, URL-safe);
    `card` is the announcement's message once it was sent.
    """

    id: RoomId
    plan: Plan
    state: RoomState
    listen_key: str
    card: MessageId | None = None

    @property
    def is_on_air(self) -> bool:
        """Whether the relay belongs in the call now."""
        return self.state in ON_AIR

    @property
    def is_over(self) -> bool:
        """Whether nothing more can happen to the room."""
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

    def cancelled(self) -> "Room":
        """The talk will not take place."""
        return self._step(RoomState.CANCELLED)

    def missed(self) -> "Room":
        """The talk's whole time went by and it never could be opened."""
        return self._step(RoomState.MISSED)

    def moved_to(self, starts_at: datetime) -> "Room":
        """The same talk at another time, its duration kept."""
        return replace(self, plan=replace(self.plan, starts_at=starts_at))

    def _step(self, to: RoomState) -> "Room":
        if to not in _STEPS[self.state]:
            raise WrongState(self.state, f"become {to}")
        return replace(self, state=to)
