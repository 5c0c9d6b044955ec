"""Refused about recordings and what is cut from them."""

from datetime import timedelta

from rooms.errors.calls import CallRefused
from rooms.errors.refusal import Refusal


class TapesBusy(CallRefused):
    """Another recording is being mastered, or this one is; trying again later helps."""


class NothingOnTape(CallRefused):
    """Nothing of what is to be cut is on disk, or not yet."""


class NotRecorded(Refusal):
    """There is no recording of the talk, or none any more."""


class ClipOutOfRange(Refusal):
    """A clip is longer than that, or shorter."""

    def __init__(self, length: timedelta, bounds: tuple[timedelta, timedelta]) -> None:
        super().__init__(f"{length} is not between {bounds[0]} and {bounds[1]}")
        self.length = length
        self.bounds = bounds


class ClipBeyondEnd(Refusal):
    """The recording is over before the clip would be; `duration` is its length."""

    def __init__(self, duration: timedelta) -> None:
        super().__init__(f"the recording lasts {duration}")
        self.duration = duration
