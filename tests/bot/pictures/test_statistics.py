"""The statistics picture: its panels, its size, and everything that may be missing or strange in it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pictures import Statistics, TalkCount
from bot.pictures.sheet import draw_sheet
from tests.bot.pictures.gallery import TITLES, opened
from tests.bot.pictures.ledger import AUDIENCE, LABELS, SHARES, TALKS, a_year_of

FULL = Statistics(LABELS, TALKS, AUDIENCE, SHARES)


def height(statistics: Statistics) -> int:
    image = opened(draw_sheet(statistics))
    assert image.format == "PNG"
    assert image.width == 1280
    return image.height


def test_each_panel_that_has_something_to_show_makes_the_picture_higher() -> None:
    one, two, three = (
        height(Statistics(LABELS, TALKS)),
        height(Statistics(LABELS, TALKS, AUDIENCE)),
        height(FULL),
    )
    assert 400 < one < two < three < 1700


@pytest.mark.parametrize(
    "statistics",
    [
        Statistics(LABELS, (), AUDIENCE),
        Statistics(LABELS, (), (), SHARES),
        Statistics(LABELS, TALKS, (), SHARES),
        Statistics(LABELS, (), AUDIENCE, SHARES),
    ],
)
def test_any_part_may_be_missing(statistics: Statistics) -> None:
    assert 400 < height(statistics) < height(FULL)


def test_nothing_at_all_is_said_in_words() -> None:
    empty = Statistics(LABELS)
    assert 400 < height(empty) < 600
    other = Statistics(replace(LABELS, nothing="Ancora nessun incontro"))
    assert draw_sheet(empty) != draw_sheet(other)


def test_of_more_than_fifty_talks_the_latest_fifty_are_shown() -> None:
    assert draw_sheet(Statistics(LABELS, a_year_of(53))) == draw_sheet(Statistics(LABELS, a_year_of(53)[3:]))


def test_many_talks_need_no_more_room_than_a_few() -> None:
    assert height(Statistics(LABELS, a_year_of(50))) == height(Statistics(LABELS, a_year_of(7)))


def test_equal_statistics_are_the_same_bytes_and_others_are_not() -> None:
    assert draw_sheet(FULL) == draw_sheet(FULL)
    others = [
        FULL,
        replace(FULL, talks=[*TALKS[:-1], replace(TALKS[-1], coming=TALKS[-1].coming + 5)]),
        replace(FULL, talks=[*TALKS[:-1], replace(TALKS[-1], came=None)]),
        replace(FULL, audience=[*AUDIENCE[:-2], (AUDIENCE[-2][0], 60), AUDIENCE[-1]]),
        replace(FULL, shares=[("Ada Rossi", 0.5), ("Bruno", 0.5)]),
        replace(FULL, labels=replace(LABELS, title="Another group")),
    ]
    assert len({draw_sheet(each) for each in others}) == len(others)


def test_the_order_of_measurements_does_not_matter() -> None:
    assert draw_sheet(replace(FULL, audience=AUDIENCE[::-1])) == draw_sheet(FULL)


def test_nobody_anywhere_is_no_trouble() -> None:
    nobody = Statistics(LABELS, [TalkCount("Alone", 0, 0), TalkCount("", 0)], [(0, 0)], [("", 0.0)])
    assert height(nobody) > 0


@pytest.mark.parametrize("name", TITLES, ids=lambda title: title[:20])
def test_names_of_every_kind_are_shortened_into_their_column(name: str) -> None:
    named = Statistics(LABELS, [TalkCount(name, 3, 2)], (), [(name, 1.0)])
    assert height(named) == height(Statistics(LABELS, TALKS[:1], (), SHARES[:1]))


@settings(max_examples=6, deadline=None)
@given(
    talks=st.lists(
        st.builds(TalkCount, st.text(max_size=30), st.integers(0, 10**6), st.none() | st.integers(0, 10**6))
    ),
    audience=st.lists(st.tuples(st.floats(0, 600), st.integers(0, 10**5)), max_size=20),
    shares=st.lists(st.tuples(st.text(max_size=30), st.floats(0, 1)), max_size=12),
)
def test_whatever_was_counted_is_drawn(
    talks: list[TalkCount], audience: list[tuple[float, int]], shares: list[tuple[str, float]]
) -> None:
    assert 400 < height(Statistics(LABELS, talks, audience, shares)) < 1800
