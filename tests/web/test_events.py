"""Events tell how a room is, with names and without numbers of people."""

import json
from dataclasses import replace

import pytest

from rooms.ids import PersonId
from rooms.listening import View
from rooms.plan import Admission
from rooms.stage import OnStage, Stage
from tests.fakes.clock import NOON
from tests.fakes.groups import CAREERS
from tests.fakes.store import MemoryStore
from tests.fakes.talks import a_plan
from web.events import event, shown


async def a_view(stage: Stage, title: str = "Careers after 40") -> View:
    async with MemoryStore().writing() as records:
        room = await records.rooms.add(a_plan(title), "key", NOON)
    return View(room.scheduled(), stage, CAREERS)


async def test_an_event_shows_room_group_and_stage() -> None:
    stage = Stage((OnStage(PersonId(7), "Bruno", is_muted=False, is_speaking=True),))
    told = event(await a_view(stage)).decode()
    assert told.startswith("event: room\nretry: 2000\ndata: {")
    assert told.endswith("}\n\n")
    room = json.loads(told.split("data: ")[1])
    assert (room["state"], room["title"], room["group"]) == ("scheduled", "Careers after 40", "Careers Forum")
    assert room["stage"] == [
        {"name": "Bruno", "is_speaking": True, "is_muted": False, "has_hand_up": False},
    ]


@pytest.mark.parametrize("admission", [Admission.MEMBERS, Admission.INVITED])
async def test_who_is_on_stage_is_told_of_open_rooms_only(admission: Admission) -> None:
    view = await a_view(Stage((OnStage(PersonId(7), "Bruno"),)))
    plan = replace(view.room.plan, admission=admission)
    told = shown(replace(view, room=replace(view.room, plan=plan)))
    assert told["stage"] == []
    assert told["admission"] == admission.value


async def test_a_title_cannot_end_an_event() -> None:
    told = event(await a_view(Stage(), "one\n\nevent: room\ndata: {}")).decode()
    assert told.count("\n") == len(["event", "retry", "data", ""])


async def test_neither_ids_nor_keys_are_told() -> None:
    stage = Stage((OnStage(PersonId(987654321), "Bruno"),))
    view = await a_view(stage)
    assert "987654321" not in json.dumps(shown(view))
    assert CAREERS.programme_key not in json.dumps(shown(view))
