"""An occurrence and those after it become what an edit of the first one makes of them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rooms.following import continued, edited, following, instants_instead, series_edited
from rooms.ids import PersonId, RoomId, SeriesId
from rooms.recurrence import Recurrence, read_rule
from rooms.room import Occurrence, Room, RoomState
from rooms.rule_reading import read_rule_text
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
    new = series_edited(series, [room], plan, lambda plan: replace(plan, title="New"))
    assert new == replace(series, plan=replace(PLAN, title="New"))


def test_of_several_weekdays_only_the_moved_one_moves() -> None:
    was = rule("FREQ=WEEKLY;BYDAY=TU,FR")
    rooms = rooms_of(was, 4)
    series = Series(SERIES, PLAN, was)
    plan = replace(rooms[0].plan, starts_at=rooms[0].plan.starts_at + DAY)
    new = series_edited(series, rooms, plan, lambda plan: plan)
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


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=FR"),
        ("FREQ=WEEKLY;COUNT=8", "FREQ=WEEKLY;COUNT=8;BYDAY=FR"),
        ("FREQ=WEEKLY;UNTIL=20270301T000000Z", "FREQ=WEEKLY;UNTIL=20270301T225959Z;BYDAY=FR"),
    ],
)
async def test_what_was_changed_from_a_later_one_on_can_be_changed_from_an_earlier_one_on(
    house: House, text: str, rest: str
) -> None:
    """From the third on it came on Wednesdays; now all of them come on Fridays."""
    was = rule(text)
    rooms = rooms_of(was, 5)

    async def moved(series: Series, rooms: list[Room], by: timedelta) -> tuple[Series, list[Room]]:
        to = rooms[0].plan.starts_at + by
        async with house.store.reading() as records:
            return await continued(records, series, rooms, lambda plan: replace(plan, starts_at=to), NOON)

    series, later = await moved(Series(SERIES, PLAN, was), rooms[2:], DAY)
    series, every = await moved(series, [*rooms[:2], *later], 3 * DAY)
    assert [room.plan.starts_at for room in every] == [room.plan.starts_at + 3 * DAY for room in rooms]
    assert read_rule_text(series.recurrence.rule) == read_rule_text(rest)


def test_rooms_beyond_an_end_that_came_nearer_move_as_far_as_the_first() -> None:
    rooms = rooms_of(rule(), 4)
    short = rule("FREQ=WEEKLY;COUNT=2").continued(rule().first + DAY)
    instead = instants_instead(rule(), short, rooms)
    assert list(instead.values()) == [room.plan.starts_at + DAY for room in rooms]


def test_rooms_of_a_series_that_has_ended_move_along_all_the_same() -> None:
    rooms = rooms_of(rule(), 3)
    ended = rule().until(rooms[0].plan.starts_at)
    instead = instants_instead(ended, replace(ended, first=ended.first + DAY), rooms)
    assert list(instead.values()) == [room.plan.starts_at + DAY for room in rooms]
