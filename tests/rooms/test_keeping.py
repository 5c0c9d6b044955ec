"""From the end of a talk on: its recording is mastered, published, made anew and deleted in its time."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from rooms.consenting import Consenting
from rooms.consents import Consent
from rooms.errors.recording import NotRecorded, TapesBusy
from rooms.errors.rights import NotAllowed
from rooms.forgetting import Forgetting
from rooms.ids import MessageId, PersonId, RoomId
from rooms.jobs import JobKind
from rooms.keeping import AS_IT_IS, LATER, PAUSES, WITHHELD
from rooms.measures import Measure, TalkTime
from rooms.moderation import DeedKind
from rooms.notices import NoticeKind
from rooms.posts import HEAD, Post
from rooms.recordings import Recording, Turn
from rooms.room import Room, RoomState
from tests.fakes.clock import NOON, settle
from tests.fakes.groups import CAREERS
from tests.fakes.talks import ADA, BRUNO, CHAT, CHIARA, HOUR, MINUTE, OTHER_CHAT, a_plan
from tests.rooms.conftest import House

DAY = timedelta(days=1)
MONTH = 30 * DAY


async def a_talk(house: House, *speakers: PersonId, keeps: timedelta | None = None) -> Room:
    """A talk that took place and was recorded, in which these spoke, one after the other."""
    await house.know(replace(CAREERS, keeps_recordings=keeps))
    room = await house.schedule()
    house.tapes.turns[room.id] = tuple(
        Turn(person, f"P{person}", number * MINUTE, MINUTE) for number, person in enumerate(speakers)
    )
    async with house.at_work():
        await house.clock.advance(HOUR)
        await house.clock.advance(45 * MINUTE)
    assert house.room(room).state is RoomState.ENDED
    return room


def recording_of(house: House, room: Room) -> Recording:
    return house.store.records.recordings.rows[room.id]


def jobs(house: House, room: Room) -> list[JobKind]:
    return [kind for kind, _at in house.due(room)]


async def withdraw(house: House, person: PersonId) -> None:
    await Consenting(house.store, house.clock).answer(CHAT, person, "Bruno", agrees=False)


async def test_a_talk_that_ends_is_mastered_at_once_and_then_published(house: House) -> None:
    room = await a_talk(house, ADA.person, BRUNO.person)
    [order] = house.tapes.orders
    assert (order.room, order.title, order.artist) == (room.id, "Careers after 40", "Ada")
    recording = recording_of(house, room)
    assert (recording.edition, len(recording.parts)) == (1, 1)
    assert [turn.name for turn in await house.store.records.recordings.turns(room.id)] == ["P42", "P43"]
    assert house.told()[-1] == (NoticeKind.REPLAY, "")
    assert JobKind.MASTER not in jobs(house, room)


async def test_who_agreed_gets_a_track_and_who_said_no_is_left_out(house: House) -> None:
    async with house.store.writing() as records:
        for asker, agrees in ((ADA, True), (BRUNO, False), (CHIARA, None)):
            await records.consents.save(Consent(CHAT, asker.person, asker.name, agrees, NOON))
        await records.consents.save(Consent(OTHER_CHAT, PersonId(99), "Else", agrees=False, at=NOON))
    room = await a_talk(house, ADA.person, BRUNO.person, CHIARA.person)
    [order] = house.tapes.orders
    assert order.consenting == {ADA.person}
    assert order.unrecorded == {BRUNO.person}
    assert [track.person for track in await house.store.records.recordings.tracks(room.id)] == [ADA.person]


async def test_one_recording_is_mastered_at_a_time_and_the_agenda_is_not_held_up(house: House) -> None:
    room = await a_talk(house)
    async with house.store.writing() as records:
        other = replace(await records.rooms.add(a_plan(), "key", NOON), state=RoomState.ENDED)
        await records.rooms.save(other)
        await records.recordings.save(replace(recording_of(house, room), room=other.id))
    house.tapes.gate.clear()
    async with asyncio.TaskGroup() as group:
        first = group.create_task(house.evenings.keeping.master(room.id))
        await settle()
        with pytest.raises(TapesBusy):
            await house.evenings.keeping.master(other.id)
        with pytest.raises(TapesBusy):
            await house.evenings.keeping.erase(room.id)
        house.tapes.gate.set()
    await first
    await house.evenings.keeping.master(other.id)
    assert [order.room for order in house.tapes.orders[1:]] == [room.id, other.id]


async def test_killed_while_it_masters_it_masters_again(house: House) -> None:
    house.tapes.gate.clear()
    room = await a_talk(house)
    assert recording_of(house, room).edition == 0
    assert JobKind.MASTER in jobs(house, room)
    assert NoticeKind.REPLAY not in [kind for kind, _detail in house.told()]
    house.tapes.gate.set()
    await house.pass_time(MINUTE)
    assert recording_of(house, room).edition == 1
    assert house.told().count((NoticeKind.REPLAY, "")) == 1


async def test_who_says_no_while_it_is_mastered_is_not_published(house: House) -> None:
    house.tapes.gate.clear()
    await house.know(CAREERS)
    room = await house.schedule()
    async with house.at_work():
        await house.clock.advance(HOUR)
        await house.clock.advance(45 * MINUTE)
        await withdraw(house, BRUNO.person)
        house.tapes.gate.set()
        await house.clock.advance(MINUTE)
        await house.clock.advance(MINUTE)
    assert [order.unrecorded for order in house.tapes.orders] == [frozenset(), {BRUNO.person}]
    assert recording_of(house, room).edition == 1


async def test_a_withdrawal_makes_every_recording_with_that_voice_anew(house: House) -> None:
    async with house.store.writing() as records:
        await records.consents.save(Consent(CHAT, BRUNO.person, "Bruno", agrees=True, at=NOON))
    room = await a_talk(house, ADA.person, BRUNO.person)
    await house.deliver()
    await withdraw(house, BRUNO.person)
    assert await house.store.records.recordings.tracks(room.id) == [], "at once"
    await house.pass_time(MINUTE)
    assert house.tapes.orders[-1].unrecorded == {BRUNO.person}
    assert [turn.person for turn in await house.store.records.recordings.turns(room.id)] == [ADA.person]
    assert recording_of(house, room).edition == 2
    assert house.told() == [(NoticeKind.REPLAY, "")], "nobody reads whose voice it was"


async def test_a_recording_without_that_voice_is_left_alone(house: House) -> None:
    room = await a_talk(house, ADA.person)
    await withdraw(house, BRUNO.person)
    assert JobKind.MASTER not in jobs(house, room)


async def test_what_fails_again_and_again_is_posted_as_it_was_recorded(house: House) -> None:
    house.tapes.is_broken = True
    room = await a_talk(house, ADA.person)
    await house.deliver()
    async with house.at_work():
        for pause in PAUSES:
            assert house.told() == []
            await house.clock.advance(pause)
    assert len(house.tapes.orders) == 1 + len(PAUSES)
    assert house.told() == [(NoticeKind.REPLAY, AS_IT_IS)]
    assert JobKind.MASTER not in jobs(house, room)


async def test_a_voice_that_cannot_be_taken_out_is_not_published_and_it_is_tried_every_day(
    house: House,
) -> None:
    room = await a_talk(house, BRUNO.person)
    await house.deliver()
    house.tapes.is_broken = True
    await withdraw(house, BRUNO.person)
    async with house.at_work():
        for pause in (MINUTE, *PAUSES):
            await house.clock.advance(pause)
        assert house.told() == [(NoticeKind.REPLAY, WITHHELD)]
        house.tapes.is_broken = False
        await house.deliver()
        await house.clock.advance(LATER)
    assert recording_of(house, room).edition == 2
    assert house.told() == [(NoticeKind.REPLAY, "")]


@pytest.mark.parametrize("heard", [BRUNO.person, PersonId(0)])
async def test_a_raw_recording_with_a_voice_that_is_to_go_is_not_posted(
    house: House, heard: PersonId
) -> None:
    """Who was forgotten is nobody by now."""
    house.tapes.is_broken = True
    room = await a_talk(house)
    async with house.store.writing() as records:
        await records.measures.save(Measure(room.id, (), (TalkTime(heard, "", MINUTE),)))
        await records.consents.save(Consent(CHAT, BRUNO.person, "Bruno", agrees=False, at=NOON))
    async with house.at_work():
        for pause in PAUSES:
            await house.clock.advance(pause)
    assert (NoticeKind.REPLAY, WITHHELD) in house.told()


async def test_a_recording_is_deleted_as_long_after_its_talk_as_the_group_wants(house: House) -> None:
    room = await a_talk(house, ADA.person, keeps=MONTH)
    assert recording_of(house, room).erase_at == room.plan.ends_at + MONTH
    await house.deliver()
    await house.pass_time(MONTH - DAY)
    assert house.tapes.erased == []
    await house.pass_time(DAY)
    assert house.tapes.erased == [room.id]
    assert house.store.records.recordings.rows == {}
    assert house.told()[-1] == (NoticeKind.REPLAY, "")


async def test_killed_between_files_and_record_the_rest_is_done_again(house: House) -> None:
    room = await a_talk(house, keeps=DAY)
    await house.tapes.erase(room.id)
    await house.pass_time(DAY)
    assert house.tapes.erased == [room.id, room.id]
    assert house.store.records.recordings.rows == {}


async def test_without_a_wish_recordings_are_kept(house: House) -> None:
    room = await a_talk(house)
    assert recording_of(house, room).erase_at is None
    assert JobKind.ERASE not in jobs(house, room)


@pytest.mark.parametrize("keeps", [None, MONTH])
async def test_a_job_of_an_earlier_wish_deletes_nothing(house: House, keeps: timedelta | None) -> None:
    room = await a_talk(house, keeps=keeps)
    await house.evenings.keeping.erase(room.id)
    await house.evenings.keeping.erase(RoomId(99))
    assert house.tapes.erased == []


async def test_an_admin_deletes_a_recording_before_its_time(house: House) -> None:
    room = await a_talk(house)
    with pytest.raises(NotAllowed):
        await house.evenings.keeping.delete(room.id, CHIARA)
    await house.evenings.keeping.delete(room.id, BRUNO)
    await house.pass_time(MINUTE)
    assert house.tapes.erased == [room.id]
    [deed] = await house.store.records.log.of(CHAT, 1)
    assert (deed.kind, deed.actor, deed.subject) == (DeedKind.ERASED, BRUNO.person, "Careers after 40")
    with pytest.raises(NotRecorded):
        await house.evenings.keeping.delete(room.id, BRUNO)


async def test_a_forgotten_person_is_left_out_of_what_was_recorded(house: House) -> None:
    room = await a_talk(house, BRUNO.person)
    forgetting = Forgetting(house.store, house.clock)
    assert await forgetting.recordings_with(BRUNO.person) == [recording_of(house, room).path]
    await forgetting.erase_person(BRUNO.person)
    assert JobKind.MASTER in jobs(house, room)


async def test_clips_of_a_talk_are_taken_down_with_a_voice(house: House) -> None:
    room = await a_talk(house, BRUNO.person)
    head, clip = Post(room.id, HEAD, CHAT, MessageId(7), 1), Post(room.id, -1, CHAT, MessageId(5), 0)
    async with house.store.writing() as records:
        await records.posts.save(head)
        await records.posts.save(clip)
    await house.deliver()
    await withdraw(house, BRUNO.person)
    assert await house.store.records.posts.of(room.id) == [replace(clip, edition=None), head]
    assert house.told() == [(NoticeKind.REPLAY, "")]


async def test_what_is_kept_is_listed(house: House) -> None:
    room = await a_talk(house)
    [kept] = await house.evenings.keeping.kept(CHAT)
    assert (kept.room.id, kept.recording.edition) == (room.id, 1)
    assert await house.evenings.keeping.kept(OTHER_CHAT) == []
