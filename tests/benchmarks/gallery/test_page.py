"""The page's rows: the worst of what counts, and bounds that bite."""

import math
from dataclasses import replace

from benchmarks.gallery.page import WAYS, Listened, rows_of
from benchmarks.measuring import Row

FAIR = Listened([0.12] * 100, told=0.04, unsure=0.001, tears=0)


def table(**changes: Listened) -> dict[str, Row]:
    ways = {
        "calm": FAIR,
        "jitter": FAIR,
        "calm_by_media_source": FAIR,
        "jitter_by_media_source": FAIR,
        **changes,
    }
    return {row.name: row for row in rows_of([*ways.values()])}


def slow(milliseconds: int) -> Listened:
    """One mark in ten is so late."""
    return replace(FAIR, delays=[0.12] * 90 + [milliseconds / 1000] * 10)


def test_every_way_has_its_place() -> None:
    assert [(way.jitter > 0, way.has_webcodecs) for way in WAYS] == [
        (False, True),
        (True, True),
        (False, False),
        (True, False),
    ]


def test_what_is_soon_enough_keeps_all_bounds() -> None:
    rows = table()
    assert all(row.ok for row in rows.values())
    assert rows["gallery-page"].ratio == 0.6


def test_each_bound_bites() -> None:
    for late, broken in (
        ({"calm": slow(201)}, "gallery-page"),
        ({"jitter": slow(251)}, "gallery-page-jitter"),
        ({"calm_by_media_source": slow(501)}, "gallery-page-mediasource"),
        ({"jitter_by_media_source": slow(501)}, "gallery-page-mediasource"),
        ({"jitter": replace(FAIR, tears=1)}, "gallery-page-torn"),
    ):
        assert {name for name, row in table(**late).items() if not row.ok} == {broken}


def test_a_page_without_any_sound_is_too_late_and_says_so() -> None:
    row = table(calm=replace(FAIR, delays=[math.inf] * 100))["gallery-page"]
    assert not row.ok
    assert "p95 inf" in row.note


def test_one_mark_in_fifty_may_be_late() -> None:
    rows = table(calm=replace(FAIR, delays=[0.12] * 98 + [1.0] * 2))
    assert rows["gallery-page"].ok
