"""Two programs never work on the same data."""

from pathlib import Path

import pytest

from app.lock import locked
from app.supervision import CannotRun


def test_a_folder_in_use_is_refused_until_it_is_let_go(tmp_path: Path) -> None:
    with locked(tmp_path / "var"), pytest.raises(CannotRun, match="stop it first"), locked(tmp_path / "var"):
        pass
    with locked(tmp_path / "var"):
        pass


def test_a_folder_that_cannot_be_made_is_refused_by_the_setting_s_name(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotRun, match="LOGGIONE_DATA"), locked(tmp_path / "file"):
        pass
