"""What every end-to-end test begins with."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.machine import has_voice_interface
from tests.e2e.theatre import Theatre, open_theatre


@pytest.fixture
async def theatre(tmp_path: Path) -> AsyncIterator[Theatre]:
    if not has_voice_interface():
        pytest.skip("the voice needs a network interface besides loopback that is up")
    async with open_theatre(tmp_path) as theatre:
        yield theatre
