"""The picture of a talk: its waveform, coloured by who spoke, with its gaps hatched."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from rooms.ids import PersonId
from rooms.recordings import Gap, Turn
from voice.mastering.colours import SPEAKERS, Colour, Palette, palette_for
from voice.mastering.outline import outline

WIDTH, HEIGHT = 1280, 320
_SCALE = 2
"""By which it is drawn larger first, so that its edges are smooth."""

MARGIN = 40
BAR, PITCH = 5, 8
BARS = (WIDTH - 2 * MARGIN) // PITCH
TALLEST, SHORTEST = 200, 5
"""Pixels of a bar."""

_HATCH = 10
"""Pixels from one line of a hatching to the next."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What the picture shows: how loud each slot is, who spoke when, where nothing could be heard."""

    theme: str
    peaks: Sequence[float]
    duration: timedelta
    turns: Sequence[Turn]
    gaps: Sequence[Gap]
    chapters: Sequence[timedelta] = ()


def write_picture(path: Path, scene: Scene) -> None:
    """Write the picture as a PNG of 1280 x 320 pixels. Raises `OSError`."""
    unfinished = path.with_suffix(".part")
    draw_picture(scene).save(unfinished, "PNG", optimize=True)
    unfinished.rename(path)


def draw_picture(scene: Scene) -> Image.Image:
    """The picture, always the same for the same scene."""
    palette = palette_for(scene.theme)
    large = _ground(palette).resize((WIDTH * _SCALE, HEIGHT * _SCALE), Image.Resampling.BILINEAR)
    pen = ImageDraw.Draw(large)
    for begin, end in _places(scene, [(gap.at, gap.at + gap.length) for gap in scene.gaps]):
        _hatch(large, begin, end, palette)
    for chapter, _ in _places(scene, [(at, at) for at in scene.chapters if at]):
        _notch(pen, chapter, palette)
    colours = _colours(scene, palette)
    for number, (loud, colour) in enumerate(zip(outline(scene.peaks, BARS), colours, strict=True)):
        if colour is not None:
            _bar(pen, number, loud, colour)
    return large.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def speakers(turns: Sequence[Turn]) -> dict[PersonId, Colour]:
    """The colour of each speaker: those who spoke longest have the colours that differ most."""
    spoken: dict[PersonId, timedelta] = {}
    for turn in turns:
        spoken[turn.person] = spoken.get(turn.person, timedelta()) + turn.length
    longest = sorted(spoken, key=lambda person: spoken[person], reverse=True)
    return {person: SPEAKERS[rank % len(SPEAKERS)] for rank, person in enumerate(longest)}


def _colours(scene: Scene, palette: Palette) -> Iterator[Colour | None]:
    """Of each bar, the colour of whoever spoke most in it; None where nothing could be heard."""
    of = speakers(scene.turns)
    length = scene.duration / BARS
    for number in range(BARS):
        begin, end = number * length, (number + 1) * length
        if sum((_overlap(gap.at, gap.length, begin, end) for gap in scene.gaps), timedelta()) > length / 2:
            yield None
            continue
        shares = [(_overlap(turn.at, turn.length, begin, end), turn.person) for turn in scene.turns]
        share, person = max(shares, default=(timedelta(), None), key=lambda pair: pair[0])
        yield of[person] if person is not None and share else palette.soft


def _overlap(at: timedelta, length: timedelta, begin: timedelta, end: timedelta) -> timedelta:
    return max(timedelta(), min(at + length, end) - max(at, begin))


def _places(scene: Scene, spans: Sequence[tuple[timedelta, timedelta]]) -> Iterator[tuple[float, float]]:
    """Where spans of time lie in the large picture, from left to right."""
    width = (WIDTH - 2 * MARGIN) * _SCALE
    for begin, end in spans:
        if scene.duration and begin < scene.duration:
            left = MARGIN * _SCALE + width * (begin / scene.duration)
            yield left, MARGIN * _SCALE + width * min(1.0, end / scene.duration)


def _ground(palette: Palette) -> Image.Image:
    """The house, lit from above."""
    down, across = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    far = np.hypot((across - WIDTH / 2) / (WIDTH * 0.62), (down + HEIGHT * 0.1) / (HEIGHT * 1.05))
    light = np.clip(1 - far, 0, 1)[..., None] ** 0.8
    depth, ground = np.array(palette.depth), np.array(palette.ground)
    return Image.fromarray((depth + (ground - depth) * light).astype(np.uint8), "RGB")


def _bar(pen: ImageDraw.ImageDraw, number: int, loud: float, colour: Colour) -> None:
    height = (SHORTEST + (TALLEST - SHORTEST) * loud) * _SCALE
    left = (MARGIN + number * PITCH + (PITCH - BAR) / 2) * _SCALE
    middle = HEIGHT * _SCALE / 2
    box = (left, middle - height / 2, left + BAR * _SCALE - 1, middle + height / 2)
    pen.rounded_rectangle(box, BAR * _SCALE / 2, colour)


def _hatch(image: Image.Image, begin: float, end: float, palette: Palette) -> None:
    """Slanted lines across the waveform's band: here nothing could be heard."""
    top, bottom = (HEIGHT - TALLEST) // 2 * _SCALE, (HEIGHT + TALLEST) // 2 * _SCALE
    left, right = round(begin), max(round(end), round(begin) + 4 * _SCALE)
    mask = Image.new("L", (right - left, bottom - top))
    pen = ImageDraw.Draw(mask)
    for start in range(top - bottom, right - left, _HATCH * _SCALE):
        pen.line((start, bottom - top, start + bottom - top, 0), fill=150, width=2 * _SCALE)
    image.paste(palette.glow, (left, top), mask)


def _notch(pen: ImageDraw.ImageDraw, at: float, palette: Palette) -> None:
    """A small lamp below the waveform, where a chapter begins."""
    middle, size = (HEIGHT - 34) * _SCALE, 3 * _SCALE
    pen.ellipse((at - size, middle - size, at + size, middle + size), palette.glow)
