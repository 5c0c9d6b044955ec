"""What every Store must do with rooms."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rooms.before import Before
from rooms.errors.talks import NoSuchRoom
from rooms.ids import ChatId, PersonId, RoomId, ThreadId
from rooms.jobs import JobKind
from rooms.notices import NoticeKind, notice_of
from rooms.records import Store
from rooms.recurrence import Recurrence
from rooms.room import AHEAD, ON_AIR, OVER, Occurrence, Room, RoomState
from tests.contract.store.talks import FULL_PLAN, new_room, new_talk
from tests.fakes.clock import NOON
from tests.fakes.groups import CAREERS
from tests.fakes.talks import CHAT, HOUR, MINUTE, OTHER_CHAT, a_plan

DAY = timedelta(days=1)


async def test_a_new_room_is_a_draft_and_reads_back_the_same(store: Store) -> None:
    async with store.writing() as records:
        room = await records.rooms.add(FULL_PLAN, "key", NOON)
    assert room == Room(room.id, FULL_PLAN, RoomState.DRAFT, "key", NOON)
    async with store.reading() as records:
        assert await records.rooms.get(room.id) == room
        assert await records.rooms.find(room.id) == room
        assert await records.rooms.by_listen_key(room.listen_key) == room


async def test_a_plan_of_which_nothing_is_said_reads_back_the_same(store: Store) -> None:
    plan = replace(a_plan(), thread=None, topic=None)
    room = await new_talk(store, plan)
    async with store.reading() as records:
        assert (await records.rooms.get(room.id)).plan == plan


async def test_a_saved_room_replaces_the_old_one(store: Store) -> None:
    room = await new_room(store, state=RoomState.SCHEDULED)
    changed = room.replanned(FULL_PLAN, NOON + MINUTE).hosted_by(PersonId(43), "Bruno", NOON + HOUR)
    changed = replace(changed.opening().live().closing().ended(), own_thread=ThreadId(99))
    async with store.writing() as records:
        await records.rooms.save(changed)
    async with store.reading() as records:
        found = await records.rooms.get(room.id)
    assert found == changed
    assert (found.revision, found.changed_at) == (2, NOON + HOUR)


async def test_an_unknown_room_is_refused_by_id_and_key(store: Store) -> None:
    async with store.reading() as records:
        assert await records.rooms.find(RoomId(99)) is None
        with pytest.raises(NoSuchRoom):
            await records.rooms.get(RoomId(99))
        with pytest.raises(NoSuchRoom):
            await records.rooms.by_listen_key("nobody")


async def test_a_room_that_is_gone_is_not_brought_back_by_saving_it(store: Store) -> None:
    room = await new_room(store)
    async with store.writing() as records:
        await records.rooms.remove(room.id)
        await records.rooms.remove(room.id)
        await records.rooms.save(room)
        assert await records.rooms.find(room.id) is None


async def test_numbers_of_forgotten_rooms_are_not_given_again(store: Store) -> None:
    room = await new_room(store)
    async with store.writing() as records:
        await records.rooms.remove(room.id)
    assert (await new_room(store)).id > room.id


async def test_rooms_come_by_state_and_chat_earliest_first(store: Store) -> None:
    later = await new_room(store, starts_in=3 * HOUR)
    sooner = await new_room(store, starts_in=2 * HOUR)
    elsewhere = await new_room(store, OTHER_CHAT, state=RoomState.SCHEDULED)
    async with store.reading() as records:
        assert await records.rooms.in_states([RoomState.DRAFT], CHAT) == [sooner, later]
        assert await records.rooms.in_states([RoomState.DRAFT], CHAT, limit=1) == [sooner]
        assert await records.rooms.in_states(list(RoomState)) == [elsewhere, sooner, later]
        assert await records.rooms.in_states([RoomState.LIVE]) == []
        assert await records.rooms.in_states([]) == []


async def test_rooms_of_several_states_are_merged_before_they_are_cut_off(store: Store) -> None:
    hours = {
        hour: await new_room(store, starts_in=hour * HOUR, state=state)
        for hour, state in enumerate([RoomState.SCHEDULED, RoomState.LIVE] * 3)
    }
    async with store.reading() as records:
        found = await records.rooms.in_states(AHEAD | ON_AIR, CHAT, limit=4)
    assert found == [hours[hour] for hour in range(4)]


async def test_rooms_that_start_together_come_in_the_order_of_their_numbers(store: Store) -> None:
    rooms = [
        await new_room(store, state=state)
        for state in (RoomState.SCHEDULED, RoomState.LIVE, RoomState.SCHEDULED)
    ]
    async with store.reading() as records:
        assert await records.rooms.in_states(AHEAD | ON_AIR, CHAT) == rooms
        assert await records.rooms.latest(CHAT, AHEAD | ON_AIR, 2) == rooms[:0:-1]


async def test_rooms_come_by_topic(store: Store) -> None:
    exams = await new_talk(store, replace(a_plan(), topic="exams"))
    await new_talk(store, replace(a_plan(), topic="lectures"))
    await new_talk(store, replace(a_plan(), topic=None))
    elsewhere = await new_talk(store, replace(a_plan(chat=OTHER_CHAT), topic="exams"))
    async with store.reading() as records:
        assert await records.rooms.in_states(AHEAD | ON_AIR, CHAT, topic="exams") == [exams]
        assert await records.rooms.in_states(AHEAD | ON_AIR, topic="exams") == [exams, elsewhere]
        assert await records.rooms.in_states(AHEAD | ON_AIR, CHAT, topic="nothing") == []


async def test_the_topics_with_most_rooms_come_first(store: Store) -> None:
    for days, topic in enumerate(("d", "a", "c", None, "c", "b", "b", "b")):
        await new_talk(store, replace(a_plan(starts_at=NOON + timedelta(days=days)), topic=topic))
    await new_talk(store, replace(a_plan(chat=OTHER_CHAT), topic="elsewhere"))
    await new_talk(store, replace(a_plan(), topic="draft"), RoomState.DRAFT)
    async with store.reading() as records:
        assert await records.rooms.topics(AHEAD | ON_AIR, CHAT) == ["b", "c", "d", "a"]
        assert await records.rooms.topics(AHEAD | ON_AIR, CHAT, 3) == ["d", "a", "c"]
        assert await records.rooms.topics(AHEAD | ON_AIR, ChatId(-1)) == []


async def test_rooms_between_two_instants_are_those_that_overlap(store: Store) -> None:
    """45 minutes each, one after the other, an hour apart."""
    rooms = [await new_room(store, starts_in=hour * HOUR, state=RoomState.SCHEDULED) for hour in range(4)]
    await new_room(store, starts_in=HOUR, state=RoomState.CANCELLED)
    await new_room(store, OTHER_CHAT, starts_in=HOUR, state=RoomState.SCHEDULED)
    async with store.reading() as records:
        between = records.rooms.between
        assert await between(CHAT, AHEAD, NOON + HOUR, NOON + 2 * HOUR) == [rooms[1]]
        assert await between(CHAT, AHEAD, NOON + HOUR + 44 * MINUTE, NOON + 2 * HOUR + MINUTE) == rooms[1:3]
        assert await between(CHAT, AHEAD, NOON + HOUR + 45 * MINUTE, NOON + 2 * HOUR) == []
        assert await between(CHAT, AHEAD, NOON - DAY, NOON + DAY) == rooms
        assert await between(CHAT, [], NOON - DAY, NOON + DAY) == []


async def test_the_longest_talk_is_found_by_its_last_minute(store: Store) -> None:
    long = await new_talk(store, a_plan(duration=12 * HOUR, starts_at=NOON))
    async with store.reading() as records:
        end = NOON + 12 * HOUR
        assert await records.rooms.between(CHAT, AHEAD, end - MINUTE, end + HOUR) == [long]
        assert await records.rooms.between(CHAT, AHEAD, end, end + HOUR) == []


async def test_the_latest_rooms_come_latest_first(store: Store) -> None:
    ended = await new_room(store, starts_in=HOUR, state=RoomState.ENDED)
    missed = await new_room(store, starts_in=2 * HOUR, state=RoomState.MISSED)
    last = await new_room(store, starts_in=3 * HOUR, state=RoomState.ENDED)
    await new_room(store, starts_in=4 * HOUR, state=RoomState.SCHEDULED)
    await new_room(store, OTHER_CHAT, state=RoomState.ENDED)
    async with store.reading() as records:
        assert await records.rooms.latest(CHAT, OVER, 9) == [last, missed, ended]
        assert await records.rooms.latest(CHAT, OVER, 2) == [last, missed]
        assert await records.rooms.latest(CHAT, OVER, 1) == [last]


async def test_occurrences_come_in_the_order_of_the_rule_wherever_they_were_moved(store: Store) -> None:
    async with store.writing() as records:
        recurrence = Recurrence("FREQ=WEEKLY;BYDAY=TU", NOON.replace(tzinfo=None), CAREERS.zone)
        series = await records.series.add(a_plan(), recurrence)
    second = await new_room(
        store, starts_in=HOUR, state=RoomState.CANCELLED, occurrence=Occurrence(series.id, NOON + 7 * DAY)
    )
    first = await new_room(store, starts_in=9 * DAY, occurrence=Occurrence(series.id, NOON))
    await new_room(store)
    async with store.reading() as records:
        assert await records.rooms.of_series(series.id) == [first, second]


async def test_what_a_room_was_is_kept_until_it_is_forgotten(store: Store) -> None:
    room = await new_room(store)
    async with store.writing() as records:
        recurrence = Recurrence("FREQ=WEEKLY;BYDAY=TU", NOON.replace(tzinfo=None), CAREERS.zone)
        former = await records.series.add(a_plan(), recurrence)
    first = Before(room.id, FULL_PLAN, RoomState.SCHEDULED, NOON, NOON + DAY, former.id)
    second = Before(room.id, a_plan(), RoomState.LIVE, NOON + MINUTE)
    async with store.writing() as records:
        assert await records.rooms.before(room.id) is None
        await records.rooms.keep_before(first)
        assert await records.rooms.before(room.id) == first
        await records.rooms.keep_before(second)
        assert await records.rooms.before(room.id) == second
        await records.rooms.forget_before(room.id)
        assert await records.rooms.before(room.id) is None


async def test_a_forgotten_room_takes_its_jobs_and_notices_along(store: Store) -> None:
    room, other = await new_room(store), await new_room(store, OTHER_CHAT)
    async with store.writing() as records:
        for each, due_at in ((room, NOON), (other, NOON + DAY)):
            await records.jobs.add(each.id, JobKind.OPEN, due_at)
            await records.outbox.put(notice_of(each, NoticeKind.CARD), due_at)
        await records.rooms.remove(room.id)
    async with store.reading() as records:
        assert await records.jobs.next_due() == NOON + DAY
        assert await records.outbox.next_due() == NOON + DAY
