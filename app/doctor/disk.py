"""The disk: whether the data folder can be written, how much room there is, and how fast it is safe."""

import asyncio
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from app.doctor.findings import Case, Finding

ROOM = 1 << 30
"""Bytes that should be free: some forty hours of recording, with what is made of it."""

WRITES = 8
SLOW = 0.1
"""Seconds that one write may take until it is safe; every change of the programme waits for one."""


async def check_disk(case: Case) -> Sequence[Finding]:
    """Whether what must be kept can be."""
    return await asyncio.to_thread(_look, case.settings.data)


def _look(data: Path) -> Sequence[Finding]:
    folder = _nearest(data)
    try:
        seconds = _write(folder)
    except OSError as error:
        advice = "Let the user who runs Loggione write there, free some room, or set LOGGIONE_DATA."
        return [Finding("disk", f"{folder} cannot be written ({error.strerror}).", advice)]
    where = f"{data} can be written" if folder == data else f"{data} is made at the first start"
    return [Finding("disk", where), _room(folder), _speed(folder, seconds)]


def _nearest(folder: Path) -> Path:
    """The folder itself, or the one in which it would be made."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder


def _room(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    found = f"{free / 2**30:.1f} GiB are free"
    if free < ROOM:
        return Finding("disk", f"{found}.", f"Free some: {ROOM / 2**30:.0f} GiB at least, for recordings.")
    return Finding("disk", found)


def _speed(folder: Path, seconds: float) -> Finding:
    found = f"a write is safe within {seconds * 1000:.1f} ms"
    if seconds > SLOW:
        return Finding("disk", f"{found}.", f"Keep LOGGIONE_DATA on a local disk: {folder} is slow.")
    return Finding("disk", found)


def _write(folder: Path) -> float:
    """The median time, in seconds, of a small write with fsync, to a file that is gone afterwards."""
    times = []
    with tempfile.TemporaryFile(dir=folder) as file:
        for _ in range(WRITES):
            began = time.monotonic()
            file.write(bytes(4096))
            file.flush()
            os.fsync(file.fileno())
            times.append(time.monotonic() - began)
    return statistics.median(times)
