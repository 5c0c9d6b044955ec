"""Series are made ahead, digests go out on their day, and abandoned dialogues are forgotten."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rooms.dialogues import LIFE, Dialogue
from rooms.digests import next_digest
from rooms.group import Group
from rooms.notices import Notice, NoticeKind
from rooms.recurrence import Recurrence
from rooms.room import RoomState
from rooms.series import AHEAD_BY
from rooms.tending import Tending
from tests.fakes.clock import NOON
from tests.fakes.groups import CAREERS
from tests.fakes.talks import ADA, CHAT, HOUR, MINUTE, TIMING, a_plan
from tests.rooms.conftest import House, running

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
WEDNESDAY = 2
WEDNESDAY_NINE = datetime(2026, 11, 25, 8, tzinfo=UTC)
DIGEST = (NoticeKind.DIGEST, "")


def with_digest(group: Group = CAREERS) -> Group:
    group = replace(group, digest=WEDNESDAY)
    return replace(group, digest_at=next_digest(group, NOON))


async def test_a_series_is_made_ahead_as_time_goes_by(house: House) -> None:
    rooms = await house.schedule_series()
    async with house.at_work():
        for _ in range(8):
            await house.clock.advance(WEEK)
            ahead = [room for room in house.series_of(rooms[0]) if room.state is RoomState.SCHEDULED]
            assert ahead[-1].plan.starts_at >= house.clock.now() + AHEAD_BY - WEEK
    assert len({room.occurrence for room in house.series_of(rooms[0])}) == len(house.series_of(rooms[0]))


async def test_a_series_that_cannot_be_made_ahead_holds_up_nothing_else(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    nonsense = Recurrence("FREQ=SOMETIMES", NOON.replace(tzinfo=None), CAREERS.zone)
    async with house.store.writing() as records:
        bad = await records.series.add(a_plan(), nonsense)
    rooms = await house.schedule_series()
    await house.know(with_digest())
    async with house.store.writing() as records:
        await records.dialogues.save(Dialogue(ADA.person, CHAT, "schedule", "{}", None, NOON))
    await house.deliver()
    await house.pass_time(2 * WEEK)
    assert f"series {bad.id} cannot be made ahead" in caplog.text
    assert len(house.series_of(rooms[0])) == len(rooms) + 2
    assert DIGEST in house.told()
    assert house.store.records.dialogues.rows == {}


async def test_what_was_tended_is_not_tended_again_after_a_restart(house: House) -> None:
    await house.schedule_series()
    await house.clock.advance(WEEK)
    await house.pass_time(0 * MINUTE)
    tables = house.store.records.tables
    await house.pass_time(0 * MINUTE)
    assert house.store.records.tables.rooms == tables.rooms
    assert house.store.records.tables.jobs == tables.jobs


async def test_what_lies_ahead_is_told_once_on_the_day_of_the_digest(house: House) -> None:
    await house.know(with_digest())
    await house.schedule(a_plan(starts_at=NOON + 3 * DAY))
    await house.deliver()
    async with house.at_work():
        await house.clock.advance(WEDNESDAY_NINE - NOON - MINUTE)
        assert house.told() == []
        await house.clock.advance(MINUTE)
        assert house.notices() == [Notice(CHAT, None, None, NoticeKind.DIGEST)]
    await house.pass_time(HOUR)
    assert house.told() == [DIGEST]
    assert house.store.records.groups.rows[CHAT].digest_at == WEDNESDAY_NINE + WEEK


async def test_digests_missed_while_nothing_ran_are_told_once(house: House) -> None:
    await house.know(with_digest())
    await house.schedule(a_plan(starts_at=NOON + 25 * DAY))
    await house.deliver()
    await house.clock.advance(3 * WEEK)
    await house.pass_time(0 * MINUTE)
    assert house.told().count(DIGEST) == 1
    assert house.store.records.groups.rows[CHAT].digest_at == WEDNESDAY_NINE + 3 * WEEK


async def test_a_week_in_which_nothing_is_on_needs_no_digest(house: House) -> None:
    await house.know(with_digest())
    await house.schedule(a_plan(starts_at=NOON + 9 * DAY))
    await house.deliver()
    await house.pass_time(DAY)
    assert house.told() == []
    assert house.store.records.groups.rows[CHAT].digest_at == WEDNESDAY_NINE + WEEK


async def test_a_group_that_the_bot_had_to_leave_gets_no_digest(house: House) -> None:
    await house.know(with_digest(replace(CAREERS, is_present=False)))
    await house.schedule(a_plan(starts_at=NOON + 3 * DAY))
    await house.pass_time(DAY)
    assert house.told() == []


async def test_a_digest_chosen_while_tending_sleeps_goes_out_in_time(house: House) -> None:
    await house.schedule(a_plan(starts_at=NOON + 3 * DAY))
    await house.deliver()
    async with house.at_work():
        await house.know(replace(with_digest(), digest_at=NOON + 5 * MINUTE))
        await house.clock.advance(5 * MINUTE)
        assert house.told() == [DIGEST]


async def test_a_dialogue_in_which_nothing_was_said_for_a_day_is_forgotten(house: House) -> None:
    async with house.store.writing() as records:
        await records.dialogues.save(Dialogue(ADA.person, CHAT, "schedule", "{}", None, NOON))
    await house.pass_time(LIFE)
    assert house.store.records.dialogues.rows
    await house.pass_time(HOUR)
    assert not house.store.records.dialogues.rows


async def test_several_groups_have_their_digests_at_one_moment(house: House) -> None:
    chats = [CHAT, *(type(CHAT)(-1002000 - number) for number in range(3))]
    for chat in chats:
        await house.know(with_digest(replace(CAREERS, chat=chat, programme_key=str(chat))))
        await house.schedule(a_plan(starts_at=NOON + 3 * DAY, chat=chat))
    await house.deliver()
    await house.pass_time(DAY)
    assert [house.told(chat) for chat in chats] == [[DIGEST]] * 4


async def test_tending_alone_rests_when_there_is_nothing_to_do(house: House) -> None:
    async with running(Tending(house.store, house.clock, TIMING).run):
        rings = house.store.committed.rings
        await house.clock.advance(MINUTE)
        assert house.store.committed.rings == rings
