"""Says phrases to the reader and writes down what it answers, so that tests are tables of what people say.

`friday 9:30 => ? am_or_pm 11-27 09:30, 11-27 21:30`: a moment as the clocks of the group show it, its year
only when it is not this one, and for a series its rule; `?` a question, its doubt and its options; `!` a
refusal. A line `@ 2026-11-24 09:00 Europe/Rome` sets the scene for those below it, in the group's own time.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.times import (
    Every,
    Question,
    TimeImpossible,
    TimeInPast,
    TimeNotUnderstood,
    When,
    read_recurrence,
    read_time,
    speaks_of_recurrence,
)
from rooms.errors.series import RecurrenceMalformed


@dataclass(frozen=True)
class Scene:
    """When and where a phrase is said: `now` is local and naive."""

    now: datetime
    zone: ZoneInfo

    @property
    def instant(self) -> datetime:
        return self.now.replace(tzinfo=self.zone).astimezone(UTC)

    def answer(self, words: str, language: str) -> When | Question:
        return read_time(words, now=self.instant, zone=self.zone, language=language)

    def series(self, words: str, language: str) -> Every | Question:
        return read_recurrence(words, now=self.instant, zone=self.zone, language=language)

    def hears(self, words: str, language: str) -> str:
        """What is answered about one talk, as tables have it."""
        return self._written(self.answer, words, language)

    def hears_of_series(self, words: str, language: str) -> str:
        """What is answered about a series or, where the words are about none, about one talk."""
        read = self.series if speaks_of_recurrence(words, language) else self.answer
        return self._written(read, words, language)

    def _written(self, read: Callable[[str, str], When | Question], words: str, language: str) -> str:
        try:
            answer = read(words, language)
        except TimeInPast:
            return "! past"
        except TimeImpossible:
            return "! impossible"
        except TimeNotUnderstood:
            return "! not understood"
        except RecurrenceMalformed as refusal:
            return f"! {refusal.flaw}"
        if isinstance(answer, When):
            return self.shown(answer)
        return f"? {answer.kind} {', '.join(map(self.shown, answer.options))}".rstrip()

    def shown(self, moment: When) -> str:
        local = moment.instant.astimezone(self.zone)
        shown = f"{local:%Y-%m-%d %H:%M}".removeprefix(f"{self.now.year}-")
        return f"{shown} {moment.recurrence.rule}" if isinstance(moment, Every) else shown


def scene(text: str) -> Scene:
    """The scene of "2026-11-24 09:00 Europe/Rome"."""
    day, hour, zone = text.split()
    return Scene(datetime.fromisoformat(f"{day} {hour}"), ZoneInfo(zone))


TUESDAY = scene("2026-11-24 09:00 Europe/Rome")


def rows(table: str) -> Iterator[tuple[Scene, str, str]]:
    """Scene, words and expected answer of each row."""
    where = TUESDAY
    for line in table.strip().splitlines():
        if line.startswith("@ ") and "=>" not in line:
            where = scene(line.removeprefix("@ "))
        elif line.strip():
            words, _, answer = line.rpartition("=>")
            yield where, words.strip(), answer.strip()
