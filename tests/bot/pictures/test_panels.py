"""Panels: each as high as what it shows, its words within it."""

from collections.abc import Sequence

import pytest
from PIL import Image, ImageChops

from bot.pictures import TalkCount
from bot.pictures.palettes import PALETTES
from bot.pictures.panels import LEFT, RIGHT, AudiencePanel, NothingPanel, Panel, SharesPanel, TalksPanel
from bot.pictures.pen import Pen
from tests.bot.pictures.gallery import OURS_ALONE
from tests.bot.pictures.ledger import AUDIENCE, LABELS, SHARES, TALKS, a_year_of

TOP = 100


def drawn(panel: Panel) -> Image.Image:
    pen = Pen(Image.new("RGB", (1280, 1400)), PALETTES[0], OURS_ALONE)
    panel.draw(pen, TOP)
    return pen.image


@pytest.mark.parametrize(
    "panel",
    [
        TalksPanel(LABELS, TALKS),
        TalksPanel(LABELS, a_year_of(50)),
        AudiencePanel(LABELS, AUDIENCE),
        SharesPanel(LABELS, SHARES),
        SharesPanel(LABELS, [("x" * 99, 0.1)] * 10),
        NothingPanel(LABELS),
    ],
    ids=lambda panel: type(panel).__name__,
)
def test_a_panel_keeps_within_its_height_and_its_sides(panel: Panel) -> None:
    box = drawn(panel).getbbox()
    assert box is not None
    left, top, right, bottom = box
    assert left >= LEFT - 4
    assert right <= RIGHT + 4
    assert top >= TOP
    assert bottom <= TOP + panel.height


def differ(one: Panel, other: Panel, top: int, bottom: int) -> bool:
    changed = ImageChops.difference(drawn(one), drawn(other)).crop((0, top, 1280, bottom))
    return changed.getbbox() is not None


def test_came_is_in_the_legend_only_when_something_was_measured() -> None:
    measured, unmeasured = TalksPanel(LABELS, [TalkCount("A", 5, 0)]), TalksPanel(LABELS, [TalkCount("A", 5)])
    assert differ(measured, unmeasured, TOP, TOP + 100)


def rows(shares: Sequence[tuple[str, float]]) -> int:
    return SharesPanel(LABELS, shares).height


def test_more_speakers_than_there_are_rows_are_the_others_together() -> None:
    six = [(f"Speaker {number}", 0.1) for number in range(6)]
    assert rows(six) == rows([*six, *six]) > rows(six[:5])
    together = SharesPanel(LABELS, [*six[:5], (LABELS.others, 0.08)])
    apart = SharesPanel(LABELS, [*six[:5], ("One", 0.03), ("Two", 0.05)])
    assert not differ(together, apart, TOP, 1400)


def test_the_longest_speaker_comes_first() -> None:
    forwards, backwards = SharesPanel(LABELS, SHARES), SharesPanel(LABELS, SHARES[::-1])
    assert not differ(forwards, backwards, TOP, 1400)
