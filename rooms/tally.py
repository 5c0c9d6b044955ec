"""A tally: what is counted of one talk's call from one saving to the next."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from rooms.ids import PersonId, RoomId
from rooms.measures import Measure, TalkTime
from rooms.stage import Stage

LASTING = timedelta(seconds=10)
"""So long the number of people in a call must stay the same to be counted."""

NOTHING = timedelta(0)


class Tally:
    """Counts people and their spoken time by what is seen of the stage, without a clock of its own.

    Times of the audience are since the talk's planned start, which a restart does not change.
    """

    def __init__(self, room: RoomId, starts_at: datetime) -> None:
        self._room = room
        self._starts_at = starts_at
        self._stage = Stage()
        self._seen_at: datetime | None = None
        self._spoken: dict[PersonId, TalkTime] = {}
        self._steps: list[tuple[timedelta, int]] = []
        self._counted: int | None = None
        self._count_since: datetime | None = None

    def see(self, stage: Stage, now: datetime) -> None:
        """The stage is like this from now on; up to now it was as seen before.

        An empty stage means that nothing is known, until somebody was seen on it.
        """
        self._pass_time(now)
        is_known = self._count_since is not None or bool(stage.people)
        is_change = self._count_since is None or len(stage.people) != len(self._stage.people)
        if is_known and is_change:
            self._count_since = now
        self._stage = stage

    def take(self, now: datetime) -> Measure:
        """What was counted since the last time."""
        self._pass_time(now)
        measure = Measure(self._room, tuple(self._steps), tuple(self._spoken.values()))
        self._steps, self._spoken = [], {}
        return measure

    def _pass_time(self, now: datetime) -> None:
        if self._seen_at is not None and now > self._seen_at:
            for person in self._stage.speaking:
                self._speak(TalkTime(person.person, person.name, now - self._seen_at))
        self._seen_at = now
        self._count(now)

    def _speak(self, more: TalkTime) -> None:
        known = self._spoken.get(more.person)
        self._spoken[more.person] = _longer(known, more) if known is not None else more

    def _count(self, now: datetime) -> None:
        people = len(self._stage.people)
        if self._count_since is None or people == self._counted or now - self._count_since < LASTING:
            return
        self._steps.append((max(NOTHING, self._count_since - self._starts_at), people))
        self._counted = people


def joined(measure: Measure | None, more: Measure) -> Measure:
    """What was counted before, and after it; nobody twice, and no step to the number there is already."""
    if measure is None:
        return more
    times: dict[PersonId, TalkTime] = {}
    for time in (*measure.talk_times, *more.talk_times):
        known = times.get(time.person)
        times[time.person] = _longer(known, time) if known is not None else time
    return replace(
        more, audience=_steps((*measure.audience, *more.audience)), talk_times=tuple(times.values())
    )


def _steps(audience: Iterable[tuple[timedelta, int]]) -> tuple[tuple[timedelta, int], ...]:
    steps: list[tuple[timedelta, int]] = []
    for at, people in audience:
        if not steps or steps[-1][1] != people:
            steps.append((at, people))
    return tuple(steps)


def _longer(time: TalkTime, more: TalkTime) -> TalkTime:
    return replace(more, spoken=time.spoken + more.spoken)
