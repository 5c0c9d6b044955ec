"""`make bench`: every benchmark, as a table of ratios and as `var/bench/results.json`."""

import gc
import json
import math
import sys
from collections.abc import Sequence
from pathlib import Path

import uvloop

from benchmarks import (
    announcing,
    comings,
    due_work,
    gallery,
    listing,
    many_rooms,
    room_cost,
    studio,
    voice_delay,
)
from benchmarks.equipment import Missing, look_for_equipment
from benchmarks.gallery import page
from benchmarks.measuring import Row

RESULTS = Path("var/bench/results.json")

PARTS = (due_work, listing, announcing, gallery, page, room_cost, many_rooms, voice_delay, comings)


async def measure(rows: list[Row]) -> None:
    """Run all benchmarks, one after the other; raises `Missing`, when what was measured is there already."""
    rows += studio.rows()
    for part in PARTS:
        gc.collect()
        gc.freeze()  # else looking through what others left holds up what is measured, by 0.2 s
        rows += [row async for row in part.rows()]


def main() -> int:
    """Measure, print, keep; the exit status is 0 when every bound is kept, 2 when something is missing."""
    rows: list[Row] = []
    try:
        look_for_equipment()
        uvloop.run(measure(rows))  # as the program runs
    except Missing as error:
        print(f"{error}.", file=sys.stderr)
        return 2
    finally:
        _keep(rows)
    return 0 if all(row.ok for row in rows) else 1


def _keep(rows: Sequence[Row]) -> None:
    """Print and write down what was measured, if anything was."""
    if rows:
        RESULTS.parent.mkdir(parents=True, exist_ok=True)
        RESULTS.write_text(json.dumps([_as_json(row) for row in rows], indent=2) + "\n")
        print(_table(rows))


def _table(rows: Sequence[Row]) -> str:
    width = max(len(row.name) for row in rows)
    lines = [f"{'':<{width}}     ratio     bound"]
    for row in rows:
        verdict = "" if row.ok else "   TOO MUCH"
        lines.append(f"{row.name:<{width}}  {row.ratio:>8.4f}  {row.bound:>8.4f}   {row.note}{verdict}")
    return "\n".join(lines)


def _as_json(row: Row) -> dict[str, object]:
    ratio = round(row.ratio, 5) if math.isfinite(row.ratio) else None  # of what was not heard at all
    return {"name": row.name, "ratio": ratio, "bound": row.bound, "ok": row.ok, "note": row.note}


if __name__ == "__main__":
    sys.exit(main())
