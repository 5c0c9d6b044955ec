"""What every Store must do when somebody asks what is kept about them, or wants to be forgotten."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from rooms.appointments import Answer, Invited
from rooms.before import Before
from rooms.dialogues import Dialogue
from rooms.guests import Guest
from rooms.ids import NOBODY, MessageId, PersonId, private_chat
from rooms.measures import Measure, TalkTime
from rooms.moderation import Ban, Deed, DeedKind
from rooms.notices import NoticeKind, notice_of, notice_to
from rooms.people import Person
from rooms.records import Records, Store
from rooms.repositories.traces import Trace
from rooms.roles import Role
from rooms.room import Room, RoomState
from tests.contract.store.talks import new_room, new_talk
from tests.contract.store.test_series import THURSDAYS
from tests.fakes.clock import NOON
from tests.fakes.talks import ADA, BRUNO, CHAT, HOUR, OTHER_CHAT, a_plan

GRETA = Person(PersonId(710044), "Greta Ünal", "greta_u", "it")
"""Her number, her name and her user name stand in nothing but what is about her."""


async def settle_in(records: Records, room: Room) -> None:
    """Put Greta on record in every place that can name somebody; `room` is hosted by somebody else."""
    plan = replace(
        a_plan("Greta Ünal, live"),
        host=GRETA.id,
        host_name=GRETA.name,
        description="Greta Ünal tells of Greta Ünaldi",
        cover="her picture",
    )
    own = await records.rooms.add(plan, "greta", NOON)
    await records.rooms.keep_before(Before(own.id, plan, RoomState.DRAFT, NOON))
    await records.series.add(plan, THURSDAYS)
    await records.people.save(GRETA)
    await records.guests.save(Guest(room.id, GRETA.id, NOON))
    await records.guests.save(Guest(room.id, BRUNO.person, NOON))
    for invited in (Invited(GRETA.name, GRETA.id), Invited("greta", username=GRETA.username)):
        await records.appointments.add(room.id, Role.SPEAKER, invited, Answer.WAITING)
    await records.bans.save(Ban(OTHER_CHAT, GRETA.id, GRETA.name, "Greta shouted", None))
    await records.log.add(Deed(CHAT, NOON, DeedKind.REPORTED, GRETA.id, GRETA.name, "Careers", None, "bad"))
    await records.log.add(
        Deed(CHAT, NOON, DeedKind.BANNED, BRUNO.person, BRUNO.name, GRETA.name, GRETA.id, "Greta shouted")
    )
    await records.measures.save(
        Measure(
            room.id,
            ((timedelta(0), 2),),
            (TalkTime(GRETA.id, GRETA.name, HOUR), TalkTime(BRUNO.person, BRUNO.name, HOUR)),
        )
    )
    await records.dialogues.save(Dialogue(GRETA.id, CHAT, "schedule", '{"title": "?"}', MessageId(7), NOON))
    await records.outbox.put(notice_to(private_chat(GRETA.id), room, NoticeKind.REMINDER), NOON)
    report = notice_to(private_chat(BRUNO.person), room, NoticeKind.REPORT, f"{GRETA.name}: bad")
    await records.outbox.put(replace(report, person=GRETA.id), NOON)


def tables(traces: Sequence[Trace]) -> list[str]:
    return sorted(trace.where for trace in traces)


async def test_every_row_that_names_somebody_is_told(store: Store) -> None:
    room = await new_room(store)
    async with store.writing() as records:
        assert await records.traces.of_person(GRETA.id) == []
        await settle_in(records, room)
        traces = await records.traces.of_person(GRETA.id)
    assert tables(traces) == [
        "appointments",
        "appointments",
        "bans",
        "befores",
        "dialogues",
        "guests",
        "log",
        "log",
        "outbox",
        "outbox",
        "people",
        "rooms",
        "series",
        "talk_times",
    ]


async def test_a_trace_tells_columns_and_values_in_words(store: Store) -> None:
    room = await new_room(store)
    async with store.writing() as records:
        await records.people.save(GRETA)
        await records.guests.save(Guest(room.id, GRETA.id, NOON))
        traces = {trace.where: dict(trace.what) for trace in await records.traces.of_person(GRETA.id)}
    assert traces["people"] == {
        "id": "710044",
        "name": "Greta Ünal",
        "username": "greta_u",
        "language": "it",
    }
    assert traces["guests"]["coming_since"] == "2026-11-24 12:00:00+00:00"
    assert traces["guests"]["person"] == "710044"


async def test_a_trace_says_nothing_of_others(store: Store) -> None:
    room = await new_room(store)
    async with store.writing() as records:
        await settle_in(records, room)
        traces = await records.traces.of_person(GRETA.id)
    told = [value for trace in traces for column, value in trace.what if column != "room"]
    assert "Greta shouted" in told
    assert BRUNO.name not in told
    assert str(BRUNO.person) not in told


async def test_nothing_is_left_of_who_was_erased(store: Store) -> None:
    room = await new_room(store)
    async with store.writing() as records:
        await settle_in(records, room)
        await records.traces.erase_person(GRETA.id)
        assert await records.traces.of_person(GRETA.id) == []
        assert await records.people.by_username("greta_u") is None
        assert await records.dialogues.find(GRETA.id) is None
        assert await records.bans.of(OTHER_CHAT, NOON) == []
        assert await records.appointments.of(room.id) == []
        assert await records.outbox.lease(NOON, NOON + HOUR) is None


async def test_what_is_the_group_s_stays_without_a_name(store: Store) -> None:
    room = await new_room(store)
    async with store.writing() as records:
        await settle_in(records, room)
        await records.traces.erase_person(GRETA.id)
        own = await records.rooms.by_listen_key("greta")
        assert (own.plan.host, own.plan.host_name, own.plan.cover) == (NOBODY, "", None)
        assert (own.plan.title, own.plan.description) == ("…, live", "… tells of Greta Ünaldi")
        before = await records.rooms.before(own.id)
        assert before is not None
        assert before.plan == own.plan
        assert [series.plan for series in await records.series.going_on()] == [own.plan]
        assert await records.log.of(CHAT) == [
            Deed(CHAT, NOON, DeedKind.BANNED, BRUNO.person, BRUNO.name, "", NOBODY, ""),
            Deed(CHAT, NOON, DeedKind.REPORTED, NOBODY, "", "Careers", None, ""),
        ]
        measure = await records.measures.find(room.id)
        assert measure is not None
        assert measure.talk_times == (
            TalkTime(NOBODY, "", HOUR),
            TalkTime(BRUNO.person, BRUNO.name, HOUR),
        )


async def test_others_are_left_alone(store: Store) -> None:
    """Even if they have the same name, or another one that begins alike."""
    room = await new_talk(store, a_plan("Greta Ünal and Greta Ünaldi"))
    namesake = Person(PersonId(7100441), GRETA.name, "greta_u2", "it")
    async with store.writing() as records:
        await settle_in(records, room)
        await records.people.save(namesake)
        await records.guests.save(Guest(room.id, namesake.id, NOON))
        told = notice_to(private_chat(BRUNO.person), room, NoticeKind.REPORT, f"{GRETA.name}: bad")
        told = replace(told, person=namesake.id)
        await records.outbox.put(told, NOON)
        await records.traces.erase_person(GRETA.id)
        assert await records.people.find(namesake.id) == namesake
        assert await records.rooms.get(room.id) == room
        guests = {guest.person for guest in await records.guests.of(room.id)}
        assert guests == {namesake.id, BRUNO.person}
        letter = await records.outbox.lease(NOON, NOON + HOUR)
        assert letter is not None
        assert letter.notice == told


@pytest.mark.parametrize(
    "part", [{"person": GRETA.id}, {"username": "greta_u"}, {"person": None, "username": "Greta_U"}]
)
async def test_what_somebody_else_began_to_write_about_the_person_goes(
    store: Store, part: dict[str, object]
) -> None:
    state = json.dumps({"title": "Evening", "speakers": [["speaker", {"name": GRETA.name, **part}]]})
    async with store.writing() as records:
        await records.people.save(GRETA)
        await records.dialogues.save(Dialogue(BRUNO.person, CHAT, "schedule", state, None, NOON))
        assert "dialogues" in tables(await records.traces.of_person(GRETA.id))
        await records.traces.erase_person(GRETA.id)
        assert await records.dialogues.find(BRUNO.person) is None


@pytest.mark.parametrize(
    "state",
    [
        '{"title": "Greta Ünal", "topic": "greta_u", "seats": 710044}',
        '{"pending": [{"name": "Greta Ünal", "person": 7100441, "username": "greta_u2"}]}',
        "no JSON: 710044",
        "710044",
    ],
)
async def test_what_somebody_else_began_to_write_for_themselves_stays(store: Store, state: str) -> None:
    dialogue = Dialogue(BRUNO.person, CHAT, "schedule", state, None, NOON)
    async with store.writing() as records:
        await records.people.save(GRETA)
        await records.dialogues.save(dialogue)
        await records.traces.erase_person(GRETA.id)
        assert await records.dialogues.find(BRUNO.person) == dialogue


@pytest.mark.parametrize("name", ["title", "wish", "person", "null", "1", "71", "Bruno", "Evening"])
async def test_whoever_is_called_like_something_on_record_sees_and_takes_nothing(
    store: Store, name: str
) -> None:
    room = await new_room(store)
    title = Person(PersonId(71), name, None, "en")
    pending = [{"name": name, "person": 72, "username": None}]
    state = json.dumps({"wish": {"title": "Evening", "seats": 71}, "pending": pending, "n": 1})
    dialogue = Dialogue(BRUNO.person, CHAT, "schedule", state, None, NOON)
    letters = [
        notice_to(private_chat(BRUNO.person), room, kind, detail)
        for kind, detail in (
            (NoticeKind.QUESTION, f"{name}: who are you?"),
            (NoticeKind.INVITATION, "1"),
            (NoticeKind.REPORT, name),
        )
    ]
    async with store.writing() as records:
        await records.people.save(title)
        await records.dialogues.save(dialogue)
        for letter in letters:
            await records.outbox.put(letter, NOON)
        assert tables(await records.traces.of_person(title.id)) == ["people"]
        await records.traces.erase_person(title.id)
        assert await records.dialogues.find(BRUNO.person) == dialogue
        for letter in letters:
            leased = await records.outbox.lease(NOON, NOON + HOUR)
            assert leased is not None
            assert leased.notice == letter
            await records.outbox.forget(leased.id)


async def test_an_admin_is_not_shown_who_reported(store: Store) -> None:
    room = await new_room(store)
    report = notice_to(private_chat(BRUNO.person), room, NoticeKind.REPORT, f"{GRETA.name}: bad")
    async with store.writing() as records:
        await records.outbox.put(replace(report, person=GRETA.id), NOON)
        (letter,) = [
            dict(one.what) for one in await records.traces.of_person(BRUNO.person) if one.where == "outbox"
        ]
    assert letter["kind"] == "report"
    assert not {"person", "detail"} & letter.keys()


async def test_a_question_without_a_name_leads_to_nobody_and_reaches_the_host(store: Store) -> None:
    room = await new_room(store)
    question = notice_of(room, NoticeKind.QUESTION, "When does it begin?")
    async with store.writing() as records:
        await records.people.save(GRETA)
        await records.outbox.put(question, NOON)
        await records.traces.erase_person(GRETA.id)
        letter = await records.outbox.lease(NOON, NOON + HOUR)
        assert letter is not None
        assert letter.notice == question


async def test_who_is_not_on_record_can_be_erased_too(store: Store) -> None:
    room = await new_room(store)
    async with store.writing() as records:
        await records.traces.erase_person(GRETA.id)
        assert await records.rooms.get(room.id) == room


async def test_rows_are_counted_table_by_table(store: Store) -> None:
    async with store.reading() as records:
        before = await records.traces.counts()
        assert set(before) == {holding.table for holding in records.traces.holdings()}
    room = await new_room(store)
    async with store.writing() as records:
        await records.guests.save(Guest(room.id, ADA.person, NOON, wants_reminder=False))
    async with store.reading() as records:
        counts = await records.traces.counts()
    more = {table: counts[table] - before[table] for table in counts}
    assert {table: rows for table, rows in more.items() if rows} == {"rooms": 1, "guests": 1}
