"""Waveforms: how loud a replay is over time, as the path of a picture on the page."""

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from rooms.recordings import PEAKS
from rooms.replays import Replay

BARS = 100
"""Bars of the picture: as many as a phone shows apart from each other."""

WIDTH, HEIGHT = 800, 100
"""The picture's size in its own units."""

_LEAST = 0.03
"""How high a bar is at least, so that silence can be seen too."""


def waveform_of(replay: Replay) -> str:
    """The path of a replay's picture."""
    picture = replay.recording.waveform
    return path_of(() if picture is None else read_peaks(picture.with_name(PEAKS)))


def read_peaks(path: Path) -> Sequence[float]:
    """Numbers from 0 to 1; none of them if the file cannot be read: the replay is heard without."""
    try:
        peaks = json.loads(path.read_bytes())
        return [min(1.0, max(0.0, float(peak))) for peak in peaks]
    except (OSError, ValueError, TypeError):
        return ()


def path_of(peaks: Sequence[float]) -> str:
    """The bars as the `d` of an SVG path: a stroke for each, from its upper to its lower end."""
    borders = [round(number * len(peaks) / BARS) for number in range(BARS + 1)]
    heights = [max(peaks[begin : max(end, begin + 1)], default=0.0) for begin, end in pairwise(borders)]
    return "".join(_bar(number, height) for number, height in enumerate(heights))


def _bar(number: int, height: float) -> str:
    length = HEIGHT * max(_LEAST, height)
    at = (number + 0.5) * WIDTH / BARS
    return f"M{at:g} {(HEIGHT - length) / 2:.1f}v{length:.1f}"
