"""Who minds a talk decides what the gallery's questions become."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from rooms.answering import Answering
from rooms.appointments import Answer
from rooms.errors.floor import NoTalkOn
from rooms.errors.gallery import QuestionGone
from rooms.errors.rights import NotAllowed
from rooms.errors.talks import WrongState
from rooms.notices import NoticeKind
from rooms.questions import Question, QuestionId, QuestionState
from rooms.roles import Role
from rooms.room import Room, RoomState
from tests.fakes.questions import a_question
from tests.fakes.talks import ADA, BRUNO, CHIARA
from tests.rooms.hall import DARIO, Hall, invited

ONE, OTHER = QuestionId(1), QuestionId(2)
Deed = Callable[[Answering, Room], Awaitable[Any]]
DEEDS: dict[str, Deed] = {
    "list": lambda answering, room: answering.open_ones(room.id, CHIARA),
    "find": lambda answering, room: answering.find(room.id, ONE, CHIARA),
    "show": lambda answering, room: answering.show(room.id, ONE, CHIARA),
    "turn down": lambda answering, room: answering.turn_down(room.id, ONE, CHIARA),
    "take to stage": lambda answering, room: answering.take_to_stage(room.id, ONE, CHIARA),
    "have done": lambda answering, room: answering.have_done(room.id, ONE, CHIARA),
}


@pytest.fixture
async def hall() -> Hall:
    hall = Hall()
    await hall.know()
    return hall


@pytest.fixture
def answering(hall: Hall) -> Answering:
    return Answering(hall.store, hall.clock)


async def a_talk(hall: Hall, *questions: Question, state: RoomState = RoomState.LIVE) -> Room:
    room = await hall.talk(state=state)
    async with hall.store.writing() as records:
        for question in questions:
            await records.questions.save(replace(question, room=room.id))
    return room


def states(hall: Hall) -> dict[int, QuestionState]:
    return {one.id: one.state for one in hall.store.records.questions.rows.values()}


def told(hall: Hall) -> list[tuple[NoticeKind, str]]:
    return [(notice.kind, notice.detail) for notice in hall.notices]


async def test_a_question_is_shown_to_all_and_told_in_the_group_once(
    hall: Hall, answering: Answering
) -> None:
    room = await a_talk(hall, a_question("Why?", QuestionState.WAITING, id=1))
    await answering.show(room.id, ONE, ADA)
    assert states(hall) == {1: QuestionState.SHOWN}
    assert told(hall) == [(NoticeKind.SHOWN, "1")]
    with pytest.raises(QuestionGone):
        await answering.show(room.id, ONE, BRUNO)
    assert len(told(hall)) == 1


async def test_a_question_that_is_turned_down_is_kept_nowhere(hall: Hall, answering: Answering) -> None:
    room = await a_talk(hall, a_question("Why?", QuestionState.WAITING, id=1), a_question("Shown?", id=2))
    await answering.turn_down(room.id, ONE, ADA)
    await answering.turn_down(room.id, OTHER, ADA)
    assert states(hall) == {}
    assert told(hall) == []


async def test_one_at_a_time_is_on_stage_and_the_one_before_is_done_with(
    hall: Hall, answering: Answering
) -> None:
    room = await a_talk(hall, a_question("Why?", QuestionState.WAITING, id=1), a_question("Shown?", id=2))
    await answering.take_to_stage(room.id, OTHER, ADA)
    await answering.take_to_stage(room.id, ONE, ADA)
    assert states(hall) == {1: QuestionState.ON_STAGE, 2: QuestionState.DONE}
    assert told(hall) == [(NoticeKind.SHOWN, "1")], (
        "what waited is shown thereby, what was shown is not told again"
    )
    await answering.have_done(room.id, ONE, ADA)
    assert states(hall) == {1: QuestionState.DONE, 2: QuestionState.DONE}


async def test_votes_stay_whatever_becomes_of_a_question(hall: Hall, answering: Answering) -> None:
    room = await a_talk(hall, a_question("Why?", id=1))
    async with hall.store.writing() as records:
        await records.questions.add_votes(room.id, ONE, 5)
    await answering.take_to_stage(room.id, ONE, ADA)
    assert [one.votes for one in hall.store.records.questions.rows.values()] == [5]


async def test_what_waits_is_listed_first_then_the_one_on_stage_then_the_most_wanted(
    hall: Hall, answering: Answering
) -> None:
    room = await a_talk(
        hall,
        a_question("little wanted", id=1),
        a_question("wanted", id=2),
        a_question("on stage", QuestionState.ON_STAGE, id=3),
        a_question("waits", QuestionState.WAITING, id=4),
        a_question("done", QuestionState.DONE, id=5),
    )
    async with hall.store.writing() as records:
        await records.questions.add_votes(room.id, OTHER, 5)
    found, questions = await answering.open_ones(room.id, ADA)
    assert found == room
    assert [one.text for one in questions] == ["waits", "on stage", "wanted", "little wanted"]


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
async def test_only_who_minds_the_talk_does_any_of_it(hall: Hall, answering: Answering, deed: Deed) -> None:
    room = await a_talk(hall, a_question("Why?", QuestionState.WAITING, id=1))
    with pytest.raises(NotAllowed):
        await deed(answering, room)
    assert states(hall) == {1: QuestionState.WAITING}


async def test_co_hosts_mind_questions_too(hall: Hall, answering: Answering) -> None:
    room = await a_talk(hall, a_question("Why?", QuestionState.WAITING, id=1))
    async with hall.store.writing() as records:
        await records.appointments.add(room.id, Role.COHOST, invited(DARIO), Answer.ACCEPTED)
    await answering.show(room.id, ONE, DARIO)
    assert states(hall) == {1: QuestionState.SHOWN}


@pytest.mark.parametrize("state", [RoomState.ENDED, RoomState.CANCELLED])
async def test_when_the_talk_is_over_nothing_is_decided(
    hall: Hall, answering: Answering, state: RoomState
) -> None:
    room = await a_talk(hall, a_question("Why?", QuestionState.WAITING, id=1), state=state)
    with pytest.raises(WrongState):
        await answering.show(room.id, ONE, ADA)


async def test_before_there_is_a_stage_nothing_is_taken_there(hall: Hall, answering: Answering) -> None:
    room = await a_talk(hall, a_question("Why?", id=1), state=RoomState.SCHEDULED)
    with pytest.raises(NoTalkOn):
        await answering.take_to_stage(room.id, ONE, ADA)
    assert states(hall) == {1: QuestionState.SHOWN}
