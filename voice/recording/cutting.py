"""Cutting: a clip of a talk, by a process of its own, so that it holds up no sound."""

import os
import sys
from datetime import timedelta
from pathlib import Path

from rooms.errors.calls import CallUnreachable, RelayDiskRefused
from rooms.errors.recording import NothingOnTape
from rooms.ids import NO_CHAT
from rooms.recordings import Excerpt
from voice.processes import run_to_end

PATIENCE = 25.0
"""Seconds within which the longest clip is cut, on a machine that has much else to do."""

NOTHING, DISK = 3, 4
"""Exit codes: there is nothing to be heard yet; the disk refuses, with its reason on the error output."""


async def cut(folder: Path, length: timedelta, begin: timedelta | None = None) -> Excerpt:
    """So much of what is recorded in the folder, or what there is of it: from `begin` on, else the last.

    Raises:
        NothingOnTape: nothing is recorded there, or not yet.
        CallUnreachable: it takes too long; later it may be otherwise.
        RelayDiskRefused: the disk refuses.
    """
    spans = [str(span.total_seconds()) for span in (length, begin) if span is not None]
    command = [sys.executable, "-m", "voice.mastering.clipping", str(folder), *spans]
    try:
        ended = await run_to_end(command, PATIENCE)
    except TimeoutError as error:
        raise CallUnreachable(NO_CHAT, "the clip took too long") from error
    if ended.code == NOTHING:
        raise NothingOnTape(NO_CHAT, "nothing is recorded there")
    if ended.code == DISK:
        raise RelayDiskRefused(NO_CHAT, ended.reason)
    if ended.code:
        raise RuntimeError(ended.reason)
    seconds, _, path = ended.output.partition(b"\n")
    return Excerpt(Path(os.fsdecode(path)), timedelta(seconds=float(seconds)))
