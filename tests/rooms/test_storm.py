"""Whatever random people ask for at random, the programme of a group stays in order."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from rooms.attending import Attending
from rooms.cards import Card
from rooms.errors.calls import CallUnreachable
from rooms.errors.refusal import Refusal
from rooms.group import Schedulers
from rooms.ids import MessageId, PersonId, RoomId, SeriesId
from rooms.jobs import JobKind
from rooms.moderating import Moderating
from rooms.moderation import Ban
from rooms.notices import Notice, NoticeKind
from rooms.plan import Plan
from rooms.recurrence import Recurrence, read_rule
from rooms.roles import Asker
from rooms.room import AHEAD, ON_AIR, Room, RoomState
from tests.fakes.clock import settle
from tests.fakes.groups import CAREERS
from tests.fakes.talks import ADA, BRUNO, CHAT, CHIARA, HOUR, MINUTE, OTHER_CHAT, a_plan
from tests.rooms.conftest import House

DARIO = Asker(PersonId(45), "Dario", is_admin=False)
STRANGER = Asker(PersonId(46), "Stranger", is_admin=False, is_member=False)
OUTSIDERS = (DARIO, STRANGER)
"""Dario is banned."""

pytestmark = pytest.mark.timeout(600)
"""Whoever breaks something wants to see how little it takes, which hypothesis needs minutes to find."""

askers = st.sampled_from([ADA, ADA, ADA, BRUNO, CHIARA, DARIO, STRANGER])
chats = st.sampled_from([CHAT, OTHER_CHAT])
nths = st.integers(0, 40)
spans = st.sampled_from([timedelta(seconds=30), MINUTE, 10 * MINUTE, HOUR, 26 * HOUR, timedelta(days=8)])
lengths = st.sampled_from([MINUTE, 10 * MINUTE, HOUR, 12 * HOUR])
rules = st.sampled_from(
    [None, None, "FREQ=DAILY;COUNT=4", "FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=TU,FR", "FREQ=MONTHLY"]
)
edits: st.SearchStrategy[Callable[[Plan], Plan]] = st.one_of(
    spans.map(lambda span: lambda plan: replace(plan, starts_at=plan.starts_at + span)),
    spans.map(lambda span: lambda plan: replace(plan, starts_at=plan.starts_at - span)),
    lengths.map(lambda length: lambda plan: replace(plan, duration=length)),
    st.sampled_from([1, 2, None]).map(lambda seats: lambda plan: replace(plan, seats=seats)),
    st.sampled_from(["", "Other", "Third"]).map(lambda title: lambda plan: replace(plan, title=title)),
)


Counted = tuple[Recurrence, dict[RoomId, datetime]]


def _takes_place(room: Room) -> bool:
    """Or took place."""
    return room.state not in (RoomState.CANCELLED, RoomState.MISSED)


class Storm(RuleBasedStateMachine):
    """One house, two groups, five people who all press everything."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.house = House()
        self.attending = Attending(self.house.store, self.house.clock)
        self.moderating = Moderating(self.house.store, self.house.clock)
        self.settled: dict[SeriesId, Counted] = {}
        self.runner.run(self._prepare())

    async def _prepare(self) -> None:
        await self.house.know(replace(CAREERS, schedulers=Schedulers.MEMBERS))
        await self.house.know(replace(CAREERS, chat=OTHER_CHAT, programme_key="other", copies=(CHAT,)))
        await self.house.meet(ADA, BRUNO, CHIARA)
        async with self.house.store.writing() as records:
            for chat in (CHAT, OTHER_CHAT):
                await records.bans.save(Ban(chat, DARIO.person, DARIO.name, "noise", None))

    def teardown(self) -> None:
        try:
            self.runner.run(self.house.pass_time(timedelta(days=40)))
            self.programme_is_in_order()
        finally:
            self.runner.close()

    def room(self, nth: int) -> RoomId:
        """One of the talks, rather one to which something can still happen."""
        rows = self.house.store.records.rooms.rows
        rooms = sorted(room.id for room in rows.values() if nth % 5 == 0 or not room.is_over)
        return rooms[nth % len(rooms)] if rooms else RoomId(1)

    def ask(self, asker: Asker, command: Awaitable[object]) -> None:
        """Somebody asks for something; outsiders get nothing."""
        before = self.house.store.records.tables
        self.runner.run(self._ask(command))
        if asker in OUTSIDERS:
            after = self.house.store.records.tables
            assert (after.rooms, after.jobs, after.outbox) == (before.rooms, before.jobs, before.outbox)

    async def _ask(self, command: Awaitable[object]) -> None:
        with suppress(Refusal):
            await command

    @rule(asker=askers, chat=chats, span=spans, length=lengths, repeats=rules)
    def propose(
        self, asker: Asker, chat: Any, span: timedelta, length: timedelta, repeats: str | None
    ) -> None:
        plan = replace(a_plan(chat=chat), host=asker.person, host_name=asker.name, duration=length)
        plan = replace(plan, starts_at=self.house.clock.now() + span)
        first = plan.starts_at.astimezone(CAREERS.zone).replace(tzinfo=None)
        recurrence = read_rule(repeats, first, CAREERS.zone) if repeats else None
        self.ask(asker, self.house.planning.propose(plan, asker, recurrence=recurrence))

    @rule(asker=askers, nth=nths)
    def confirm(self, asker: Asker, nth: int) -> None:
        self.ask(asker, self.house.planning.confirm(self.room(nth), asker))

    @initialize(chat=chats, span=spans, repeats=rules)
    def a_programme_to_begin_with(self, chat: Any, span: timedelta, repeats: str | None) -> None:
        self.schedule(chat, span, repeats)

    @rule(chat=chats, span=spans, repeats=rules)
    def schedule(self, chat: Any, span: timedelta, repeats: str | None) -> None:
        self.propose(ADA, chat, span, HOUR, repeats)
        self.ask(ADA, self.house.planning.confirm(max(self.house.store.records.rooms.rows), ADA))

    @rule(asker=askers, nth=nths)
    def discard(self, asker: Asker, nth: int) -> None:
        self.ask(asker, self.house.planning.discard(self.room(nth), asker))

    @rule(asker=askers, nth=nths, edit=edits, following=st.booleans())
    def change(self, asker: Asker, nth: int, edit: Callable[[Plan], Plan], following: bool) -> None:
        changing = self.house.changing
        change = changing.change_following if following else changing.change
        self.ask(asker, change(self.room(nth), asker, edit))

    @rule(asker=askers, nth=nths, following=st.booleans())
    def cancel(self, asker: Asker, nth: int, following: bool) -> None:
        changing = self.house.changing
        self.ask(asker, (changing.cancel_following if following else changing.cancel)(self.room(nth), asker))

    @rule(asker=askers, nth=nths)
    def undo(self, asker: Asker, nth: int) -> None:
        self.take_back(asker, self.room(nth))

    @rule(nth=nths, edit=edits)
    def change_and_think_better_of_it(self, nth: int, edit: Callable[[Plan], Plan]) -> None:
        room = self.room(nth)
        self.ask(ADA, self.house.changing.change_following(room, ADA, edit))
        self.take_back(ADA, room)

    def take_back(self, asker: Asker, room: RoomId) -> None:
        """What a series was, it is again, whatever became of its talks meanwhile."""
        changed = self._changed()
        self.ask(asker, self.house.changing.undo(room, asker))
        for series in changed - self._changed():
            rule, counted = self.settled[series]
            rule_now, counted_now = self._counted(series)
            assert (rule_now, {room: counted_now[room] for room in counted}) == (rule, counted)

    @rule(asker=askers, chat=chats)
    def open_now(self, asker: Asker, chat: Any) -> None:
        self.ask(asker, self.house.planning.bring_forward(chat, asker))

    @rule(nth=nths)
    def begin_out_of_turn(self, nth: int) -> None:
        """A talk is opened by its name, before those that come before it, and is on a minute later."""
        room = self.house.store.records.rooms.rows.get(self.room(nth))
        if room is not None:
            self.ask(ADA, self.house.planning.bring_forward(room.plan.chat, ADA, room.id))
            self.time_passes(MINUTE)

    @rule(asker=askers, chat=chats)
    def close(self, asker: Asker, chat: Any) -> None:
        self.ask(asker, self.house.conducting.close(chat, asker))

    @rule(chat=chats)
    def ban_for_a_moment(self, chat: Any) -> None:
        """Chiara loses what she hosts and drafts."""
        ban = Ban(chat, CHIARA.person, CHIARA.name, "noise", None)
        self.ask(ADA, self.moderating.ban(ADA, ban, is_admin=False))
        self.ask(ADA, self.moderating.pardon(chat, ADA, CHIARA.person))

    @rule(asker=askers, nth=nths)
    def come(self, asker: Asker, nth: int) -> None:
        self.ask(asker, self.attending.come(self.room(nth), asker))

    @rule(asker=askers, nth=nths)
    def be_reminded(self, asker: Asker, nth: int) -> None:
        self.ask(asker, self.attending.remind(self.room(nth), asker))

    @rule(nth=nths, edit=edits)
    def everything_at_once(self, nth: int, edit: Callable[[Plan], Plan]) -> None:
        """A host, an admin and the agenda are at one talk at the same moment."""
        self.runner.run(self._everything_at_once(self.room(nth), edit))

    async def _everything_at_once(self, room: RoomId, edit: Callable[[Plan], Plan]) -> None:
        async with self.house.at_work(), asyncio.TaskGroup() as people:
            for command in (
                self.house.changing.cancel(room, ADA),
                self.house.changing.undo(room, BRUNO),
                self.house.changing.change_following(room, ADA, edit),
                self.house.planning.bring_forward(CHAT, BRUNO, room),
            ):
                people.create_task(self._ask(command))
            await settle()

    @rule(span=spans)
    def time_passes(self, span: timedelta) -> None:
        """Downtime, too: the house was at rest until now."""
        self.runner.run(self.house.pass_time(span))

    @rule(span=spans)
    def the_house_is_down(self, span: timedelta) -> None:
        self.runner.run(self.house.clock.advance(span))
        self.runner.run(self.house.pass_time(timedelta(0)))

    @rule(chat=chats, is_there=st.booleans())
    def calls_fail(self, chat: Any, is_there: bool) -> None:
        if is_there:
            self.house.calls.relent(chat)
        else:
            self.house.calls.refuse(CallUnreachable(chat, "TIMEOUT"))

    @rule(chat=chats, is_there=st.booleans())
    def the_bot_comes_and_goes(self, chat: Any, is_there: bool) -> None:
        group = self.house.store.records.groups.rows[chat]
        self.runner.run(self.house.planning.know(replace(group, is_present=is_there)))

    @rule()
    def letters_arrive(self) -> None:
        self.runner.run(self._letters_arrive())

    async def _letters_arrive(self) -> None:
        async with self.house.store.writing() as records:
            for row in records.outbox.rows:
                if isinstance(row.what, Notice) and row.what.kind is NoticeKind.CARD and row.what.room:
                    await records.cards.save(Card(row.what.room, row.what.chat, MessageId(row.id)))
                await records.outbox.forget(row.id)

    @invariant()
    def programme_is_in_order(self) -> None:
        rooms = list(self.house.store.records.rooms.rows.values())
        for room in rooms:
            self._has_the_jobs_of_its_state(room)
        for chat in (CHAT, OTHER_CHAT):
            has_hour = [
                room.plan for room in rooms if room.state in AHEAD | ON_AIR and room.plan.chat == chat
            ]
            has_hour.sort(key=lambda plan: plan.starts_at)
            assert all(one.ends_at <= another.starts_at for one, another in pairwise(has_hour))

    @invariant()
    def every_occurrence_of_a_series_is_one_talk(self) -> None:
        """What a series is when no change of it may be taken back; an undo leads there again."""
        rooms = self.house.store.records.tables.rooms.values()
        made = Counter(room.occurrence for room in rooms if room.occurrence and _takes_place(room))
        assert max(made.values(), default=0) <= 1
        for series in self.house.store.records.tables.series.keys() - self._changed():
            self.settled[series] = self._counted(series)

    def _changed(self) -> set[SeriesId]:
        """The series of which a change may still be taken back."""
        tables = self.house.store.records.tables
        held = [tables.rooms[before.room] for before in tables.befores.values() if before.former is not None]
        return {room.occurrence.series for room in held if room.occurrence is not None}

    def _counted(self, series: SeriesId) -> Counted:
        """A series' recurrence, and which of its occurrences each room is."""
        tables = self.house.store.records.tables
        occurrences = {room.id: room.occurrence for room in tables.rooms.values()}
        counted = {id_: one.at for id_, one in occurrences.items() if one and one.series == series}
        return tables.series[series].recurrence, counted

    @invariant()
    def the_relay_is_only_where_a_talk_is_on(self) -> None:
        rows = self.house.store.records.rooms.rows
        assert all(rows[room].state in ON_AIR for room in self.house.calls.in_call)

    @invariant()
    def no_card_waits_twice(self) -> None:
        edits = (NoticeKind.CARD, NoticeKind.REFRESH)
        waiting = Counter(notice for notice in self.house.notices() if notice.kind in edits)
        assert max(waiting.values(), default=0) <= 1

    @invariant()
    def every_series_is_somebodys(self) -> None:
        tables = self.house.store.records.tables
        for room in tables.rooms.values():
            assert room.occurrence is None or room.occurrence.series in tables.series
        begun = {room.occurrence.series for room in tables.rooms.values() if room.occurrence is not None}
        former = {before.former for before in tables.befores.values() if before.former is not None}
        assert begun | former == set(tables.series)

    def _has_the_jobs_of_its_state(self, room: Room) -> None:
        due = self.house.due(room)
        kinds = Counter(kind for kind, _ in due)
        is_held = room.id in self.house.store.records.tables.befores
        assert kinds.pop(JobKind.TELL, 0) == is_held
        match room.state:
            case RoomState.DRAFT:
                assert kinds == {JobKind.FORGET_DRAFT: 1}
            case RoomState.SCHEDULED:
                assert [kinds[kind] for kind in (JobKind.OPEN, JobKind.START, JobKind.END)] == [1, 1, 1]
                assert (JobKind.START, room.plan.starts_at) in due
                assert (JobKind.END, room.plan.ends_at) in due
            case RoomState.OPENING | RoomState.LIVE | RoomState.CLOSING:
                assert kinds[JobKind.END] == 1
            case _:  # a call that was planned may still be to be taken back
                kinds.pop(JobKind.COUNT_DOWN, None)
                assert not kinds


TestStorm = Storm.TestCase
TestStorm.settings = settings(
    max_examples=20,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
