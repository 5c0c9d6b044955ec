"""Salvage: a recording is finished by a process of its own when no relay account is left to do it."""

import os
import sys
from pathlib import Path

import msgspec

from rooms.errors.calls import CallUnreachable, RelayDiskRefused
from rooms.ids import NO_CHAT
from voice.messages.reports import Finished
from voice.processes import run_to_end
from voice.recording.splicing import splice

NICENESS = 10

DISK = 4
"""Exit code: the disk refuses, with its reason on the error output."""


async def salvage(folder: Path, patience: float) -> Finished | None:
    """Join what is recorded in the folder; None when nothing is. `patience` is in seconds.

    Nobody may record there any more. Done again it gives the same answer.

    Raises:
        CallUnreachable: it takes too long; later it may be otherwise.
        RelayDiskRefused: the disk refuses.
    """
    try:
        ended = await run_to_end([sys.executable, "-m", "voice.recording.salvage", str(folder)], patience)
    except TimeoutError as error:
        raise CallUnreachable(NO_CHAT, "to finish the recording took too long") from error
    if ended.code == DISK:
        raise RelayDiskRefused(NO_CHAT, ended.reason)
    if ended.code:
        raise RuntimeError(ended.reason)
    return msgspec.json.decode(ended.output, type=Finished | None)


def main() -> int:
    """Splice the folder of the first argument, and tell what came of it."""
    os.nice(NICENESS)
    try:
        made = splice(Path(sys.argv[1]))
    except OSError as error:
        sys.stderr.write(str(error))
        return DISK
    finished = None if made is None else Finished(str(made.path), made.duration, made.gaps)
    sys.stdout.buffer.write(msgspec.json.encode(finished))
    return 0


if __name__ == "__main__":
    sys.exit(main())
