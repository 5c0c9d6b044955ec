"""What every Store must do with questions from the gallery, and with links into closed galleries."""

from dataclasses import replace

import pytest

from rooms.before import Before
from rooms.errors.gallery import GalleryClosed
from rooms.errors.talks import NoSuchRoom
from rooms.ids import RoomId
from rooms.questions import Question, QuestionId, QuestionState
from rooms.records import Store
from rooms.room import OVER, RoomState
from tests.contract.store.talks import new_room
from tests.fakes.clock import NOON
from tests.fakes.questions import a_question


async def ask(store: Store, room: RoomId, *questions: Question) -> None:
    async with store.writing() as records:
        for question in questions:
            await records.questions.save(replace(question, room=room))


async def test_questions_are_found_by_their_room_and_number(store: Store) -> None:
    one, other = await new_room(store), await new_room(store)
    await ask(store, one.id, a_question("Two?", id=2), a_question("One?", id=1))
    await ask(store, other.id, a_question("Elsewhere?", id=1))
    async with store.reading() as records:
        assert [question.text for question in await records.questions.of(one.id)] == ["One?", "Two?"]
        found = await records.questions.find(one.id, QuestionId(2))
        assert found == Question(one.id, QuestionId(2), "Two?", QuestionState.SHOWN, 0)
        assert await records.questions.find(other.id, QuestionId(2)) is None


async def test_saving_a_question_again_changes_its_state_and_leaves_its_votes(store: Store) -> None:
    room = await new_room(store)
    await ask(store, room.id, a_question("Why?", QuestionState.WAITING, id=1))
    async with store.writing() as records:
        await records.questions.add_votes(room.id, QuestionId(1), 5)
        await records.questions.add_votes(room.id, QuestionId(1), -2)
        await records.questions.add_votes(room.id, QuestionId(99), 1)
    await ask(store, room.id, a_question("Why?", QuestionState.ON_STAGE, id=1))
    async with store.reading() as records:
        (question,) = await records.questions.of(room.id)
        assert (question.state, question.votes) == (QuestionState.ON_STAGE, 3)


async def test_a_question_is_forgotten_alone_and_with_its_room(store: Store) -> None:
    room = await new_room(store)
    await ask(store, room.id, a_question("One?", id=1), a_question("Two?", id=2))
    async with store.writing() as records:
        await records.questions.remove(room.id, QuestionId(1))
        await records.questions.remove(room.id, QuestionId(1))
        assert [one.id for one in await records.questions.of(room.id)] == [2]
        await records.rooms.remove(room.id)
        assert await records.questions.of(room.id) == []


async def test_unread_is_what_waits_in_rooms_that_are_over_for_good(store: Store) -> None:
    unread = set()
    for state in RoomState:
        room = await new_room(store, state=state)
        await ask(
            store, room.id, a_question("Waits?", QuestionState.WAITING, id=1), a_question("Shown?", id=2)
        )
        if state in OVER:
            unread.add(room.id)
    undone = await new_room(store, state=RoomState.CANCELLED)
    await ask(store, undone.id, a_question("Waits?", QuestionState.WAITING, id=1))
    async with store.writing() as records:
        await records.rooms.keep_before(Before(undone.id, undone.plan, RoomState.SCHEDULED, NOON))
    async with store.reading() as records:
        found = await records.questions.unread()
        assert {(one.room, one.text) for one in found} == {(room, "Waits?") for room in unread}


async def test_a_dead_link_is_told_from_one_that_never_was_until_its_room_is_forgotten(store: Store) -> None:
    room = await new_room(store)
    dead = room.listen_key
    async with store.writing() as records:
        await records.rooms.let_die(room.id, dead)
        await records.rooms.save(room.with_gallery_closed("hidden", NOON))
    async with store.reading() as records:
        for key in (dead, "hidden"):
            with pytest.raises(GalleryClosed):
                await records.rooms.by_listen_key(key)
        with pytest.raises(NoSuchRoom) as never_was:
            await records.rooms.by_listen_key("never was")
        assert not isinstance(never_was.value, GalleryClosed)
        kept = await records.rooms.get(room.id)
        assert (kept.is_gallery_open, kept.first_key, kept.listen_key) == (False, dead, "hidden")
    async with store.writing() as records:
        await records.rooms.save(kept.with_gallery_open(NOON))
        assert (await records.rooms.by_listen_key("hidden")).is_gallery_open
        await records.rooms.remove(room.id)
        with pytest.raises(NoSuchRoom) as forgotten:
            await records.rooms.by_listen_key(dead)
        assert not isinstance(forgotten.value, GalleryClosed)
