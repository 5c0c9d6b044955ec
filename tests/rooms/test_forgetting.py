"""What is on record is shown to whom it is about, and nothing of it stays when they say so."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from rooms.appointments import Answer
from rooms.attending import Attending
from rooms.errors.groups import TalkOnAir
from rooms.errors.rights import NotAllowed
from rooms.forgetting import Forgetting
from rooms.ids import NOBODY
from rooms.measures import Measure, TalkTime
from rooms.notices import NoticeKind
from rooms.recordings import Recording
from rooms.recurrence import read_rule
from rooms.roles import Role
from rooms.room import ON_AIR, Occurrence, RoomState
from tests.fakes.groups import CAREERS
from tests.fakes.talks import ADA, BRUNO, CHAT, CHIARA, OTHER_CHAT, a_plan
from tests.rooms.hall import DARIO, ELENA, Hall

REFRESHED = (NoticeKind.REFRESH, "")
DARIOS = replace(a_plan(), host=DARIO.person, host_name=DARIO.name)
ELSEWHERE = replace(a_plan(), chat=OTHER_CHAT)
FIRST = DARIOS.starts_at.astimezone(CAREERS.zone).replace(tzinfo=None)


@pytest.fixture
async def hall() -> Hall:
    hall = Hall()
    await hall.know()
    await hall.meet(DARIO, ELENA)
    return hall


@pytest.fixture
def forgetting(hall: Hall) -> Forgetting:
    return Forgetting(hall.store, hall.clock)


async def test_a_person_sees_what_names_them_and_nothing_else(hall: Hall, forgetting: Forgetting) -> None:
    await hall.ban(DARIO)
    room = await hall.talk()
    await Attending(hall.store, hall.clock).come(room.id, ELENA)
    assert {trace.where for trace in await forgetting.about_person(ELENA.person)} == {"people", "guests"}
    assert {trace.where for trace in await forgetting.about_person(DARIO.person)} == {"people", "bans"}
    assert await forgetting.about_person(CHIARA.person) == []


async def test_nothing_names_a_person_any_more(hall: Hall, forgetting: Forgetting) -> None:
    room = await hall.talk(DARIOS)
    attending = Attending(hall.store, hall.clock)
    await attending.come(room.id, DARIO)
    await attending.report(room.id, DARIO, "spam", [ELENA.person])
    await hall.appoint(await hall.talk(), Role.SPEAKER, DARIO, Answer.ACCEPTED)
    async with hall.store.writing() as records:
        times = (TalkTime(DARIO.person, DARIO.name, timedelta(minutes=1)),)
        await records.measures.save(Measure(room.id, (), times))
    await forgetting.erase_person(DARIO.person)
    assert await forgetting.about_person(DARIO.person) == []
    assert "Dario" not in str(vars(hall.store.records.tables))


async def test_a_forgotten_hosts_talk_goes_on_in_nobodys_hands(hall: Hall, forgetting: Forgetting) -> None:
    room = await hall.talk(DARIOS)
    await forgetting.erase_person(DARIO.person)
    plan = hall.room(room).plan
    assert (plan.host, plan.host_name, plan.title) == (NOBODY, "", room.plan.title)
    assert hall.room(room).state is RoomState.SCHEDULED
    assert hall.heard() == [REFRESHED]


async def test_the_seat_of_who_is_forgotten_goes_to_who_waits(hall: Hall, forgetting: Forgetting) -> None:
    room = await hall.talk(replace(a_plan(), seats=1))
    attending = Attending(hall.store, hall.clock)
    await attending.come(room.id, DARIO)
    await attending.come(room.id, ELENA)
    await forgetting.erase_person(DARIO.person)
    assert hall.told(ELENA) == [(NoticeKind.SEATED, "")]


async def test_cards_that_name_somebody_are_edited_even_when_the_talk_is_over(
    hall: Hall, forgetting: Forgetting
) -> None:
    await hall.talk(DARIOS, RoomState.ENDED)
    elsewhere = await hall.talk(ELSEWHERE, RoomState.ENDED)
    await hall.appoint(elsewhere, Role.SPEAKER, DARIO, Answer.ACCEPTED)
    await forgetting.erase_person(DARIO.person)
    assert hall.heard() == hall.heard(OTHER_CHAT) == [REFRESHED]


async def test_who_only_came_to_a_talk_that_is_over_is_on_no_card(hall: Hall, forgetting: Forgetting) -> None:
    room = await hall.talk(replace(a_plan(), chat=OTHER_CHAT))
    await Attending(hall.store, hall.clock).remind(room.id, DARIO)
    await hall.become(room, RoomState.ENDED)
    await forgetting.erase_person(DARIO.person)
    assert hall.guest(room, DARIO) is None
    assert hall.heard(OTHER_CHAT) == []


async def test_drafts_go_with_the_series_that_they_were_to_begin_and_no_card_is_edited(
    hall: Hall, forgetting: Forgetting
) -> None:
    others = await hall.talk(ELSEWHERE, RoomState.DRAFT)
    async with hall.store.writing() as records:
        series = await records.series.add(DARIOS, read_rule("FREQ=WEEKLY", FIRST, CAREERS.zone))
        await records.rooms.add(DARIOS, "draft", hall.clock.now(), Occurrence(series.id, DARIOS.starts_at))
    await forgetting.erase_person(DARIO.person)
    assert list(hall.store.records.rooms.rows.values()) == [others]
    assert hall.store.records.series.rows == {}
    assert hall.heard() == []


async def test_to_forget_somebody_unknown_changes_nothing(hall: Hall, forgetting: Forgetting) -> None:
    room = await hall.talk(DARIOS)
    await forgetting.erase_person(CHIARA.person)
    await forgetting.erase_person(NOBODY)
    assert hall.room(room) == room
    assert hall.heard() == []


async def test_admins_see_how_much_is_kept_of_their_group(hall: Hall, forgetting: Forgetting) -> None:
    await hall.talk()
    await hall.talk()
    await hall.talk(ELSEWHERE)
    assert dict(await forgetting.about_group(CHAT, ADA)) == {"groups": 1, "rooms": 2}


async def test_only_admins_ask_about_a_group_or_erase_it(hall: Hall, forgetting: Forgetting) -> None:
    room = await hall.talk(DARIOS)
    await hall.appoint(room, Role.COHOST, ELENA, Answer.ACCEPTED)
    for asker in (DARIO, ELENA, CHIARA):
        with pytest.raises(NotAllowed):
            await forgetting.about_group(CHAT, asker)
        with pytest.raises(NotAllowed):
            await forgetting.erase_group(CHAT, asker)
    assert hall.room(room) == room


async def test_nothing_stays_of_a_group_and_its_recordings_are_named(
    hall: Hall, forgetting: Forgetting
) -> None:
    rooms = [await hall.talk(state=RoomState.ENDED) for _ in range(3)]
    other = await hall.talk(ELSEWHERE, RoomState.ENDED)
    async with hall.store.writing() as records:
        for room in (rooms[0], rooms[2], other):
            path = Path(f"/recordings/{room.id}/talk.ogg")
            await records.recordings.save(Recording(room.id, path, timedelta(minutes=1)))
    await hall.ban(CHIARA)
    paths = await forgetting.erase_group(CHAT, BRUNO)
    assert {path.parent.name for path in paths} == {str(rooms[0].id), str(rooms[2].id)}
    assert await forgetting.about_group(CHAT, BRUNO) == []
    assert hall.room(other) == other
    assert list(hall.store.records.recordings.rows) == [other.id]


async def test_a_group_is_not_erased_twice(forgetting: Forgetting) -> None:
    await forgetting.erase_group(CHAT, ADA)
    assert await forgetting.erase_group(CHAT, ADA) == []


@pytest.mark.parametrize("state", sorted(ON_AIR))
async def test_a_call_is_closed_before_its_group_is_forgotten(
    hall: Hall, forgetting: Forgetting, state: RoomState
) -> None:
    room = await hall.talk(state=state)
    with pytest.raises(TalkOnAir) as refused:
        await forgetting.erase_group(CHAT, ADA)
    assert refused.value.title == room.plan.title
    assert hall.room(room) == room
