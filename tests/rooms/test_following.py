"""An occurrence and those after it become what an edit of the first one makes of them."""

from dataclasses import replace
from datetime import timedelta

from rooms.following import continued, edited, following, instants_instead, series_edited
from rooms.ids import PersonId, RoomId, SeriesId
from rooms.recurrence import Recurrence, read_rule
from rooms.room import Occurrence, Room, RoomState
from rooms.series import Series
from tests.fakes.clock import NOON
from tests.fakes.groups import CAREERS
from tests.fakes.talks import CHAT, HOUR, OTHER_CHAT, a_plan
from tests.rooms.conftest import House

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
PLAN = a_plan()
SERIES = SeriesId(1)


def rule(text: str = "FREQ=WEEKLY") -> Recurrence:
    return read_rule(text, PLAN.starts_at.astimezone(CAREERS.zone).replace(tzinfo=None), CAREERS.zone)


def rooms_of(recurrence: Recurrence, count: int) -> list[Room]:
    ats = [at for at, _ in zip(recurrence.occurrences(NOON, NOON + 60 * WEEK), range(count), strict=False)]
    return [
        Room(
            RoomId(n),
            replace(PLAN, starts_at=at),
            RoomState.SCHEDULED,
            f"key-{n}",
            NOON,
            0,
            Occurrence(SERIES, at),
        )
        for n, at in enumerate(ats)
    ]


def test_an_edit_leaves_chat_and_host_alone() -> None:
    stolen = edited(
        PLAN, lambda plan: replace(plan, chat=OTHER_CHAT, host=PersonId(9), host_name="Eve", title="T")
    )
    assert (stolen.chat, stolen.host, stolen.host_name, stolen.title) == (
        CHAT,
        PLAN.host,
        PLAN.host_name,
        "T",
    )


async def test_what_follows_begins_with_the_occurrence_itself(house: House) -> None:
    rooms = await house.schedule_series()
    single = await house.schedule(a_plan(starts_at=NOON + 9 * HOUR))
    async with house.store.reading() as records:
        assert await following(records, rooms[2]) == rooms[2:]
        assert await following(records, single) == [single]


def test_a_series_keeps_its_hours_when_the_occurrence_does() -> None:
    series, room = Series(SERIES, PLAN, rule()), rooms_of(rule(), 3)[2]
    plan = replace(room.plan, title="New")
    new = series_edited(series, room, plan, lambda plan: replace(plan, title="New"))
    assert new == replace(series, plan=replace(PLAN, title="New"))


def test_of_several_weekdays_only_the_moved_one_moves() -> None:
    was = rule("FREQ=WEEKLY;BYDAY=TU,FR")
    rooms = rooms_of(was, 4)
    series = Series(SERIES, PLAN, was)
    plan = replace(rooms[0].plan, starts_at=rooms[0].plan.starts_at + DAY)
    new = series_edited(series, rooms[0], plan, lambda plan: plan)
    starts = [room.plan.starts_at for room in rooms]
    instead = instants_instead(was, new.recurrence, rooms)
    assert [instead[at] for at in starts] == [starts[0] + DAY, starts[1], starts[2] + DAY, starts[3]]


async def test_what_will_not_take_place_is_counted_anew_and_no_more(house: House) -> None:
    was = rule()
    rooms = rooms_of(was, 3)
    cancelled = replace(rooms[1], state=RoomState.CANCELLED)
    async with house.store.reading() as records:
        _, new = await continued(
            records,
            Series(SERIES, PLAN, was),
            [rooms[0], cancelled, rooms[2]],
            lambda plan: replace(plan, starts_at=plan.starts_at + DAY),
            NOON,
        )
    assert [room.occurrence.at if room.occurrence else None for room in new] == [
        room.plan.starts_at + DAY for room in rooms
    ]
    assert (new[1].plan, new[1].revision, new[1].state) == (rooms[1].plan, 0, RoomState.CANCELLED)
    assert [(room.plan.starts_at, room.revision) for room in (new[0], new[2])] == [
        (rooms[0].plan.starts_at + DAY, 1),
        (rooms[2].plan.starts_at + DAY, 1),
    ]
