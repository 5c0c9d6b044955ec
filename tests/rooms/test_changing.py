"""A talk gets another plan or is cancelled; whatever cannot be is refused, and the talk stays."""

from dataclasses import replace

import pytest

from rooms.appointments import Answer, Invited
from rooms.cards import Card
from rooms.changing import Outcome
from rooms.errors.rights import NotAllowed
from rooms.errors.talks import Clash, NoSuchRoom, NothingToUndo, TitleMissing, TopicNotAllowed, WrongState
from rooms.errors.times import StartsInPast
from rooms.ids import ChatId, MessageId, ThreadId
from rooms.jobs import JobKind
from rooms.moderation import DeedKind
from rooms.notices import NoticeKind
from rooms.roles import Role
from rooms.room import RoomState
from rooms.topics import TopicPolicy
from tests.fakes.clock import NOON
from tests.fakes.groups import CAREERS
from tests.fakes.talks import ADA, BRUNO, CHAT, CHIARA, HOUR, MINUTE, OTHER_CHAT, a_plan
from tests.rooms.changes import DARIO, EVENING, WAS_AT, Edit, kinds, moved_to, titled
from tests.rooms.conftest import House


async def test_a_changed_talk_has_its_jobs_anew_and_its_card_shows_it_at_once(house: House) -> None:
    room = await house.schedule()
    await house.deliver()
    changed = (await house.changing.change(room.id, ADA, moved_to(EVENING))).room
    assert (changed.plan.starts_at, changed.revision) == (EVENING, 1)
    assert [notice.kind for notice in house.notices()] == [NoticeKind.REFRESH]
    assert house.due(room) == [
        (JobKind.COUNT_DOWN, NOON),
        (JobKind.TELL, NOON + MINUTE),
        (JobKind.REMIND, EVENING - HOUR),
        (JobKind.GREEN_ROOM, EVENING - 15 * MINUTE),
        (JobKind.REMIND, EVENING - 10 * MINUTE),
        (JobKind.OPEN, EVENING - MINUTE),
        (JobKind.START, EVENING),
        (JobKind.WARN, EVENING + 40 * MINUTE),
        (JobKind.END, EVENING + 45 * MINUTE),
    ]
    deed = house.store.records.log.rows[-1]
    assert (deed.kind, deed.actor, deed.detail) == (DeedKind.CHANGED, ADA.person, WAS_AT)


async def test_a_change_to_the_same_changes_nothing(house: House) -> None:
    room = await house.schedule()
    outcome = await house.changing.change(room.id, ADA, lambda plan: plan)
    assert outcome == Outcome(room, is_changed=False, is_told=False, is_held=False)
    with pytest.raises(NothingToUndo):
        await house.changing.undo(room.id, ADA)


@pytest.mark.parametrize(
    ("edit", "refusal"),
    [
        (titled(""), TitleMissing),
        (moved_to(NOON - HOUR), StartsInPast),
        (moved_to(NOON + 3 * HOUR + 44 * MINUTE), Clash),
    ],
)
async def test_an_impossible_change_is_refused_and_the_talk_stays(
    house: House, edit: Edit, refusal: type[Exception]
) -> None:
    room = await house.schedule()
    await house.schedule(a_plan("Another", NOON + 3 * HOUR))
    before = house.due()
    with pytest.raises(refusal):
        await house.changing.change(room.id, ADA, edit)
    assert (house.room(room), house.due()) == (room, before)


async def test_a_talk_may_be_moved_by_less_than_its_length(house: House) -> None:
    room = await house.schedule()
    moved = (await house.changing.change(room.id, ADA, moved_to(NOON + HOUR + 10 * MINUTE))).room
    assert moved.plan.starts_at == NOON + HOUR + 10 * MINUTE


async def test_an_edit_can_give_a_talk_to_no_other_host_or_chat(house: House) -> None:
    room = await house.schedule()
    changed = await house.changing.change(
        room.id,
        ADA,
        lambda plan: replace(plan, host=DARIO.person, chat=OTHER_CHAT, title="Mine"),
    )
    assert changed.room.plan == replace(room.plan, title="Mine")


async def test_hosts_and_admins_change_talks_and_members_do_not(house: House) -> None:
    await house.know(CAREERS)
    chiaras = await house.schedule(replace(a_plan(), host=CHIARA.person, host_name="Chiara"))
    await house.changing.change(chiaras.id, CHIARA, titled("Hers"))
    await house.changing.change(chiaras.id, BRUNO, titled("An admin's"))
    for attempt in (
        house.changing.change(chiaras.id, DARIO, titled("His")),
        house.changing.change_following(chiaras.id, DARIO, titled("His")),
        house.changing.cancel(chiaras.id, DARIO),
        house.changing.cancel_following(chiaras.id, DARIO),
        house.changing.undo(chiaras.id, DARIO),
    ):
        with pytest.raises(NotAllowed):
            await attempt
    await house.changing.cancel(chiaras.id, CHIARA)


async def test_a_cohost_may_change_but_not_cancel_nor_take_back_that_it_was(house: House) -> None:
    room = await house.schedule()
    async with house.store.writing() as records:
        invited = Invited("Dario", DARIO.person)
        await records.appointments.add(room.id, Role.COHOST, invited, Answer.ACCEPTED)
    await house.changing.change(room.id, DARIO, titled("A co-host's"))
    await house.changing.undo(room.id, DARIO)
    with pytest.raises(NotAllowed):
        await house.changing.cancel(room.id, DARIO)
    await house.changing.cancel(room.id, ADA)
    with pytest.raises(NotAllowed):
        await house.changing.undo(room.id, DARIO)


async def test_of_a_draft_nobody_knows_so_it_is_neither_changed_nor_cancelled(house: House) -> None:
    draft = await house.planning.propose(a_plan(), ADA)
    for attempt in (
        house.changing.change(draft.id, ADA, titled("Other")),
        house.changing.cancel(draft.id, ADA),
        house.changing.cancel_following(draft.id, ADA),
    ):
        with pytest.raises(NoSuchRoom):
            await attempt
    with pytest.raises(NothingToUndo):
        await house.changing.undo(draft.id, ADA)
    assert await house.planning.look_up(draft.id) == draft


async def test_a_talk_that_is_on_is_neither_changed_nor_cancelled(house: House) -> None:
    room = await house.schedule()
    await house.conducting.open(room.id)
    for attempt in (
        house.changing.change(room.id, ADA, titled("Other")),
        house.changing.change_following(room.id, ADA, titled("Other")),
        house.changing.cancel(room.id, ADA),
        house.changing.cancel_following(room.id, ADA),
    ):
        with pytest.raises(WrongState):
            await attempt


async def test_a_talk_keeps_a_topic_that_is_not_allowed_any_more_but_gets_no_such_one(house: House) -> None:
    room = await house.schedule()
    threads = {"updates": ThreadId(70)}
    await house.know(replace(CAREERS, topics=TopicPolicy(("updates",), is_closed=True, threads=threads)))
    assert (await house.changing.change(room.id, ADA, titled("Other"))).room.plan.thread == 7
    with pytest.raises(TopicNotAllowed):
        await house.changing.change(room.id, ADA, lambda plan: replace(plan, topic="jazz"))
    outcome = await house.changing.change(room.id, ADA, lambda plan: replace(plan, topic="updates"))
    changed = outcome.room
    assert changed.plan.thread == 70


async def test_a_cancelled_talk_has_nothing_due_but_that_it_is_told(house: House) -> None:
    room = await house.schedule()
    await house.await_guest(room, CHIARA)
    cancelled = (await house.changing.cancel(room.id, ADA)).room
    assert cancelled.state is RoomState.CANCELLED
    assert house.due() == [(JobKind.TELL, NOON + MINUTE)]
    await house.pass_time(MINUTE)
    assert kinds(house) == [NoticeKind.CARD, NoticeKind.CANCELLED]
    assert house.told_to(CHIARA) == [(NoticeKind.CANCELLED, "")]
    assert house.due() == []


async def test_a_talk_cancelled_twice_is_told_once(house: House) -> None:
    room = await house.schedule()
    first, second = [await house.changing.cancel(room.id, ADA) for _ in range(2)]
    assert (first.room, first.is_changed, first.is_held) == (second.room, True, True)
    assert (second.is_changed, second.is_held) == (False, True)
    await house.pass_time(MINUTE)
    late = await house.changing.cancel(room.id, ADA)
    assert (late.is_changed, late.is_held) == (False, False)
    assert kinds(house).count(NoticeKind.CANCELLED) == 1


async def test_a_cancelled_talk_frees_its_hour(house: House) -> None:
    room = await house.schedule()
    await house.changing.cancel(room.id, ADA)
    await house.schedule(a_plan("Another"))
    with pytest.raises(Clash, match="Another"):
        await house.changing.undo(room.id, ADA)
    assert house.room(room).state is RoomState.CANCELLED


async def test_cards_in_other_chats_are_brought_up_to_date_too(house: House) -> None:
    channel, former = ChatId(-1002), ChatId(-1003)
    await house.know(replace(CAREERS, copies=(channel,)))
    room = await house.schedule()
    async with house.store.writing() as records:
        await records.cards.save(Card(room.id, former, MessageId(1)))
    await house.deliver()
    await house.changing.change(room.id, ADA, titled("Other"))
    assert {notice.chat: notice.kind for notice in house.notices()} == dict.fromkeys(
        (CHAT, channel, former), NoticeKind.REFRESH
    )


async def test_of_a_change_close_to_the_start_it_is_known_that_people_were_told_at_once(house: House) -> None:
    room = await house.schedule(a_plan(starts_at=NOON + MINUTE / 2))
    changed = await house.changing.change(room.id, ADA, titled("Now"))
    cancelled = await house.changing.cancel(room.id, ADA)
    assert [(one.is_told, one.is_held) for one in (changed, cancelled)] == [(True, False)] * 2
