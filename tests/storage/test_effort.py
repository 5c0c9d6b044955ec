"""However much is on record, what happens often costs no more work than among little."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from rooms.ids import ChatId, RoomId
from rooms.jobs import JobKind
from rooms.notices import Notice, NoticeKind
from rooms.room import AHEAD, ON_AIR, OVER, RoomState
from storage import schema
from storage.plans import to_columns
from tests.fakes.clock import NOON
from tests.fakes.talks import CHAT, HOUR, MINUTE, a_plan
from tests.storage.effort import Ask, Effort, effort_of

FEW, MANY = 120, 2_400
SLACK = 1.3
"""Deeper trees take a few steps more."""

PROGRAMME = AHEAD | ON_AIR


@dataclass
class Scales:
    """The same on record, little of it and much."""

    few: Effort
    many: Effort

    async def assert_alike(self, ask: Ask) -> None:
        few, many = await self.few.steps(ask), await self.many.steps(ask)
        assert 0 < many <= SLACK * few, f"{few} steps among few, {many} among many"


@pytest.fixture
async def scales(tmp_path: Path) -> AsyncIterator[Scales]:
    async with AsyncExitStack() as stack:
        few, many = [await stack.enter_async_context(effort_of(tmp_path / name)) for name in ("few", "many")]
        yield Scales(few, many)


async def add_talks(scales: Scales, *states: RoomState, every: timedelta = MINUTE) -> None:
    """Talks of one chat, one after the other, each with two jobs."""
    for effort, talks in ((scales.few, FEW), (scales.many, MANY)):
        plans = [a_plan(starts_at=NOON + number * every) for number in range(talks)]
        blank = {"changed_at": NOON, "revision": 0}
        rooms = [
            to_columns(plan)
            | {"id": number, "listen_key": f"key-{number}", "state": states[number % len(states)]}
            | blank
            for number, plan in enumerate(plans)
        ]
        jobs = [
            {"room": number, "kind": kind.value, "due_at": plan.starts_at, "attempts": 0}
            for number, plan in enumerate(plans)
            for kind in (JobKind.OPEN, JobKind.START)
        ]
        effort.hold(schema.rooms, rooms)
        effort.hold(schema.jobs, jobs)


@pytest.mark.parametrize("states", [[RoomState.SCHEDULED], [RoomState.ENDED], sorted(PROGRAMME)], ids=str)
@pytest.mark.parametrize("topic", [None, "careers"])
async def test_the_programme_of_a_chat_costs_the_same_however_many_talks_it_had(
    scales: Scales, states: list[RoomState], topic: str | None
) -> None:
    await add_talks(scales, *states)
    await scales.assert_alike(lambda records: records.rooms.in_states(PROGRAMME, CHAT, 10, topic=topic))


async def test_the_topics_of_a_chat_cost_the_same_however_many_talks_are_ahead(scales: Scales) -> None:
    await add_talks(scales, RoomState.SCHEDULED)
    await scales.assert_alike(lambda records: records.rooms.topics(PROGRAMME, CHAT, 10))


async def test_what_was_last_costs_the_same_however_many_talks_there_were(scales: Scales) -> None:
    await add_talks(scales, *OVER)
    await scales.assert_alike(lambda records: records.rooms.latest(CHAT, OVER, 10))


async def test_what_is_at_a_time_costs_the_same_however_many_talks_there_are(scales: Scales) -> None:
    await add_talks(scales, RoomState.SCHEDULED, every=HOUR)
    day = NOON + timedelta(days=3)
    await scales.assert_alike(lambda records: records.rooms.between(CHAT, PROGRAMME, day, day + HOUR))


async def test_what_is_on_air_anywhere_costs_the_same_however_many_talks_are_ahead(scales: Scales) -> None:
    await add_talks(scales, RoomState.SCHEDULED)
    await scales.assert_alike(lambda records: records.rooms.in_states(ON_AIR))


async def test_rooms_in_states_are_searched_by_an_index_that_has_them_in_order(scales: Scales) -> None:
    plan = await scales.few.plan(lambda records: records.rooms.in_states(PROGRAMME, CHAT, 10, topic="x"))
    by_index = "SEARCH rooms USING COVERING INDEX ix_rooms_chat_topic_state_starts_at"
    assert sum(line.startswith(by_index) for line in plan) == len(PROGRAMME)
    assert not any(line.startswith("SCAN rooms") for line in plan)


async def test_the_next_job_costs_the_same_however_many_there_are(scales: Scales) -> None:
    await add_talks(scales, RoomState.SCHEDULED)
    await scales.assert_alike(lambda records: records.jobs.next_due())
    await scales.assert_alike(lambda records: records.jobs.lease(NOON, NOON + MINUTE))
    await scales.assert_alike(lambda records: records.jobs.lease(NOON + 99 * HOUR, NOON + MINUTE))


async def test_reclaiming_jobs_costs_the_same_however_many_there_are(scales: Scales) -> None:
    await add_talks(scales, RoomState.SCHEDULED)
    await scales.assert_alike(lambda records: records.jobs.reclaim())


async def test_dropping_a_room_s_jobs_costs_the_same_however_many_there_are(scales: Scales) -> None:
    await add_talks(scales, RoomState.SCHEDULED)
    await scales.assert_alike(lambda records: records.jobs.drop(RoomId(7), list(JobKind)))


async def add_letters(scales: Scales, chats: int | None = None) -> None:
    """As many letters as there were to be, for so many chats or for one each."""
    for effort, letters in ((scales.few, FEW), (scales.many, MANY)):
        rows = [
            {
                "chat": CHAT - number % (chats or letters),
                "kind": NoticeKind.DIGEST.value,
                "detail": str(number),
                "ready_at": NOON,
                "attempts": 0,
            }
            for number in range(letters)
        ]
        effort.hold(schema.outbox, rows)


@pytest.mark.parametrize("chats", [None, 50, 1])
async def test_the_next_letter_costs_the_same_however_many_wait(scales: Scales, chats: int | None) -> None:
    await add_letters(scales, chats)
    await scales.assert_alike(lambda records: records.outbox.next_due())
    await scales.assert_alike(lambda records: records.outbox.lease(NOON, NOON + MINUTE))


async def test_a_letter_is_put_among_many_at_the_same_cost(scales: Scales) -> None:
    await add_letters(scales)
    letter = Notice(ChatId(CHAT - 7), None, None, NoticeKind.DIGEST, "new")
    await scales.assert_alike(lambda records: records.outbox.put(letter, NOON))
