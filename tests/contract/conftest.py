"""A small Telegram with the real relay process, shared by the tests of a file, as its start takes seconds."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.contract.telegram import Telegram, relaying, telegram
from voice.pool.relay import Relay


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def relayed(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Telegram, Relay]]:
    folder = tmp_path_factory.mktemp("relayed")
    async with telegram(folder) as scene, relaying(scene, folder) as relay:
        yield scene, relay


@pytest.fixture
def scene(relayed: tuple[Telegram, Relay]) -> Telegram:
    """A group of this test's own."""
    return relayed[0].in_another_group()


@pytest_asyncio.fixture(loop_scope="module")
async def relay(relayed: tuple[Telegram, Relay], scene: Telegram) -> AsyncIterator[Relay]:
    """The relay, from which the group's room is gone in the end."""
    yield relayed[1]
    await relayed[1].close(scene.room)
