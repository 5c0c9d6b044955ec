"""The inbox: updates wait until they are confirmed, and one poll waits at a time."""

import asyncio
from typing import Any

import pytest

from sandbox.bot_api.inbox import FIRST_UPDATE, Inbox
from sandbox.world.errors import ApiError


async def settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


def filled(count: int) -> Inbox:
    inbox = Inbox()
    for number in range(count):
        inbox.put("message", {"n": number})
    return inbox


def numbers(updates: list[dict[str, Any]]) -> list[int]:
    return [update["message"]["n"] for update in updates]


async def test_updates_stay_until_they_are_confirmed() -> None:
    inbox = filled(3)
    assert numbers(await inbox.fetch(0, 100, 0)) == [0, 1, 2]
    assert numbers(await inbox.fetch(0, 100, 0)) == [0, 1, 2]
    assert numbers(await inbox.fetch(FIRST_UPDATE + 2, 100, 0)) == [2]
    assert numbers(await inbox.fetch(0, 100, 0)) == [2]


async def test_ids_count_up_without_holes() -> None:
    updates = await filled(3).fetch(0, 100, 0)
    assert [update["update_id"] for update in updates] == [FIRST_UPDATE + n for n in range(3)]


async def test_a_limit_leaves_the_rest_for_later() -> None:
    assert numbers(await filled(3).fetch(0, 2, 0)) == [0, 1]


async def test_a_negative_offset_forgets_all_but_the_last() -> None:
    inbox = filled(5)
    assert numbers(await inbox.fetch(-2, 100, 0)) == [3, 4]
    assert numbers(await inbox.fetch(0, 100, 0)) == [3, 4]


async def test_an_offset_from_another_life_confirms_nothing() -> None:
    assert numbers(await filled(2).fetch(FIRST_UPDATE + 5000, 100, 0)) == [0, 1]


async def test_an_offset_just_ahead_waits_for_what_comes() -> None:
    inbox = filled(2)
    assert await inbox.fetch(FIRST_UPDATE + 2, 100, 0) == []
    assert len(inbox) == 0


async def test_a_poll_wakes_when_something_happens() -> None:
    inbox = Inbox()
    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        poll = group.create_task(inbox.fetch(0, 100, 50))
        await settle()
        assert not poll.done()
        inbox.put("message", {"n": 1})
    assert numbers(poll.result()) == [1]


async def test_a_poll_goes_home_with_nothing_in_the_end() -> None:
    assert await Inbox().fetch(0, 100, 0.01) == []


async def test_a_second_poll_ends_the_first_with_a_conflict() -> None:
    inbox = Inbox()
    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        first = group.create_task(_complaint(inbox))
        await settle()
        second = group.create_task(inbox.fetch(0, 100, 50))
        assert await first == (
            409,
            "Conflict: terminated by other getUpdates request; "
            "make sure that only one bot instance is running",
        )
        inbox.put("message", {"n": 1})
    assert numbers(second.result()) == [1]


async def _complaint(inbox: Inbox) -> tuple[int, str]:
    with pytest.raises(ApiError) as refused:
        await inbox.fetch(0, 100, 50)
    return refused.value.status, refused.value.description


async def test_one_who_only_looks_in_disturbs_nobody() -> None:
    inbox = Inbox()
    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        poll = group.create_task(inbox.fetch(0, 100, 50))
        await settle()
        assert await inbox.fetch(0, 100, 0) == []
        assert not poll.done()
        inbox.close()
    assert poll.result() == []


async def test_a_poller_that_vanished_costs_no_update() -> None:
    inbox = Inbox()
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(inbox.fetch(0, 100, 50))
        await settle()
        poll.cancel()
    inbox.put("message", {"n": 1})
    assert numbers(await inbox.fetch(0, 100, 50)) == [1]


async def test_only_what_is_asked_for_comes_in() -> None:
    inbox = Inbox()
    inbox.put("chat_member", {})
    inbox.allow(["chat_member", "nonsense"])
    inbox.put("message", {})
    inbox.put("chat_member", {"n": 1})
    assert [set(one) for one in await inbox.fetch(0, 100, 0)] == [{"update_id", "chat_member"}]


@pytest.mark.parametrize("kinds", [[], ["nonsense"]])
async def test_asking_for_nothing_means_the_usual(kinds: list[str]) -> None:
    inbox = Inbox()
    inbox.allow(["chat_member"])
    inbox.allow(kinds)
    inbox.put("message_reaction", {})
    inbox.put("message", {"n": 1})
    assert numbers(await inbox.fetch(0, 100, 0)) == [1]


async def test_pending_updates_can_be_dropped() -> None:
    inbox = filled(3)
    inbox.clear()
    inbox.put("message", {"n": 9})
    assert numbers(await inbox.fetch(0, 100, 0)) == [9]
