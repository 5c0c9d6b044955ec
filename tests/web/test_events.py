"""Events tell how a room is, with names and without numbers of people."""

import json
from dataclasses import replace

import pytest

from rooms.audience import Murmur, Reaction
from rooms.ids import PersonId
from rooms.listening import View
from rooms.plan import Admission
from rooms.questions import QuestionState
from rooms.stage import OnStage, Stage
from tests.fakes.clock import NOON
from tests.fakes.groups import CAREERS
from tests.fakes.questions import a_question
from tests.fakes.store import MemoryStore
from tests.fakes.talks import a_plan
from web.events import CLOSED, events, shown


async def a_view(stage: Stage, title: str = "Careers after 40") -> View:
    async with MemoryStore().writing() as records:
        room = await records.rooms.add(a_plan(title), "key", NOON)
    return View(room.scheduled(), stage, CAREERS)


async def test_an_event_shows_room_group_and_stage() -> None:
    stage = Stage((OnStage(PersonId(7), "Bruno", is_muted=False, is_speaking=True),))
    told = events(await a_view(stage))[0].decode()
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
    told = events(await a_view(Stage(), "one\n\nevent: room\ndata: {}"))[0].decode()
    assert told.count("\n") == len(["event", "retry", "data", ""])


async def test_neither_ids_nor_keys_are_told() -> None:
    stage = Stage((OnStage(PersonId(987654321), "Bruno"),))
    view = await a_view(stage)
    assert "987654321" not in json.dumps(shown(view))
    assert CAREERS.programme_key not in json.dumps(shown(view))


async def test_questions_and_what_is_heard_of_the_gallery_are_told_by_themselves() -> None:
    question = a_question("Why\n\nevent: closed?", QuestionState.ON_STAGE, votes=12)
    murmur = Murmur(20, ((Reaction.HEART, 50),))
    view = replace(await a_view(Stage()), questions=(question,), murmur=murmur)
    room, questions, heard = (told.decode() for told in events(view))
    data = r'[{"id":7,"text":"Why\n\nevent: closed?","state":"on_stage","votes":12}]'
    assert questions == f"event: questions\ndata: {data}\n\n"
    assert heard == 'event: murmur\ndata: {"crowd":20,"reactions":{"heart":50}}\n\n'
    assert room == events(await a_view(Stage()))[0].decode(), "the room is the same, and is not told again"


async def test_of_a_room_that_is_not_open_only_ticket_holders_hear_anything() -> None:
    view = replace(await a_view(Stage()), questions=(a_question(),), murmur=Murmur(20))
    plan = replace(view.room.plan, admission=Admission.MEMBERS)
    closed = replace(view, room=replace(view.room, plan=plan))
    _, questions, heard = events(closed)
    assert questions.endswith(b"data: []\n\n")
    assert b"null" in heard
    _, questions, heard = events(replace(closed, has_ticket=True))
    assert b"How do I start?" in questions
    assert b"20" in heard


def test_that_the_gallery_is_closed_says_nothing_more() -> None:
    assert CLOSED == b"event: closed\ndata: {}\n\n"
