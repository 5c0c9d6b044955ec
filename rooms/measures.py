"""Measures: how many were in a talk's call over time, and how long each one spoke."""

from dataclasses import dataclass
from datetime import timedelta

from rooms.ids import PersonId, RoomId


@dataclass(frozen=True, slots=True)
class TalkTime:
    """How long somebody was heard in a talk."""

    person: PersonId
    name: str
    spoken: timedelta


@dataclass(frozen=True, slots=True)
class Measure:
    """What was seen of one talk's call, where everybody sees everybody; the gallery is never counted.

    `audience` holds (time since the beginning, people in the call) for each change that lasted.
    """

    room: RoomId
    audience: tuple[tuple[timedelta, int], ...]
    talk_times: tuple[TalkTime, ...]

    @property
    def most(self) -> int:
        """How many there were at most."""
        return max((people for _at, people in self.audience), default=0)
