"""The sheet: what was said so far in a guided dialogue, and what is asked for now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.aspects import Aspect, Change
from bot.persons import once
from bot.times import Question, When
from bot.wishes import Place, Wish
from rooms.appointments import MOST, Invited
from rooms.errors.people import TooManyAppointments
from rooms.errors.refusal import Refusal
from rooms.errors.talks import (
    Clash,
    DescriptionTooLong,
    SeatsOutOfRange,
    TitleMissing,
    TitleTooLong,
    TopicMalformed,
    TopicNotAllowed,
)
from rooms.errors.times import DurationOutOfRange, StartsInPast, StartsTooFarAhead
from rooms.ids import ThreadId
from rooms.roles import Role

STEPS = (
    Aspect.TITLE, Aspect.TOPIC, Aspect.WHEN, Aspect.LENGTH, Aspect.DESCRIPTION, Aspect.PEOPLE,
)  # fmt: skip
"""What is asked for one after the other; the rest can be changed at the end."""

_STEPS_OF: Mapping[type[Refusal], Aspect] = {
    TitleMissing: Aspect.TITLE,
    TitleTooLong: Aspect.TITLE,
    TopicNotAllowed: Aspect.TOPIC,
    TopicMalformed: Aspect.TOPIC,
    StartsInPast: Aspect.WHEN,
    StartsTooFarAhead: Aspect.WHEN,
    Clash: Aspect.WHEN,
    DurationOutOfRange: Aspect.LENGTH,
    DescriptionTooLong: Aspect.DESCRIPTION,
    SeatsOutOfRange: Aspect.SEATS,
    TooManyAppointments: Aspect.PEOPLE,
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """Immutable; each answer gives a new one.

    `asks` is the aspect that is asked for, None once all was asked and the whole is shown; `said` are those
    that were answered; `is_whole` is whether the whole was shown before; `pending` are people whose part is
    asked for, `doubt` a time that may mean several moments, or none; `is_paused` is whether it is to be said
    first which goes on, this talk or one for another group.
    """

    thread: ThreadId | None = None
    wish: Wish = field(default_factory=Wish)
    asks: Aspect | None = Aspect.TITLE
    said: tuple[Aspect, ...] = ()
    is_whole: bool = False
    pending: tuple[Invited, ...] = ()
    doubt: Question | None = None
    is_paused: bool = False

    def with_change(self, change: Change) -> "Sheet":
        """What was said is written down, or the doubt that it leaves; the same is still asked for."""
        when = change.get("when")
        if isinstance(when, Question):
            return replace(self, doubt=when)
        return replace(self, wish=replace(self.wish, **change), doubt=None)

    @property
    def is_begun(self) -> bool:
        """Whether something was answered, which would be lost with the sheet."""
        return bool(self.said)

    @property
    def is_settled(self) -> bool:
        """Whether nothing remains to be asked about what was said last."""
        return self.doubt is None and not self.pending

    def gone_on(self) -> "Sheet":
        """The aspect was answered: the next one that was not, or the whole."""
        said = self.said if self.asks is None or self.asks in self.said else (*self.said, self.asks)
        if self.wish.topic is not None and Aspect.TOPIC not in said:
            said = (*said, Aspect.TOPIC)
        if self.is_whole:
            left: list[Aspect] = []
        else:
            later = STEPS[STEPS.index(self.asks) + 1 :] if self.asks in STEPS else ()
            left = [one for one in later if one is not Aspect.TOPIC or Aspect.TOPIC not in said]
        asks = left[0] if left else None
        return self._asking(asks, said=said, is_whole=self.is_whole or asks is None)

    def gone_back(self) -> "Sheet":
        """The aspect before this one, or the whole again."""
        if not self.is_settled:
            return self._asking(self.asks)
        if self.is_whole or self.asks not in STEPS:
            return replace(self, asks=None)
        return replace(self, asks=STEPS[max(0, STEPS.index(self.asks) - 1)])

    def turned_to(self, aspect: Aspect) -> "Sheet":
        """An aspect is asked for once more."""
        return self._asking(aspect)

    def _asking(self, aspect: Aspect | None, **more: Any) -> "Sheet":
        return replace(self, asks=aspect, pending=(), doubt=None, **more)

    def naming(self, people: Sequence[Invited]) -> "Sheet":
        """Whoever is named waits for a part, behind those who do so already; raises `TooManyAppointments`."""
        pending = once((*self.pending, *people))
        if len(_without(pending, self.wish.people)) + len(pending) > MOST:
            raise TooManyAppointments(MOST)
        return replace(self, pending=pending)

    def with_people(self, role: Role) -> "Sheet":
        """All who wait for a part have it, and no other one."""
        given = tuple((role, one) for one in self.pending)
        people = (*_without(self.pending, self.wish.people), *given)
        return replace(self.with_change({"people": people}), pending=())

    def without_person(self, person: Invited) -> "Sheet":
        """One of the people is not asked after all."""
        people = [pair for pair in self.wish.people if pair[1] != person]
        return self.with_change({"people": tuple(people)})

    def check(self, place: Place, now: datetime) -> None:
        """Refuse what cannot be, as far as it was said; raises `TopicNotAllowed`, and like `Plan.check`."""
        when = self.wish.when
        starts_at = when.instant if isinstance(when, When) else now + timedelta(days=1)
        named = self.wish if self.wish.title else replace(self.wish, title="?")
        named.plan(place, starts_at).check(now)
        if self.asks is Aspect.TOPIC:
            place.group.topics.check(self.wish.topic)


def step_of(refusal: Refusal) -> Aspect | None:
    """The aspect that a refusal is about, to be asked for again."""
    return _STEPS_OF.get(type(refusal))


def _without(
    people: Sequence[Invited], cast: Sequence[tuple[Role, Invited]]
) -> Sequence[tuple[Role, Invited]]:
    return [(role, one) for role, one in cast if not any(one.is_same(other) for other in people)]
