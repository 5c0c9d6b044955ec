"""The table: the gallery's rows of `make bench`."""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from statistics import median
from typing import TypeVar

from benchmarks.gallery.contenders import all_contenders
from benchmarks.gallery.contest import Scores, contest
from benchmarks.measuring import Row
from benchmarks.precedence import precedence

SIZES = (1000, 4000)
BOUNDS = {1000: 25.0, 4000: 60.0}
"""Milliseconds that the 95th percentile of the delays may be, by the size of the audience."""

PLAIN, TLS = 12_000, 23_000
"""Bytes that a listener may cost in memory."""

JOINING = 3.0
"""Seconds in which the larger audience must have joined."""

DELIVERED = 0.999

Contest = Mapping[str, Scores]
_Value = TypeVar("_Value")


async def rows() -> AsyncIterator[Row]:
    """Icecast, the floor and ours beside each other; raises `Missing` when one of them does not start."""
    contests = {}
    with precedence():
        for size in SIZES:
            with all_contenders() as contenders:
                contests[size] = contest(contenders, size)
    for row in rows_of(contests):
        yield row


def rows_of(contests: Mapping[int, Contest]) -> Iterator[Row]:
    """The rows, of contests by the size of the audience."""
    for size, scores in contests.items():
        yield from _costs(size, scores)
    yield _latency(contests)
    yield _memory(contests[SIZES[-1]])
    yield _linear(contests)
    yield _joining(contests[SIZES[-1]])
    yield _delivery(contests)


def _costs(size: int, scores: Contest) -> Iterator[Row]:
    floor = _compared(scores, "icecast", "floor")[1]
    yield _ratio(f"fanout-icecast-{size}", scores, ("ours", "icecast"), 1.10, f"; Icecast / floor {floor}")
    if "ours-uring" in scores:
        yield _ratio(f"fanout-icecast-{size}-uring", scores, ("ours-uring", "icecast"), 0.85)
    yield _ratio(f"fanout-tls-{size}", scores, ("ours-tls", "floor"), 2.4)


def _ratio(name: str, scores: Contest, pair: tuple[str, str], bound: float, more: str = "") -> Row:
    ratio, told = _compared(scores, *pair)
    micros = ", ".join(f"{one} {1e6 * median(scores[one].costs):.1f}" for one in pair)
    return Row(name, ratio, bound, f"{told}; us of processor a listener and second: {micros}{more}")


def _compared(scores: Contest, ours: str, theirs: str) -> tuple[float, str]:
    ratios = [one / other for one, other in zip(scores[ours].costs, scores[theirs].costs, strict=True)]
    return median(ratios), f"{median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"


def _of_ours(scores: Contest, value: Callable[[Scores], _Value]) -> Mapping[str, _Value]:
    return {name: value(score) for name, score in scores.items() if name.startswith("ours")}


def _latency(contests: Mapping[int, Contest]) -> Row:
    """TLS is told, and not judged: what it costs, by which it comes later, has a row of its own."""
    worst, told = 0.0, []
    for size, scores in contests.items():
        delays = {name: score.p95 for name, score in scores.items()}
        plain = [delays[name] for name in ("ours", "ours-uring") if name in delays]
        worst = max(worst, *(delay / BOUNDS[size] for delay in plain))
        told.append(f"{size}: " + ", ".join(f"{name} {delay:.1f}" for name, delay in delays.items()))
    return Row("fanout-latency", worst, 1.0, f"p95 in ms against 25 and 60; {'; '.join(told)}")


def _memory(scores: Contest) -> Row:
    weights = _of_ours(scores, lambda score: score.memory)
    worst = max(weight / (TLS if name.endswith("tls") else PLAIN) for name, weight in weights.items())
    told = ", ".join(f"{name} {weight / 1000:.1f}" for name, weight in weights.items())
    return Row("fanout-memory", worst, 1.0, f"kB a listener against 12, by TLS 23: {told}")


def _linear(contests: Mapping[int, Contest]) -> Row:
    few, many = (_of_ours(contests[size], lambda score: median(score.costs)) for size in SIZES)
    ratios = {name: many[name] / few[name] for name in few}
    told = ", ".join(f"{name} {ratio:.2f}" for name, ratio in ratios.items())
    return Row(
        "fanout-linear", max(ratios.values()), 1.2, f"cost of each of {SIZES[1]} against {SIZES[0]}: {told}"
    )


def _joining(scores: Contest) -> Row:
    told = ", ".join(f"{name} {score.joining:.1f}" for name, score in scores.items())
    return Row(
        "fanout-joining", scores["ours"].joining / JOINING, 1.0, f"seconds for {SIZES[-1]} against 3: {told}"
    )


def _delivery(contests: Mapping[int, Contest]) -> Row:
    ours = [
        score for scores in contests.values() for name, score in scores.items() if name.startswith("ours")
    ]
    delivered, dead = min(score.delivered for score in ours), sum(score.dead for score in ours)
    lost = (1 - delivered) / (1 - DELIVERED) if not dead else 1.0 + dead
    return Row("fanout-delivered", lost, 1.0, f"{delivered:.5f} of what was given arrived; {dead} died")
