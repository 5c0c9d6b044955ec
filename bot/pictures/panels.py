"""Panels: the parts of a statistics picture, each a heading with its chart and the words beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.pictures.backdrop import WIDTH
from bot.pictures.charts import Pair, columns_chart, rows_chart, steps_chart
from bot.pictures.faces import Style
from bot.pictures.pen import Pen
from bot.pictures.statistics import Labels, TalkCount

EDGE, PADDING = 44, 44
"""Pixels from the picture's side to its panels, and from a panel's side to what is in it."""

LEFT, RIGHT = EDGE + PADDING, WIDTH - EDGE - PADDING
"""Where what is in a panel begins and ends."""

HEADING, ROW, FIELD = 112, 62, 330
"""Pixels of height: of a panel's heading, of a row with a name, of a chart with axes."""

NAMES, NUMBERS = 400, 170
"""The width of the columns of names and of numbers beside bars."""

MOST_ROWS, MOST_COLUMNS, MOST_SPEAKERS = 6, 50, 6
"""More talks than rows stand side by side without their names; more speakers are the others."""

BASELINE, DOWN, BELOW, MINUTES_UP = 72, 43, 26, 12
"""Pixels from the top to the baseline, of a heading and of a row; what is free below; where minutes stand."""

LEGEND, LEGEND_GAP, SWATCH = 360, 32, 38
"""The greatest width of words in a legend, the space between two of them, and the room of a sample."""


class Panel(Protocol):
    """A part of the picture."""

    @property
    def height(self) -> int:
        """Pixels, its heading and the space below included."""

    def draw(self, pen: Pen, top: int) -> None:
        """Draw it from this height down."""


@dataclass(frozen=True)
class TalksPanel:
    """Who said that they come to each talk, and who came."""

    labels: Labels
    talks: Sequence[TalkCount]

    @property
    def height(self) -> int:
        """Pixels, its heading and the space below included."""
        return HEADING + (len(self.talks) * ROW if self._has_rows else FIELD + ROW) + BELOW

    @property
    def _has_rows(self) -> bool:
        return len(self.talks) <= MOST_ROWS

    def draw(self, pen: Pen, top: int) -> None:
        """Draw it from this height down."""
        _head(pen, self.labels.talks, top, RIGHT - LEFT - self._legend(pen, top) - LEGEND_GAP)
        if self._has_rows:
            self._rows(pen, top + HEADING)
        else:
            self._columns(pen, top + HEADING)

    def _legend(self, pen: Pen, top: int) -> float:
        """What the colours mean, at the right of the heading; returns its width."""
        end: float = RIGHT
        entries = [(self.labels.coming, pen.palette.pale)]
        if any(talk.came is not None for talk in self.talks):
            entries.insert(0, (self.labels.came, pen.palette.glow))
        for words, colour in entries:
            end -= pen.write_before(words, (end, top + BASELINE), pen.palette.soft, LEGEND) + SWATCH
            pen.swatch((end, top + BASELINE), colour)
            end -= LEGEND_GAP
        return RIGHT - end

    def _rows(self, pen: Pen, top: int) -> None:
        size = (RIGHT - LEFT - NAMES - NUMBERS, len(self.talks) * ROW)
        pen.put(rows_chart(_pairs(self.talks), size, pen.palette), (LEFT + NAMES, top))
        for place, talk in enumerate(self.talks):
            baseline = top + place * ROW + DOWN
            pen.write(talk.label, (LEFT, baseline), pen.palette.ink, NAMES - LEGEND_GAP)
            pen.write_before(str(talk.coming), (RIGHT - NUMBERS / 2, baseline), pen.palette.soft, NUMBERS)
            if talk.came is not None:
                pen.write_before(str(talk.came), (RIGHT, baseline), pen.palette.glow, NUMBERS)

    def _columns(self, pen: Pen, top: int) -> None:
        """All talks in a row, of which the first and the latest are named."""
        pen.put(columns_chart(_pairs(self.talks), (RIGHT - LEFT, FIELD), pen.palette), (LEFT, top))
        baseline, half = top + FIELD + DOWN, (RIGHT - LEFT) / 2 - LEGEND_GAP
        pen.write(self.talks[0].label, (LEFT, baseline), pen.palette.soft, half)
        pen.write_before(self.talks[-1].label, (RIGHT, baseline), pen.palette.soft, half)


@dataclass(frozen=True)
class AudiencePanel:
    """How many were in the call of one talk, over its time."""

    labels: Labels
    audience: Sequence[tuple[float, int]]

    @property
    def height(self) -> int:
        """Pixels, its heading and the space below included."""
        return HEADING + FIELD + BELOW

    def draw(self, pen: Pen, top: int) -> None:
        """Draw it from this height down."""
        _head(pen, self.labels.audience, top, RIGHT - LEFT)
        pen.put(
            steps_chart(sorted(self.audience), (RIGHT - LEFT, FIELD), pen.palette),
            (LEFT, top + HEADING),
        )
        at = (RIGHT, top + HEADING + FIELD - MINUTES_UP)
        pen.write_before(self.labels.minutes, at, pen.palette.soft, NUMBERS)


@dataclass(frozen=True)
class SharesPanel:
    """Who spoke for how much of one talk."""

    labels: Labels
    shares: Sequence[tuple[str, float]]

    @property
    def height(self) -> int:
        """Pixels, its heading and the space below included."""
        return HEADING + len(self._rows()) * ROW + BELOW

    def draw(self, pen: Pen, top: int) -> None:
        """Draw it from this height down."""
        _head(pen, self.labels.shares, top, RIGHT - LEFT)
        rows = self._rows()
        size = (RIGHT - LEFT - NAMES - NUMBERS, len(rows) * ROW)
        bars = [Pair(0, share) for _, share in rows]
        pen.put(rows_chart(bars, size, pen.palette), (LEFT + NAMES, top + HEADING))
        for place, (name, share) in enumerate(rows):
            baseline = top + HEADING + place * ROW + DOWN
            pen.write(name, (LEFT, baseline), pen.palette.ink, NAMES - LEGEND_GAP)
            pen.write_before(f"{share:.0%}", (RIGHT, baseline), pen.palette.glow, NUMBERS)

    def _rows(self) -> list[tuple[str, float]]:
        """The longest speakers first; if they are many, the others together."""
        rows = sorted(self.shares, key=lambda row: -row[1])
        if len(rows) <= MOST_SPEAKERS:
            return rows
        rest = sum(share for _, share in rows[MOST_SPEAKERS - 1 :])
        return [*rows[: MOST_SPEAKERS - 1], (self.labels.others, rest)]


@dataclass(frozen=True)
class NothingPanel:
    """Says that there is nothing to show."""

    labels: Labels
    height: int = 300

    def draw(self, pen: Pen, top: int) -> None:
        """Draw it from this height down."""
        line = pen.typesetter.fitted(self.labels.nothing, Style.TITLE, (56, 48), RIGHT - LEFT)
        pen.draw(
            line,
            (LEFT + (RIGHT - LEFT - line.width) / 2, top + self.height / 2 + 16),
            pen.palette.soft,
        )


def _head(pen: Pen, words: str, top: int, width: float) -> None:
    line = pen.typesetter.fitted(words, Style.TITLE, (50, 44, 38), width)
    pen.draw(line, (LEFT, top + BASELINE), pen.palette.ink)


def _pairs(talks: Sequence[TalkCount]) -> list[Pair]:
    return [Pair(talk.coming, talk.came) for talk in talks]
