"""The process that cuts a clip: what to cut is on its command line, and it tells what became of it."""

import os
import sys
from datetime import timedelta
from pathlib import Path

from voice.mastering.clips import NothingToClip, clip
from voice.mixing.units import SLOT_SECONDS
from voice.recording.cutting import DISK, NOTHING
from voice.recording.spliced import read_slots

NICENESS = 10


def main() -> int:
    """Cut from the folder of the first argument as many seconds as the second says.

    They begin at the third one's second; without it, they are the last. How many there are is told in a line,
    and the file after it.
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
    seconds = read_slots(path) * SLOT_SECONDS
    sys.stdout.buffer.write(f"{seconds}\n".encode() + os.fsencode(path))
    return 0


if __name__ == "__main__":
    sys.exit(main())
