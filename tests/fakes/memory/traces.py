"""All that is in memory about somebody, table by table: what the schema's marks must come to as well."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from rooms.appointments import Appointment
from rooms.dialogues import Dialogue
from rooms.ids import NOBODY, ChatId, PersonId, private_chat
from rooms.measures import Measure, TalkTime
from rooms.moderation import Deed
from rooms.notices import Notice
from rooms.outlets import Outlet
from rooms.people import Person
from rooms.plan import Plan
from rooms.repositories.traces import Holding, Trace
from storage.receipt import HOLDINGS
from tests.fakes.memory.tables import GroupOutlet, RoomTurn, Tables
from tests.fakes.memory.waiting import Waiting


@dataclass
class Somebody:
    """A person, and how they are called on record."""

    person: PersonId
    names: set[str]
    usernames: set[str]

    def are_named_in(self, row: Any) -> bool:
        match row:
            case Waiting(what=Notice() as notice):
                return self.person == notice.person or notice.chat == private_chat(self.person)
            case Deed():
                return self.person in (row.actor, row.person)
            case Measure():
                return any(time.person == self.person for time in row.talk_times)
            case Appointment():
                return row.invited.person == self.person or row.invited.username in self.usernames
            case Dialogue():
                return row.person == self.person or self._are_said_in(row.state)
            case Person():
                return row.id == self.person
        plan = getattr(row, "plan", None)
        return self.person == (plan.host if isinstance(plan, Plan) else getattr(row, "person", None))

    def _are_said_in(self, state: str) -> bool:
        return any(
            part.get("person") == self.person or str(part.get("username")).lower() in self.usernames
            for part in _objects_in(state)
        )


class MemoryTraces:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def holdings(self) -> Sequence[Holding]:
        return HOLDINGS

    async def counts(self) -> Mapping[str, int]:
        counts = {table: len(rows) for table, rows in self._all()}
        times = sum(len(measure.talk_times) for measure in self._tables.measures.values())
        return {**counts, "talk_times": times}

    async def of_person(self, person: PersonId) -> Sequence[Trace]:
        somebody = self._know(person)
        return [
            trace
            for table, rows in self._all()
            for row in rows.values()
            if somebody.are_named_in(row)
            for trace in _traces(table, row, person)
        ]

    async def of_group(self, chat: ChatId) -> Sequence[tuple[str, int]]:
        rooms = {room.id for room in self._tables.rooms.values() if room.plan.chat == chat}
        counts = [
            (table, sum(_is_of(row, chat) or getattr(row, "room", None) in rooms for row in rows.values()))
            for table, rows in self._all()
        ]
        return [(table, count) for table, count in counts if count]

    async def erase_person(self, person: PersonId) -> None:
        somebody = self._know(person)
        for _table, rows in self._all():
            for key, row in list(rows.items()):
                if somebody.are_named_in(row):
                    kept = _without(row, somebody)
                    if kept is None:
                        del rows[key]
                    else:
                        rows[key] = kept

    def _all(self) -> Iterator[tuple[str, dict[Any, Any]]]:
        for each in fields(self._tables):
            if each.name != "last":
                yield each.name, getattr(self._tables, each.name)

    def _know(self, person: PersonId) -> Somebody:
        tables = self._tables
        plans = [row.plan for rows in (tables.rooms, tables.series, tables.befores) for row in rows.values()]
        names = {plan.host_name for plan in plans if plan.host == person}
        names |= {deed.actor_name for deed in tables.log.values() if deed.actor == person}
        names |= {ban.name for ban in tables.bans.values() if ban.person == person}
        names |= {row.invited.name for row in tables.appointments.values() if row.invited.person == person}
        usernames = {
            row.invited.username for row in tables.appointments.values() if row.invited.person == person
        }
        if person in tables.people:
            names.add(tables.people[person].name)
            usernames.add(tables.people[person].username)
        return Somebody(person, names - {""}, {name for name in usernames if name})


def _traces(table: str, row: Any, person: PersonId) -> Iterator[Trace]:
    match row:
        case Measure():
            for time in row.talk_times:
                if time.person == person:
                    yield Trace("talk_times", (("room", str(row.room)), *_described(time)))
        case Deed():
            others: set[str] = set() if row.actor == person else {"actor", "actor_name"}
            others |= set() if row.person in (None, person) else {"person", "subject"}
            yield Trace(table, tuple(part for part in _described(row) if part[0] not in others))
        case Waiting(what=Notice() as notice):
            hidden = set() if notice.chat == private_chat(person) else {"chat", "line"}
            hidden |= set() if notice.person in (None, person) else {"person", "detail"}
            yield Trace(table, tuple(part for part in _described(row) if part[0] not in hidden))
        case Dialogue() if row.person != person:
            yield Trace(table, tuple(part for part in _described(row) if part[0] != "person"))
        case _:
            yield Trace(table, tuple(_described(row)))


def _without(row: Any, somebody: Somebody) -> Any:
    """The row without the person; None when it was theirs alone."""
    person = somebody.person
    match row:
        case Deed():
            if row.actor == person:
                row = replace(row, actor=NOBODY, actor_name="", detail="")
            return replace(row, person=NOBODY, subject="", detail="") if row.person == person else row
        case Measure():
            nobody = [_nobody_s(time) if time.person == person else time for time in row.talk_times]
            return replace(row, talk_times=tuple(nobody))
        case RoomTurn():
            return replace(row, turn=replace(row.turn, person=NOBODY, name=""))
        case GroupOutlet():
            return replace(row, added_by=NOBODY)
    plan = getattr(row, "plan", None)
    if not isinstance(plan, Plan):
        return None
    title, description = (_struck(text, somebody.names) for text in (plan.title, plan.description))
    nobodys = replace(plan, host=NOBODY, host_name="", title=title, description=description, cover=None)
    return replace(row, plan=nobodys)


def _nobody_s(time: TalkTime) -> TalkTime:
    return replace(time, person=NOBODY, name="")


def _struck(text: str, names: set[str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "…", text)
    return text


def _objects_in(state: str) -> list[dict[str, Any]]:
    """Every object of a JSON text, however deep."""
    objects: list[dict[str, Any]] = []
    try:
        json.loads(state, object_hook=objects.append)
    except ValueError:
        return []
    return objects


def _is_of(row: Any, chat: ChatId) -> bool:
    plan = getattr(row, "plan", None)
    if isinstance(plan, Plan):
        return plan.chat == chat
    return chat in (getattr(row, "chat", None), getattr(row, "group", None), getattr(row, "line", None))


def _described(row: Any) -> Iterator[tuple[str, str]]:
    for each in fields(row):
        value = getattr(row, each.name)
        if is_dataclass(value):
            yield from _described(value)
        elif value not in (None, "") and not (isinstance(row, Outlet) and each.name == "url"):
            yield each.name, str(value)
