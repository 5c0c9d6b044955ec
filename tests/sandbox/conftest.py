"""What several tests of the sandbox start from."""

from collections.abc import AsyncIterator

import pytest

from tests.sandbox.bot_house import House, open_house


@pytest.fixture
async def house() -> AsyncIterator[House]:
    """A small world whose Bot API is open."""
    async with open_house() as opened:
        yield opened
