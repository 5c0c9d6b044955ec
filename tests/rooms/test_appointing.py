"""People are asked to take part, answer for themselves alone, and talks change hands."""

from dataclasses import replace

import pytest

from rooms import seating
from rooms.appointing import Appointing
from rooms.appointments import MOST, Answer, Invited
from rooms.authority import roles_towards
from rooms.before import UNDO, Before
from rooms.errors.people import (
    AlreadyAppointed,
    BotInvited,
    HostInvited,
    NoInvitationNeeded,
    NotAppointed,
    NotInvited,
    PersonUnknown,
    TooManyAppointments,
)
from rooms.errors.rights import Banned, NotAllowed, SubjectBanned
from rooms.errors.talks import NoSuchRoom, WrongState
from rooms.guests import GuestList
from rooms.ids import NOBODY, AppointmentId, PersonId
from rooms.moderation import DeedKind
from rooms.notices import NoticeKind
from rooms.plan import Admission
from rooms.roles import Asker, Role
from rooms.room import OVER, Room, RoomState
from tests.fakes.talks import ADA, BRUNO, CHIARA, a_plan
from tests.rooms.hall import DARIO, ELENA, STRANGER, Hall, invited

REFRESHED = (NoticeKind.REFRESH, "")
DARIO_BY_NAME = Invited("@Dario_B", username="dario_b")
HOST = replace(CHIARA, name="Chiara the host")
CHIARAS = replace(a_plan(), host=HOST.person, host_name=HOST.name)


@pytest.fixture
def hall() -> Hall:
    return Hall()


@pytest.fixture
def appointing(hall: Hall) -> Appointing:
    return Appointing(hall.store, hall.clock)


async def roles(hall: Hall, room: Room, asker: Asker) -> frozenset[Role]:
    async with hall.store.reading() as records:
        return await roles_towards(records, hall.room(room), asker, hall.clock.now())


async def test_who_can_be_written_to_is_asked_in_private(hall: Hall, appointing: Appointing) -> None:
    room = await hall.talk()
    await hall.meet(DARIO)
    appointment = await appointing.invite(room.id, ADA, Role.SPEAKER, invited(DARIO))
    assert hall.told(DARIO) == [(NoticeKind.INVITATION, str(appointment.id))]
    assert hall.heard() == [REFRESHED]
    assert hall.appointments(room) == [(Role.SPEAKER, "Dario", Answer.WAITING)]


async def test_a_user_name_finds_who_wrote_to_the_bot(hall: Hall, appointing: Appointing) -> None:
    room = await hall.talk()
    await hall.meet(DARIO)
    appointment = await appointing.invite(room.id, ADA, Role.SPEAKER, DARIO_BY_NAME)
    assert hall.told(DARIO) == [(NoticeKind.INVITATION, str(appointment.id))]
    assert appointment.invited == DARIO_BY_NAME, "whoever has the name is meant, not who had it once"


async def test_who_cannot_be_written_to_finds_it_at_the_card(hall: Hall, appointing: Appointing) -> None:
    room = await hall.talk()
    await appointing.invite(room.id, ADA, Role.COHOST, DARIO_BY_NAME)
    assert hall.told(DARIO) == []
    assert hall.heard() == [REFRESHED]


@pytest.mark.parametrize("asker", [ADA, BRUNO, HOST, ELENA], ids=lambda asker: asker.name)
async def test_admins_the_host_and_cohosts_invite(hall: Hall, appointing: Appointing, asker: Asker) -> None:
    room = await hall.talk(CHIARAS)
    await hall.appoint(room, Role.COHOST, ELENA, Answer.ACCEPTED)
    await appointing.invite(room.id, asker, Role.SPEAKER, invited(DARIO))


async def test_others_do_not(hall: Hall, appointing: Appointing) -> None:
    room = await hall.talk()
    await hall.appoint(room, Role.COHOST, ELENA, Answer.WAITING)
    await hall.appoint(room, Role.SPEAKER, CHIARA, Answer.ACCEPTED)
    for asker in (ELENA, CHIARA):
        with pytest.raises(NotAllowed):
            await appointing.invite(room.id, asker, Role.SPEAKER, invited(DARIO))


async def test_listeners_are_invited_to_invite_only_talks_alone(hall: Hall, appointing: Appointing) -> None:
    room = await hall.talk()
    with pytest.raises(NoInvitationNeeded):
        await appointing.invite(room.id, ADA, Role.LISTENER, invited(DARIO))
    private = await hall.talk(replace(a_plan(), admission=Admission.INVITED))
    await appointing.invite(private.id, ADA, Role.LISTENER, invited(DARIO))
    assert hall.appointments(private) == [(Role.LISTENER, "Dario", Answer.WAITING)]


@pytest.mark.parametrize("role", [Role.ADMIN, Role.HOST, Role.BANNED])
async def test_nobody_is_invited_to_be_what_is_not_offered(
    hall: Hall, appointing: Appointing, role: Role
) -> None:
    room = await hall.talk()
    with pytest.raises(ValueError, match=role):
        await appointing.invite(room.id, ADA, role, invited(DARIO))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (invited(DARIO), replace(invited(DARIO), name="Dario again")),
        (DARIO_BY_NAME, DARIO_BY_NAME),
        (invited(DARIO), DARIO_BY_NAME),
        (DARIO_BY_NAME, invited(DARIO)),
    ],
)
async def test_nobody_has_the_same_role_twice(
    hall: Hall, appointing: Appointing, first: Invited, second: Invited
) -> None:
    room = await hall.talk()
    await hall.meet(DARIO)
    await appointing.invite(room.id, ADA, Role.SPEAKER, first)
    with pytest.raises(AlreadyAppointed) as refused:
        await appointing.invite(room.id, ADA, Role.SPEAKER, second)
    assert refused.value.name == second.name
    await appointing.invite(room.id, ADA, Role.COHOST, second)


async def test_nobody_is_asked_twice_by_a_user_name_of_which_the_bot_knows_nothing(
    hall: Hall, appointing: Appointing
) -> None:
    room = await hall.talk()
    await appointing.invite(room.id, ADA, Role.SPEAKER, DARIO_BY_NAME)
    with pytest.raises(AlreadyAppointed):
        await appointing.invite(room.id, ADA, Role.SPEAKER, DARIO_BY_NAME)


async def test_the_host_needs_no_invitation(hall: Hall, appointing: Appointing) -> None:
    room = await hall.talk()
    by_name = Invited("@ada", username="ada")
    for asker, whom in ((BRUNO, invited(ADA)), (replace(ADA, username="Ada"), by_name)):
        with pytest.raises(HostInvited):
            await appointing.invite(room.id, asker, Role.COHOST, whom)
    assert hall.appointments(room) == []


async def test_a_bot_is_not_invited(hall: Hall, appointing: Appointing) -> None:
    room = await hall.talk()
    with pytest.raises(BotInvited):
        await appointing.invite(room.id, ADA, Role.SPEAKER, Invited("Robot", PersonId(9), is_bot=True))
    assert hall.appointments(room) == []


async def test_who_declined_can_be_asked_again(hall: Hall, appointing: Appointing) -> None:
    room = await hall.talk()
    first = await appointing.invite(room.id, ADA, Role.SPEAKER, invited(DARIO))
    await appointing.answer(first.id, DARIO, accepts=False)
    await hall.meet(DARIO)
    again = await appointing.invite(room.id, ADA, Role.SPEAKER, invited(DARIO))
    assert (again.id, again.answer) == (first.id, Answer.WAITING)
    assert hall.told(DARIO) == [(NoticeKind.INVITATION, str(first.id))]


async def test_a_talk_has_so_many_appointments_and_no_more(hall: Hall, appointing: Appointing) -> None:
    room = await hall.talk()
    for number in range(MOST):
        await appointing.invite(room.id, ADA, Role.SPEAKER, Invited(f"Nr {number}", PersonId(1000 + number)))
    with pytest.raises(TooManyAppointments) as refused:
        await appointing.invite(room.id, ADA, Role.SPEAKER, invited(DARIO))
    assert refused.value.limit == MOST


@pytest.mark.parametrize("whom", [invited(DARIO), DARIO_BY_NAME])
async def test_who_is_banned_is_not_invited(hall: Hall, appointing: Appointing, whom: Invited) -> None:
    room = await hall.talk()
    await hall.meet(DARIO)
    await hall.ban(DARIO)
    with pytest.raises(SubjectBanned) as refused:
        await appointing.invite(room.id, ADA, Role.SPEAKER, whom)
    assert refused.value.name == whom.name
    assert hall.told(DARIO) == hall.heard() == []


@pytest.mark.parametrize("state", sorted(OVER))
async def test_after_the_talk_nobody_is_invited_answers_or_takes_over(
    hall: Hall, appointing: Appointing, state: RoomState
) -> None:
    room = await hall.talk()
    appointment = await appointing.invite(room.id, ADA, Role.SPEAKER, invited(DARIO))
    await hall.become(room, state)
    for wish in (
        appointing.invite(room.id, ADA, Role.SPEAKER, invited(ELENA)),
        appointing.answer(appointment.id, DARIO, accepts=True),
        appointing.withdraw(room.id, ADA, None, invited(DARIO)),
        appointing.hand_over(room.id, ADA, invited(ELENA)),
    ):
        with pytest.raises(WrongState):
            await wish


async def test_to_a_draft_nobody_is_invited_this_way(hall: Hall, appointing: Appointing) -> None:
    room = await hall.talk(state=RoomState.DRAFT)
    with pytest.raises(NoSuchRoom):
        await appointing.invite(room.id, ADA, Role.SPEAKER, invited(DARIO))


async def test_who_accepts_has_the_role_and_the_host_hears_of_it(hall: Hall, appointing: Appointing) -> None:
    room = await hall.talk()
    await hall.meet(ADA)
    asked = await appointing.invite(room.id, ADA, Role.COHOST, DARIO_BY_NAME)
    assert Role.COHOST not in await roles(hall, room, DARIO)
    accepted = await appointing.answer(asked.id, DARIO, accepts=True)
    assert accepted.invited == Invited("Dario", DARIO.person, "dario_b")
    assert Role.COHOST in await roles(hall, room, DARIO)
    assert hall.told(ADA) == [(NoticeKind.ANSWERED, str(asked.id))]


async def test_a_user_name_that_moved_on_takes_no_role_along(hall: Hall, appointing: Appointing) -> None:
    room = await hall.talk()
    asked = await appointing.invite(room.id, ADA, Role.COHOST, DARIO_BY_NAME)
    await appointing.answer(asked.id, DARIO, accepts=True)
    thief = replace(ELENA, username="dario_b")
    assert Role.COHOST not in await roles(hall, room, thief)
    with pytest.raises(NotInvited):
        await appointing.answer(asked.id, thief, accepts=False)


async def test_only_who_is_meant_answers(hall: Hall, appointing: Appointing) -> None:
    room = await hall.talk()
    asked = await appointing.invite(room.id, ADA, Role.COHOST, DARIO_BY_NAME)
    for asker in (ADA, ELENA, replace(ELENA, username="dario")):
        with pytest.raises(NotInvited):
            await appointing.answer(asked.id, asker, accepts=True)
    with pytest.raises(NotInvited):
        await appointing.answer(AppointmentId(99), DARIO, accepts=True)
    assert hall.appointments(room) == [(Role.COHOST, "@Dario_B", Answer.WAITING)]


async def test_the_same_answer_twice_is_told_once(hall: Hall, appointing: Appointing) -> None:
    room = await hall.talk()
    asked = await appointing.invite(room.id, ADA, Role.COHOST, invited(DARIO))
    await appointing.answer(asked.id, DARIO, accepts=True)
    await hall.meet(ADA)
    await appointing.answer(asked.id, DARIO, accepts=True)
    assert hall.told(ADA) == []


async def test_one_may_think_again(hall: Hall, appointing: Appointing) -> None:
    room = await hall.talk()
    asked = await appointing.invite(room.id, ADA, Role.COHOST, DARIO_BY_NAME)
    await appointing.answer(asked.id, DARIO, accepts=True)
    await appointing.answer(asked.id, DARIO, accepts=False)
    assert hall.appointments(room) == [(Role.COHOST, "Dario", Answer.DECLINED)]
    await appointing.answer(asked.id, DARIO, accepts=True)
    assert hall.appointments(room) == [(Role.COHOST, "Dario", Answer.ACCEPTED)]


async def test_the_banned_can_only_decline(hall: Hall, appointing: Appointing) -> None:
    room = await hall.talk()
    asked = await appointing.invite(room.id, ADA, Role.COHOST, invited(DARIO))
    await hall.ban(DARIO)
    with pytest.raises(Banned):
        await appointing.answer(asked.id, DARIO, accepts=True)
    await appointing.answer(asked.id, DARIO, accepts=False)


async def test_a_speaker_from_elsewhere_may_accept_and_has_rights_as_a_member_only(
    hall: Hall, appointing: Appointing
) -> None:
    room = await hall.talk()
    asked = await appointing.invite(room.id, ADA, Role.COHOST, invited(STRANGER))
    await appointing.answer(asked.id, STRANGER, accepts=True)
    assert await roles(hall, room, STRANGER) == frozenset()
    assert Role.COHOST in await roles(hall, room, replace(STRANGER, is_member=True))


async def test_who_was_asked_by_two_names_has_the_role_once(hall: Hall, appointing: Appointing) -> None:
    room = await hall.talk()
    first = await appointing.invite(room.id, ADA, Role.SPEAKER, invited(DARIO))
    second = await appointing.invite(room.id, ADA, Role.SPEAKER, DARIO_BY_NAME)
    assert second.id != first.id, "the bot could not know"
    await appointing.answer(second.id, DARIO, accepts=True)
    assert hall.appointments(room) == [(Role.SPEAKER, "Dario", Answer.ACCEPTED)]


async def test_at_the_card_one_answers_what_waits_before_what_was_answered(
    hall: Hall, appointing: Appointing
) -> None:
    room = await hall.talk()
    await hall.appoint(room, Role.SPEAKER, DARIO, Answer.ACCEPTED)
    await hall.appoint(room, Role.COHOST, ELENA, Answer.WAITING)
    asked = await hall.appoint(room, Role.COHOST, DARIO, Answer.WAITING)
    given = await appointing.answer_in(room.id, DARIO, accepts=True)
    assert (given.id, given.answer) == (asked.id, Answer.ACCEPTED)
    given = await appointing.answer_in(room.id, DARIO, accepts=False)
    assert (given.role, given.answer) == (Role.SPEAKER, Answer.DECLINED)


async def test_at_the_card_who_was_not_asked_answers_nothing(hall: Hall, appointing: Appointing) -> None:
    room = await hall.talk()
    await hall.appoint(room, Role.COHOST, ELENA, Answer.WAITING)
    with pytest.raises(NotInvited):
        await appointing.answer_in(room.id, DARIO, accepts=True)


async def seated(hall: Hall, *coming: Asker, seats: int) -> Room:
    """A talk with so many seats, and some who come to it in this order."""
    await hall.meet(*coming)
    room = await hall.talk(replace(CHIARAS, seats=seats))
    async with hall.store.writing() as records:
        for asker in coming:
            await seating.seat(records, room, asker.person, hall.clock.now())
    return room


async def guests(hall: Hall, room: Room) -> GuestList:
    async with hall.store.reading() as records:
        return await seating.seating(records, hall.room(room))


async def test_who_accepts_to_speak_gives_the_seat_to_who_waits(hall: Hall, appointing: Appointing) -> None:
    room = await seated(hall, DARIO, ELENA, seats=1)
    offered = await hall.appoint(room, Role.SPEAKER, DARIO, Answer.WAITING)
    await appointing.answer(offered.id, DARIO, accepts=True)
    assert hall.told(ELENA) == [(NoticeKind.SEATED, "")]
    assert (await guests(hall, room)).seated == (DARIO.person, ELENA.person)


@pytest.mark.parametrize("is_withdrawn", [True, False])
async def test_who_speaks_no_more_queues_for_a_seat_and_takes_nobodys(
    hall: Hall, appointing: Appointing, is_withdrawn: bool
) -> None:
    room = await seated(hall, DARIO, ELENA, seats=1)
    given = await hall.appoint(room, Role.SPEAKER, DARIO, Answer.ACCEPTED)
    if is_withdrawn:
        await appointing.withdraw(room.id, HOST, None, invited(DARIO))
    else:
        await appointing.answer(given.id, DARIO, accepts=False)
    people = await guests(hall, room)
    assert (people.seated, people.waiting) == ((ELENA.person,), (DARIO.person,))


async def test_a_new_host_gives_the_seat_to_who_waits(hall: Hall, appointing: Appointing) -> None:
    room = await seated(hall, DARIO, ELENA, seats=1)
    await appointing.hand_over(room.id, HOST, invited(DARIO))
    assert hall.told(ELENA) == [(NoticeKind.SEATED, "")]


async def test_what_is_withdrawn_is_gone_with_its_rights(hall: Hall, appointing: Appointing) -> None:
    room = await hall.talk()
    appointment = await hall.appoint(room, Role.COHOST, DARIO, Answer.ACCEPTED)
    with pytest.raises(NotAllowed):
        await appointing.withdraw(room.id, ELENA, None, invited(DARIO))
    assert await appointing.withdraw(room.id, ADA, None, invited(DARIO)) == {DARIO.person}
    assert hall.heard() == [REFRESHED]
    assert Role.COHOST not in await roles(hall, room, DARIO)
    with pytest.raises(NotAppointed):
        await appointing.withdraw(room.id, ADA, None, invited(DARIO))
    with pytest.raises(NotInvited):
        await appointing.answer(appointment.id, DARIO, accepts=True)


async def test_of_several_parts_the_one_that_is_named_is_taken_back(
    hall: Hall, appointing: Appointing
) -> None:
    room = await hall.talk()
    for role in (Role.COHOST, Role.SPEAKER):
        await hall.appoint(room, role, DARIO, Answer.ACCEPTED)
    assert await appointing.withdraw(room.id, ADA, Role.COHOST, invited(DARIO)) == frozenset()
    assert hall.appointments(room) == [(Role.SPEAKER, "Dario", Answer.ACCEPTED)]
    with pytest.raises(NotAppointed):
        await appointing.withdraw(room.id, ADA, Role.LISTENER, invited(DARIO))


async def test_without_a_name_for_the_part_all_parts_of_that_one_person_are_taken_back(
    hall: Hall, appointing: Appointing
) -> None:
    room = await hall.talk()
    for role in (Role.COHOST, Role.SPEAKER):
        await hall.appoint(room, role, DARIO, Answer.ACCEPTED)
    await hall.appoint(room, Role.SPEAKER, ELENA, Answer.ACCEPTED)
    assert await appointing.withdraw(room.id, ADA, None, invited(DARIO)) == {DARIO.person}
    assert hall.appointments(room) == [(Role.SPEAKER, "Elena", Answer.ACCEPTED)]


async def test_an_offer_is_taken_back_by_the_name_under_which_it_was_made_or_by_whom_it_means(
    hall: Hall, appointing: Appointing
) -> None:
    room = await hall.talk()
    await hall.meet(DARIO)
    for offered, meant in (
        (DARIO_BY_NAME, DARIO_BY_NAME),
        (DARIO_BY_NAME, invited(DARIO)),
        (invited(DARIO), DARIO_BY_NAME),
        (Invited("@nobody", username="nobody"), Invited("@nobody", username="nobody")),
    ):
        await appointing.invite(room.id, ADA, Role.SPEAKER, offered)
        assert await appointing.withdraw(room.id, ADA, None, meant) == frozenset(), "nobody spoke yet"
        assert hall.appointments(room) == []


async def test_from_a_draft_nobody_is_taken_off_this_way(hall: Hall, appointing: Appointing) -> None:
    room = await hall.talk(state=RoomState.DRAFT)
    with pytest.raises(NoSuchRoom):
        await appointing.withdraw(room.id, ADA, None, invited(DARIO))


async def test_the_host_hands_the_talk_over_and_minds_it_still(hall: Hall, appointing: Appointing) -> None:
    room = await hall.talk(CHIARAS)
    handed = await appointing.hand_over(room.id, HOST, invited(DARIO))
    assert (handed.plan.host, handed.plan.host_name) == (DARIO.person, "Dario")
    assert hall.room(room) == handed
    assert handed.revision == room.revision + 1
    assert hall.appointments(room) == [(Role.COHOST, HOST.name, Answer.ACCEPTED)]
    assert hall.heard() == [REFRESHED]
    (deed,) = hall.log()
    assert (deed.kind, deed.actor, deed.person) == (DeedKind.HANDED_OVER, HOST.person, DARIO.person)
    assert (deed.subject, deed.detail) == (room.plan.title, "Dario")


async def test_a_new_host_is_no_cohost_any_more(hall: Hall, appointing: Appointing) -> None:
    room = await hall.talk(CHIARAS)
    await hall.appoint(room, Role.COHOST, DARIO, Answer.ACCEPTED)
    await hall.appoint(room, Role.SPEAKER, ELENA, Answer.ACCEPTED)
    await appointing.hand_over(room.id, ADA, invited(DARIO))
    await appointing.hand_over(room.id, ADA, invited(HOST))
    assert hall.appointments(room) == [
        (Role.SPEAKER, "Elena", Answer.ACCEPTED),
        (Role.COHOST, "Dario", Answer.ACCEPTED),
    ]


async def test_a_talk_in_nobodys_hands_leaves_nobody_behind(hall: Hall, appointing: Appointing) -> None:
    room = await hall.talk(replace(a_plan(), host=NOBODY, host_name=""))
    await appointing.hand_over(room.id, ADA, invited(DARIO))
    assert hall.appointments(room) == []


async def test_handing_over_to_who_has_it_changes_nothing(hall: Hall, appointing: Appointing) -> None:
    room = await hall.talk()
    assert await appointing.hand_over(room.id, ADA, invited(ADA)) == room
    assert hall.log() == []
    assert hall.heard() == []


async def test_cohosts_speakers_and_members_do_not_hand_over(hall: Hall, appointing: Appointing) -> None:
    room = await hall.talk()
    await hall.appoint(room, Role.COHOST, DARIO, Answer.ACCEPTED)
    await hall.appoint(room, Role.SPEAKER, ELENA, Answer.ACCEPTED)
    for asker in (DARIO, ELENA, CHIARA):
        with pytest.raises(NotAllowed):
            await appointing.hand_over(room.id, asker, invited(asker))


async def test_neither_a_bare_user_name_nor_the_banned_become_hosts(
    hall: Hall, appointing: Appointing
) -> None:
    room = await hall.talk()
    await hall.ban(ELENA)
    with pytest.raises(PersonUnknown):
        await appointing.hand_over(room.id, ADA, DARIO_BY_NAME)
    with pytest.raises(SubjectBanned):
        await appointing.hand_over(room.id, ADA, invited(ELENA))
    assert hall.room(room) == room


async def test_taking_a_change_back_does_not_take_the_talk_back(hall: Hall, appointing: Appointing) -> None:
    room = await hall.talk(CHIARAS)
    async with hall.store.writing() as records:
        await records.rooms.keep_before(
            Before(room.id, replace(CHIARAS, title="Old"), room.state, hall.clock.now() + UNDO)
        )
    await appointing.hand_over(room.id, ADA, invited(DARIO))
    async with hall.store.reading() as records:
        before = await records.rooms.before(room.id)
    assert before is not None
    assert (before.plan.title, before.plan.host, before.plan.host_name) == ("Old", DARIO.person, "Dario")
