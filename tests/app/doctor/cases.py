"""Cases to examine."""

from collections.abc import Sequence
from pathlib import Path

from app.doctor.findings import Case
from app.doctor.known import KnownGroup
from app.settings import read_settings

TOKEN = "700000001:a-token-of-the-tests-alone"


def case_of(
    data: Path, *, groups: Sequence[KnownGroup] = (), is_running: bool = False, **given: object
) -> Case:
    """A case with these settings, and all the others as they are by default."""
    return Case(read_settings(data=data, **given), groups, is_running)
