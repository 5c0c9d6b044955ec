"""The backdrop of a cover: an Italian theatre's galleries seen from below, rising like waves of sound."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bot.pictures.palettes import PALETTES, Palette

WIDTH, HEIGHT = 1280, 720
"""Pixels of a cover: 16:9, as Telegram shows it whole in a chat."""

Field: TypeAlias = NDArray[np.float32]
"""A number for each pixel: HEIGHT rows of WIDTH."""

STAGE = (1330.0, 806.0)
"""The point around which the galleries bend, in pixels: just off the lower right corner."""

FIRST_TIER, STOREY, TIERS = 300.0, 148.0, 6
"""Pixels from the stage to the first gallery, from one gallery to the next, and how many there are."""

BOX = 92.0
"""Pixels from one box to the next along a gallery."""


@dataclass(frozen=True)
class _House:
    """Where every pixel lies in the theatre."""

    x: Field
    """Pixels from the left."""
    distance: Field
    """Pixels from the stage."""
    tier: Field
    """The gallery's number, from 0; what is nearer to the stage is negative."""
    height: Field
    """How high in its storey: 0 at the top of the parapet below, 1 at the foot of the gallery above."""
    box: Field
    """The box's number along its gallery."""
    aside: Field
    """Pixels from the middle of the box, along the gallery."""


@dataclass(frozen=True)
class _Masks:
    """How strongly each part of the house is seen, per pixel (mode L): the same in all colours."""

    light: Image.Image
    openings: Image.Image
    lamps: Image.Image
    shade: Image.Image
    rails: Image.Image


@lru_cache(maxsize=len(PALETTES))
def backdrop(palette: Palette, reach: int) -> Image.Image:
    """The empty house, RGB, WIDTH x HEIGHT, dark enough for words up to `reach` pixels from the left.

    Shared: copy it before drawing on it.
    """
    masks = _masks(reach)
    image = Image.new("RGB", (WIDTH, HEIGHT), palette.depth)
    image.paste(palette.ground, mask=masks.light)
    image.paste(palette.depth, mask=masks.openings)
    image.paste(palette.glow, mask=masks.lamps)
    image.paste(palette.depth, mask=masks.shade)
    image.paste(palette.glow, mask=masks.rails)
    return image


@lru_cache(maxsize=2)
def _masks(reach: int) -> _Masks:
    house = _house()
    nearness = _ramp(house.x, reach - 70, reach + 180)
    openings = _openings(house)
    return _Masks(
        light=_mask(_light(house) * (0.84 + 0.16 * nearness)),
        openings=_mask(0.55 * openings * (0.25 + 0.75 * nearness)),
        lamps=_mask(_lamps(house) * openings * (0.05 + 0.90 * nearness**1.5)),
        shade=_mask(0.34 * _parapet_shade(house)),
        rails=_mask(_rails(house) * (0.085 + 0.76 * nearness**1.5)),
    )


def _house() -> _House:
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    across, up = STAGE[0] - x, (STAGE[1] - y) * 1.12
    distance = np.hypot(across, up)
    storeys = (distance - FIRST_TIER) / STOREY
    tier = np.floor(storeys)
    radius = FIRST_TIER + (tier + 0.5) * STOREY
    along = np.arctan2(up, across) * radius / BOX
    box = np.floor(along)
    return _House(x, distance, tier, storeys - tier, box, (along - box - 0.5) * BOX)


def _light(house: _House) -> Field:
    """The light that comes from the stage and dies away."""
    return np.asarray(np.clip(1.12 - house.distance / 1500, 0, 1) ** 1.25, np.float32)


def _openings(house: _House) -> Field:
    """The dark of each box: an arch between its parapet and the gallery above."""
    half, sill, spring = 31.0, 0.30 * STOREY, 0.62 * STOREY
    height = house.height * STOREY
    above = np.maximum(height - spring, 0)
    edge = np.hypot(house.aside, above) - half
    arch = _below(edge, 1.0) * _below(sill - height, 1.0)
    return np.asarray(arch * (house.tier >= 0) * (house.tier < TIERS), np.float32)


def _lamps(house: _House) -> Field:
    """A lamp in each box, some brighter than others; nobody in sight."""
    height = house.height * STOREY - 0.40 * STOREY
    near = house.aside**2 / 260 + height**2 / 420
    halo = 0.62 * np.exp(-near / 3.2) + 0.55 * np.exp(-near)
    flicker = np.modf(np.abs(np.sin(house.box * 12.9898 + house.tier * 78.233) * 43758.5453))[0]
    return np.asarray(np.minimum(halo, 1) * (0.36 + 0.64 * flicker), np.float32)


def _parapet_shade(house: _House) -> Field:
    """The shade that each gallery throws on the one below."""
    return np.asarray(np.clip((house.height - 0.84) / 0.16, 0, 1) ** 1.5 * (house.tier >= 0), np.float32)


def _rails(house: _House) -> Field:
    """The gilded rail of each gallery, and a thinner line at the foot of its parapet."""
    height = house.height * STOREY
    rail = _below(np.abs(height - 0.24 * STOREY) - 2.0, 1.0)
    foot = _below(np.abs(height - 4.0) - 0.8, 1.0) * 0.55
    return np.asarray(np.maximum(rail, foot) * (house.tier >= 0), np.float32)


def _ramp(values: Field, start: float, end: float) -> Field:
    """0 up to the start, 1 from the end, smooth between."""
    share = np.clip((values - start) / (end - start), 0, 1)
    return np.asarray(share * share * (3 - 2 * share), np.float32)


def _below(distance: Field, softness: float) -> Field:
    """1 where the distance is negative, 0 beyond, with an edge as soft as a pixel."""
    return np.asarray(np.clip(0.5 - distance / (2 * softness), 0, 1), np.float32)


def _mask(strength: Field) -> Image.Image:
    """Strengths from 0 to 1 as a mask; a grain of chance instead of rounding keeps gradients smooth."""
    grain = np.random.default_rng(0).random(strength.shape, np.float32)
    return Image.fromarray(np.clip(strength * 255 + grain, 0, 255).astype(np.uint8), "L")
