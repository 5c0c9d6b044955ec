"""How often may be asked from one network; it is known by a digest only, and for minutes."""

import asyncio
from datetime import timedelta

import pytest

from tests.fakes.clock import FakeClock, settle
from web.limits import MOST_NAMES, WITHIN, Allowance, Limits, TooOften

TWICE = Allowance(2)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def limits(clock: FakeClock) -> Limits:
    return Limits(clock)


def is_taken(
    limits: Limits, address: str | None, what: str = "question", allowance: Allowance = TWICE
) -> bool:
    try:
        limits.take(what, allowance, address)
    except TooOften:
        return False
    return True


def test_as_often_as_may_be_and_no_more(limits: Limits) -> None:
    assert [is_taken(limits, "8.8.8.8") for _ in range(4)] == [True, True, False, False]
    assert is_taken(limits, "8.8.8.8", "vote"), "other things are counted by themselves"


async def test_after_some_minutes_it_begins_anew(clock: FakeClock, limits: Limits) -> None:
    assert [is_taken(limits, "8.8.8.8") for _ in range(3)] == [True, True, False]
    await clock.advance(WITHIN)
    assert is_taken(limits, "8.8.8.8")


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("8.8.8.8", "8.8.8.250", True),
        ("8.8.8.8", "8.8.9.8", False),
        ("2001:4860:4860::8888", "2001:4860:4860:9999:1::1", True),
        ("2001:4860:4860::8888", "2001:4860:4861::8888", False),
        ("::ffff:8.8.8.8", "8.8.8.9", True),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        (None, "nonsense", True),
    ],
)
def test_neighbours_count_as_one_network(limits: Limits, one: str | None, other: str, is_same: bool) -> None:
    once = Allowance(1)
    assert is_taken(limits, one, allowance=once)
    assert is_taken(limits, other, allowance=once) is not is_same


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "192.168.1.2", "::1", "fd00::1", None, ""])
def test_behind_a_proxy_many_share_an_address_and_an_allowance(limits: Limits, address: str | None) -> None:
    shared = Allowance(1, shared=3)
    assert [is_taken(limits, address, allowance=shared) for _ in range(4)] == [True, True, True, False]


async def test_nothing_of_it_outlives_its_minutes_even_if_nobody_asks_again(
    clock: FakeClock, limits: Limits
) -> None:
    async with asyncio.TaskGroup() as running:
        task = running.create_task(limits.run())
        await settle()
        limits.take("question", TWICE, "8.8.8.8")
        digest = limits.digest(b"8.8.8.8")
        await clock.advance(WITHIN + timedelta(seconds=1))
        assert limits.digest(b"8.8.8.8") != digest
        assert repr(vars(limits)).count("Counter()") == 1
        task.cancel()


def test_no_address_is_to_be_found_in_what_is_held(limits: Limits) -> None:
    limits.take("question", TWICE, "8.8.8.8")
    assert "8.8.8" not in repr(vars(limits))


def test_a_flood_from_everywhere_takes_no_more_room_than_there_is(limits: Limits) -> None:
    for number in range(MOST_NAMES + 10):
        limits.count(f"name {number}", 5 + MOST_NAMES)
    with pytest.raises(TooOften):
        for number in range(MOST_NAMES, MOST_NAMES + 10):
            limits.count(f"other {number}", 15)
