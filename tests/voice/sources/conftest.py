"""A player at work, and a web server with sounds."""

from collections.abc import AsyncIterator

import pytest

from tests.voice.sources.audience import make_player, working
from tests.voice.sources.station import Station, on_air
from voice.sources.player import Player


@pytest.fixture
async def player() -> AsyncIterator[Player]:
    async with working(make_player()) as player:
        yield player


@pytest.fixture
async def station() -> AsyncIterator[Station]:
    async with on_air() as station:
        yield station
