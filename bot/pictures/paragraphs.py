"""Paragraphs: a title in as few and as large lines as its space permits."""

import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.pictures.directions import runs_leftwards
from bot.pictures.faces import Style
from bot.pictures.typesetting import ELLIPSIS, Glyph, Line, Typesetter

REFERENCE = 100
"""The size, in pixels, in which words are measured; other sizes are in proportion."""

MARGIN = 0.985
"""How full a line may be by proportion, because letters are rounded to pixels in each size."""

LEADING, WIDE_LEADING = 1.16, 1.36
"""From baseline to baseline, as a share of the size: for our own faces, and for taller scripts."""


@dataclass(frozen=True)
class Space:
    """Where a paragraph must fit, in pixels, and the sizes to try, falling."""

    width: int
    height: int
    sizes: tuple[int, ...]
    most_lines: int


@dataclass(frozen=True)
class Paragraph:
    """Lines of one size that fit their space, and the pixels from one baseline to the next."""

    lines: tuple[Line, ...]
    leading: int


@dataclass(frozen=True)
class _Word:
    """What is not broken unless it must be; widths as shares of the size."""

    glyphs: tuple[Glyph, ...]
    width: float
    space: tuple[Glyph, ...] = ()
    """The space before it, nothing where none is written."""
    gap: float = 0
    """That space's width."""


_Row = list[_Word]


def set_paragraph(typesetter: Typesetter, text: str, style: Style, space: Space) -> Paragraph:
    """The text in the largest size in which it fits, else shortened in the smallest; no lines for no text.

    Words are broken only when they fit whole in no size.
    """
    return _Compositor(typesetter, text, style, space).set()


class _Compositor:
    """Sets one text into one space."""

    def __init__(self, typesetter: Typesetter, text: str, style: Style, space: Space) -> None:
        self._typesetter, self._space = typesetter, space
        self._glyphs = typesetter.glyphs(text, style)
        self._dots = typesetter.glyphs(ELLIPSIS, style)
        self._leftwards = runs_leftwards("".join(cluster for cluster, _ in self._glyphs))
        self._leading = LEADING if all(face.is_bundled for _, face in self._glyphs) else WIDE_LEADING
        self._words = list(self._cut())
        self._measured: dict[str, float] = {}

    def set(self) -> Paragraph:
        if not self._words:
            return Paragraph((), 0)
        for words_of in (self._whole, self._broken):
            for size in self._space.sizes:
                limit = self._space.width * MARGIN / size
                words = words_of(limit)
                rows = _rows(words, limit) if words else []
                if 0 < len(rows) <= self._lines_at(size):
                    return self._paragraph(_balanced(rows, limit), size)
        return self._shortened(self._space.sizes[-1])

    def _lines_at(self, size: int) -> int:
        return max(1, min(self._space.most_lines, int(self._space.height // (size * self._leading))))

    def _paragraph(self, rows: Sequence[_Row], size: int) -> Paragraph:
        lines = [self._typesetter.line(_joined(row), size, leftwards=self._leftwards) for row in rows]
        return Paragraph(tuple(lines), round(size * self._leading))

    def _shortened(self, size: int) -> Paragraph:
        limit = self._space.width * MARGIN / size
        rows = _rows(self._broken(limit), limit)
        whole = self._lines_at(size) - 1
        rest = _joined([word for row in rows[whole:] for word in row])
        empty = Line((), size, self._leftwards)
        last = self._typesetter.shortened(rest, self._dots, empty, self._space.width)
        above = self._paragraph(rows[:whole], size)
        return Paragraph((*above.lines, last), above.leading)

    def _cut(self) -> Iterator[_Word]:
        """The text's words; where none are parted by spaces, as in Chinese, each character is one."""
        word: list[Glyph] = []
        space: tuple[Glyph, ...] = ()
        for glyph in self._glyphs:
            if word and (glyph[0] == " " or _may_part(word[-1][0], glyph[0])):
                yield self._word(word, space)
                word, space = [], ()
            if glyph[0] == " ":
                space = (glyph,)
            else:
                word.append(glyph)
        if word:
            yield self._word(word, space)

    def _word(self, glyphs: Sequence[Glyph], space: tuple[Glyph, ...]) -> _Word:
        return _Word(tuple(glyphs), self._width(glyphs), space, self._width(space))

    def _width(self, glyphs: Sequence[Glyph]) -> float:
        return self._typesetter.line(glyphs, REFERENCE).width / REFERENCE

    def _whole(self, limit: float) -> list[_Word]:
        """The words, or none when one of them is too wide."""
        return self._words if all(word.width <= limit for word in self._words) else []

    def _broken(self, limit: float) -> list[_Word]:
        return [part for word in self._words for part in self._parts(word, limit)]

    def _alone(self, glyph: Glyph) -> float:
        """The width of a glyph that has no neighbours."""
        if glyph[0] not in self._measured:
            self._measured[glyph[0]] = self._width([glyph])
        return self._measured[glyph[0]]

    def _parts(self, word: _Word, limit: float) -> Iterator[_Word]:
        if word.width <= limit:
            yield word
            return
        even = word.width / math.ceil(word.width / limit)
        part: list[Glyph] = []
        width, space = 0.0, word.space
        for glyph in word.glyphs:
            more = self._alone(glyph)
            if part and (width + more > limit or width >= even):
                yield self._word(part, space)
                part, width, space = [], 0.0, ()
            if more <= limit:  # a single character as wide as the picture is left out
                part.append(glyph)
                width += more
        if part:
            yield self._word(part, space)


def _rows(words: Sequence[_Word], limit: float) -> list[_Row]:
    """As many words in each row as fit."""
    rows: list[_Row] = []
    filled = 0.0
    for word in words:
        if rows and filled + word.gap + word.width <= limit:
            rows[-1].append(word)
            filled += word.gap + word.width
        else:
            rows.append([word])
            filled = word.width
    return rows


def _balanced(rows: list[_Row], limit: float) -> list[_Row]:
    """The same words in as many rows, as even as they can be: by the squares of what each leaves free."""
    words = [word for row in rows for word in row]
    best: dict[int, tuple[float, list[_Row]]] = {0: (0.0, [])}
    for _ in rows:
        following: dict[int, tuple[float, list[_Row]]] = {}
        for start, (badness, above) in best.items():
            for end, width in _ends(words, start, limit):
                worse = badness + (limit - width) ** 2
                if end not in following or worse < following[end][0]:
                    following[end] = (worse, [*above, words[start:end]])
        best = following
    return best[len(words)][1] if len(words) in best else rows


def _ends(words: Sequence[_Word], start: int, limit: float) -> Iterator[tuple[int, float]]:
    """Where a row that begins with this word may end, and how wide it is then."""
    width = 0.0
    for place in range(start, len(words)):
        width += words[place].width + (words[place].gap if place > start else 0)
        if width > limit:
            return
        yield place + 1, width


def _joined(row: Sequence[_Word]) -> list[Glyph]:
    glyphs: list[Glyph] = []
    for place, word in enumerate(row):
        glyphs += [*(word.space if place else ()), *word.glyphs]
    return glyphs


def _may_part(before: str, after: str) -> bool:
    """Whether a line may end between these two, though no space is there (UAX 14, ideographs)."""
    wide = _is_ideographic(before[0]) or _is_ideographic(after[0])
    return wide and not _clings_back(after[0]) and unicodedata.category(before[0]) not in ("Ps", "Pi")


def _is_ideographic(character: str) -> bool:
    """Wide, but for Korean, which parts its words by spaces."""
    return unicodedata.east_asian_width(character) == "W" and not "\uac00" <= character <= "\ud7a3"


def _clings_back(character: str) -> bool:
    """Closing marks, and the small and long marks of kana, never begin a line."""
    return (
        unicodedata.category(character) in ("Pe", "Pf", "Po", "Lm")
        or character in "ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
    )
