"""Reading a small file: what could make its reader wait, such as a pipe, is refused."""

import errno
import os
import stat
from pathlib import Path


def read_file(path: Path, largest: int) -> tuple[bytes, int]:
    """The first bytes of a regular file, `largest` at most, and its mode.

    Raises:
        OSError: it is gone, may not be read, or is something else than a file.
    """
    number = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        mode = os.fstat(number).st_mode
        if not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, "it is no regular file", str(path))
        return os.read(number, largest), mode
    finally:
        os.close(number)
