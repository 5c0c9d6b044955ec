"""Equipment: other people's programs that benchmarks need, looked for before anything is measured."""

import shutil
from collections.abc import Sequence

from tests.browser import CHROMIUMS

PROGRAMS = {
    "icecast2": ("icecast2",),
    "gcc": ("gcc",),
    CHROMIUMS[0]: CHROMIUMS,
}
"""Packages, and the programs of which each brings one; any of them will do."""


class Missing(Exception):
    """Something is not there, or does not start; the message says what, and what to do."""


def look_for_equipment() -> None:
    """Raise `Missing` when a program is not there."""
    lacking = [package for package, programs in PROGRAMS.items() if not any(map(shutil.which, programs))]
    if lacking:
        raise Missing(_sentence(lacking))


def _sentence(packages: Sequence[str]) -> str:
    return f"The benchmarks need {' and '.join(packages)}: apt-get install {' '.join(packages)}"
