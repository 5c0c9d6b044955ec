"""The process that cuts a clip: what to cut is on its command line, and it tells the clip's file."""

import os
import sys
from datetime import timedelta
from pathlib import Path

from voice.mastering.clips import NothingToClip, clip
from voice.recording.cutting import DISK, NOTHING

NICENESS = 10


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
