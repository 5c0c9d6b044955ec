"""What is on a cover and where: nothing overlaps, nothing leaves the picture, whatever it says."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.pictures.backdrop import HEIGHT, WIDTH
from bot.pictures.cover import Cover
from bot.pictures.drawing import draw_line
from bot.pictures.layout import EDGE, NARROW, WIDE, Box, Layout, Placed, arrange, house_typesetter
from bot.pictures.palettes import Colour
from bot.pictures.typesetting import Typesetter
from tests.bot.pictures.gallery import OURS_ALONE, TITLES, a_cover, have_glyphs
from tests.bot.pictures.legibility import LEGIBLE, contrast

AROUND = 300
"""Pixels around a picture in which what leaves it would be seen."""

COVERS = [
    a_cover(),
    a_cover(badge="Live"),
    a_cover(topic=None, badge="Moved to Friday 27 November 2026, 19:00"),
    replace(a_cover(topic="x" * 32), group="A very long name of a group that never ends " * 3),
    replace(
        a_cover(badge="Cancelled"),
        zone="America/Argentina/ComodRivadavia",
        when="Wednesday 30 September 2026, 18:30",
    ),
    replace(a_cover(), hosts="conducono " + "Ada Rossi, " * 20, when="mercoledì 30 settembre 2026, 18:30"),
    *(a_cover(title, badge="Live") for title in TITLES),
]


def ink(placed: Placed) -> Box:
    """Where the line's letters really are, drawn alone."""
    image = Image.new("RGB", (WIDTH + 2 * AROUND, HEIGHT + 2 * AROUND))
    draw_line(image, placed.line, (placed.x + AROUND, placed.y + AROUND), Colour(255, 255, 255))
    box = image.getbbox()
    assert box is not None, placed.line.text
    left, top, right, bottom = (side - AROUND for side in box)
    return left, top, right, bottom


def overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def check(layout: Layout) -> None:
    boxes = [ink(placed) for placed in layout.lines]
    for box in boxes:
        assert box[0] >= EDGE / 2
        assert box[2] <= WIDTH - EDGE / 2
        assert box[1] >= 20
        assert box[3] <= HEIGHT - 20
    for one, other in combinations(boxes, 2):
        assert not overlap(one, other), (one, other)
    if layout.pill:
        assert layout.pill[0] <= boxes[0][0]
        assert boxes[0][2] <= layout.pill[2]
        assert not any(overlap(layout.pill, box) for box in boxes[1:])


def texts(cover: Cover, setter: Typesetter = OURS_ALONE) -> list[str]:
    return [placed.line.text for placed in arrange(cover, setter).lines]


@pytest.mark.parametrize("cover", COVERS, ids=lambda cover: cover.title[:20])
@pytest.mark.parametrize("setter", [OURS_ALONE, house_typesetter()], ids=["ours alone", "this machine"])
def test_nothing_overlaps_and_nothing_leaves_the_picture(setter: Typesetter, cover: Cover) -> None:
    check(arrange(cover, setter))


@settings(deadline=None)
@given(
    st.builds(
        Cover,
        title=st.text(max_size=200),
        when=st.text(max_size=40),
        zone=st.text(max_size=40),
        hosts=st.text(max_size=80),
        group=st.text(max_size=128),
        topic=st.none() | st.text(max_size=32),
        badge=st.none() | st.text(max_size=60),
    )
)
def test_whatever_is_written_stays_in_its_place(cover: Cover) -> None:
    layout = arrange(cover)
    for placed in layout.lines:
        assert have_glyphs(placed.line)
        assert placed.x >= EDGE - 1
        assert placed.x + placed.line.width <= WIDTH - EDGE + 1
        assert 100 <= placed.y <= HEIGHT - 50
    rows: dict[float, list[Placed]] = {}
    for placed in layout.lines:
        rows.setdefault(placed.y, []).append(placed)
    for row in rows.values():
        for one, other in combinations(row, 2):
            assert one.x + one.line.width <= other.x or other.x + other.line.width <= one.x


def test_a_cover_says_everything_once() -> None:
    assert texts(a_cover("Jazz", badge="Live")) == [
        "Live",
        "#careers",
        "Milano Product People",
        "Jazz",
        "Thursday 26 November 2026, 18:30",
        "Europe/Rome",
        "hosted by Ada Rossi",
    ]


def test_every_text_can_be_read_where_a_cover_is_320_pixels_wide() -> None:
    for cover in COVERS:
        sizes = [placed.line.size * 320 / WIDTH for placed in arrange(cover, OURS_ALONE).lines]
        assert max(sizes) >= 15
        assert min(sizes) >= 7.5


def test_a_title_in_a_script_without_a_font_leaves_the_time_as_the_headline() -> None:
    lines = texts(a_cover("四十岁之后的职业生涯"))
    assert " ".join(lines[2:-2]) == "Thursday 26 November 2026, 18:30"
    assert lines[-2:] == ["Europe/Rome", "hosted by Ada Rossi"]


def test_a_long_zone_is_named_by_its_city() -> None:
    cover = replace(
        a_cover(), zone="America/Argentina/Buenos_Aires", when="Wednesday 30 September 2026, 18:30"
    )
    assert "Buenos Aires" in texts(cover)


def test_a_badge_leaves_out_the_group_rather_than_squeezing_it() -> None:
    shown = texts(a_cover(badge="Moved to Wednesday 30 September 2026, 19:00"))
    assert shown[0] == "Moved to Wednesday 30 September 2026, 19:00"
    assert "Milano Product People" not in shown


def test_an_empty_badge_is_none() -> None:
    for badge in ("", "\u200b", "漢"):
        layout = arrange(a_cover(badge=badge), OURS_ALONE)
        assert layout.pill is None


def test_a_title_that_is_read_from_the_right_mirrors_the_cover() -> None:
    setter = house_typesetter()
    layout = arrange(a_cover("קריירה אחרי 40", badge="Live"), setter)
    if not layout.is_mirrored:
        pytest.skip("needs a Hebrew font and shaping")
    assert layout.pill is not None
    assert layout.pill[2] == WIDTH - EDGE
    for placed in layout.lines[-4:]:
        assert placed.x > EDGE
    assert layout.lines[-1].x + layout.lines[-1].line.width == pytest.approx(WIDTH - EDGE)


def test_words_reach_into_the_lights_only_when_there_are_many() -> None:
    assert (
        arrange(replace(a_cover("Jazz"), zone="UTC", when="Friday, 19:00"), OURS_ALONE).reach == EDGE + NARROW
    )
    assert arrange(a_cover("word " * 40), OURS_ALONE).reach == EDGE + WIDE


def test_each_line_is_legible_on_what_lies_behind_it() -> None:
    cover = a_cover(badge="Live")
    palette = cover.palette
    badge, *others = arrange(cover, OURS_ALONE).lines
    assert contrast(badge.colour, palette.glow) >= LEGIBLE
    assert all(contrast(placed.colour, palette.ground) >= LEGIBLE for placed in others)


def test_the_empty_cover_is_empty_and_no_trouble() -> None:
    assert arrange(Cover("", "", "", "", "")).lines == ()
