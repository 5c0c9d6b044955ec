"""Writing a file whole: its reader finds all of it or what was there, and nobody else may read it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def replace_file(path: Path, content: bytes) -> None:
    """Put content in place of a file, with the rights 0600, and on the disk before it returns.

    The folder is made if need be, for its owner alone. Interrupted at any moment, the old file stays.

    Raises:
        OSError: the disk is full, or the folder cannot be written.
    """
    with _written(path, content) as new:
        new.replace(path)


def create_file(path: Path, content: bytes) -> None:
    """Likewise, but leave a file that is there already.

    Raises:
        FileExistsError: it was there, and still is.
        OSError: the disk is full, or the folder cannot be written.
    """
    with _written(path, content) as new:
        os.link(new, path)


@contextmanager
def _written(path: Path, content: bytes) -> Iterator[Path]:
    """A file beside the one that is meant, complete and on the disk, which is gone in the end."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(prefix=".", suffix=".new", dir=path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield Path(name)
        _sync_folder(path.parent)
    finally:
        Path(name).unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
