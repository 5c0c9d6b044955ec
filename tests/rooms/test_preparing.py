"""Before a talk its call counts down in the group, and the host hears of what would keep it from being."""

from datetime import timedelta

from rooms.errors.calls import RelayLacksRights
from rooms.jobs import JobKind
from rooms.notices import NoticeKind
from rooms.ports import Fault
from rooms.room import Room, RoomState
from rooms.timetable import SOONEST
from tests.fakes.clock import NOON
from tests.fakes.talks import ADA, CHAT, HOUR, MINUTE, a_plan
from tests.rooms.changes import SECOND, moved_to
from tests.rooms.conftest import House

DAY = timedelta(days=1)


def planned(house: House) -> list[tuple[str, object]]:
    """What counts down in the group: title and instant."""
    return [(title, at) for _call, title, at in house.calls.planned.values()]


def call_of(house: House, room: Room) -> int | None:
    return house.room(room).planned_call


def in_private(house: House) -> list[str]:
    return [detail for kind, detail in house.told_to(ADA) if kind is NoticeKind.GREEN_ROOM]


async def test_the_call_of_a_confirmed_talk_counts_down_at_once(house: House) -> None:
    room = await house.schedule()
    await house.pass_time(0 * MINUTE)
    assert planned(house) == [("Careers after 40", NOON + HOUR)]
    assert call_of(house, room) == 1


async def test_a_talk_that_begins_in_a_moment_does_not_count_down(house: House) -> None:
    await house.schedule(a_plan(starts_at=NOON + MINUTE))
    await house.pass_time(0 * MINUTE)
    assert planned(house) == []


async def test_a_talk_far_ahead_counts_down_as_soon_as_telegram_permits(house: House) -> None:
    starts_at = NOON + 10 * DAY
    await house.schedule(a_plan(starts_at=starts_at))
    await house.pass_time(2 * DAY)
    assert planned(house) == []
    await house.pass_time(HOUR)
    assert planned(house) == [("Careers after 40", starts_at)]


async def test_only_the_next_talk_of_a_group_counts_down_and_then_the_one_after_it(house: House) -> None:
    first = await house.schedule()
    second = await house.schedule(a_plan("The second", starts_at=NOON + 5 * HOUR))
    await house.pass_time(0 * MINUTE)
    assert planned(house) == [("Careers after 40", NOON + HOUR)]
    house.calls.planned.clear()  # which the opening does in Telegram
    for _ in range(2):
        await house.pass_time(HOUR)
    assert house.room(first).state is RoomState.ENDED
    assert planned(house) == [("The second", NOON + 5 * HOUR)]
    assert call_of(house, second) == 2


async def test_a_talk_that_is_moved_counts_down_to_its_new_hour(house: House) -> None:
    room = await house.schedule()
    await house.pass_time(0 * MINUTE)
    await house.changing.change(room.id, ADA, moved_to(NOON + 3 * HOUR))
    await house.pass_time(0 * MINUTE)
    assert planned(house) == [("Careers after 40", NOON + 3 * HOUR)]
    assert call_of(house, room) == 2


async def test_a_talk_that_is_moved_behind_another_lets_that_one_count_down(house: House) -> None:
    room = await house.schedule()
    second = await house.schedule(a_plan("The second", starts_at=NOON + 5 * HOUR))
    await house.pass_time(0 * MINUTE)
    await house.changing.change(room.id, ADA, moved_to(NOON + 9 * HOUR))
    await house.pass_time(0 * MINUTE)
    assert planned(house) == [("The second", NOON + 5 * HOUR)]
    assert (call_of(house, room), call_of(house, second)) == (None, 2)


async def test_a_cancelled_talk_counts_down_no_more_and_the_next_one_does(house: House) -> None:
    room = await house.schedule()
    await house.schedule(a_plan("The second", starts_at=NOON + 5 * HOUR))
    await house.pass_time(0 * MINUTE)
    await house.changing.cancel(room.id, ADA)
    await house.pass_time(0 * MINUTE)
    assert planned(house) == [("The second", NOON + 5 * HOUR)]


async def test_a_talk_that_comes_before_the_next_one_counts_down_in_its_place(house: House) -> None:
    later = await house.schedule(a_plan("The later", starts_at=NOON + 5 * HOUR))
    await house.pass_time(0 * MINUTE)
    sooner = await house.schedule()
    await house.pass_time(0 * MINUTE)
    assert planned(house) == [("Careers after 40", NOON + HOUR)]
    assert (call_of(house, sooner), call_of(house, later)) == (2, None)
    await house.changing.cancel(sooner.id, ADA)
    await house.pass_time(0 * MINUTE)
    assert planned(house) == [("The later", NOON + 5 * HOUR)]
    assert call_of(house, later) == 3


async def test_a_call_that_another_talk_was_held_in_is_planned_anew(house: House) -> None:
    later = await house.schedule(a_plan("The later", starts_at=NOON + 5 * HOUR))
    await house.pass_time(0 * MINUTE)
    sooner = await house.schedule(a_plan(starts_at=NOON + SOONEST - SECOND))
    house.calls.planned.clear()  # which the opening does in Telegram
    for minutes in (1, 60):
        await house.pass_time(minutes * MINUTE)
    assert house.room(sooner).state is RoomState.ENDED
    assert planned(house) == [("The later", NOON + 5 * HOUR)]
    assert call_of(house, later) == 2


async def test_a_talk_that_could_not_count_down_makes_way_when_it_is_cancelled(house: House) -> None:
    house.calls.planned[CHAT] = (77, "The admins' own", NOON + DAY)
    sooner = await house.schedule()
    await house.schedule(a_plan("The later", starts_at=NOON + 5 * HOUR))
    await house.pass_time(0 * MINUTE)
    house.calls.planned.clear()
    await house.changing.cancel(sooner.id, ADA)
    await house.pass_time(0 * MINUTE)
    assert planned(house) == [("The later", NOON + 5 * HOUR)]


async def test_the_call_of_the_next_talk_is_planned_once_however_many_follow(house: House) -> None:
    await house.schedule()
    for hour in (5, 7, 9):
        await house.schedule(a_plan(f"Talk at {hour}", starts_at=NOON + hour * HOUR))
    await house.pass_time(0 * MINUTE)
    assert (planned(house), house.calls.calls_planned) == ([("Careers after 40", NOON + HOUR)], 1)


async def test_a_call_that_somebody_else_planned_is_left_alone(house: House) -> None:
    house.calls.planned[CHAT] = (77, "The admins' own", NOON + DAY)
    room = await house.schedule()
    await house.pass_time(0 * MINUTE)
    assert call_of(house, room) is None
    await house.changing.cancel(room.id, ADA)
    await house.pass_time(2 * MINUTE)
    assert planned(house) == [("The admins' own", NOON + DAY)]


async def test_where_telegram_does_not_let_us_it_is_tried_again_later_and_seldom(house: House) -> None:
    house.calls.refuse(RelayLacksRights(CHAT, "CHAT_ADMIN_REQUIRED"))
    room = await house.schedule(a_plan(starts_at=NOON + 5 * HOUR))
    await house.pass_time(0 * MINUTE)
    assert [at for kind, at in house.due(room) if kind is JobKind.COUNT_DOWN] == [NOON + HOUR]
    assert house.told() == [(NoticeKind.CARD, "")]
    house.calls.relent(CHAT)
    await house.pass_time(HOUR)
    assert planned(house) == [("Careers after 40", NOON + 5 * HOUR)]


async def test_the_host_hears_in_time_that_all_is_well(house: House) -> None:
    await house.meet(ADA)
    await house.schedule()
    await house.pass_time(44 * MINUTE)
    assert in_private(house) == []
    await house.pass_time(MINUTE)
    assert in_private(house) == [""]
    await house.pass_time(10 * MINUTE)
    assert in_private(house) == [""]


async def test_the_host_hears_what_is_wrong_once_and_when_it_is_mended(house: House) -> None:
    await house.meet(ADA)
    house.calls.faults[CHAT] = (Fault.LACKS_RIGHTS, Fault.DISK_FULL)
    await house.schedule()
    async with house.at_work():
        for _ in range(4):
            await house.clock.advance(48 * MINUTE / 4)
        assert in_private(house) == ["lacks_rights disk_full"]
        house.calls.faults.clear()
        await house.clock.advance(3 * MINUTE)
        assert in_private(house) == ["lacks_rights disk_full", ""]


async def test_where_the_host_cannot_be_written_to_the_group_hears_of_faults_alone(house: House) -> None:
    await house.schedule()
    second = await house.schedule(a_plan("The second", starts_at=NOON + 5 * HOUR))
    await house.pass_time(45 * MINUTE)
    assert NoticeKind.GREEN_ROOM not in [kind for kind, _ in house.told()]
    house.calls.faults[CHAT] = (Fault.RELAY_DOWN,)
    await house.pass_time(4 * HOUR)
    assert (NoticeKind.GREEN_ROOM, "relay_down") in house.told()
    assert house.room(second).state is RoomState.SCHEDULED


async def test_nothing_is_looked_at_for_a_talk_that_is_off(house: House) -> None:
    await house.meet(ADA)
    room = await house.schedule()
    await house.changing.cancel(room.id, ADA)
    await house.pass_time(HOUR)
    assert in_private(house) == []
