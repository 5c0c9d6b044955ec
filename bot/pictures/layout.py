"""The layout of a cover: where on it each text stands, decided before anything is drawn."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.pictures.backdrop import WIDTH
from bot.pictures.cover import Cover
from bot.pictures.faces import Faces, Style
from bot.pictures.palettes import Colour
from bot.pictures.paragraphs import Space, set_paragraph
from bot.pictures.typesetting import Line, Typesetter

EDGE = 72
"""Pixels from the picture's side to its words."""

NARROW, WIDE = 850, 1000
"""Pixels across which words run: few and large ones, or many."""

HEADER, WHEN, HOSTS = 106, 604, 664
"""The baselines of the lines above and below the title."""

TITLE_TOP = 136
TITLE_SIZES = (184, 168, 154, 142, 132, 123, 116, 109, 103, 97, 92, 87, 82, 77, 72, 68, 64, 60)
TITLE = Space(WIDE, 388, TITLE_SIZES, most_lines=4)
"""The title's space begins at TITLE_TOP."""

GAP, PADDING, PILL = 28, 28, 64
"""Pixels between two texts on a line, inside a badge beside its words, and of a badge's height."""

ZONE_GAP = 18
"""Pixels between the time and its zone."""

NARROWEST = 150
"""Pixels below which a text is rather left out than shortened."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in pixels."""


@dataclass(frozen=True)
class Placed:
    """A line in its place: `x` is its left end, `y` its baseline."""

    line: Line
    x: float
    y: float
    colour: Colour

    def mirrored(self) -> "Placed":
        """The same on the other side of the picture."""
        return Placed(self.line, WIDTH - self.x - self.line.width, self.y, self.colour)


@dataclass(frozen=True)
class Layout:
    """Everything on a cover, in its place."""

    lines: tuple[Placed, ...]
    pill: Box | None
    """The badge's ground; the badge is the first of the lines."""
    is_mirrored: bool
    """Whether it is read from the right."""
    reach: int
    """How far into the picture words run, in pixels from the side where they begin: one of two."""


class _Arrangement:
    """Arranges one cover, as if read from the left."""

    def __init__(self, cover: Cover, typesetter: Typesetter) -> None:
        self._cover, self._set = cover, typesetter
        self._colours = cover.palette
        title = set_paragraph(typesetter, cover.title, Style.TITLE, TITLE)
        self._has_title = bool(title.lines)
        # A title in a script for which no font is at hand: the time is what can be said large.
        self._headline = title if title.lines else set_paragraph(typesetter, cover.when, Style.TITLE, TITLE)

    def layout(self) -> Layout:
        badge = self._badge()
        start = badge[0].x + badge[0].line.width + PADDING + GAP if badge else EDGE
        placed = (*badge, *self._header(start), *self._title(), *self._footer())
        lines = [each for each in placed if each.line.runs]
        pill: Box | None = (EDGE, HEADER - 45.0, start - GAP, HEADER - 45.0 + PILL) if badge else None
        mirrored = any(line.leftwards for line in self._headline.lines)
        if mirrored:
            lines = [each.mirrored() for each in lines]
            pill = (WIDTH - pill[2], pill[1], WIDTH - pill[0], pill[3]) if pill else None
        reach = max((_reach(each, mirrored) for each in lines), default=0)
        return Layout(tuple(lines), pill, mirrored, EDGE + (NARROW if reach <= EDGE + NARROW else WIDE))

    def _badge(self) -> list[Placed]:
        if not self._cover.badge:
            return []
        line = self._set.fitted(self._cover.badge, Style.STRONG, (38, 34, 31), WIDE - 2 * PADDING)
        return [Placed(line, EDGE + PADDING, HEADER, self._colours.depth)] if line.runs else []

    def _header(self, start: float) -> Iterator[Placed]:
        """The topic, then the group; what has no room is left out."""
        topic = f"#{self._cover.topic}" if self._cover.topic else ""
        for text, style, colour in (
            (topic, Style.STRONG, self._colours.glow),
            (self._cover.group, Style.PLAIN, self._colours.soft),
        ):
            room = EDGE + WIDE - start
            if text and room >= NARROWEST:
                line = self._set.fitted(text, style, (36,), room)
                yield Placed(line, start, HEADER, colour)
                start += line.width + GAP

    def _title(self) -> Iterator[Placed]:
        """The headline, in the middle of its space."""
        lines, leading = self._headline.lines, self._headline.leading
        if not lines:
            return
        first = TITLE_TOP + (TITLE.height - leading * len(lines)) / 2 + leading / 2 + 0.30 * lines[0].size
        for place, line in enumerate(lines):
            yield Placed(line, EDGE, round(first + place * leading), self._colours.ink)

    def _footer(self) -> Iterator[Placed]:
        yield from self._time() if self._has_title else self._zone()
        hosts = self._set.fitted(self._cover.hosts, Style.PLAIN, (40, 36), WIDE)
        yield Placed(hosts, EDGE, HOSTS, self._colours.soft)

    def _zone(self) -> Iterator[Placed]:
        """The zone alone, below a headline that says the time."""
        zone = self._set.fitted(self._cover.zone, Style.PLAIN, (40, 36), WIDE)
        yield Placed(zone, EDGE, WHEN, self._colours.soft)

    def _time(self) -> Iterator[Placed]:
        """When, and where that time is the time: as large as both fit, the zone by its city if it must be."""
        city = self._cover.zone.rpartition("/")[2].replace("_", " ")
        for zone in (self._cover.zone, city):
            for size in (48, 45, 42, 39):
                when = self._set.fitted(self._cover.when, Style.STRONG, (size,), WIDE)
                where = self._set.fitted(zone, Style.PLAIN, (size - 6,), WIDE)
                if when.width + ZONE_GAP + where.width <= WIDE:
                    yield Placed(when, EDGE, WHEN, self._colours.ink)
                    yield Placed(where, EDGE + when.width + ZONE_GAP, WHEN, self._colours.soft)
                    return
        yield Placed(
            self._set.fitted(self._cover.when, Style.STRONG, (39, 36), WIDE), EDGE, WHEN, self._colours.ink
        )


def arrange(cover: Cover, typesetter: Typesetter | None = None) -> Layout:
    """Where everything on the cover stands; nothing overlaps, whatever it says."""
    return _Arrangement(cover, typesetter or house_typesetter()).layout()


@lru_cache(maxsize=1)
def house_typesetter() -> Typesetter:
    """The typesetter with the fonts of this machine, which are looked for once."""
    return Typesetter(Faces())


def _reach(placed: Placed, mirrored: bool) -> float:
    """How far into the picture the line runs, from the side where it begins."""
    return WIDTH - placed.x if mirrored else placed.x + placed.line.width
