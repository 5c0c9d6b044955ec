"""The table: medians of the ratios inside each round, the worst of what counts, and bounds that bite."""

from benchmarks.gallery.contest import Scores
from benchmarks.gallery.table import rows_of
from benchmarks.measuring import Row

FAIR = {"icecast": 100e-6, "floor": 100e-6, "ours": 105e-6, "ours-uring": 80e-6, "ours-tls": 200e-6}


def scores(**costs: float) -> dict[str, Scores]:
    """What everybody had in five rounds, of which each was so many times as costly as the first."""
    return {
        name.replace("_", "-"): Scores(
            costs=[cost * busy for busy in (1, 2, 3, 1, 1.5)],
            delays=[1.0, 2.0, 3.0] * 20,
            memory=2000,
            joining=1,
        )
        for name, cost in {**FAIR, **costs}.items()
    }


def table(**changes: dict[str, Scores]) -> dict[str, Row]:
    return {row.name: row for row in rows_of({1000: scores(), 4000: scores(), **changes})}  # type: ignore[dict-item]


def test_a_fair_contest_keeps_all_bounds_however_busy_some_rounds_were() -> None:
    rows = table()
    assert all(row.ok for row in rows.values())
    assert rows["fanout-icecast-1000"].ratio == 105 / 100
    assert rows["fanout-linear"].ratio == 1.0


def test_without_io_uring_there_is_no_row_of_it() -> None:
    without = {name: score for name, score in scores().items() if name != "ours-uring"}
    names = {row.name for row in rows_of({1000: without, 4000: without})}
    assert not any("uring" in name for name in names)
    assert "fanout-icecast-4000" in names


def test_each_bound_bites() -> None:
    dear = scores(**{"ours": 112e-6, "ours-uring": 86e-6, "ours-tls": 238e-6, "floor": 99e-6})
    slow = scores()
    slow["ours"].delays = [61.0] * 100
    heavy = scores()
    heavy["ours-tls"].memory = 24_000
    heavy["ours"].joining = 3.5
    lossy = scores()
    lossy["ours"].delivered = 0.998
    dead = scores()
    dead["ours-uring"].dead = 1
    growing = scores(**{name: cost * 1.3 for name, cost in FAIR.items()})
    for late, broken in (
        (dear, {"fanout-icecast-4000", "fanout-icecast-4000-uring", "fanout-tls-4000"}),
        (slow, {"fanout-latency"}),
        (heavy, {"fanout-memory", "fanout-joining"}),
        (lossy, {"fanout-delivered"}),
        (dead, {"fanout-delivered"}),
        (growing, {"fanout-linear"}),
    ):
        rows = rows_of({1000: scores(), 4000: late})
        assert {row.name for row in rows if not row.ok} == broken
