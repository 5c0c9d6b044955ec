"""The picture: who spoke, how loud, and where nothing could be heard."""

from datetime import timedelta
from pathlib import Path

import numpy as np
from PIL import Image

from rooms.ids import PersonId
from rooms.recordings import Gap, Turn
from voice.mastering.colours import SPEAKERS, Colour, palette_for
from voice.mastering.picture import HEIGHT, MARGIN, WIDTH, Scene, draw_picture, speakers, write_picture

MINUTE = timedelta(minutes=1)
ADA, BEA = PersonId(5), PersonId(7)


def scene(**changes: object) -> Scene:
    said = {
        "theme": "stelle",
        "peaks": [0.5] * 500,
        "duration": 10 * MINUTE,
        "turns": [Turn(ADA, "", timedelta(), 5 * MINUTE), Turn(BEA, "", 5 * MINUTE, 2 * MINUTE)],
        "gaps": [Gap(8 * MINUTE, MINUTE)],
        **changes,
    }
    return Scene(**said)  # type: ignore[arg-type]


def colour_at(minute: float, down: float = HEIGHT / 2, reach: int = 8) -> Colour:
    """The brightest colour near an instant."""
    image = np.asarray(draw_picture(scene()))
    middle = round(MARGIN + (WIDTH - 2 * MARGIN) * minute / 10)
    near = image[round(down), middle - reach : middle + reach]
    red, green, blue = near[near.sum(axis=1).argmax()]
    return int(red), int(green), int(blue)


def is_like(one: Colour, other: Colour) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) < 25


def test_turns_have_their_speakers_colours() -> None:
    assert is_like(colour_at(2), SPEAKERS[0])
    assert is_like(colour_at(6), SPEAKERS[1])
    assert is_like(colour_at(7.5), palette_for("stelle").soft)


def test_a_gap_is_hatched_and_has_no_bars() -> None:
    image = np.asarray(draw_picture(scene())).astype(int)
    left, right = (round(MARGIN + (WIDTH - 2 * MARGIN) * minute / 10) for minute in (8.1, 8.9))
    plain = np.asarray(draw_picture(scene(gaps=[], peaks=[]))).astype(int)
    band = np.abs(image - plain)[75:245, left:right].sum(axis=2)
    inked = (band[:70] > 60).mean()
    assert 0.05 < inked < 0.6
    assert len(set(np.argmax(band > 60, axis=1).tolist())) > 3


def test_who_spoke_longest_comes_first() -> None:
    turns = [Turn(ADA, "", timedelta(), MINUTE), Turn(BEA, "", MINUTE, 2 * MINUTE)]
    assert speakers(turns) == {BEA: SPEAKERS[0], ADA: SPEAKERS[1]}


def test_the_file_is_a_png_of_its_size(tmp_path: Path) -> None:
    write_picture(tmp_path / "waveform.png", scene(chapters=[timedelta(), 3 * MINUTE]))
    with Image.open(tmp_path / "waveform.png") as image:
        assert (image.format, image.size) == ("PNG", (1280, 320))
    assert [path.name for path in tmp_path.iterdir()] == ["waveform.png"]


def test_odd_talks_have_a_picture_too() -> None:
    far = [Turn(ADA, "", 50 * MINUTE, MINUTE)]
    for odd in (
        scene(peaks=[], duration=timedelta(), turns=[], gaps=[]),
        scene(peaks=[0.1], duration=timedelta(milliseconds=17)),
        scene(turns=far, gaps=[Gap(timedelta(), 60 * MINUTE)], chapters=[70 * MINUTE]),
    ):
        assert draw_picture(odd).size == (WIDTH, HEIGHT)
