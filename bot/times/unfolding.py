"""One reading of the words about a series to its outcome: its rule, its first occurrence, and the doubts."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from bot.times.answers import Doubt, Every, Question, TimeInPast, TimeNotUnderstood
from bot.times.calendar_days import Almanac
from bot.times.hours import Hour, hours
from bot.times.moments import instants
from bot.times.outlines import Outline, outline
from bot.times.parts import Ahead, Attached, Clock, Daypart, Phrase, Span
from bot.times.resolving import CONTRADICTIONS, PRIORITY, Scene, soonest_first
from rooms.errors.refusal import Refusal
from rooms.errors.series import RecurrenceFixed, RecurrenceMalformed
from rooms.recurrence import Recurrence, read_rule

_DAY = timedelta(days=1)


def unfold(phrase: Phrase, scene: Scene) -> Every | Question:
    """The series that `phrase` means, or what it leaves open.

    Raises TimeNotUnderstood, TimeImpossible, TimeInPast, or RecurrenceMalformed.
    """
    if phrase.of(Span):
        raise TimeNotUnderstood(scene.words)
    said, clocks = outline(phrase, scene), phrase.of(Clock)
    if isinstance(said, Doubt):
        return Question(said)
    if not clocks:
        return Question(Doubt.MISSING_TIME)
    found = _Candidates(said, scene)
    for clock in clocks:
        found.add(clock, [attached.part for attached in phrase.of(Attached)])
    answer = found.answer()
    if phrase.joined and not (isinstance(answer, Question) and answer.kind in CONTRADICTIONS):
        raise TimeNotUnderstood(scene.words)
    return answer


class _Candidates:
    """Gathers the series that a phrase may mean, with the doubts that made them several."""

    def __init__(self, said: Outline, scene: Scene) -> None:
        self._said = said
        self._scene = scene
        self._doubts = [said.doubt] if said.doubt else []
        self._clocks = 0
        self._found: list[Every] = []
        self._refused: list[Refusal] = []

    def add(self, clock: Clock, parts: Sequence[Daypart]) -> None:
        """Take in what the series may be with this hour."""
        self._clocks += 1
        read = hours(clock, parts)
        found = [tuple(self._series(hour)) for hour in read.choices]
        if read.doubt and len(set(found)) > 1:  # every midnight is the same one
            self._doubts.append(read.doubt)
        self._found += [one for each in found for one in each]

    def answer(self) -> Every | Question:
        """The one series, or the most telling question. Raises what kept all from being one."""
        if not self._found:
            raise self._refused[0] if self._refused else TimeInPast
        options = soonest_first(self._found)
        doubts = [*self._doubts, *([Doubt.TWO_TIMES] if self._clocks > 1 else [])]
        return Question(min(doubts, key=PRIORITY.index), options) if doubts else options[0]

    def _series(self, hour: Hour) -> Iterator[Every]:
        for start in self._said.starts or (self._scene.today_there,):
            try:
                yield from self._from(start, hour)
            except (RecurrenceMalformed, RecurrenceFixed) as refusal:
                self._refused.append(refusal)

    def _from(self, start: date, hour: Hour) -> Iterator[Every]:
        """The series whose first occurrence is the next from `start` on that lies ahead."""
        for day in (start, start + _DAY):
            recurrence = self._on(day, hour)
            moments, doubt = instants(recurrence.first, self._scene.zone)
            if moments[-1] <= self._scene.now:
                continue
            if self._said.is_exact and recurrence.first.date() != start + hour.days * _DAY:
                self._doubts.append(Doubt.WEEKDAY_MISMATCH)
            if doubt is Doubt.SKIPPED_HOUR:
                self._doubts.append(doubt)
                yield from (self._at(recurrence, moment) for moment in moments)
            else:
                yield Every(moments[0], self._scene.zone, recurrence)
            return

    def _at(self, recurrence: Recurrence, moment: datetime) -> Every:
        """The series at another hour of its first day, for one that the clocks skip that day."""
        local = moment.astimezone(self._scene.zone).replace(tzinfo=None)
        return Every(moment, self._scene.zone, recurrence.continued(local, recurrence.first.date()))

    def _on(self, day: date, hour: Hour) -> Recurrence:
        said = Hour(hour.hour, hour.minute).on(day)
        recurrence = read_rule(self._said.rule, said, self._scene.zone)
        if self._said.lasting is not None:
            last = _after(recurrence.first.date(), self._said.lasting) - _DAY
            recurrence = read_rule(
                f"{self._said.rule};UNTIL={last:%Y%m%d}", recurrence.first, recurrence.zone
            )
        if hour.days:
            first = recurrence.first
            recurrence = recurrence.continued(first + hour.days * _DAY, first.date())
        return recurrence


def _after(day: date, span: Span) -> date:
    almanac = Almanac(day, lambda _: True)
    return almanac.dates([Ahead(span.days, span.months)]).candidates[0]
