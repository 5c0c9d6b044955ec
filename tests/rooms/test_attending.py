"""People come, go, are reminded, ask the host and report a talk, and no more than they may."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rooms.appointments import Answer
from rooms.attending import (
    HEARD_ONCE_IN,
    QUESTION_LENGTH,
    QUESTIONS,
    QUESTIONS_WITHIN,
    REFRESHED_ONCE_IN,
    Attending,
    Seat,
)
from rooms.errors.people import (
    HostUnreachable,
    QuestionMissing,
    QuestionTooLong,
    ReasonTooLong,
    TooManyQuestions,
    Unreachable,
)
from rooms.errors.rights import Banned, InvitedOnly, NotAMember
from rooms.errors.talks import NoSuchRoom, WrongState
from rooms.ids import NOBODY, RoomId
from rooms.moderation import REASON_LENGTH, DeedKind
from rooms.notices import NoticeKind
from rooms.plan import Admission
from rooms.roles import Role
from rooms.room import OVER, RoomState
from tests.fakes.talks import ADA, BRUNO, CHIARA, a_plan
from tests.rooms.hall import DARIO, ELENA, STRANGER, Hall

REFRESHED = (NoticeKind.REFRESH, "")


@pytest.fixture
def hall() -> Hall:
    return Hall()


@pytest.fixture
def attending(hall: Hall) -> Attending:
    return Attending(hall.store, hall.clock)


async def test_who_comes_has_a_seat_and_the_card_shows_it(hall: Hall, attending: Attending) -> None:
    room = await hall.talk()
    assert await attending.come(room.id, CHIARA) is Seat.SEATED
    assert hall.heard() == [REFRESHED]


async def test_who_says_it_again_does_not_come_and_leaves_no_trace(hall: Hall, attending: Attending) -> None:
    room = await hall.talk()
    await attending.come(room.id, CHIARA)
    assert await attending.come(room.id, CHIARA) is Seat.GONE
    assert hall.guest(room, CHIARA) is None


async def test_a_storm_of_taps_edits_the_card_once(hall: Hall, attending: Attending) -> None:
    room = await hall.talk()
    for _ in range(5):
        await attending.come(room.id, CHIARA)
        await attending.come(room.id, DARIO)
    assert hall.heard() == [REFRESHED]


async def test_when_all_seats_are_taken_who_comes_waits(hall: Hall, attending: Attending) -> None:
    room = await hall.talk(replace(a_plan(), seats=1))
    await hall.meet(CHIARA)
    assert await attending.come(room.id, DARIO) is Seat.SEATED
    assert await attending.come(room.id, CHIARA) is Seat.WAITING
    assert await attending.come(room.id, ELENA) is Seat.WAITING_UNTOLD, "the bot may not write to her"


async def test_who_speaks_or_minds_the_talk_takes_no_listeners_seat(hall: Hall, attending: Attending) -> None:
    room = await hall.talk(replace(a_plan(), seats=1))
    await hall.appoint(room, Role.SPEAKER, BRUNO, Answer.ACCEPTED)
    await hall.appoint(room, Role.COHOST, DARIO, Answer.ACCEPTED)
    for asker in (ADA, BRUNO, DARIO, CHIARA):
        assert await attending.come(room.id, asker) is Seat.SEATED
    assert await attending.come(room.id, ELENA) is Seat.WAITING_UNTOLD


async def test_who_has_not_accepted_to_speak_takes_a_seat_like_anybody(
    hall: Hall, attending: Attending
) -> None:
    room = await hall.talk(replace(a_plan(), seats=1))
    await hall.appoint(room, Role.SPEAKER, BRUNO, Answer.WAITING)
    assert await attending.come(room.id, BRUNO) is Seat.SEATED
    assert await attending.come(room.id, CHIARA) is Seat.WAITING_UNTOLD


async def test_at_one_and_the_same_instant_the_first_tap_has_the_seat(
    hall: Hall, attending: Attending
) -> None:
    room = await hall.talk(replace(a_plan(), seats=1))
    await hall.meet(DARIO)
    for late in (DARIO, CHIARA, BRUNO):  # each has a smaller number than the one before
        await attending.come(room.id, late)
    assert await attending.come(room.id, DARIO) is Seat.GONE
    assert await attending.come(room.id, DARIO) is Seat.WAITING


async def test_who_moves_up_from_the_waiting_list_is_told(hall: Hall, attending: Attending) -> None:
    room = await hall.talk(replace(a_plan(), seats=1))
    await hall.meet(CHIARA, DARIO, ELENA)
    for asker in (ELENA, CHIARA, DARIO):
        await attending.come(room.id, asker)
    await attending.come(room.id, ELENA)
    assert hall.told(CHIARA) == [(NoticeKind.SEATED, "")]
    assert hall.told(DARIO) == hall.told(ELENA) == []


async def test_nobody_moves_up_when_somebody_gives_up_waiting(hall: Hall, attending: Attending) -> None:
    room = await hall.talk(replace(a_plan(), seats=1))
    await hall.meet(CHIARA, DARIO, ELENA)
    for asker in (ELENA, CHIARA, DARIO):
        await attending.come(room.id, asker)
    await attending.come(room.id, CHIARA)
    assert hall.told(DARIO) == []


async def test_who_cannot_be_written_to_moves_up_unsaid(hall: Hall, attending: Attending) -> None:
    room = await hall.talk(replace(a_plan(), seats=1))
    await attending.come(room.id, ELENA)
    await attending.come(room.id, CHIARA)
    await attending.come(room.id, ELENA)
    assert hall.told(CHIARA) == []


async def test_a_reminder_outlives_that_somebody_does_not_come(hall: Hall, attending: Attending) -> None:
    room = await hall.talk()
    await hall.meet(CHIARA)
    await attending.remind(room.id, CHIARA)
    await attending.come(room.id, CHIARA)
    await attending.come(room.id, CHIARA)
    guest = hall.guest(room, CHIARA)
    assert guest is not None
    assert (guest.wants_reminder, guest.coming_since) == (True, None)


async def test_a_reminder_is_asked_for_and_called_off(hall: Hall, attending: Attending) -> None:
    room = await hall.talk()
    await hall.meet(CHIARA)
    assert await attending.remind(room.id, CHIARA)
    assert not await attending.remind(room.id, CHIARA)
    assert hall.guest(room, CHIARA) is None


async def test_who_never_wrote_to_the_bot_cannot_be_reminded(hall: Hall, attending: Attending) -> None:
    room = await hall.talk()
    with pytest.raises(Unreachable):
        await attending.remind(room.id, CHIARA)
    assert hall.guest(room, CHIARA) is None


@pytest.mark.parametrize("state", sorted(OVER))
async def test_a_talk_that_is_over_cannot_be_attended(
    hall: Hall, attending: Attending, state: RoomState
) -> None:
    room = await hall.talk(state=state)
    await hall.meet(CHIARA, ADA)
    for wish in (
        attending.come(room.id, CHIARA),
        attending.remind(room.id, CHIARA),
        attending.ask(room.id, CHIARA, "Why?"),
    ):
        with pytest.raises(WrongState):
            await wish


async def test_who_comes_in_mid_talk_is_welcome(hall: Hall, attending: Attending) -> None:
    room = await hall.talk(state=RoomState.LIVE)
    assert await attending.come(room.id, CHIARA) is Seat.SEATED


@pytest.mark.parametrize("known", [True, False])
async def test_of_a_draft_nothing_is_known(hall: Hall, attending: Attending, known: bool) -> None:
    room_id = (await hall.talk(state=RoomState.DRAFT)).id if known else RoomId(99)
    for wish in (attending.come(room_id, CHIARA), attending.report(room_id, CHIARA, "spam", [ADA.person])):
        with pytest.raises(NoSuchRoom):
            await wish


async def test_strangers_and_the_banned_may_nothing(hall: Hall, attending: Attending) -> None:
    room = await hall.talk()
    await hall.meet(CHIARA, STRANGER, ADA)
    await hall.ban(CHIARA)
    for asker, refusal in ((CHIARA, Banned), (STRANGER, NotAMember)):
        for wish in (
            attending.come(room.id, asker),
            attending.remind(room.id, asker),
            attending.ask(room.id, asker, "Why?"),
            attending.report(room.id, asker, "spam", [ADA.person]),
        ):
            with pytest.raises(refusal):
                await wish
    assert hall.heard() == hall.told(ADA) == []
    assert hall.log() == []


async def test_to_an_invite_only_talk_come_those_who_were_invited(hall: Hall, attending: Attending) -> None:
    room = await hall.talk(replace(a_plan(), admission=Admission.INVITED))
    await hall.meet(CHIARA)
    await hall.appoint(room, Role.LISTENER, DARIO, Answer.WAITING)
    for asker in (ADA, BRUNO, DARIO):
        assert await attending.come(room.id, asker) is Seat.SEATED
    for wish in (attending.come(room.id, CHIARA), attending.remind(room.id, CHIARA)):
        with pytest.raises(InvitedOnly):
            await wish


async def test_who_is_invited_no_more_can_still_give_the_seat_back(hall: Hall, attending: Attending) -> None:
    room = await hall.talk()
    await attending.come(room.id, CHIARA)
    async with hall.store.writing() as records:
        await records.rooms.save(replace(room, plan=replace(room.plan, admission=Admission.INVITED)))
    assert await attending.come(room.id, CHIARA) is Seat.GONE


async def test_a_question_reaches_the_host_in_private_and_names_nobody(
    hall: Hall, attending: Attending
) -> None:
    room = await hall.talk()
    await hall.meet(ADA)
    await attending.ask(room.id, CHIARA, "  Will there be slides?\n")
    assert hall.told(ADA) == [(NoticeKind.QUESTION, "Will there be slides?")]
    assert hall.heard() == []
    assert hall.log() == []
    async with hall.store.reading() as records:
        assert await records.traces.of_person(CHIARA.person) == []


async def test_a_question_goes_to_a_cohost_when_the_host_cannot_be_written_to(
    hall: Hall, attending: Attending
) -> None:
    room = await hall.talk()
    await hall.meet(BRUNO, DARIO, ELENA)
    await hall.appoint(room, Role.SPEAKER, BRUNO, Answer.ACCEPTED)
    await hall.appoint(room, Role.COHOST, DARIO, Answer.WAITING)
    await hall.appoint(room, Role.COHOST, ELENA, Answer.ACCEPTED)
    await attending.ask(room.id, CHIARA, "Why?")
    assert hall.told(ELENA) == [(NoticeKind.QUESTION, "Why?")]
    assert hall.told(BRUNO) == hall.told(DARIO) == []


async def test_a_question_that_nobody_would_read_is_refused_and_not_counted(
    hall: Hall, attending: Attending
) -> None:
    room = await hall.talk(replace(a_plan(), host=NOBODY, host_name=""))
    for _ in range(QUESTIONS + 1):
        with pytest.raises(HostUnreachable):
            await attending.ask(room.id, CHIARA, "Why?")


async def test_a_question_needs_words_but_not_too_many(hall: Hall, attending: Attending) -> None:
    room = await hall.talk()
    await hall.meet(ADA)
    with pytest.raises(QuestionMissing):
        await attending.ask(room.id, CHIARA, " \n ")
    with pytest.raises(QuestionTooLong) as refused:
        await attending.ask(room.id, CHIARA, "?" * (QUESTION_LENGTH + 1))
    assert (refused.value.length, refused.value.limit) == (QUESTION_LENGTH + 1, QUESTION_LENGTH)
    await attending.ask(room.id, CHIARA, "?" * QUESTION_LENGTH)
    assert len(hall.told(ADA)) == 1


async def test_nobody_can_flood_a_host_with_questions(hall: Hall, attending: Attending) -> None:
    room, other = await hall.talk(), await hall.talk()
    await hall.meet(ADA)
    for number in range(QUESTIONS):
        await attending.ask(room.id, CHIARA, f"Why {number}?")
        await hall.clock.advance(timedelta(minutes=1))
    with pytest.raises(TooManyQuestions) as refused:
        await attending.ask(room.id, CHIARA, "And why?")
    assert refused.value.again_at == hall.clock.now() + QUESTIONS_WITHIN - QUESTIONS * timedelta(minutes=1)
    await attending.ask(room.id, DARIO, "And I?")
    await attending.ask(other.id, CHIARA, "And there?")


async def test_after_a_while_one_may_ask_again(hall: Hall, attending: Attending) -> None:
    room = await hall.talk(replace(a_plan(), duration=timedelta(hours=12)))
    await hall.meet(ADA)
    for number in range(QUESTIONS):
        await attending.ask(room.id, CHIARA, f"Why {number}?")
    await hall.clock.advance(QUESTIONS_WITHIN)
    await attending.ask(room.id, CHIARA, "And why?")
    assert len(hall.told(ADA)) == QUESTIONS + 1


async def test_a_report_reaches_the_admins_who_can_be_written_to_and_the_log(
    hall: Hall, attending: Attending
) -> None:
    room = await hall.talk()
    await hall.meet(ADA)
    assert await attending.report(
        room.id, CHIARA, " spam \n and more ", [ADA.person, BRUNO.person, ADA.person]
    )
    assert hall.told(ADA) == [(NoticeKind.REPORT, "Chiara: spam and more")]
    assert hall.told(BRUNO) == []
    (deed,) = hall.log()
    assert (deed.kind, deed.actor, deed.actor_name) == (DeedKind.REPORTED, CHIARA.person, CHIARA.name)
    assert (deed.subject, deed.detail, deed.at) == (room.plan.title, "spam and more", hall.clock.now())


async def test_a_report_without_a_reason_says_who(hall: Hall, attending: Attending) -> None:
    room = await hall.talk()
    await hall.meet(ADA)
    await attending.report(room.id, CHIARA, "", [ADA.person])
    assert hall.told(ADA) == [(NoticeKind.REPORT, "Chiara")]


async def test_who_reports_again_and_again_is_heard_once(hall: Hall, attending: Attending) -> None:
    room, other = await hall.talk(), await hall.talk(a_plan("Another one"))
    await hall.meet(ADA)
    await attending.report(room.id, CHIARA, "spam", [ADA.person])
    await hall.clock.advance(timedelta(minutes=10))
    await attending.report(other.id, CHIARA, "spam too", [ADA.person])
    assert not await Attending(hall.store, hall.clock).report(room.id, CHIARA, "spam!", [ADA.person])
    assert [detail for _, detail in hall.told(ADA)] == ["Chiara: spam", "Chiara: spam too"]
    assert await attending.report(room.id, DARIO, "spam", [ADA.person])
    await hall.clock.advance(HEARD_ONCE_IN)
    assert await attending.report(room.id, CHIARA, "still spam", [ADA.person])


async def test_a_talk_that_is_over_can_be_reported(hall: Hall, attending: Attending) -> None:
    room = await hall.talk(state=RoomState.ENDED)
    assert await attending.report(room.id, CHIARA, "spam", [])


async def test_a_reason_is_no_novel(hall: Hall, attending: Attending) -> None:
    room = await hall.talk()
    with pytest.raises(ReasonTooLong):
        await attending.report(room.id, CHIARA, "x" * (REASON_LENGTH + 1), [ADA.person])


async def test_who_may_ask_is_told_the_talk_before_they_write(hall: Hall, attending: Attending) -> None:
    room = await hall.talk()
    with pytest.raises(HostUnreachable):
        await attending.admit_question(room.id, CHIARA)
    await hall.meet(ADA)
    assert await attending.admit_question(room.id, CHIARA) == room
    with pytest.raises(NotAMember):
        await attending.admit_question(room.id, STRANGER)
    with pytest.raises(NoSuchRoom):
        await attending.admit_question(RoomId(77), CHIARA)
    for _ in range(QUESTIONS):
        await attending.ask(room.id, CHIARA, "Why?")
    with pytest.raises(TooManyQuestions):
        await attending.admit_question(room.id, CHIARA)


async def test_nobody_is_admitted_to_a_draft_and_only_reports_to_what_is_over(
    hall: Hall, attending: Attending
) -> None:
    draft, over = (
        await hall.talk(state=RoomState.DRAFT),
        await hall.talk(a_plan("Over"), state=RoomState.ENDED),
    )
    for admit in (attending.admit_question, attending.admit_report):
        with pytest.raises(NoSuchRoom):
            await admit(draft.id, ADA)
    assert await attending.admit_report(over.id, CHIARA) == over
    with pytest.raises(WrongState):
        await attending.admit_question(over.id, CHIARA)
    with pytest.raises(NotAMember):
        await attending.admit_report(over.id, STRANGER)


async def test_a_card_that_many_press_is_refreshed_at_once_and_then_after_a_pause(
    hall: Hall, attending: Attending
) -> None:
    room = await hall.talk()
    for asker in (CHIARA, DARIO, ELENA):
        await attending.come(room.id, asker)
        async with hall.store.writing() as records:
            letter = await records.outbox.lease(hall.clock.now(), hall.clock.now() + timedelta(minutes=5))
            assert (letter is not None) == (asker is CHIARA)
            if letter is not None:
                await records.outbox.forget(letter.id)
    assert hall.heard() == [REFRESHED]
    async with hall.store.reading() as records:
        assert await records.outbox.next_due() == hall.clock.now() + REFRESHED_ONCE_IN
