"""Cutting: a clip of a talk, by a process of its own, so that it holds up no sound."""

import asyncio
import os
import sys
from datetime import timedelta
from pathlib import Path

from rooms.errors import CallUnreachable, NothingOnTape, RelayDiskRefused
from rooms.ids import NO_CHAT
from voice.mastering.clips import NothingToClip, clip

PATIENCE = 25.0
"""Seconds within which the longest clip is cut, on a machine that has much else to do."""

NICENESS = 10

NOTHING, DISK = 3, 4
"""Exit codes: there is nothing to be heard yet; the disk refuses, with its reason on the error output."""


async def cut(folder: Path, length: timedelta, begin: timedelta | None = None) -> Path:
    """So much of what is recorded in the folder, as a file: from `begin` on, else the last of it.

    Raises:
        NothingOnTape: nothing is recorded there, or not yet.
        CallUnreachable: it takes too long; later it may be otherwise.
        RelayDiskRefused: the disk refuses.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "voice.cutting", str(folder)),
        *(str(span.total_seconds()) for span in (length, begin) if span is not None),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(PATIENCE):
            path, complaint = await process.communicate()
    except TimeoutError as error:
        raise CallUnreachable(NO_CHAT, "the clip took too long") from error
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return _result(process.returncode, path, complaint)


def _result(code: int | None, path: bytes, complaint: bytes) -> Path:
    if code == NOTHING:
        raise NothingOnTape(NO_CHAT, "nothing is recorded there")
    if code == DISK:
        raise RelayDiskRefused(NO_CHAT, complaint.decode(errors="replace"))
    if code != 0:
        raise RuntimeError(complaint.decode(errors="replace"))
    return Path(os.fsdecode(path))


def main() -> int:
    """Cut from the folder of the first argument as many seconds as the second says, and tell the file.

    They begin at the third one's second; without it, they are the last.
    """
    os.nice(NICENESS)
    folder, length, *begin = sys.argv[1:]
    spans = [timedelta(seconds=float(seconds)) for seconds in (length, *begin)]
    try:
        path = clip(Path(folder), spans[1] if begin else None, spans[0])
    except NothingToClip:
        return NOTHING
    except OSError as error:
        sys.stderr.write(str(error))
        return DISK
    sys.stdout.buffer.write(os.fsencode(path))
    return 0


if __name__ == "__main__":
    sys.exit(main())
