"""A talk is proposed, confirmed and put on the programme, or brought forward."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from rooms.appointments import MOST, Answer, Invited
from rooms.errors.people import TooManyAppointments
from rooms.errors.refusal import Refusal
from rooms.errors.rights import Banned, NotAllowed, NotAMember, NotYourDraft
from rooms.errors.talks import (
    Clash,
    DescriptionTooLong,
    NoSuchRoom,
    NothingToOpen,
    NothingToUndo,
    SeatsOutOfRange,
    TitleMissing,
    TitleTooLong,
    TopicNotAllowed,
    WrongState,
)
from rooms.errors.times import DurationOutOfRange, StartsInPast, StartsTooFarAhead
from rooms.group import Group, Schedulers
from rooms.ids import PersonId, ThreadId
from rooms.jobs import JobKind
from rooms.moderation import Ban, DeedKind
from rooms.notices import NoticeKind
from rooms.plan import Plan
from rooms.roles import Asker, Role
from rooms.room import Room, RoomState
from rooms.topics import TopicPolicy
from tests.fakes.clock import NOON
from tests.fakes.groups import CAREERS
from tests.fakes.talks import ADA, BRUNO, CHAT, CHIARA, HOUR, MINUTE, OTHER_CHAT, a_plan
from tests.rooms.conftest import House

DARIO = Asker(PersonId(45), "Dario", is_admin=False)
STRANGER = Asker(PersonId(46), "Stranger", is_admin=False, is_member=False)
CHIARAS = replace(a_plan(), host=CHIARA.person, host_name=CHIARA.name)
ALL_MAY = replace(CAREERS, schedulers=Schedulers.MEMBERS)


async def test_a_proposal_is_kept_but_neither_announced_nor_on_the_programme(house: House) -> None:
    room = await house.planning.propose(a_plan(), ADA)
    assert room.state is RoomState.DRAFT
    assert house.told() == []
    assert await house.planning.programme(CHAT) == []


async def test_a_confirmed_talk_has_its_jobs_and_its_announcement(house: House) -> None:
    room = await house.schedule()
    assert house.told() == [(NoticeKind.CARD, "")]
    assert house.due() == [
        (JobKind.COUNT_DOWN, NOON),
        (JobKind.GREEN_ROOM, NOON + 45 * MINUTE),
        (JobKind.REMIND, NOON + 50 * MINUTE),
        (JobKind.OPEN, NOON + 59 * MINUTE),
        (JobKind.START, NOON + HOUR),
        (JobKind.WARN, NOON + 100 * MINUTE),
        (JobKind.END, NOON + 105 * MINUTE),
    ]
    assert await house.planning.programme(CHAT) == [room]
    assert [(deed.kind, deed.actor) for deed in house.store.records.log.rows] == [
        (DeedKind.SCHEDULED, ADA.person)
    ]


async def test_confirming_twice_announces_once(house: House) -> None:
    room = await house.schedule()
    assert await house.planning.confirm(room.id, ADA) == room
    assert house.told() == [(NoticeKind.CARD, "")]
    assert len(house.due()) == 7


@pytest.mark.parametrize(
    ("plan", "refusal"),
    [
        (a_plan(title=""), TitleMissing),
        (a_plan(title="x" * 201), TitleTooLong),
        (replace(a_plan(), description="x" * 2001), DescriptionTooLong),
        (replace(a_plan(), seats=0), SeatsOutOfRange),
        (a_plan(starts_at=NOON), StartsInPast),
        (a_plan(starts_at=NOON + timedelta(days=400)), StartsTooFarAhead),
        (a_plan(duration=timedelta(seconds=59)), DurationOutOfRange),
        (a_plan(duration=13 * HOUR), DurationOutOfRange),
    ],
)
async def test_an_impossible_plan_is_refused_and_nothing_kept(
    house: House, plan: Plan, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        await house.planning.propose(plan, ADA)
    assert house.store.records.rooms.rows == {}


async def test_a_draft_confirmed_too_late_is_refused(house: House) -> None:
    draft = await house.planning.propose(a_plan(), ADA)
    await house.clock.advance(HOUR)
    with pytest.raises(StartsInPast):
        await house.planning.confirm(draft.id, ADA)


async def test_members_may_neither_propose_nor_confirm_nor_discard_nor_open(house: House) -> None:
    await house.schedule()
    draft = await house.planning.propose(a_plan(starts_at=NOON + 5 * HOUR), ADA)
    with pytest.raises(NotAllowed):
        await house.planning.propose(a_plan(), CHIARA)
    with pytest.raises(NotAllowed):
        await house.planning.confirm(draft.id, CHIARA)
    with pytest.raises(NotAllowed):
        await house.planning.discard(draft.id, CHIARA)
    with pytest.raises(NotAllowed):
        await house.planning.bring_forward(CHAT, CHIARA)


async def test_where_members_may_schedule_each_decides_on_their_own_drafts(house: House) -> None:
    await house.know(ALL_MAY)
    draft = await house.planning.propose(CHIARAS, CHIARA)
    for decide in (house.planning.confirm, house.planning.discard):
        with pytest.raises(NotYourDraft):
            await decide(draft.id, DARIO)
    assert (await house.planning.confirm(draft.id, CHIARA)).state is RoomState.SCHEDULED


async def test_strangers_and_the_banned_may_not_schedule_even_where_members_may(house: House) -> None:
    await house.know(ALL_MAY)
    async with house.store.writing() as records:
        await records.bans.save(Ban(CHAT, DARIO.person, DARIO.name, "spam", None))
    with pytest.raises(NotAMember):
        await house.planning.propose(CHIARAS, STRANGER)
    with pytest.raises(Banned):
        await house.planning.propose(CHIARAS, DARIO)


async def test_a_topic_that_is_not_on_the_closed_list_is_refused(house: House) -> None:
    await house.know(replace(CAREERS, topics=TopicPolicy(("updates",), is_closed=True)))
    for topic in ("careers", None):
        with pytest.raises(TopicNotAllowed) as refused:
            await house.planning.propose(replace(a_plan(), topic=topic), ADA)
        assert refused.value.allowed == ("updates",)


async def test_a_list_that_is_closed_meanwhile_holds_for_drafts(house: House) -> None:
    draft = await house.planning.propose(a_plan(), ADA)
    await house.know(replace(CAREERS, topics=TopicPolicy(("updates",), is_closed=True)))
    with pytest.raises(TopicNotAllowed):
        await house.planning.confirm(draft.id, ADA)


async def test_a_talk_is_announced_in_the_thread_of_its_topic(house: House) -> None:
    await house.know(replace(CAREERS, topics=TopicPolicy(("careers",), threads={"careers": ThreadId(99)})))
    assert (await house.schedule()).plan.thread == 99
    assert [notice.thread for notice in house.notices()] == [99]


@pytest.mark.parametrize(
    ("starts_in", "clashes"), [(-45, False), (-44, True), (0, True), (44, True), (45, False)]
)
async def test_a_chat_has_one_talk_at_a_time(house: House, starts_in: int, clashes: bool) -> None:
    await house.schedule()
    plan = a_plan("Another", NOON + HOUR + starts_in * MINUTE)
    if clashes:
        with pytest.raises(Clash, match="Careers"):
            await house.planning.propose(plan, ADA)
    else:
        await house.planning.propose(plan, ADA)


async def test_a_clash_is_seen_behind_any_number_of_other_talks(house: House) -> None:
    for number in range(101):
        await house.schedule(a_plan(f"Talk {number}", NOON + (number + 1) * HOUR))
    with pytest.raises(Clash, match="Talk 100"):
        await house.planning.propose(a_plan("Another", NOON + 101 * HOUR), ADA)


async def test_two_drafts_for_one_hour_cannot_both_be_confirmed(house: House) -> None:
    drafts: Sequence[Room] = [await house.planning.propose(a_plan(), ADA) for _ in range(2)]
    await house.planning.confirm(drafts[0].id, ADA)
    with pytest.raises(Clash):
        await house.planning.confirm(drafts[1].id, ADA)


async def test_another_chat_has_its_own_hours(house: House) -> None:
    await house.schedule()
    await house.schedule(a_plan(chat=OTHER_CHAT))


async def test_a_discarded_draft_is_forgotten_with_its_jobs(house: House) -> None:
    draft = await house.planning.propose(a_plan(), ADA)
    await house.planning.discard(draft.id, ADA)
    await house.planning.discard(draft.id, ADA)
    assert house.due() == []
    with pytest.raises(NoSuchRoom):
        await house.planning.look_up(draft.id)


async def test_discarding_a_confirmed_talk_leaves_it_alone(house: House) -> None:
    room = await house.schedule()
    await house.planning.discard(room.id, ADA)
    assert await house.planning.programme(CHAT) == [room]


async def test_any_admin_may_confirm_or_discard_what_another_proposed(house: House) -> None:
    first, second = [await house.planning.propose(a_plan(), ADA) for _ in range(2)]
    await house.planning.discard(first.id, BRUNO)
    assert (await house.planning.confirm(second.id, BRUNO)).plan.host == ADA.person


async def test_a_cancelled_talk_cannot_be_confirmed_again(house: House) -> None:
    room = await house.schedule()
    await house.changing.cancel(room.id, ADA)
    with pytest.raises(WrongState):
        await house.planning.confirm(room.id, ADA)


async def test_who_is_appointed_is_asked_when_the_talk_is_confirmed(house: House) -> None:
    await house.meet(CHIARA, replace(DARIO, username="dario"))
    speakers = [
        (Role.SPEAKER, Invited("Chiara", CHIARA.person)),
        (Role.COHOST, Invited("Dario", username="dario")),
        (Role.SPEAKER, Invited("Nobody", PersonId(99))),
        (Role.SPEAKER, Invited("Ada", ADA.person)),
        (Role.COHOST, Invited("@ada", username="ada")),
        (Role.SPEAKER, Invited("Robot", PersonId(9), is_bot=True)),
        (Role.SPEAKER, Invited("Chiara", CHIARA.person)),
    ]
    draft = await house.planning.propose(a_plan(), replace(ADA, username="ada"), appointed=speakers)
    assert house.told_to(CHIARA) == []
    await house.planning.confirm(draft.id, ADA)
    appointments = list(house.store.records.appointments.rows.values())
    assert [(one.invited.name, one.answer) for one in appointments] == [
        ("Chiara", Answer.WAITING),
        ("Dario", Answer.WAITING),
        ("Nobody", Answer.WAITING),
    ]
    assert house.told_to(CHIARA) == [(NoticeKind.INVITATION, str(appointments[0].id))]
    assert house.told_to(DARIO) == [(NoticeKind.INVITATION, str(appointments[1].id))]
    assert len(house.notices()) == 3


async def test_there_is_an_end_to_appointments(house: House) -> None:
    many = [(Role.SPEAKER, Invited(f"S{number}", PersonId(1000 + number))) for number in range(MOST + 1)]
    with pytest.raises(TooManyAppointments):
        await house.planning.propose(a_plan(), ADA, appointed=many)
    assert house.store.records.rooms.rows == {}


async def test_of_a_draft_nobody_knows_so_it_cannot_be_opened(house: House) -> None:
    draft = await house.planning.propose(a_plan(), ADA)
    with pytest.raises(NothingToOpen):
        await house.planning.bring_forward(CHAT, ADA, draft.id)
    assert await house.planning.look_up(draft.id) == draft


async def test_a_talk_of_another_chat_cannot_be_opened_from_here(house: House) -> None:
    elsewhere = await house.schedule(a_plan(chat=OTHER_CHAT))
    with pytest.raises(NothingToOpen):
        await house.planning.bring_forward(CHAT, ADA, elsewhere.id)


async def test_a_talk_that_is_on_cannot_be_opened_again(house: House) -> None:
    room = await house.schedule()
    async with house.store.writing() as records:
        await records.rooms.save(room.opening().live())
    with pytest.raises(WrongState) as refused:
        await house.planning.bring_forward(CHAT, ADA)
    assert refused.value.state == RoomState.LIVE
    await house.schedule(a_plan("Another", NOON + 5 * HOUR))
    with pytest.raises(Clash, match="Careers"):
        await house.planning.bring_forward(CHAT, ADA)


async def test_bringing_forward_makes_the_next_talk_due_now(house: House) -> None:
    with pytest.raises(NothingToOpen):
        await house.planning.bring_forward(CHAT, ADA)
    await house.schedule()
    room = await house.planning.bring_forward(CHAT, ADA)
    assert room.plan.starts_at == NOON
    assert house.due() == [
        (JobKind.OPEN, NOON),
        (JobKind.START, NOON),
        (JobKind.WARN, NOON + 40 * MINUTE),
        (JobKind.END, NOON + 45 * MINUTE),
    ]
    assert house.store.records.log.rows[-1].kind is DeedKind.OPENED


async def test_a_talk_that_would_run_into_the_next_one_is_not_brought_forward(house: House) -> None:
    await house.schedule(a_plan("Soon", NOON + 30 * MINUTE))
    later = await house.schedule(a_plan("Later", NOON + 5 * HOUR))
    with pytest.raises(Clash, match="Soon"):
        await house.planning.bring_forward(CHAT, ADA, later.id)


async def test_what_was_changed_before_a_talk_was_opened_by_hand_is_neither_undone_nor_told(
    house: House,
) -> None:
    room = await house.schedule()
    await house.changing.change(room.id, ADA, lambda plan: replace(plan, starts_at=NOON + 9 * HOUR))
    await house.planning.bring_forward(CHAT, ADA)
    with pytest.raises(NothingToUndo):
        await house.changing.undo(room.id, ADA)
    await house.pass_time(MINUTE)
    assert NoticeKind.CHANGED not in [kind for kind, _ in house.told()]


async def test_the_programme_can_be_had_for_one_topic(house: House) -> None:
    await house.schedule()
    jazz = await house.schedule(replace(a_plan(starts_at=NOON + 3 * HOUR), topic="jazz"))
    assert await house.planning.programme(CHAT, "jazz") == [jazz]
    assert len(await house.planning.programme(CHAT)) == 2


async def test_a_group_keeps_its_language_when_it_is_renamed(house: House) -> None:
    italian = Group(CHAT, "Carriere", ZoneInfo("Europe/Rome"), "it", "key")
    await house.planning.know(italian)
    renamed = await house.planning.know(Group(CHAT, "Careers", ZoneInfo("UTC"), "en", "other"))
    assert renamed == Group(CHAT, "Careers", ZoneInfo("Europe/Rome"), "it", "key")


async def test_a_bot_that_comes_back_announces_what_it_could_not(house: House) -> None:
    await house.know(replace(CAREERS, is_present=False))
    await house.schedule()
    assert house.told() == []
    assert (await house.planning.know(CAREERS)).is_present
    assert house.told() == [(NoticeKind.CARD, "")]
