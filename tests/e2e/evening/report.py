"""The report of the evening: for people on the screen, for tools as `evening.json`."""

import json
from pathlib import Path

import numpy as np

from tests.e2e.evening.critics import Verdict


def tell(verdict: Verdict) -> str:
    """The report, to be read."""
    lines = [f"  {note}" for note in verdict.notes]
    lines += [
        "",
        *(f"  {'ok    ' if holds else 'FAILED'}  {check}" for check, holds in verdict.checks.items()),
    ]
    p50, p95 = _quantiles(verdict)
    lines += ["", f"  from mouth to ear: {p50} ms (p50), {p95} ms (p95); gaps: {len(verdict.gaps)}"]
    lines += [f"  a gap of {length:.2f} s at {at:.2f} s" for at, length in verdict.gaps]
    return "\n".join(lines)


def write(verdict: Verdict, recording: bytes, folder: Path) -> None:
    """Leave `evening.json` and `evening.ogg` in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    p50, p95 = _quantiles(verdict)
    report = {
        "ok": verdict.is_good,
        "latency_ms": {"p50": p50, "p95": p95},
        "gaps": len(verdict.gaps),
        "checks": verdict.checks,
    }
    (folder / "evening.json").write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n")
    if recording:
        (folder / "evening.ogg").write_bytes(recording)


def _quantiles(verdict: Verdict) -> tuple[float | None, float | None]:
    if not verdict.latencies:
        return None, None
    p50, p95 = np.quantile(verdict.latencies, (0.5, 0.95))
    return round(1000 * float(p50), 1), round(1000 * float(p95), 1)
