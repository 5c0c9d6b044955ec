"""A talk is proposed, confirmed and put on the programme, or cancelled."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from rooms.errors import (
    Clash,
    DurationOutOfRange,
    NoSuchRoom,
    NotAllowed,
    NothingToOpen,
    Refusal,
    StartsInPast,
    StartsTooFarAhead,
    TitleMissing,
    TitleTooLong,
    WrongState,
)
from rooms.group import Group
from rooms.jobs import JobKind
from rooms.notices import Notice, NoticeKind
from rooms.planning import Planning
from rooms.room import Plan, Room, RoomState
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.store import MemoryStore
from tests.fakes.talks import ADA, BRUNO, CHAT, CHIARA, HOUR, MINUTE, OTHER_CHAT, TIMING, a_plan


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def planning(store: MemoryStore, clock: FakeClock) -> Planning:
    return Planning(store, clock, TIMING)


def told(store: MemoryStore) -> list[NoticeKind]:
    return [row.what.kind for row in store.records.outbox.rows if isinstance(row.what, Notice)]


def due(store: MemoryStore) -> list[tuple[JobKind, datetime]]:
    return [(row.what[1], row.due_at) for row in store.records.jobs.rows if not isinstance(row.what, Notice)]


async def scheduled(planning: Planning, plan: Plan | None = None) -> Room:
    draft = await planning.propose(plan or a_plan(), ADA)
    return await planning.confirm(draft.id, ADA)


async def test_a_proposal_is_kept_but_neither_announced_nor_on_the_programme(
    planning: Planning, store: MemoryStore
) -> None:
    room = await planning.propose(a_plan(), ADA)
    assert room.state is RoomState.DRAFT
    assert told(store) == []
    assert await planning.programme(CHAT) == []


async def test_a_confirmed_talk_has_its_jobs_and_its_announcement(
    planning: Planning, store: MemoryStore
) -> None:
    room = await scheduled(planning)
    assert told(store) == [NoticeKind.CARD]
    assert due(store) == [
        (JobKind.REMIND, NOON + 50 * MINUTE),
        (JobKind.OPEN, NOON + 59 * MINUTE),
        (JobKind.START, NOON + HOUR),
        (JobKind.WARN, NOON + 100 * MINUTE),
        (JobKind.END, NOON + 105 * MINUTE),
    ]
    assert await planning.programme(CHAT) == [room]


async def test_a_talk_in_two_minutes_is_not_reminded_of(planning: Planning, store: MemoryStore) -> None:
    await scheduled(planning, a_plan(starts_at=NOON + 2 * MINUTE, duration=4 * MINUTE))
    assert [kind for kind, _ in due(store)] == [JobKind.OPEN, JobKind.START, JobKind.END]


async def test_confirming_twice_announces_once(planning: Planning, store: MemoryStore) -> None:
    room = await scheduled(planning)
    assert await planning.confirm(room.id, ADA) == room
    assert told(store) == [NoticeKind.CARD]
    assert len(due(store)) == 5


@pytest.mark.parametrize(
    ("plan", "refusal"),
    [
        (a_plan(title=""), TitleMissing),
        (a_plan(title="x" * 65), TitleTooLong),
        (a_plan(starts_at=NOON), StartsInPast),
        (a_plan(starts_at=NOON + timedelta(days=400)), StartsTooFarAhead),
        (a_plan(duration=timedelta(seconds=59)), DurationOutOfRange),
        (a_plan(duration=13 * HOUR), DurationOutOfRange),
    ],
)
async def test_an_impossible_plan_is_refused_and_nothing_kept(
    planning: Planning, store: MemoryStore, plan: Plan, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        await planning.propose(plan, ADA)
    assert store.records.rooms.rows == {}


async def test_a_draft_confirmed_too_late_is_refused(planning: Planning, clock: FakeClock) -> None:
    draft = await planning.propose(a_plan(), ADA)
    await clock.advance(HOUR)
    with pytest.raises(StartsInPast):
        await planning.confirm(draft.id, ADA)


async def test_members_may_neither_propose_nor_confirm_nor_cancel(planning: Planning) -> None:
    room = await scheduled(planning)
    draft = await planning.propose(a_plan(starts_at=NOON + 5 * HOUR), ADA)
    with pytest.raises(NotAllowed):
        await planning.propose(a_plan(), CHIARA)
    with pytest.raises(NotAllowed):
        await planning.confirm(draft.id, CHIARA)
    with pytest.raises(NotAllowed):
        await planning.discard(draft.id, CHIARA)
    with pytest.raises(NotAllowed):
        await planning.cancel(room.id, CHIARA)
    with pytest.raises(NotAllowed):
        await planning.bring_forward(CHAT, CHIARA)


@pytest.mark.parametrize(
    ("starts_in", "clashes"), [(-45, False), (-44, True), (0, True), (44, True), (45, False)]
)
async def test_a_chat_has_one_talk_at_a_time(planning: Planning, starts_in: int, clashes: bool) -> None:
    await scheduled(planning)
    plan = a_plan("Another", NOON + HOUR + starts_in * MINUTE)
    if clashes:
        with pytest.raises(Clash, match="Careers"):
            await planning.propose(plan, ADA)
    else:
        await planning.propose(plan, ADA)


async def test_two_drafts_for_one_hour_cannot_both_be_confirmed(planning: Planning) -> None:
    drafts: Sequence[Room] = [await planning.propose(a_plan(), ADA) for _ in range(2)]
    await planning.confirm(drafts[0].id, ADA)
    with pytest.raises(Clash):
        await planning.confirm(drafts[1].id, ADA)


async def test_another_chat_has_its_own_hours(planning: Planning) -> None:
    await scheduled(planning)
    await scheduled(planning, a_plan(chat=OTHER_CHAT))


async def test_a_discarded_draft_is_forgotten_with_its_jobs(planning: Planning, store: MemoryStore) -> None:
    draft = await planning.propose(a_plan(), ADA)
    await planning.discard(draft.id, ADA)
    await planning.discard(draft.id, ADA)
    assert due(store) == []
    with pytest.raises(NoSuchRoom):
        await planning.look_up(draft.id)


async def test_discarding_a_confirmed_talk_leaves_it_alone(planning: Planning) -> None:
    room = await scheduled(planning)
    await planning.discard(room.id, ADA)
    assert await planning.programme(CHAT) == [room]


async def test_a_cancelled_talk_is_told_and_its_jobs_are_gone(planning: Planning, store: MemoryStore) -> None:
    room = await planning.cancel((await scheduled(planning)).id, ADA)
    assert room.state is RoomState.CANCELLED
    assert due(store) == []
    assert told(store) == [NoticeKind.CARD, NoticeKind.REFRESH, NoticeKind.CANCELLED]


async def test_a_talk_cancelled_twice_is_told_once(planning: Planning, store: MemoryStore) -> None:
    room = await scheduled(planning)
    assert await planning.cancel(room.id, ADA) == await planning.cancel(room.id, ADA)
    assert told(store).count(NoticeKind.CANCELLED) == 1


async def test_of_a_draft_nobody_knows_so_it_can_be_neither_cancelled_nor_opened(
    planning: Planning, store: MemoryStore
) -> None:
    draft = await planning.propose(a_plan(), ADA)
    with pytest.raises(NoSuchRoom):
        await planning.cancel(draft.id, ADA)
    with pytest.raises(NothingToOpen):
        await planning.bring_forward(CHAT, ADA, draft.id)
    assert await planning.look_up(draft.id) == draft
    assert told(store) == []


async def test_any_admin_may_confirm_or_discard_what_another_proposed(planning: Planning) -> None:
    first, second = [await planning.propose(a_plan(), ADA) for _ in range(2)]
    await planning.discard(first.id, BRUNO)
    assert (await planning.confirm(second.id, BRUNO)).plan.host == ADA.person


async def test_a_talk_that_is_on_cannot_be_opened_again(planning: Planning, store: MemoryStore) -> None:
    room = await scheduled(planning)
    async with store.writing() as records:
        await records.rooms.save(room.opening().live())
    with pytest.raises(WrongState) as refused:
        await planning.bring_forward(CHAT, ADA)
    assert refused.value.state == RoomState.LIVE
    await scheduled(planning, a_plan("Another", NOON + 5 * HOUR))
    with pytest.raises(Clash, match="Careers"):
        await planning.bring_forward(CHAT, ADA)


async def test_bringing_forward_makes_the_next_talk_due_now(planning: Planning, store: MemoryStore) -> None:
    with pytest.raises(NothingToOpen):
        await planning.bring_forward(CHAT, ADA)
    await scheduled(planning)
    room = await planning.bring_forward(CHAT, ADA)
    assert room.plan.starts_at == NOON
    assert due(store) == [
        (JobKind.OPEN, NOON),
        (JobKind.START, NOON),
        (JobKind.WARN, NOON + 40 * MINUTE),
        (JobKind.END, NOON + 45 * MINUTE),
    ]


async def test_a_group_keeps_its_language_when_it_is_renamed(planning: Planning) -> None:
    italian = Group(CHAT, "Carriere", ZoneInfo("Europe/Rome"), "it", "key")
    await planning.know(italian)
    renamed = await planning.know(Group(CHAT, "Careers", ZoneInfo("UTC"), "en", "other"))
    assert renamed == Group(CHAT, "Careers", ZoneInfo("Europe/Rome"), "it", "key")
