"""An occurrence, or all that follow it, gets another plan or is cancelled."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from rooms.errors.series import RecurrenceFixed
from rooms.errors.talks import Clash
from rooms.room import RoomState
from tests.fakes.clock import NOON
from tests.fakes.groups import CAREERS
from tests.fakes.talks import ADA, HOUR, MINUTE, a_plan
from tests.rooms.changes import DAY, WEEK, moved_to, titled
from tests.rooms.conftest import House


async def test_one_occurrence_is_moved_and_the_others_stay(house: House) -> None:
    rooms = await house.schedule_series()
    moved = (await house.changing.change(rooms[1].id, ADA, moved_to(rooms[1].plan.starts_at + DAY))).room
    assert moved.occurrence == rooms[1].occurrence
    starts = [room.plan.starts_at for room in rooms]
    assert house.starts(moved) == [starts[0], starts[1] + DAY, *starts[2:]]
    await house.pass_time(MINUTE)
    assert len(house.series_of(moved)) == len(rooms)


async def test_a_skipped_occurrence_is_not_made_again(house: House) -> None:
    rooms = await house.schedule_series()
    await house.changing.cancel(rooms[2].id, ADA)
    await house.pass_time(2 * HOUR)
    assert [room.plan.starts_at for room in house.series_of(rooms[0])].count(rooms[2].plan.starts_at) == 1
    assert house.room(rooms[2]).state is RoomState.CANCELLED


async def test_all_that_follow_are_moved_to_the_new_day_and_hour(house: House) -> None:
    rooms = await house.schedule_series()
    outcome = await house.changing.change_following(
        rooms[1].id, ADA, moved_to(rooms[1].plan.starts_at + DAY + HOUR)
    )
    first = outcome.room
    starts = [room.plan.starts_at for room in rooms]
    assert house.starts(first) == [starts[0], *(at + DAY + HOUR for at in starts[1:])]
    assert all(
        room.occurrence and room.occurrence.at == room.plan.starts_at for room in house.series_of(first)
    )
    await house.pass_time(3 * WEEK)
    later = house.starts(first)
    assert len(later) == len(rooms) + 3
    assert {at.weekday() for at in later[1:]} == {(NOON + DAY).weekday()}


async def test_all_that_follow_get_the_new_title_and_keep_what_is_their_own(house: House) -> None:
    rooms = await house.schedule_series()
    own = rooms[2].plan.starts_at + 2 * HOUR
    await house.changing.change(
        rooms[2].id, ADA, lambda plan: replace(plan, starts_at=own, description="Special.")
    )
    await house.changing.change_following(rooms[1].id, ADA, titled("New"))
    titles = [room.plan.title for room in house.series_of(rooms[0])]
    assert titles == ["Careers after 40", *["New"] * (len(rooms) - 1)]
    assert house.room(rooms[2]).plan == replace(
        rooms[2].plan, title="New", starts_at=own, description="Special."
    )
    await house.pass_time(2 * WEEK)
    assert house.series_of(rooms[0])[-1].plan.title == "New"
    assert house.series_of(rooms[0])[-1].plan.description == ""


async def test_an_occurrence_that_was_moved_alone_falls_in_line_and_a_skipped_one_stays_skipped(
    house: House,
) -> None:
    rooms = await house.schedule_series()
    await house.changing.change(rooms[2].id, ADA, moved_to(rooms[2].plan.starts_at + 2 * HOUR))
    await house.changing.cancel(rooms[3].id, ADA)
    await house.changing.change_following(rooms[1].id, ADA, moved_to(rooms[1].plan.starts_at + DAY))
    await house.pass_time(2 * HOUR)
    series = house.series_of(rooms[0])
    assert series[2].plan.starts_at == rooms[2].plan.starts_at + DAY
    assert series[3].state is RoomState.CANCELLED
    assert len(series) == len(rooms)


async def test_summer_time_moves_no_occurrence_by_the_clocks_of_its_zone(house: House) -> None:
    march = datetime(2027, 3, 18, 17, 30, tzinfo=UTC)
    await house.clock.advance(march - DAY - NOON)
    rooms = await house.schedule_series(a_plan(starts_at=march))
    await house.changing.change_following(rooms[0].id, ADA, moved_to(march + HOUR))
    local = [at.astimezone(CAREERS.zone).time() for at in house.starts(rooms[0])]
    assert set(local) == {time(19, 30)}
    assert len({at.time() for at in house.starts(rooms[0])}) == 2


async def test_a_series_whose_days_cannot_be_moved_is_left_as_it_is(house: House) -> None:
    rooms = await house.schedule_series(rule="FREQ=MONTHLY;BYDAY=4TU")
    with pytest.raises(RecurrenceFixed):
        await house.changing.change_following(rooms[0].id, ADA, moved_to(rooms[0].plan.starts_at + DAY))
    assert house.series_of(rooms[0]) == rooms


async def test_a_series_cannot_be_moved_onto_another_talk(house: House) -> None:
    rooms = await house.schedule_series()
    await house.schedule(a_plan("Another", rooms[3].plan.starts_at + 3 * HOUR))
    with pytest.raises(Clash, match="Another"):
        await house.changing.change_following(rooms[1].id, ADA, moved_to(rooms[1].plan.starts_at + 3 * HOUR))
    assert house.series_of(rooms[0]) == rooms


async def test_a_series_may_be_moved_onto_its_own_old_hours(house: House) -> None:
    rooms = await house.schedule_series()
    starts = house.starts(rooms[0])
    await house.changing.change_following(rooms[1].id, ADA, moved_to(starts[2]))
    assert house.starts(rooms[0]) == [starts[0], *starts[2:], starts[-1] + WEEK]


async def test_an_ended_series_makes_nothing_more_and_its_end_can_be_undone(house: House) -> None:
    rooms = await house.schedule_series()
    series = dict(house.store.records.series.rows)
    cancelled = (await house.changing.cancel_following(rooms[2].id, ADA)).room
    states = [room.state for room in house.series_of(rooms[0])]
    assert cancelled.state is RoomState.CANCELLED
    assert states == [RoomState.SCHEDULED] * 2 + [RoomState.CANCELLED] * (len(rooms) - 2)
    await house.changing.undo(rooms[3].id, ADA)
    assert {room.state for room in house.series_of(rooms[0])} == {RoomState.SCHEDULED}
    assert house.store.records.series.rows == series
    await house.changing.cancel_following(rooms[2].id, ADA)
    await house.pass_time(6 * WEEK)
    assert len(house.series_of(rooms[0])) == len(rooms)


async def test_for_a_talk_without_a_series_all_that_follow_are_itself(house: House) -> None:
    room = await house.schedule()
    assert (await house.changing.change_following(room.id, ADA, titled("New"))).room.plan.title == "New"
    assert (await house.changing.cancel_following(room.id, ADA)).room.state is RoomState.CANCELLED
    assert (await house.changing.cancel_following(room.id, ADA)).room.state is RoomState.CANCELLED
    assert (await house.changing.undo(room.id, ADA)).plan == room.plan


async def test_a_change_of_those_that_follow_is_undone_by_the_one_that_was_named(house: House) -> None:
    rooms = await house.schedule_series()
    await house.changing.change(rooms[1].id, ADA, titled("New"))
    await house.pass_time(2 * MINUTE)
    outcome = await house.changing.change_following(rooms[1].id, ADA, titled("New"))
    assert (outcome.is_changed, outcome.is_told, outcome.is_held) == (True, True, True)
    assert [room.plan.title for room in house.series_of(rooms[0])[1:]] == ["New"] * (len(rooms) - 1)
    await house.changing.undo(rooms[1].id, ADA)
    titles = [room.plan.title for room in house.series_of(rooms[0])]
    old = rooms[0].plan.title
    assert titles == [old, "New", *[old] * (len(rooms) - 2)]
    again = await house.changing.change_following(rooms[1].id, ADA, titled("New"))
    once_more = await house.changing.change_following(rooms[1].id, ADA, titled("New"))
    assert (again.is_changed, once_more.is_changed) == (True, False)
    silent = await house.changing.change_following(
        rooms[1].id, ADA, lambda plan: replace(plan, description="More.")
    )
    assert (silent.is_changed, silent.is_told, silent.is_held) == (True, False, True)
