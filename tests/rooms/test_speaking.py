"""Hands are raised and answered, and who minds the talk says who speaks."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rooms.appointments import MOST, Answer, Invited
from rooms.bridges import Bridge
from rooms.errors.calls import AdminMaySpeak, RelayLacksRights
from rooms.errors.floor import (
    HandDown,
    NoHands,
    NoTalkOn,
    NoTurn,
    SeatsTaken,
    SpeaksAlready,
    SpeaksByPart,
    TurnOutOfRange,
)
from rooms.errors.people import PersonUnknown, TooManyAppointments
from rooms.errors.rights import Banned, NotAllowed, NotAMember, SubjectBanned
from rooms.ids import PersonId
from rooms.measures import Measure, TalkTime
from rooms.moderation import Ban
from rooms.notices import NoticeKind
from rooms.ports import Links
from rooms.roles import Asker, Role
from rooms.speaking import LONGEST_TURN
from rooms.turn_keeping import SHORTEST_TURN
from tests.fakes.clock import settle
from tests.fakes.groups import CAREERS
from tests.fakes.talks import ADA, BRUNO, CHAT, CHIARA, MINUTE, OTHER_CHAT, a_plan
from tests.rooms.conftest import House
from tests.rooms.floor import DORA, EMIL, FABIA, LiveTalk, on_stage
from tests.rooms.hall import STRANGER, invited


@pytest.fixture
def talk(house: House) -> LiveTalk:
    return LiveTalk(house)


async def ban(talk: LiveTalk, asker: Asker) -> None:
    async with talk.house.store.writing() as records:
        await records.bans.save(Ban(CHAT, asker.person, asker.name, "", None))


async def test_hands_queue_in_the_order_of_raising_and_go_down_again(talk: LiveTalk) -> None:
    async with talk.at_work():
        room = talk.room.id
        assert await talk.speaking.raise_hand(room, DORA) == 1
        await talk.pass_time(timedelta(seconds=1))
        assert await talk.speaking.raise_hand(room, EMIL) == 2
        assert await talk.speaking.raise_hand(room, DORA) is None
        assert [hand.name for hand in await talk.speaking.queue(room)] == ["Emil"]


async def test_hands_raised_at_the_same_instant_both_count(talk: LiveTalk) -> None:
    async with talk.at_work():
        places = [await talk.speaking.raise_hand(talk.room.id, one) for one in (FABIA, DORA)]
        assert places == [1, 1], "the lower number comes first: an instant has no order"
        assert [hand.name for hand in await talk.speaking.queue(talk.room.id)] == ["Dora", "Fabia"]


async def test_who_never_spoke_here_comes_first_where_the_group_wants_it_so(talk: LiveTalk) -> None:
    async with talk.at_work(group=replace(CAREERS, first_timers_first=True)):
        before = Measure(talk.room.id, (), (TalkTime(DORA.person, "Dora", MINUTE),))
        async with talk.house.store.writing() as records:
            await records.measures.save(before)
        assert await talk.speaking.raise_hand(talk.room.id, DORA) == 1
        await talk.pass_time(timedelta(seconds=1))
        assert await talk.speaking.raise_hand(talk.room.id, EMIL) == 1
        hand = await talk.speaking.take(talk.room.id, ADA)
        assert hand.name == "Emil"


async def test_a_hand_raised_in_the_call_is_lowered_there_by_the_chat(talk: LiveTalk) -> None:
    async with talk.at_work():
        await talk.seen(on_stage(DORA, hand=7))
        assert await talk.speaking.raise_hand(talk.room.id, DORA) is None
        await settle()
        assert ("lower", DORA.person) in talk.asked
        assert talk.hands == []


async def test_who_may_not_raise_a_hand(talk: LiveTalk) -> None:
    async with talk.at_work():
        await ban(talk, EMIL)
        await talk.appoint(DORA)
        with pytest.raises(Banned):
            await talk.speaking.raise_hand(talk.room.id, EMIL)
        with pytest.raises(NotAMember):
            await talk.speaking.raise_hand(talk.room.id, STRANGER)
        for speaker in (ADA, DORA):
            with pytest.raises(SpeaksAlready):
                await talk.speaking.raise_hand(talk.room.id, speaker)


async def test_before_and_after_the_talk_there_is_no_stage(talk: LiveTalk) -> None:
    room = await talk.house.schedule()
    for attempt in (
        talk.speaking.raise_hand(room.id, DORA),
        talk.speaking.take(room.id, ADA),
        talk.speaking.silence(room.id, ADA),
        talk.speaking.on_in(CHAT),
        talk.speaking.set_turn(room.id, ADA, MINUTE),
    ):
        with pytest.raises(NoTalkOn):
            await attempt


async def test_the_next_one_is_let_speak_and_is_a_speaker_on_record(talk: LiveTalk) -> None:
    async with talk.at_work():
        await talk.seen(on_stage(DORA), on_stage(EMIL))
        await talk.raised(DORA, EMIL)
        assert (await talk.speaking.take(talk.room.id, ADA)).name == "Dora"
        await settle()
        assert (talk.speakers, talk.hands) == ({"Dora"}, [("Emil", False)])
        assert talk.may_speak(DORA)
        assert talk.house.calls.in_call[talk.room.id].speakers == {ADA.person, DORA.person}


async def test_a_chosen_one_speaks_before_the_next_and_only_once(talk: LiveTalk) -> None:
    async with talk.at_work():
        await talk.raised(DORA, EMIL)
        await talk.speaking.take(talk.room.id, ADA, EMIL.person)
        assert talk.speakers == {"Emil"}
        with pytest.raises(HandDown):
            await talk.speaking.take(talk.room.id, BRUNO, EMIL.person)
        await talk.speaking.take(talk.room.id, BRUNO)
        with pytest.raises(NoHands):
            await talk.speaking.take(talk.room.id, BRUNO)


async def test_a_declined_hand_is_down_in_chat_and_call(talk: LiveTalk) -> None:
    async with talk.at_work():
        await talk.seen(on_stage(DORA, hand=1))
        await talk.speaking.decline(talk.room.id, ADA, DORA.person)
        await settle()
        assert talk.hands == []
        assert ("lower", DORA.person) in talk.asked
        await talk.becomes(DORA, hand=2)
        assert talk.hands == [("Dora", True)], "a hand that is raised anew is another one"


async def test_a_hand_that_is_answered_and_still_seen_up_is_not_raised_again(talk: LiveTalk) -> None:
    async with talk.at_work():
        await talk.seen(on_stage(DORA, hand=1), on_stage(EMIL))
        talk.house.calls.is_slow = True
        await talk.speaking.decline(talk.room.id, ADA, DORA.person)
        await talk.becomes(EMIL, hand=2)
        assert talk.hands == [("Emil", True)]


@pytest.mark.parametrize("asker", [CHIARA, STRANGER], ids=["member", "stranger"])
async def test_the_stage_is_minded_by_nobody_else(talk: LiveTalk, asker: Asker) -> None:
    async with talk.at_work():
        room = talk.room.id
        await talk.raised(DORA)
        for attempt in (
            talk.speaking.take(room, asker),
            talk.speaking.decline(room, asker, DORA.person),
            talk.speaking.promote(room, asker, invited(EMIL)),
            talk.speaking.demote(room, asker, DORA.person, "Dora"),
            talk.speaking.silence(room, asker),
            talk.speaking.links(room, asker),
            talk.speaking.set_turn(room, asker, MINUTE),
            talk.speaking.prolong_turn(room, asker, DORA.person, MINUTE),
            talk.speaking.minded(room, asker),
        ):
            with pytest.raises((NotAllowed, NotAMember)):
                await attempt
        assert (talk.hands, talk.asked) == ([("Dora", False)], [])


async def test_a_cohost_minds_the_stage_and_a_speaker_does_not(talk: LiveTalk) -> None:
    async with talk.at_work():
        await talk.appoint(EMIL, Role.COHOST)
        await talk.appoint(FABIA)
        await talk.speaking.promote(talk.room.id, EMIL, invited(DORA))
        with pytest.raises(NotAllowed):
            await talk.speaking.promote(talk.room.id, FABIA, invited(CHIARA))


async def test_whom_nobody_can_let_speak(talk: LiveTalk) -> None:
    async with talk.at_work():
        await ban(talk, EMIL)
        room = talk.room.id
        with pytest.raises(SubjectBanned):
            await talk.speaking.promote(room, ADA, invited(EMIL))
        with pytest.raises(SpeaksAlready):
            await talk.speaking.promote(room, BRUNO, invited(ADA))
        with pytest.raises(PersonUnknown):
            await talk.speaking.promote(room, ADA, Invited("@dora", username="dora"))
        assert talk.asked == []


async def test_an_invitation_that_waits_is_accepted_by_letting_speak(talk: LiveTalk) -> None:
    async with talk.at_work():
        async with talk.house.store.writing() as records:
            whom = Invited("@dora", username="dora")
            await records.appointments.add(talk.room.id, Role.SPEAKER, whom, Answer.WAITING)
        await talk.speaking.promote(talk.room.id, ADA, Invited("Dora", DORA.person, "dora"))
        (one,) = talk.house.store.records.appointments.rows.values()
        assert (one.answer, one.invited.person) == (Answer.ACCEPTED, DORA.person)


async def test_a_talk_has_so_many_speakers_at_most(talk: LiveTalk) -> None:
    async with talk.at_work():
        for number in range(MOST):
            await talk.appoint(Asker(PersonId(1000 + number), f"Guest {number}", is_admin=False))
        with pytest.raises(TooManyAppointments):
            await talk.speaking.promote(talk.room.id, ADA, invited(DORA))


async def test_with_all_seats_taken_who_has_none_stays_a_listener(talk: LiveTalk) -> None:
    async with talk.at_work(replace(a_plan(), seats=2)):
        await talk.house.await_guest(talk.room, DORA)
        await talk.speaking.promote(talk.room.id, ADA, invited(EMIL))
        with pytest.raises(SeatsTaken) as caught:
            await talk.speaking.promote(talk.room.id, ADA, invited(FABIA))
        assert caught.value.seats == 2
        await talk.speaking.promote(talk.room.id, ADA, invited(DORA))
        assert talk.speakers == {"Dora", "Emil"}
        await talk.speaking.demote(talk.room.id, ADA, EMIL.person, "Emil")
        await talk.speaking.promote(talk.room.id, ADA, invited(FABIA))


async def test_a_speaker_who_is_demoted_listens_in_call_and_on_record(talk: LiveTalk) -> None:
    async with talk.at_work():
        await talk.seen(on_stage(DORA))
        await talk.speaking.promote(talk.room.id, ADA, invited(DORA))
        await talk.speaking.demote(talk.room.id, ADA, DORA.person, "Dora")
        await settle()
        assert not talk.may_speak(DORA)
        assert talk.speakers == set()
        assert DORA.person not in talk.house.calls.in_call[talk.room.id].speakers


async def test_hosts_and_cohosts_speak_as_long_as_they_mind_the_talk(talk: LiveTalk) -> None:
    async with talk.at_work():
        await talk.appoint(EMIL, Role.COHOST)
        for minder in (ADA, EMIL):
            with pytest.raises(SpeaksByPart):
                await talk.speaking.demote(talk.room.id, BRUNO, minder.person, minder.name)
        assert talk.asked == []


async def test_an_admin_whom_telegram_lets_speak_is_muted_and_that_is_said(talk: LiveTalk) -> None:
    async with talk.at_work():
        talk.house.calls.admins = {BRUNO.person}
        await talk.seen(on_stage(BRUNO, may_speak=True, is_muted=False))
        with pytest.raises(AdminMaySpeak):
            await talk.speaking.demote(talk.room.id, ADA, BRUNO.person, "Bruno")
        await settle()
        seen = talk.speaking.floor.seen(talk.room.id, BRUNO.person)
        assert seen is not None
        assert seen.is_muted


async def test_one_or_all_are_muted_and_can_unmute_again(talk: LiveTalk) -> None:
    async with talk.at_work():
        await talk.seen(
            *(on_stage(one, may_speak=True, is_muted=False, is_speaking=True) for one in (DORA, EMIL))
        )
        await talk.speaking.silence(talk.room.id, ADA, DORA.person)
        await settle()
        assert [one.is_muted for one in talk.house.stages.of(talk.room.id).people] == [True, False]
        await talk.speaking.silence(talk.room.id, ADA)
        await settle()
        assert all(one.is_muted and one.may_speak for one in talk.house.stages.of(talk.room.id).people)


async def test_what_telegram_does_not_let_us_do_is_on_record_all_the_same(talk: LiveTalk) -> None:
    async with talk.at_work():
        talk.house.calls.refuse(RelayLacksRights(CHAT, "CHAT_ADMIN_REQUIRED"))
        await talk.raised(DORA)
        with pytest.raises(RelayLacksRights):
            await talk.speaking.take(talk.room.id, ADA)
        assert talk.speakers == {"Dora"}


async def test_who_is_let_speak_outside_the_call_is_told_to_come(talk: LiveTalk) -> None:
    async with talk.at_work():
        await talk.house.meet(DORA, EMIL)
        await talk.seen(on_stage(EMIL))
        for one in (DORA, EMIL, FABIA):
            await talk.speaking.promote(talk.room.id, ADA, invited(one))
        assert (NoticeKind.FLOOR, "") in talk.house.told_to(DORA)
        assert (NoticeKind.FLOOR, "") not in talk.house.told_to(EMIL)
        assert talk.house.told_to(FABIA) == []


async def test_the_links_into_a_public_groups_call(talk: LiveTalk) -> None:
    async with talk.at_work():
        assert await talk.speaking.links(talk.room.id, ADA) is None
        assert await talk.speaking.listeners_link(talk.room.id) is None
        talk.house.calls.known_links[talk.room.id] = Links("https://t.me/g?voicechat=s", "https://t.me/g?l")
        assert await talk.speaking.listeners_link(talk.room.id) == "https://t.me/g?l"
        links = await talk.speaking.links(talk.room.id, ADA)
        assert links is not None
        assert links.speakers == "https://t.me/g?voicechat=s"


async def test_a_talks_turns_are_as_long_as_its_host_says(talk: LiveTalk) -> None:
    async with talk.at_work():
        room = await talk.speaking.set_turn(talk.room.id, ADA, 3 * MINUTE)
        assert room.turn == 3 * MINUTE
        await talk.speaking.promote(talk.room.id, ADA, invited(DORA))
        (turn,) = talk.speaking.turns.of(talk.room.id)
        assert turn.ends_at == talk.now + 3 * MINUTE
        await talk.speaking.prolong_turn(talk.room.id, ADA, DORA.person, MINUTE)
        (turn,) = talk.speaking.turns.of(talk.room.id)
        assert turn.ends_at == talk.now + 4 * MINUTE
        await talk.speaking.set_turn(talk.room.id, ADA, timedelta())
        assert talk.speaking.turns.of(talk.room.id) == ()
        with pytest.raises(NoTurn):
            await talk.speaking.prolong_turn(talk.room.id, ADA, DORA.person, MINUTE)


@pytest.mark.parametrize("length", [timedelta(seconds=59), LONGEST_TURN + MINUTE, -SHORTEST_TURN])
async def test_a_turn_that_nobody_could_use_is_refused(talk: LiveTalk, length: timedelta) -> None:
    async with talk.at_work():
        with pytest.raises(TurnOutOfRange):
            await talk.speaking.set_turn(talk.room.id, ADA, length)


NEIGHBOUR = Asker(PersonId(61), "Nora", is_admin=True, chat=OTHER_CHAT)


async def carried(talk: LiveTalk, *, is_agreed: bool = True) -> None:
    async with talk.house.store.writing() as records:
        await records.bridges.save(Bridge(talk.room.id, OTHER_CHAT, is_agreed))
    await settle()


async def test_an_admin_next_door_minds_those_who_take_part_through_their_group(talk: LiveTalk) -> None:
    async with talk.at_work():
        await carried(talk)
        await talk.appoint(DORA)
        await talk.seen(on_stage(DORA, may_speak=True, chat=OTHER_CHAT), on_stage(EMIL, may_speak=True))
        await talk.speaking.silence(talk.room.id, NEIGHBOUR, DORA.person)
        await talk.speaking.demote(talk.room.id, NEIGHBOUR, DORA.person, "Dora")
        assert talk.asked == [("silence", DORA.person), ("listen", DORA.person)]
        for attempt in (
            talk.speaking.silence(talk.room.id, NEIGHBOUR, EMIL.person),
            talk.speaking.silence(talk.room.id, NEIGHBOUR),
            talk.speaking.demote(talk.room.id, NEIGHBOUR, EMIL.person, "Emil"),
            talk.speaking.promote(talk.room.id, NEIGHBOUR, invited(EMIL)),
            talk.speaking.minded(talk.room.id, NEIGHBOUR),
        ):
            with pytest.raises(NotAllowed):
                await attempt


async def test_where_a_talk_is_not_carried_nobody_minds_any_of_it(talk: LiveTalk) -> None:
    async with talk.at_work():
        await carried(talk, is_agreed=False)
        await talk.seen(on_stage(DORA, may_speak=True, chat=OTHER_CHAT))
        with pytest.raises(NotAllowed):
            await talk.speaking.silence(talk.room.id, NEIGHBOUR, DORA.person)
        with pytest.raises(NotAllowed):
            await talk.speaking.admit(talk.room.id, NEIGHBOUR)


async def test_there_is_one_queue_for_all_groups(talk: LiveTalk) -> None:
    async with talk.at_work():
        await carried(talk)
        next_door = replace(DORA, chat=OTHER_CHAT)
        assert await talk.speaking.raise_hand(talk.room.id, next_door) == 1
        await talk.pass_time(timedelta(seconds=1))
        assert await talk.speaking.raise_hand(talk.room.id, EMIL) == 2
