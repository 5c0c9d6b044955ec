"""Refused about when a talk is, and how long."""

from datetime import datetime, timedelta

from rooms.errors.refusal import Refusal


class StartsInPast(Refusal):
    """The asked start has gone by."""

    def __init__(self, starts_at: datetime) -> None:
        super().__init__(f"{starts_at.isoformat()} has gone by")
        self.starts_at = starts_at


class StartsTooFarAhead(Refusal):
    """The asked start lies beyond what the programme plans."""

    def __init__(self, starts_at: datetime, horizon: timedelta) -> None:
        super().__init__(f"{starts_at.isoformat()} is more than {horizon} ahead")
        self.starts_at = starts_at
        self.horizon = horizon


class DurationOutOfRange(Refusal):
    """A talk lasts within the bounds of the programme."""

    def __init__(self, duration: timedelta, bounds: tuple[timedelta, timedelta]) -> None:
        super().__init__(f"{duration} is not between {bounds[0]} and {bounds[1]}")
        self.duration = duration
        self.bounds = bounds
