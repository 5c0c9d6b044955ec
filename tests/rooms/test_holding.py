"""A change is told a minute after it was made, and can be taken back until then."""

from dataclasses import replace
from datetime import datetime

import pytest

from rooms.appointments import Answer, Invited
from rooms.errors.rights import NotAllowed
from rooms.errors.talks import NothingToUndo, TakenBack
from rooms.group import Schedulers
from rooms.ids import ThreadId
from rooms.jobs import JobKind
from rooms.moderating import Moderating
from rooms.moderation import Ban, DeedKind
from rooms.notices import NoticeKind
from rooms.plan import Admission
from rooms.roles import Asker, Role
from rooms.room import Room, RoomState
from rooms.seating import unseat
from tests.fakes.clock import NOON
from tests.fakes.groups import CAREERS
from tests.fakes.talks import ADA, BRUNO, CHAT, CHIARA, HOUR, MINUTE, a_plan
from tests.rooms.changes import DARIO, DAY, EVENING, SECOND, WAS_AT, Edit, kinds, moved_to, titled
from tests.rooms.conftest import House


def with_seats(number: int) -> Edit:
    return lambda plan: replace(plan, seats=number)


async def two_seats_taken(house: House) -> Room:
    """A talk with two seats: Bruno has the first, Chiara the second."""
    room = await house.schedule(replace(a_plan(starts_at=EVENING), seats=2))
    for guest in (BRUNO, CHIARA):
        await house.await_guest(room, guest)
        await house.clock.advance(SECOND)
    return room


async def leave(house: House, room: Room, guest: Asker) -> None:
    async with house.store.writing() as records:
        await unseat(records, house.room(room), guest.person, house.clock.now())


async def test_after_a_minute_the_group_and_those_who_come_hear_when_it_was(house: House) -> None:
    room = await house.schedule()
    await house.await_guest(room, CHIARA)
    await house.await_guest(room, BRUNO, comes=False, is_reminded=True)
    await house.deliver()
    await house.changing.change(room.id, ADA, moved_to(EVENING))
    await house.pass_time(MINUTE - SECOND)
    assert house.told() == house.told_to(CHIARA) == []
    await house.pass_time(SECOND)
    told = [(NoticeKind.CHANGED, WAS_AT)]
    assert house.told() == house.told_to(CHIARA) == house.told_to(BRUNO) == told


async def test_who_accepted_to_speak_hears_of_it_and_who_declined_does_not(house: House) -> None:
    room = await house.schedule()
    await house.meet(CHIARA, DARIO)
    async with house.store.writing() as records:
        for person, answer in ((CHIARA, Answer.ACCEPTED), (DARIO, Answer.DECLINED)):
            invited = Invited(person.name, person.person)
            await records.appointments.add(room.id, Role.SPEAKER, invited, answer)
    await house.changing.cancel(room.id, ADA)
    await house.pass_time(MINUTE)
    assert house.told_to(CHIARA) == [(NoticeKind.CANCELLED, "")]
    assert house.told_to(DARIO) == []


async def test_another_title_is_told_without_an_old_start(house: House) -> None:
    room = await house.schedule()
    await house.changing.change(room.id, ADA, titled("Careers after 50"))
    await house.pass_time(MINUTE)
    assert house.told()[-1] == (NoticeKind.CHANGED, "")


@pytest.mark.parametrize(
    "edit",
    [
        lambda plan: replace(plan, description="Bring questions."),
        lambda plan: replace(plan, language="it"),
        lambda plan: replace(plan, cover="AgACAgQ"),
    ],
)
async def test_what_only_the_card_shows_is_not_told(house: House, edit: Edit) -> None:
    room = await house.schedule()
    await house.changing.change(room.id, ADA, edit)
    await house.pass_time(MINUTE)
    assert kinds(house) == [NoticeKind.CARD]


async def test_the_thread_of_a_talk_that_is_cancelled_is_closed_after_that_is_said(house: House) -> None:
    room = await house.schedule()
    async with house.store.writing() as records:
        await records.rooms.save(replace(room, own_thread=ThreadId(5)))
    await house.changing.cancel(room.id, ADA)
    await house.pass_time(MINUTE)
    assert kinds(house)[-2:] == [NoticeKind.CANCELLED, NoticeKind.THREAD_CLOSED]


async def test_what_is_undone_within_the_minute_is_told_to_nobody(house: House) -> None:
    room = await house.schedule()
    await house.await_guest(room, CHIARA)
    due = house.due()
    for attempt in (
        house.changing.change(room.id, ADA, moved_to(EVENING)),
        house.changing.cancel(room.id, ADA),
    ):
        await attempt
        await house.clock.advance(MINUTE - SECOND)
        restored = await house.changing.undo(room.id, BRUNO)
        assert (restored.plan, restored.state) == (room.plan, RoomState.SCHEDULED)
        # whether the call counts down to the right hour is looked at anew
        assert house.due()[1:] == due[1:]
    await house.pass_time(2 * MINUTE)
    assert (kinds(house), house.told_to(CHIARA)) == ([NoticeKind.CARD], [])
    assert house.room(room).revision == 4
    assert house.store.records.log.rows[-1].kind is DeedKind.RESTORED


async def test_a_minute_later_nothing_can_be_undone_whether_it_was_told_or_not(house: House) -> None:
    room = await house.schedule()
    await house.changing.cancel(room.id, ADA)
    await house.clock.advance(MINUTE)
    for _ in range(2):
        with pytest.raises(NothingToUndo):
            await house.changing.undo(room.id, ADA)
        await house.pass_time(SECOND)


async def test_changes_within_a_minute_of_one_another_are_told_and_undone_together(house: House) -> None:
    room = await house.schedule()
    await house.changing.change(room.id, ADA, moved_to(EVENING))
    await house.pass_time(50 * SECOND)
    await house.changing.change(room.id, ADA, titled("Careers after 50"))
    await house.pass_time(50 * SECOND)
    assert kinds(house) == [NoticeKind.CARD]
    await house.changing.cancel(room.id, ADA)
    await house.pass_time(50 * SECOND)
    assert kinds(house) == [NoticeKind.CARD]
    assert (await house.changing.undo(room.id, ADA)).plan == room.plan


async def test_a_change_says_whether_it_joins_one_that_is_held_back(house: House) -> None:
    rooms = await house.schedule_series()
    outcomes = [
        await house.changing.change(rooms[2].id, ADA, titled("New")),
        await house.changing.change_following(rooms[1].id, ADA, titled("Newer")),
        await house.changing.cancel(rooms[3].id, ADA),
        await house.changing.change(rooms[0].id, ADA, titled("New")),
    ]
    assert [outcome.joins for outcome in outcomes] == [False, True, True, False]


async def test_a_change_that_was_taken_back_is_known_by_its_revision(house: House) -> None:
    room = await house.schedule()
    first = await house.changing.change(room.id, ADA, titled("New"))
    await house.changing.undo(room.id, ADA, first.room.revision)
    for _ in range(2):
        with pytest.raises(TakenBack):
            await house.changing.undo(room.id, ADA, first.room.revision)
        second = await house.changing.change(room.id, ADA, titled("Newer"))
    assert (await house.changing.undo(room.id, ADA, second.room.revision)).plan == room.plan


async def test_a_talk_moved_forth_and_back_is_nothing_to_tell(house: House) -> None:
    room = await house.schedule()
    await house.changing.change(room.id, ADA, moved_to(EVENING))
    await house.changing.change(room.id, ADA, moved_to(NOON + HOUR))
    await house.pass_time(MINUTE)
    assert kinds(house) == [NoticeKind.CARD]


async def test_a_change_that_was_to_be_told_while_nothing_ran_is_told_before_the_next(house: House) -> None:
    room = await house.schedule()
    await house.changing.change(room.id, ADA, moved_to(EVENING))
    await house.clock.advance(5 * MINUTE)
    await house.changing.change(room.id, ADA, moved_to(EVENING + HOUR))
    assert house.told()[-1] == (NoticeKind.CHANGED, WAS_AT)
    assert (await house.changing.undo(room.id, ADA)).plan.starts_at == EVENING


@pytest.mark.parametrize("to", [NOON + 59 * MINUTE + 30 * SECOND, EVENING])
async def test_what_concerns_a_talk_that_is_about_to_begin_is_told_at_once(
    house: House, to: datetime
) -> None:
    room = await house.schedule(a_plan(starts_at=NOON + HOUR if to < EVENING else NOON + MINUTE))
    if to < EVENING:
        await house.clock.advance(58 * MINUTE + 30 * SECOND)
    await house.changing.change(room.id, ADA, moved_to(to))
    assert kinds(house) == [NoticeKind.CARD, NoticeKind.CHANGED]
    assert JobKind.TELL not in [kind for kind, _ in house.due()]
    with pytest.raises(NothingToUndo):
        await house.changing.undo(room.id, ADA)


async def test_a_move_to_just_before_the_call_opens_is_told_before_it_does(house: House) -> None:
    """The call opens a minute early: in the middle of the minute for which a change is held back."""
    room = await house.schedule(a_plan(starts_at=EVENING))
    await house.deliver()
    await house.changing.change(room.id, ADA, moved_to(NOON + 90 * SECOND))
    assert kinds(house) == [NoticeKind.CHANGED]
    with pytest.raises(NothingToUndo):
        await house.changing.undo(room.id, ADA)


async def test_a_talk_cancelled_before_it_begins_is_held_back_even_if_its_call_was_to_open(
    house: House,
) -> None:
    room = await house.schedule(a_plan(starts_at=NOON + 90 * SECOND))
    await house.changing.cancel(room.id, ADA)
    assert kinds(house) == [NoticeKind.CARD]
    await house.pass_time(50 * SECOND)
    assert (await house.changing.undo(room.id, ADA)).plan == room.plan


async def test_a_talk_that_is_being_opened_meanwhile_cannot_be_put_back(house: House) -> None:
    room = await house.schedule(a_plan(starts_at=EVENING))
    await house.changing.change(room.id, ADA, moved_to(NOON + 2 * MINUTE))
    await house.conducting.open(room.id)
    with pytest.raises(NothingToUndo):
        await house.changing.undo(room.id, ADA)
    await house.pass_time(MINUTE)
    assert kinds(house) == [NoticeKind.CARD, NoticeKind.CHANGED]


async def test_more_seats_are_told_to_those_who_waited_once_they_stand(house: House) -> None:
    room = await house.schedule(replace(a_plan(starts_at=EVENING), seats=1))
    await house.await_guest(room, BRUNO)
    await house.clock.advance(SECOND)
    await house.await_guest(room, CHIARA)
    await house.changing.change(room.id, ADA, lambda plan: replace(plan, seats=2))
    assert house.told_to(CHIARA) == []
    await house.pass_time(MINUTE)
    assert (NoticeKind.SEATED, "") in house.told_to(CHIARA)
    assert (NoticeKind.SEATED, "") not in house.told_to(BRUNO)


async def test_fewer_seats_are_told_to_those_who_lost_theirs_once_they_stand(house: House) -> None:
    room = await two_seats_taken(house)
    await house.changing.change(room.id, ADA, with_seats(1))
    assert house.told_to(BRUNO) == house.told_to(CHIARA) == []
    await house.pass_time(MINUTE)
    assert house.told_to(BRUNO) == [(NoticeKind.CHANGED, "")]
    assert house.told_to(CHIARA) == [(NoticeKind.CHANGED, ""), (NoticeKind.UNSEATED, "")]


async def test_fewer_seats_that_are_taken_back_are_told_to_nobody(house: House) -> None:
    room = await two_seats_taken(house)
    await house.changing.change(room.id, ADA, with_seats(1))
    await house.changing.undo(room.id, ADA)
    await house.pass_time(2 * MINUTE)
    assert house.told_to(BRUNO) == house.told_to(CHIARA) == []


async def test_who_has_a_seat_again_before_they_hear_that_it_was_lost_is_told_of_neither(
    house: House,
) -> None:
    room = await two_seats_taken(house)
    await house.changing.change(room.id, ADA, with_seats(1))
    await leave(house, room, BRUNO)
    await house.pass_time(MINUTE)
    assert house.told_to(CHIARA) == [(NoticeKind.CHANGED, "")]


async def test_who_moves_up_while_more_seats_are_held_back_is_told_once(house: House) -> None:
    room = await house.schedule(replace(a_plan(starts_at=EVENING), seats=1))
    for guest in (BRUNO, CHIARA, DARIO):
        await house.await_guest(room, guest)
        await house.clock.advance(SECOND)
    await house.changing.change(room.id, ADA, with_seats(3))
    await leave(house, room, BRUNO)
    assert house.told_to(CHIARA) == [(NoticeKind.SEATED, "")]
    assert house.told_to(DARIO) == []
    await house.pass_time(MINUTE)
    assert house.told_to(CHIARA) == [(NoticeKind.SEATED, ""), (NoticeKind.CHANGED, "")]
    assert house.told_to(DARIO) == [(NoticeKind.CHANGED, ""), (NoticeKind.SEATED, "")]


async def test_a_change_of_all_that_follow_is_undone_from_any_of_them_with_the_series(house: House) -> None:
    rooms = await house.schedule_series()
    await house.changing.cancel(rooms[4].id, ADA)
    await house.pass_time(2 * MINUTE)
    was = {room.id: (room.plan, room.state, room.occurrence) for room in house.series_of(rooms[0])}
    series = dict(house.store.records.series.rows)
    await house.changing.change_following(rooms[1].id, ADA, moved_to(rooms[1].plan.starts_at + DAY))
    await house.pass_time(30 * SECOND)
    await house.changing.undo(rooms[3].id, ADA)
    assert {room.id: (room.plan, room.state, room.occurrence) for room in house.series_of(rooms[0])} == was
    assert house.store.records.series.rows == series
    told = house.told()
    await house.pass_time(2 * MINUTE)
    assert house.told() == told
    assert [kind for kind, _ in house.due()].count(JobKind.TELL) == 0


async def test_a_change_of_one_joins_that_of_all_that_follow(house: House) -> None:
    rooms = await house.schedule_series()
    series = dict(house.store.records.series.rows)
    await house.changing.change_following(rooms[1].id, ADA, titled("New"))
    await house.pass_time(40 * SECOND)
    await house.changing.cancel(rooms[2].id, ADA)
    await house.pass_time(40 * SECOND)
    await house.changing.undo(rooms[1].id, ADA)
    assert [room.plan for room in house.series_of(rooms[0])] == [room.plan for room in rooms]
    assert house.room(rooms[2]).state is RoomState.SCHEDULED
    assert house.store.records.series.rows == series


async def test_changes_of_one_occurrence_each_are_undone_one_by_one(house: House) -> None:
    rooms = await house.schedule_series()
    for room in rooms[1:3]:
        await house.changing.cancel(room.id, ADA)
    await house.changing.undo(rooms[1].id, ADA)
    assert house.room(rooms[1]).state is RoomState.SCHEDULED
    assert house.room(rooms[2]).state is RoomState.CANCELLED


async def test_two_changes_of_the_series_are_undone_to_what_it_was_before_both(house: House) -> None:
    rooms = await house.schedule_series()
    series = dict(house.store.records.series.rows)
    await house.changing.change_following(rooms[3].id, ADA, titled("New"))
    await house.changing.change_following(rooms[1].id, ADA, moved_to(rooms[1].plan.starts_at + HOUR))
    await house.changing.undo(rooms[4].id, ADA)
    assert [room.plan for room in house.series_of(rooms[0])] == [room.plan for room in rooms]
    assert house.store.records.series.rows == series


async def test_of_occurrences_that_were_never_announced_the_group_hears_nothing(house: House) -> None:
    rooms = await house.schedule_series()
    await house.await_guest(rooms[3], CHIARA)
    await house.deliver()
    await house.changing.cancel_following(rooms[0].id, ADA)
    await house.pass_time(MINUTE)
    assert kinds(house) == [NoticeKind.CANCELLED]
    assert house.told_to(CHIARA) == [(NoticeKind.CANCELLED, "")]


async def test_the_end_of_a_series_from_a_cancelled_occurrence_on_can_be_undone(house: House) -> None:
    rooms = await house.schedule_series(rule="FREQ=YEARLY")
    await house.changing.cancel(rooms[0].id, ADA)
    await house.pass_time(2 * MINUTE)
    series = dict(house.store.records.series.rows)
    await house.changing.cancel_following(rooms[0].id, ADA)
    assert house.store.records.series.rows != series
    await house.changing.undo(rooms[0].id, ADA)
    assert house.store.records.series.rows == series
    assert house.room(rooms[0]).state is RoomState.CANCELLED


async def test_a_far_occurrence_moved_near_is_announced_at_once_and_its_change_is_not_told(
    house: House,
) -> None:
    rooms = await house.schedule_series()
    await house.deliver()
    await house.changing.change(rooms[3].id, ADA, moved_to(NOON + 2 * DAY))
    await house.pass_time(MINUTE)
    assert kinds(house) == [NoticeKind.CARD]


async def test_who_may_listen_is_worth_telling(house: House) -> None:
    room: Room = await house.schedule()
    await house.changing.change(room.id, ADA, lambda plan: replace(plan, admission=Admission.MEMBERS))
    await house.pass_time(MINUTE)
    assert house.told()[-1] == (NoticeKind.CHANGED, "")


async def test_a_talk_opened_by_hand_lets_the_change_of_all_that_follow_stand(house: House) -> None:
    rooms = await house.schedule_series()
    await house.await_guest(rooms[1], CHIARA)
    await house.changing.change_following(rooms[0].id, ADA, titled("New"))
    await house.planning.bring_forward(CHAT, ADA, rooms[0].id)
    assert house.told_to(CHIARA) == [(NoticeKind.CHANGED, "")]
    for room in rooms[:2]:
        with pytest.raises(NothingToUndo):
            await house.changing.undo(room.id, ADA)
    assert len(house.store.records.series.rows) == 1
    assert JobKind.TELL not in [kind for kind, _ in house.due()]


async def test_of_a_series_that_is_put_back_a_talk_that_is_being_opened_stays_as_it_is(house: House) -> None:
    rooms = await house.schedule_series(a_plan(starts_at=NOON + DAY))
    near = NOON + 3 * MINUTE
    await house.changing.change_following(rooms[0].id, ADA, moved_to(near))
    await house.conducting.open(rooms[0].id)
    await house.changing.undo(rooms[1].id, ADA)
    assert (house.room(rooms[0]).state, house.room(rooms[0]).plan.starts_at) == (RoomState.OPENING, near)
    assert house.starts(rooms[0])[1:] == [room.plan.starts_at for room in rooms[1:]]
    assert house.told()[-1] == (NoticeKind.CHANGED, rooms[0].plan.starts_at.isoformat())
    assert len(house.store.records.series.rows) == 1


async def test_of_a_talk_that_is_over_within_the_minute_nothing_more_is_told(house: House) -> None:
    rooms = await house.schedule_series(a_plan(starts_at=NOON + DAY))
    await house.changing.change_following(rooms[0].id, ADA, moved_to(NOON + 3 * MINUTE))
    await house.conducting.start(rooms[0].id)
    await house.conducting.close(CHAT, ADA)
    await house.conducting.end(rooms[0].id)
    assert NoticeKind.CHANGED not in [kind for kind, _ in house.told()]
    assert house.due(rooms[0]) == [(JobKind.END, NOON), (JobKind.MASTER, NOON)]
    assert house.store.records.tables.befores == {}


async def test_as_long_as_a_series_may_be_put_back_no_more_of_it_is_made(house: House) -> None:
    rooms = await house.schedule_series()
    await house.changing.change_following(rooms[1].id, ADA, moved_to(rooms[1].plan.starts_at - DAY))
    await house.pass_time(30 * SECOND)
    assert len(house.series_of(rooms[0])) == len(rooms)
    await house.changing.undo(rooms[1].id, ADA)
    await house.pass_time(SECOND)
    assert house.starts(rooms[0]) == [room.plan.starts_at for room in rooms]


async def test_an_undo_gives_no_series_back_to_a_host_who_was_banned_meanwhile(house: House) -> None:
    await house.know(replace(CAREERS, schedulers=Schedulers.MEMBERS))
    plan = replace(a_plan(), host=DARIO.person, host_name=DARIO.name)
    rooms = await house.schedule_series(plan)
    await house.changing.change_following(rooms[1].id, DARIO, titled("Careers after 50"))
    ban = Ban(CHAT, DARIO.person, DARIO.name, "noise", None)
    await Moderating(house.store, house.clock).ban(ADA, ban, is_admin=False)
    await house.changing.undo(rooms[1].id, ADA)
    await house.pass_time(7 * DAY)
    (series,) = house.store.records.series.rows.values()
    assert (series.plan.host, series.plan.title) == (ADA.person, plan.title)
    assert {room.plan.host for room in house.series_of(rooms[0])} == {ADA.person}


async def test_an_undo_leaves_a_talk_on_air_the_occurrence_that_it_was(house: House) -> None:
    """Otherwise its instant would look free, and be given to a second talk."""
    rooms = await house.schedule_series()
    opened = await house.planning.bring_forward(CHAT, ADA, rooms[1].id)
    await house.pass_time(SECOND)
    await house.changing.change(rooms[0].id, ADA, moved_to(NOON + 5 * HOUR))
    await house.pass_time(2 * MINUTE)
    await house.changing.change_following(rooms[0].id, ADA, moved_to(NOON + 6 * HOUR))
    assert house.room(opened).occurrence != rooms[1].occurrence
    await house.changing.undo(rooms[0].id, ADA)
    assert house.room(opened).occurrence == rooms[1].occurrence
    await house.pass_time(3 * HOUR)
    assert rooms[1].plan.starts_at not in house.starts(rooms[0])


async def test_a_cohost_takes_back_no_cancellation_by_an_undo_of_another_talk(house: House) -> None:
    rooms = await house.schedule_series()
    async with house.store.writing() as records:
        for room in rooms[1:3]:
            invited = Invited(CHIARA.name, CHIARA.person)
            await records.appointments.add(room.id, Role.COHOST, invited, Answer.ACCEPTED)
    await house.changing.change_following(rooms[1].id, ADA, titled("Careers after 50"))
    await house.changing.cancel(rooms[2].id, ADA)
    with pytest.raises(NotAllowed):
        await house.changing.undo(rooms[1].id, CHIARA)
    assert house.room(rooms[1]).plan.title == "Careers after 50"
    assert house.room(rooms[2]).state is RoomState.CANCELLED
    await house.changing.undo(rooms[1].id, ADA)
    assert house.room(rooms[2]).state is RoomState.SCHEDULED


async def test_a_cohost_takes_back_a_change_that_cancelled_nothing(house: House) -> None:
    rooms = await house.schedule_series()
    await house.changing.cancel(rooms[2].id, ADA)
    await house.pass_time(2 * MINUTE)
    async with house.store.writing() as records:
        invited = Invited(CHIARA.name, CHIARA.person)
        await records.appointments.add(rooms[1].id, Role.COHOST, invited, Answer.ACCEPTED)
    await house.changing.change_following(rooms[1].id, ADA, moved_to(rooms[1].plan.starts_at + HOUR))
    restored = await house.changing.undo(rooms[1].id, CHIARA)
    assert restored.plan == rooms[1].plan
    assert house.room(rooms[2]).state is RoomState.CANCELLED
