"""Answering: who minds a talk decides what the gallery's questions become, and takes them to the stage."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from rooms.announcing import tell
from rooms.authority import require
from rooms.errors.floor import NoTalkOn
from rooms.errors.gallery import QuestionGone
from rooms.errors.talks import WrongState
from rooms.ids import RoomId
from rooms.notices import NoticeKind
from rooms.ports import Clock
from rooms.questions import PUBLIC, VOTABLE, Question, QuestionId, QuestionState
from rooms.records import Records, Store
from rooms.roles import Action, Asker
from rooms.room import ON_STAGE, Room

_OPEN = VOTABLE | {QuestionState.WAITING}
"""What something can still be done about."""


class Answering:
    """Minds what the gallery asks.

    Whatever is asked raises `NoSuchRoom`, `WrongState` when the talk is over, `NotAllowed`, `Banned` or
    `NotAMember` when the asker may not mind its stage, and `QuestionGone` when somebody was quicker.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def open_ones(self, room_id: RoomId, asker: Asker) -> tuple[Room, Sequence[Question]]:
        """The talk, and its questions about which something can be done: the most wanted first.

        Those that wait come before them.
        """
        async with self._store.reading() as records:
            room = await self._minded(records, room_id, asker)
            questions = [one for one in await records.questions.of(room_id) if one.state in _OPEN]
        order = (QuestionState.WAITING, QuestionState.ON_STAGE, QuestionState.SHOWN)
        return room, sorted(questions, key=lambda one: (order.index(one.state), -one.votes, one.id))

    async def find(self, room_id: RoomId, question: QuestionId, asker: Asker) -> Question:
        """A question about which something can be done."""
        async with self._store.reading() as records:
            await self._minded(records, room_id, asker)
            return await _found(records, room_id, question, _OPEN)

    async def show(self, room_id: RoomId, question: QuestionId, asker: Asker) -> Question:
        """Let everybody see a question that waits: the gallery on its page, the group in its chat."""
        async with self._store.writing() as records:
            room = await self._minded(records, room_id, asker)
            found = await _found(records, room_id, question, {QuestionState.WAITING})
            return await _show(records, room, found, QuestionState.SHOWN, self._clock.now())

    async def turn_down(self, room_id: RoomId, question: QuestionId, asker: Asker) -> Question:
        """Nobody sees it any more; it is kept nowhere."""
        async with self._store.writing() as records:
            await self._minded(records, room_id, asker)
            found = await _found(records, room_id, question, _OPEN)
            await records.questions.remove(room_id, question)
        return found

    async def take_to_stage(self, room_id: RoomId, question: QuestionId, asker: Asker) -> Question:
        """It is answered now; the one that was, is done with. One that waits is shown thereby.

        Raises:
            NoTalkOn: there is no stage yet.
        """
        async with self._store.writing() as records:
            room = await self._minded(records, room_id, asker)
            found = await _found(records, room_id, question, _OPEN)
            if room.state not in ON_STAGE:
                raise NoTalkOn
            for other in await records.questions.of(room_id):
                if other.state is QuestionState.ON_STAGE and other.id != question:
                    await records.questions.save(replace(other, state=QuestionState.DONE))
            return await _show(records, room, found, QuestionState.ON_STAGE, self._clock.now())

    async def have_done(self, room_id: RoomId, question: QuestionId, asker: Asker) -> Question:
        """It was answered."""
        async with self._store.writing() as records:
            await self._minded(records, room_id, asker)
            found = replace(await _found(records, room_id, question, VOTABLE), state=QuestionState.DONE)
            await records.questions.save(found)
        return found

    async def _minded(self, records: Records, room_id: RoomId, asker: Asker) -> Room:
        room = await records.rooms.get(room_id)
        await require(records, Action.MIND_STAGE, room, asker, self._clock.now())
        if room.is_over:
            raise WrongState(room.state, "be asked")
        return room


async def _found(
    records: Records, room: RoomId, question: QuestionId, states: Collection[QuestionState]
) -> Question:
    found = await records.questions.find(room, question)
    if found is None or found.state not in states:
        raise QuestionGone
    return found


async def _show(
    records: Records, room: Room, question: Question, state: QuestionState, now: datetime
) -> Question:
    shown = replace(question, state=state)
    await records.questions.save(shown)
    if question.state not in PUBLIC:
        await tell(records, room, NoticeKind.SHOWN, now, str(question.id))
    return shown
