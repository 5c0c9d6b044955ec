"""What Telegram does not want to be asked is not asked, until its time has come."""

from typing import Any

import pytest
from pyrogram import raw
from pyrogram.errors import FloodPremiumWait, FloodWait, RPCError

from voice.telegram.account import name_of
from voice.telegram.quiet import Quiet

STATE, CONFIG = raw.functions.updates.GetState(), raw.functions.help.GetConfig()


class Impatient:
    """A client whose every question meets the flood, if there is one."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.options: dict[str, Any] = {}
        self.flood: RPCError | None = None

    async def invoke(self, query: Any, **options: Any) -> str:
        self.asked.append(query.QUALNAME)
        self.options = options
        if self.flood is not None:
            raise self.flood
        return "answer"


@pytest.fixture
def client() -> Impatient:
    return Impatient()


@pytest.fixture
def told(client: Impatient) -> list[float]:
    waits: list[float] = []
    Quiet(client, waits.append)
    return waits


@pytest.mark.parametrize("flood", [FloodWait(700), FloodPremiumWait(700)])
async def test_what_is_flooded_is_told_once_and_not_asked_again(
    client: Impatient, told: list[float], flood: RPCError
) -> None:
    client.flood = flood
    for _ in range(3):
        with pytest.raises(type(flood) if not told else FloodWait) as refused:
            await client.invoke(STATE)
        assert name_of(refused.value).endswith("WAIT_700")
    assert (client.asked, told) == (["functions.updates.GetState"], [700.0])


async def test_other_functions_are_asked_all_the_same(client: Impatient, told: list[float]) -> None:
    client.flood = FloodWait(700)
    with pytest.raises(FloodWait):
        await client.invoke(STATE)
    client.flood = None
    assert await client.invoke(CONFIG) == "answer"
    assert told == [700.0]


async def test_when_the_wait_is_over_it_is_asked_again(client: Impatient, told: list[float]) -> None:
    client.flood = FloodWait(0)
    with pytest.raises(FloodWait):
        await client.invoke(STATE)
    client.flood = None
    assert await client.invoke(STATE) == "answer"
    assert told == [0.0]


async def test_nobody_sleeps_longer_within_a_request_than_is_good(
    client: Impatient, told: list[float]
) -> None:
    await client.invoke(STATE, sleep_threshold=60, retries=2)
    assert client.options == {"sleep_threshold": 10.0, "retries": 2}
    assert told == []
