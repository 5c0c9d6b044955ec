"""Faces: which font draws what: the bundled pair, colour emoji, and the system's fonts for other scripts."""

import struct
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, TypeAlias

import PIL.features
from fontTools.ttLib import TTFont, TTLibError
from PIL import ImageFont

from bot.pictures.clusters import EMOJI_STYLE, visible

Direction: TypeAlias = Literal["ltr", "rtl"] | None
"""Where a run is read to, as Pillow wants to be told; None when it cannot shape and must not be told."""

BUNDLED = Path(__file__).with_name("fonts")

SYSTEM = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("/System/Library/Fonts"),
    Path("/Library/Fonts"),
)
"""Where Linux and macOS keep their fonts."""

SHAPING = PIL.features.check_feature("raqm") is True
"""Whether Pillow can shape and turn text (libraqm, which needs the system's libfribidi)."""

EMOJI_SIZE = 109
"""The only size, in pixels, of the emoji in NotoColorEmoji: they are little pictures."""

_BESIDE_OURS = 0.88
"""The size of other fonts beside ours, whose letters are small for their size."""

_EMOJI_HEIGHT = 0.86
"""The size of emoji beside ours."""

_TRIED = 32
"""The size, in pixels, in which it is tried whether a font can be drawn at all."""

_BROKEN = (OSError, TTLibError, struct.error, KeyError, ValueError, AssertionError)
"""What is raised at a font file that is not as it should be."""

_SHAPED = (range(0x0590, 0x10A0), range(0x1780, 0x1800), range(0xFB1D, 0xFE00), range(0xFE70, 0xFF00))
"""Scripts that are wrong without shaping: Hebrew, Arabic, those of India and south-east Asia."""

_OTHERS = (
    "NotoSansCJK-Bold",
    "NotoSansCJKsc-Bold",
    "NotoSansCJK-Regular",
    "NotoSansCJKsc-Regular",
    "DroidSansFallbackFull",
    "wqy-zenhei",
    "DejaVuSans-Bold",
    "DejaVuSans",
    "FreeSansBold",
    "NotoSansSymbols-Bold",
    "NotoSansSymbols2-Regular",
    "Arial Unicode",
)
"""Files, by name without ending, that cover much."""


def features(direction: Direction) -> list[str] | None:
    """The OpenType features of a run: figures as tall as capitals, so that 40 is not read as 4o."""
    return ["lnum"] if direction else None


class Style(Enum):
    """The three voices of a picture; each is the bundled file that speaks it first."""

    TITLE = "Alegreya-Bold"
    STRONG = "Inter-SemiBold"
    PLAIN = "Inter-Medium"


@dataclass(frozen=True)
class Face:
    """One font of one file."""

    path: Path
    is_emoji: bool = False

    def covers(self, cluster: str) -> bool:
        """Whether it has a glyph for everything in the cluster."""
        points = _points(self.path, EMOJI_SIZE if self.is_emoji else _TRIED)
        return all(ord(character) in points for character in visible(cluster))

    @property
    def is_bundled(self) -> bool:
        """Whether it is one of ours, whose letters are known to keep within their lines."""
        return self.path.parent == BUNDLED

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        """The font for text of this size, in pixels: emoji come in one size only."""
        if self.is_emoji:
            return _font(self.path, EMOJI_SIZE)
        return _font(self.path, size if self.is_bundled else round(size * _BESIDE_OURS))

    def length(self, text: str, size: int, direction: Direction) -> float:
        """How wide a run of this size is, in pixels."""
        return self.at(size).getlength(text, "", direction, features(direction)) * self.enlargement(size)

    def enlargement(self, size: int) -> float:
        """By how much what `at` draws must be enlarged to stand in text of this size."""
        return _EMOJI_HEIGHT * size / EMOJI_SIZE if self.is_emoji else 1.0


class Faces:
    """Finds the face for a cluster. A face that cannot draw it is never given."""

    def __init__(self, folders: Sequence[Path] = SYSTEM, *, shaping: bool = SHAPING) -> None:
        self._files = _by_name(folders)
        self._shaping = shaping
        self._found = lru_cache(maxsize=20_000)(self._find)

    def face_for(self, cluster: str, style: Style) -> Face | None:
        """The face that draws this cluster, or None when nothing at hand can."""
        return self._found(cluster, style)

    def drawable(self, cluster: str) -> str:
        """The cluster as it can be drawn: without shaping, joiners and the like would be seen."""
        return cluster if self._shaping else "".join(visible(cluster))

    def direction(self, *, leftwards: bool) -> Direction:
        """What Pillow must be told about a run."""
        return ("rtl" if leftwards else "ltr") if self._shaping else None

    def _find(self, cluster: str, style: Style) -> Face | None:
        return next((face for face in self._candidates(cluster, style) if face.covers(cluster)), None)

    def _candidates(self, cluster: str, style: Style) -> Iterator[Face]:
        emoji = self._emoji()
        if EMOJI_STYLE in cluster:
            yield from emoji
        yield _bundled(style)
        yield _bundled(Style.STRONG)
        yield from emoji
        if self._shaping or not any(ord(cluster[0]) in script for script in _SHAPED):
            yield from (Face(self._files[name]) for name in _names(cluster[0]) if name in self._files)

    def _emoji(self) -> list[Face]:
        path = self._files.get("NotoColorEmoji")
        return [Face(path, is_emoji=True)] if path else []


@cache
def _bundled(style: Style) -> Face:
    """Always the same, since faces are compared for every letter and paths compare slowly."""
    return Face(BUNDLED / f"{style.value}.ttf")


def _names(character: str) -> Iterator[str]:
    """Names of the files that most likely have this character: Noto calls them by script, as Unicode does."""
    script = unicodedata.name(character, "").split(" ")[0].title()
    yield from (f"NotoSans{script}-Bold", f"NotoSans{script}[wdth,wght]", f"NotoSans{script}[wght]")
    yield from (f"NotoSans{script}-Regular", f"NotoNaskh{script}-Bold", f"NotoSerif{script}-Bold")
    yield from _OTHERS


def _by_name(folders: Sequence[Path]) -> dict[str, Path]:
    files: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*.[to]t[fc]")) if folder.is_dir() else ():
            files.setdefault(path.stem, path)
    return files


@lru_cache(maxsize=64)
def _points(path: Path, size: int) -> frozenset[int]:
    """The characters in a font file; none when it cannot be read, or Pillow cannot draw it in this size.

    Of the several kinds of emoji fonts, Pillow draws only the one made of bitmaps.
    """
    try:
        _font(path, size)
        with TTFont(path, fontNumber=0, lazy=True) as font:
            is_empty = size == EMOJI_SIZE and "CBDT" not in font
            return frozenset(() if is_empty else font.getBestCmap() or ())
    except _BROKEN:
        return frozenset()


@lru_cache(maxsize=128)
def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    layout = ImageFont.Layout.RAQM if SHAPING else ImageFont.Layout.BASIC
    return ImageFont.truetype(path, size, layout_engine=layout)
