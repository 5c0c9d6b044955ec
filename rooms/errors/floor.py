"""Refused about who speaks in a call, for how long, and whose hand is up."""

from datetime import timedelta

from rooms.errors.refusal import Refusal


class NoTalkOn(Refusal):
    """The chat has no talk on whose stage something could be done."""


class SpeaksAlready(Refusal):
    """Somebody may speak in the talk already, and need not ask; `name` is None for who asks themselves."""

    def __init__(self, name: str | None = None) -> None:
        super().__init__(f"{name or 'the asker'} speaks already")
        self.name = name


class HandDown(Refusal):
    """The hand that was to be answered is down: somebody answered it before, or lowered it."""


class NoHands(Refusal):
    """Nobody asks to speak."""


class SeatsTaken(Refusal):
    """As many people take part in the talk's call as it has seats."""

    def __init__(self, seats: int) -> None:
        super().__init__(f"{seats} seats are taken")
        self.seats = seats


class SpeaksByPart(Refusal):
    """Hosts and co-hosts speak in their talk as long as they mind it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} minds the talk")
        self.name = name


class NoTurn(Refusal):
    """Somebody has no turn that could be prolonged."""


class TurnOutOfRange(Refusal):
    """A turn to speak is longer than that, or shorter."""

    def __init__(self, length: timedelta, bounds: tuple[timedelta, timedelta]) -> None:
        super().__init__(f"{length} is not between {bounds[0]} and {bounds[1]}")
        self.length = length
        self.bounds = bounds
