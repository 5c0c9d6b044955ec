"""The lock on the data folder: two programs on the same data would each think the other's work is lost."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.supervision import CannotRun

LOCK = "loggione.lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder for this process; the system lets go when the process ends, however it ends.

    Raises:
        CannotRun: another process holds it, or the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / LOCK).open("w")
    except OSError as error:
        raise CannotRun(f"LOGGIONE_DATA: {folder} cannot be written ({error.strerror}).") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CannotRun(f"Another loggione runs on the data in {folder}: stop it first.") from error
        yield
