"""Typesetting: text becomes lines of runs, whose widths are known before anything is drawn."""

import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TypeAlias

from bot.pictures.clusters import clean, clusters
from bot.pictures.directions import in_sight, levels, runs_leftwards
from bot.pictures.faces import Direction, Face, Faces, Style, features

ELLIPSIS = "…"

MOST_READ, MOST_CLUSTERS = 4000, 400
"""The characters read of a text at most, and the clusters that are set: more has no room anywhere."""

Glyph: TypeAlias = tuple[str, Face]
"""A cluster and the face that draws it."""


@dataclass(frozen=True)
class Run:
    """Clusters of one face and one direction, drawn in one go; its width is in pixels."""

    text: str
    face: Face
    direction: Direction
    width: float

    @property
    def features(self) -> list[str] | None:
        """The OpenType features to draw it with."""
        return features(self.direction)


@dataclass(frozen=True)
class Line:
    """Runs in the order in which they stand, from left to right."""

    runs: tuple[Run, ...]
    size: int
    leftwards: bool

    @property
    def width(self) -> float:
        """From the first run's left to the last one's right, in pixels."""
        return sum(run.width for run in self.runs)

    @property
    def text(self) -> str:
        """What is read, in the order in which it stands."""
        return "".join(run.text for run in self.runs)


class Typesetter:
    """Sets text with the faces at hand; what no face can draw is left out."""

    def __init__(self, faces: Faces) -> None:
        self._faces = faces
        self._cut = lru_cache(maxsize=512)(self._cut_anew)

    def glyphs(self, text: str, style: Style) -> tuple[Glyph, ...]:
        """The text's clusters, each with its face; a fancy letter that no face has becomes the plain one."""
        return self._cut(text, style)

    def _cut_anew(self, text: str, style: Style) -> tuple[Glyph, ...]:
        found: list[Glyph] = []
        for written in clusters(clean(text[:MOST_READ]))[:MOST_CLUSTERS]:
            cluster = self._faces.drawable(written)
            face = self._faces.face_for(cluster, style)
            if face is not None:
                found.append((cluster, face))
            else:
                found += self._plainer(cluster, style)
        return tuple(trimmed(found))

    def _plainer(self, cluster: str, style: Style) -> list[Glyph]:
        """What the cluster stands for (NFKC), as far as there are faces for it."""
        forms = clusters(clean(unicodedata.normalize("NFKC", cluster)))
        faces = [(form, self._faces.face_for(form, style)) for form in forms]
        return [(form, face) for form, face in faces if face is not None]

    def line(self, glyphs: Sequence[Glyph], size: int, *, leftwards: bool = False) -> Line:
        """One line of these glyphs, however long, in a paragraph of this direction."""
        pieces = zip(levels([cluster for cluster, _ in glyphs], leftwards=leftwards), glyphs, strict=True)
        runs = []
        for (level, face), members in groupby(pieces, key=lambda piece: (piece[0], piece[1][1])):
            text = "".join(cluster for _, (cluster, _) in members)
            direction = self._faces.direction(leftwards=level % 2 == 1)
            runs.append((level, Run(text, face, direction, _measure(text, face, size, direction))))
        return Line(tuple(in_sight(runs)), size, leftwards)

    def fitted(self, text: str, style: Style, sizes: Sequence[int], width: float) -> Line:
        """One line in the first of these sizes, which fall, in which it fits; else shortened in the last."""
        glyphs = self.glyphs(text, style)
        leftwards = runs_leftwards("".join(cluster for cluster, _ in glyphs))
        for size in sizes:
            line = self.line(glyphs, size, leftwards=leftwards)
            if line.width <= width:
                return line
        dots = self.glyphs(ELLIPSIS, style)
        return self.shortened(glyphs, dots, self.line([], sizes[-1], leftwards=leftwards), width)

    def shortened(self, glyphs: Sequence[Glyph], dots: Sequence[Glyph], empty: Line, width: float) -> Line:
        """As many glyphs as fit before the dots, in the size and direction of the empty line."""

        def cut(kept: int) -> Line:
            return self.line([*trimmed(glyphs[:kept]), *dots], empty.size, leftwards=empty.leftwards)

        kept = bisect_right(range(1, len(glyphs) + 1), width, key=lambda count: cut(count).width)
        return cut(kept) if kept else empty


def trimmed(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs without spaces at either end, or two in a row."""
    kept: list[Glyph] = []
    for cluster, face in glyphs:
        if cluster != " " or (kept and kept[-1][0] != " "):
            kept.append((cluster, face))
    return kept[:-1] if kept and kept[-1][0] == " " else kept


@lru_cache(maxsize=8192)
def _measure(text: str, face: Face, size: int, direction: Direction) -> float:
    return face.length(text, size, direction)
