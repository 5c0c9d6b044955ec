"""A forum with the bot at work in it."""

from collections.abc import AsyncIterator

import pytest

from tests.bot.forum import Forum


@pytest.fixture
async def forum() -> AsyncIterator[Forum]:
    forum = Forum()
    async with forum.open():
        yield forum


@pytest.fixture
async def italian_forum() -> AsyncIterator[Forum]:
    forum = Forum("it")
    async with forum.open():
        yield forum
