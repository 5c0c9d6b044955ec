"""Whoever listens asks and votes; nothing of them is on record, and no instant of theirs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from rooms.airwaves import MemoryAirwaves
from rooms.before import Before
from rooms.errors.gallery import NoQuestionsNow, QuestionGone, TooManyWait
from rooms.ids import private_chat
from rooms.listening import Gallery, Stages, View
from rooms.notices import NoticeKind
from rooms.plan import Admission
from rooms.questioning import MOST_WAITING, PAUSE, Questioning
from rooms.questions import Question, QuestionId, QuestionState
from rooms.room import OVER, Room, RoomState
from tests.fakes.clock import NOON, settle
from tests.fakes.talks import ADA, CHAT
from tests.rooms.hall import Hall


class Asking:
    """A talk that is on, and the gallery that asks it something."""

    def __init__(self, hall: Hall, room: Room) -> None:
        self.hall = hall
        self.room = room
        self.gallery = Gallery(hall.store, MemoryAirwaves(), Stages())
        self.questioning = Questioning(hall.store, hall.clock)

    @property
    def questions(self) -> list[Question]:
        return list(self.hall.store.records.questions.rows.values())

    async def view(self) -> View:
        return await self.gallery.view(self.room.listen_key)

    async def ask(self, text: str = "How do I start?") -> None:
        await self.questioning.ask(await self.view(), text)

    async def show(
        self, text: str = "How do I start?", state: QuestionState = QuestionState.SHOWN
    ) -> QuestionId:
        await self.ask(text)
        (asked,) = [one for one in self.questions if one.text == text]
        async with self.hall.store.writing() as records:
            await records.questions.save(replace(asked, state=state))
        return asked.id

    async def vote(self, question: QuestionId, ballot: bytes = b"mine", *, wants: bool = True) -> None:
        self.questioning.vote(await self.view(), question, ballot, wants=wants)

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        async with asyncio.TaskGroup() as running:
            task = running.create_task(self.questioning.run())
            await settle()
            yield
            task.cancel()


@pytest.fixture
async def asking() -> Asking:
    hall = Hall()
    await hall.know()
    await hall.meet(ADA)
    return Asking(hall, await hall.talk(state=RoomState.LIVE))


async def test_a_question_waits_for_the_host_who_is_told_in_private(asking: Asking) -> None:
    await asking.ask("  How do I\nstart? ")
    (question,) = asking.questions
    assert (question.text, question.state, question.votes) == ("How do I start?", QuestionState.WAITING, 0)
    (notice,) = asking.hall.notices
    assert (notice.chat, notice.kind) == (private_chat(ADA.person), NoticeKind.ASKED)
    assert notice.detail == str(question.id)
    assert (await asking.view()).questions == ()


async def test_when_it_was_asked_is_on_record_only_in_whole_pauses(asking: Asking) -> None:
    await asking.hall.clock.advance(timedelta(seconds=3, milliseconds=141))
    await asking.ask()
    (row,) = asking.hall.store.records.outbox.rows
    assert row.due_at == NOON + PAUSE


async def test_where_the_host_cannot_be_written_to_the_group_hears_once_that_something_waits() -> None:
    hall = Hall()
    await hall.know()
    asking = Asking(hall, await hall.talk(state=RoomState.LIVE))
    for number in range(3):
        await asking.ask(f"Number {number}?")
    (notice,) = hall.notices
    assert (notice.chat, notice.kind) == (CHAT, NoticeKind.ASKED)


async def test_the_same_question_again_is_the_same_question(asking: Asking) -> None:
    await asking.ask("How do I start?")
    await asking.ask(" how do I START? ")
    assert len(asking.questions) == 1
    assert len(asking.hall.store.records.outbox.rows) == 1


async def test_only_so_many_wait_to_be_read(asking: Asking) -> None:
    for number in range(MOST_WAITING):
        await asking.ask(f"Number {number}?")
    with pytest.raises(TooManyWait):
        await asking.ask("One more?")
    assert len(asking.questions) == MOST_WAITING


@pytest.mark.parametrize("state", [RoomState.CLOSING, *sorted(OVER)])
async def test_when_nobody_is_or_will_be_on_stage_nothing_is_asked(asking: Asking, state: RoomState) -> None:
    await asking.hall.become(asking.room, state)
    with pytest.raises(NoQuestionsNow):
        await asking.ask()
    assert asking.questions == []


async def test_who_may_not_listen_may_not_ask_and_with_a_ticket_they_may(asking: Asking) -> None:
    async with asking.hall.store.writing() as records:
        plan = replace(asking.room.plan, admission=Admission.MEMBERS)
        await records.rooms.save(replace(asking.room, plan=plan))
    with pytest.raises(NoQuestionsNow):
        await asking.ask()
    await asking.questioning.ask(replace(await asking.view(), has_ticket=True), "With a ticket?")
    assert [one.text for one in asking.questions] == ["With a ticket?"]


async def test_votes_count_once_a_ballot_and_are_shown_at_fixed_instants(asking: Asking) -> None:
    question = await asking.show()
    async with asking.at_work():
        for ballot in (b"one", b"one", b"two"):
            await asking.vote(question, ballot)
        assert [one.votes for one in (await asking.view()).questions] == [0]
        await asking.hall.clock.advance(PAUSE)
        assert [one.votes for one in (await asking.view()).questions] == [2]
        await asking.vote(question, b"one", wants=False)
        await asking.vote(question, b"one", wants=False)
        await asking.vote(question, b"never voted", wants=False)
        await asking.hall.clock.advance(PAUSE)
        assert [one.votes for one in (await asking.view()).questions] == [1]


async def test_a_vote_that_was_taken_back_at_once_writes_nothing(asking: Asking) -> None:
    question = await asking.show()
    async with asking.at_work():
        await asking.hall.clock.advance(PAUSE)
        rings = asking.hall.store.committed.rings
        await asking.vote(question)
        await asking.vote(question, wants=False)
        await asking.hall.clock.advance(PAUSE)
        assert asking.hall.store.committed.rings == rings


async def test_the_last_votes_are_counted_when_the_program_ends(asking: Asking) -> None:
    question = await asking.show()
    async with asking.at_work():
        await asking.vote(question)
    assert [one.votes for one in asking.questions] == [1]


@pytest.mark.parametrize("state", [QuestionState.WAITING, QuestionState.DONE])
async def test_only_what_is_shown_and_not_answered_is_voted_for(asking: Asking, state: QuestionState) -> None:
    question = await asking.show(state=state)
    with pytest.raises(QuestionGone):
        await asking.vote(question)


async def test_what_nobody_asked_or_another_room_did_is_not_voted_for(asking: Asking) -> None:
    other = Asking(asking.hall, await asking.hall.talk(state=RoomState.LIVE))
    question = await other.show("Elsewhere?")
    for unknown in (QuestionId(1), QuestionId(-1), QuestionId(2**70), question):
        with pytest.raises(QuestionGone):
            await asking.vote(unknown)


async def test_what_was_never_read_is_forgotten_with_the_talk_unless_its_end_is_taken_back(
    asking: Asking,
) -> None:
    await asking.show("Shown?")
    await asking.ask("Unread?")
    async with asking.at_work():
        await asking.hall.clock.advance(PAUSE)
        assert len(asking.questions) == 2
        before = Before(asking.room.id, asking.room.plan, RoomState.SCHEDULED, NOON)
        async with asking.hall.store.writing() as records:
            await records.rooms.keep_before(before)
            await records.rooms.save(replace(asking.room, state=RoomState.CANCELLED))
        await asking.hall.clock.advance(PAUSE)
        assert len(asking.questions) == 2
        async with asking.hall.store.writing() as records:
            await records.rooms.forget_before(asking.room.id)
        await asking.hall.clock.advance(PAUSE)
        assert [one.text for one in asking.questions] == ["Shown?"]


async def test_no_row_has_room_for_who_asked_and_no_digest_links_two_votes(asking: Asking) -> None:
    one, other = await asking.show("One?"), await asking.show("Other?")
    await asking.vote(one, b"mine")
    await asking.vote(other, b"mine")
    cast = list(asking.questioning._cast.values())  # what a dump of the memory would show
    assert not set.intersection(*cast)
    assert all(b"mine" not in mark for marks in cast for mark in marks)
    assert [notice.person for notice in asking.hall.notices] == [None, None]
