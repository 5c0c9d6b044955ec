"""What tests of mastering share."""

from pathlib import Path

import pytest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A room's folder."""
    return tmp_path / "7"
