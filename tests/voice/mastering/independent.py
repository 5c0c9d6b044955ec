"""An independent ear: what the ffmpeg program says of a file."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

needs_ffmpeg = pytest.mark.skipif(
    shutil.which("ffmpeg") is None or shutil.which("ffprobe") is None, reason="needs ffmpeg"
)


def loudness_of(path: Path) -> tuple[float, float]:
    """Integrated loudness (LUFS) and true peak (dBTP), by ffmpeg's own EBU R 128 meter."""
    asked = ["ffmpeg", "-hide_banner", "-nostats", "-i", str(path)]
    asked += ["-af", "ebur128=peak=true:framelog=verbose", "-f", "null", "-"]
    told = subprocess.run(asked, capture_output=True, text=True, check=True).stderr
    summary = told[told.index("Summary:") :]
    (integrated,) = re.findall(r"I:\s+(-?[\d.]+|-inf) LUFS", summary)
    (peak,) = re.findall(r"Peak:\s+(-?[\d.]+|-inf) dBFS", summary)
    return float(integrated), float(peak)


def probe(path: Path) -> dict[str, Any]:
    """What ffprobe says: `format`, `chapters`, `streams`."""
    asked = ["ffprobe", "-v", "error", "-show_format", "-show_chapters", "-show_streams", "-of", "json"]
    told = subprocess.run([*asked, str(path)], capture_output=True, text=True, check=True)
    assert told.stderr == ""
    answer: dict[str, Any] = json.loads(told.stdout)
    return answer


def samples_of(path: Path) -> int:
    """How many samples ffmpeg plays of the file."""
    asked = ["ffmpeg", "-v", "warning", "-xerror", "-i", str(path), "-f", "s16le", "-ac", "1", "-"]
    told = subprocess.run(asked, capture_output=True, check=True)
    assert told.stderr == b""
    return len(told.stdout) // 2
