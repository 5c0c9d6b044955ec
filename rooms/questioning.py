"""Questioning: whoever listens may ask and vote; that somebody did is known, and nothing else of them."""

import asyncio
import hashlib
import hmac
import secrets
from collections import Counter
from datetime import UTC, datetime, timedelta

from rooms.announcing import tell, tell_host
from rooms.errors.gallery import NoQuestionsNow, QuestionGone, TooManyWait
from rooms.ids import RoomId
from rooms.listening import View
from rooms.notices import NoticeKind
from rooms.ports import Clock
from rooms.questions import VOTABLE, Question, QuestionId, QuestionState, draw_id, read_question
from rooms.records import Records, Store
from rooms.room import Room

MOST_WAITING = 30
"""Questions of a talk that wait to be read at most."""

PAUSE = timedelta(seconds=10)
"""Nothing of a question or a vote is told or written down more exactly."""

MOST_BALLOTS = 100_000
"""Votes for one question that are told apart; beyond them nobody can vote for it."""

_Ballot = tuple[RoomId, QuestionId]


class Questioning:
    """Takes questions and votes. Who voted for what is kept in memory only, and even there as a digest.

    A question may be voted for once with one ballot, which is whatever the asker can show: a ticket, or a
    number that a page has drawn. Its digest is another one for every question, by a key that lasts as long
    as the program runs, so that two votes cannot be traced to one voter.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self._cast: dict[_Ballot, set[bytes]] = {}
        self._uncounted: Counter[_Ballot] = Counter()
        self._looked_at = -1

    async def run(self) -> None:
        """Count, at fixed instants and in the end, for ever; forget what nobody will read any more."""
        at = self._clock.now()
        try:
            while True:
                at += ((self._clock.now() - at) // PAUSE + 1) * PAUSE
                await self._clock.wait(asyncio.Event(), at)
                await self._count()
                await self._forget()
        finally:
            await self._count()

    async def ask(self, view: View, text: str) -> None:
        """Put a question to who minds the talk; the same question again is the one that was put already.

        Raises:
            QuestionMissing, QuestionTooLong, QuestionUnreadable: it is none that can be shown.
            NoQuestionsNow: they may not ask here, or the talk is over.
            TooManyWait: nobody has read so many others.
        """
        words = read_question(text)
        if not view.takes_questions:
            raise NoQuestionsNow
        async with self._store.writing() as records:
            known = await records.questions.of(view.room.id)
            if any(one.text.casefold() == words.casefold() for one in known):
                return
            waiting = sum(one.state is QuestionState.WAITING for one in known)
            if waiting >= MOST_WAITING:
                raise TooManyWait(MOST_WAITING)
            question = Question(view.room.id, draw_id(), words)
            await records.questions.save(question)
            await self._announce(records, view.room, question, is_first=not waiting)

    def vote(self, view: View, question: QuestionId, ballot: bytes, *, wants: bool = True) -> None:
        """Somebody wants a question answered, or does not any more; done again, nothing changes.

        Raises:
            QuestionGone: it cannot be voted for, or not any more.
        """
        votable = {one.id for one in view.questions if one.state in VOTABLE}
        if not view.takes_questions or question not in votable:
            raise QuestionGone
        which = (view.room.id, question)
        cast = self._cast.setdefault(which, set())
        mark = self._mark(which, ballot)
        if wants and mark not in cast and len(cast) < MOST_BALLOTS:
            cast.add(mark)
            self._uncounted[which] += 1
        elif not wants and mark in cast:
            cast.discard(mark)
            self._uncounted[which] -= 1

    async def _announce(self, records: Records, room: Room, question: Question, *, is_first: bool) -> None:
        """The host reads it in private; where that cannot be, the group hears that something waits."""
        at, detail = _coarse(self._clock.now()), str(question.id)
        if await records.people.find(room.plan.host) is not None:
            await tell_host(records, room, NoticeKind.ASKED, at, detail)
        elif is_first:
            await tell(records, room, NoticeKind.ASKED, at, detail)

    async def _count(self) -> None:
        votes = {which: number for which, number in self._uncounted.items() if number}
        if not votes:
            return
        async with self._store.writing() as records:
            for (room, question), number in votes.items():
                await records.questions.add_votes(room, question, number)
        for which, number in votes.items():
            self._uncounted[which] -= number
            if not self._uncounted[which]:
                del self._uncounted[which]

    async def _forget(self) -> None:
        """Votes of questions that cannot be voted for any more, and questions that nobody will read."""
        rings = self._store.committed.rings
        if rings == self._looked_at:
            return
        async with self._store.reading() as records:
            unread = await records.questions.unread()
            gone = [which for which in tuple(self._cast) if not await _is_votable(records, which)]
        if unread:
            async with self._store.writing() as records:
                for question in unread:
                    await records.questions.remove(question.room, question.id)
        for which in gone:
            self._cast.pop(which, None)
        self._looked_at = rings

    def _mark(self, which: _Ballot, ballot: bytes) -> bytes:
        room, question = which
        return hmac.digest(self._key, b"%d %d " % (room, question) + ballot, hashlib.sha256)[:16]


async def _is_votable(records: Records, which: _Ballot) -> bool:
    question = await records.questions.find(*which)
    return question is not None and question.state in VOTABLE


def _coarse(now: datetime) -> datetime:
    """The next of the instants that lie whole pauses apart."""
    past = (now - datetime.min.replace(tzinfo=UTC)) % PAUSE
    return now - past + PAUSE
