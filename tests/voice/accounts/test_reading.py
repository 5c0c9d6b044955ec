"""A file is read with its mode, and what is none makes nobody wait."""

import os
from pathlib import Path

import pytest

from voice.accounts.reading import read_file


def test_a_file_is_read_to_its_end_or_as_far_as_one_wants(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"some words")
    path.chmod(0o640)
    assert read_file(path, 100) == (b"some words", 0o100640)
    assert read_file(path, 4) == (b"some", 0o100640)


def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path, Path("/dev/null")):
        with pytest.raises(OSError, match="it is no regular file"):
            read_file(path, 100)
    with pytest.raises(FileNotFoundError):
        read_file(tmp_path / "nothing", 100)
