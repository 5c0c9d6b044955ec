"""What people do in Telegram's own voice chat is put on record, and our own doing is not mistaken for it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rooms.errors.calls import AdminMaySpeak, CallUnreachable
from rooms.moderation import Ban
from rooms.own_doing import PATIENCE
from rooms.roles import Role
from rooms.room import RoomState
from rooms.stage import OnStage
from tests.fakes.clock import settle
from tests.fakes.groups import CAREERS
from tests.fakes.talks import ADA, BRUNO, CHAT, MINUTE, OTHER_CHAT, a_plan
from tests.rooms.conftest import House
from tests.rooms.floor import DORA, EMIL, FABIA, LiveTalk, on_stage
from tests.rooms.hall import invited

CHANNEL = replace(DORA, person=type(DORA.person)(-1001234567890), name="The Channel")


@pytest.fixture
def talk(house: House) -> LiveTalk:
    return LiveTalk(house)


async def ban(house: House, asker: object) -> None:
    async with house.store.writing() as records:
        await records.bans.save(Ban(CHAT, asker.person, asker.name, "", None))  # type: ignore[attr-defined]
    await settle()


async def test_hands_raised_in_the_call_are_on_record_in_the_order_of_their_ratings(talk: LiveTalk) -> None:
    async with talk.at_work():
        await talk.seen(on_stage(DORA, hand=2), on_stage(EMIL, hand=3), on_stage(FABIA))
        assert talk.hands == [("Emil", True), ("Dora", True)]
        await talk.becomes(FABIA, hand=1)
        assert talk.hands == [("Emil", True), ("Dora", True), ("Fabia", True)]


async def test_a_hand_lowered_in_the_call_is_gone(talk: LiveTalk) -> None:
    async with talk.at_work():
        await talk.seen(on_stage(DORA, hand=1), on_stage(EMIL, hand=2))
        await talk.becomes(DORA, hand=None)
        assert talk.hands == [("Emil", True)]


async def test_a_hand_whose_owner_left_the_call_is_gone_but_one_from_the_chat_stays(talk: LiveTalk) -> None:
    async with talk.at_work():
        await talk.raised(FABIA)
        await talk.seen(on_stage(DORA, hand=1), on_stage(EMIL), on_stage(FABIA))
        await talk.seen(on_stage(EMIL))
        assert talk.hands == [("Fabia", False)]


async def test_a_hand_raised_in_chat_and_call_stays_when_it_goes_down_in_the_call(talk: LiveTalk) -> None:
    async with talk.at_work():
        await talk.raised(DORA)
        await talk.seen(on_stage(DORA, hand=1))
        await talk.becomes(DORA, hand=None)
        assert talk.hands == [("Dora", False)]


async def test_an_empty_stage_takes_no_hand_down(talk: LiveTalk) -> None:
    """A relay that has just come back sees nobody at first."""
    async with talk.at_work():
        await talk.seen(on_stage(DORA, hand=2), on_stage(EMIL, hand=1))
        await talk.seen()
        assert talk.hands == [("Dora", True), ("Emil", True)]


async def test_hands_are_forgotten_with_the_end_of_the_talk(talk: LiveTalk) -> None:
    async with talk.at_work():
        await talk.raised(EMIL)
        await talk.seen(on_stage(DORA, hand=1))
        await talk.house.conducting.close(CHAT, ADA)
        await talk.pass_time(MINUTE)
        assert talk.house.room(talk.room).state is RoomState.ENDED
        assert talk.hands == []


async def test_whom_an_admin_lets_speak_in_the_call_is_a_speaker_on_record(talk: LiveTalk) -> None:
    async with talk.at_work():
        await talk.seen(on_stage(DORA, hand=4))
        await talk.becomes(DORA, may_speak=True, hand=None)
        assert talk.speakers == {"Dora"}
        assert talk.hands == []


async def test_whom_an_admin_mutes_for_good_in_the_call_is_none_any_more(talk: LiveTalk) -> None:
    async with talk.at_work():
        await talk.appoint(DORA)
        await talk.seen(on_stage(DORA, may_speak=True))
        await talk.becomes(DORA, may_speak=False)
        assert talk.speakers == set()


async def test_a_speaker_who_has_just_joined_muted_was_not_demoted(talk: LiveTalk) -> None:
    async with talk.at_work():
        await talk.appoint(DORA)
        await talk.seen(on_stage(DORA, may_speak=True))
        again = on_stage(DORA, joined_at=talk.now)
        await talk.seen(again)
        assert talk.speakers == {"Dora"}, "she left and came again between two looks"
        await talk.seen()
        await talk.seen(again)
        assert talk.speakers == {"Dora"}


async def test_who_joins_able_to_speak_is_no_speaker_by_that(talk: LiveTalk) -> None:
    async with talk.at_work():
        await talk.seen(on_stage(ADA, may_speak=True), on_stage(EMIL, may_speak=True))
        assert talk.speakers == set()


async def test_an_admin_is_no_speaker_for_being_one(talk: LiveTalk) -> None:
    async with talk.at_work():
        await talk.seen(on_stage(BRUNO))
        await talk.becomes(BRUNO, may_speak=True)
        assert talk.speakers == set()


async def test_our_own_letting_and_muting_change_nothing_on_record_once_more(talk: LiveTalk) -> None:
    async with talk.at_work():
        await talk.seen(on_stage(DORA, hand=1))
        await talk.speaking.take(talk.room.id, ADA)
        await talk.pass_time(2 * PATIENCE)
        assert (talk.speakers, talk.may_speak(DORA)) == ({"Dora"}, True)
        await talk.speaking.demote(talk.room.id, ADA, DORA.person, "Dora")
        await talk.pass_time(2 * PATIENCE)
        assert (talk.speakers, talk.may_speak(DORA)) == (set(), False)


async def test_the_late_echo_of_a_muting_does_not_undo_the_letting_after_it(talk: LiveTalk) -> None:
    async with talk.at_work():
        await talk.seen(on_stage(DORA, may_speak=True))
        talk.house.calls.is_slow = True
        await talk.speaking.demote(talk.room.id, ADA, DORA.person, "Dora")
        await talk.speaking.promote(talk.room.id, ADA, invited(DORA))
        await talk.becomes(DORA, may_speak=False)
        await talk.becomes(DORA, may_speak=True)
        await talk.pass_time(2 * PATIENCE)
        assert talk.speakers == {"Dora"}


async def test_the_late_echo_of_a_letting_is_taken_back_once(talk: LiveTalk) -> None:
    async with talk.at_work():
        await talk.seen(on_stage(DORA))
        talk.house.calls.is_slow = True
        await talk.speaking.promote(talk.room.id, ADA, invited(DORA))
        await talk.speaking.demote(talk.room.id, ADA, DORA.person, "Dora")
        talk.house.calls.is_slow = False
        await talk.becomes(DORA, may_speak=True)
        assert talk.speakers == set()
        assert not talk.may_speak(DORA)


async def test_an_admin_who_insists_in_the_call_has_the_last_word(talk: LiveTalk) -> None:
    async with talk.at_work():
        await talk.appoint(DORA)
        await talk.seen(on_stage(DORA, may_speak=True))
        await talk.speaking.demote(talk.room.id, BRUNO, DORA.person, "Dora")
        await settle()
        await talk.becomes(DORA, may_speak=True)
        assert talk.speakers == {"Dora"}, "our order was seen done before"


async def test_what_we_ordered_and_nobody_ever_saw_was_overruled(talk: LiveTalk) -> None:
    """Muted by us and let speak by an admin at once: the two changes come as none."""
    async with talk.at_work():
        await talk.appoint(DORA)
        await talk.seen(on_stage(DORA, may_speak=True))
        talk.house.calls.is_slow = True
        await talk.speaking.demote(talk.room.id, ADA, DORA.person, "Dora")
        await talk.pass_time(PATIENCE - timedelta(seconds=1))
        assert talk.speakers == set()
        await talk.pass_time(timedelta(seconds=1))
        assert talk.speakers == {"Dora"}


async def test_a_refused_order_is_no_wish_of_anybodys(talk: LiveTalk) -> None:
    async with talk.at_work():
        await talk.seen(on_stage(DORA, hand=1))
        talk.house.calls.refuse(CallUnreachable(CHAT, "FLOOD_WAIT_30"))
        with pytest.raises(CallUnreachable):
            await talk.speaking.take(talk.room.id, ADA)
        await talk.pass_time(2 * PATIENCE)
        assert talk.speakers == {"Dora"}, "it is on record, and done when Telegram lets us"


async def test_an_admin_made_a_listener_stays_off_the_record_though_telegram_lets_them_speak(
    talk: LiveTalk,
) -> None:
    async with talk.at_work():
        talk.house.calls.admins = {BRUNO.person}
        await talk.appoint(BRUNO)
        await talk.seen(on_stage(BRUNO, may_speak=True))
        with pytest.raises(AdminMaySpeak):
            await talk.speaking.demote(talk.room.id, ADA, BRUNO.person, "Bruno")
        await talk.pass_time(2 * PATIENCE)
        assert talk.speakers == set()


async def test_a_ban_takes_the_voice_and_the_hand_at_once(talk: LiveTalk) -> None:
    async with talk.at_work():
        await talk.seen(on_stage(DORA, may_speak=True), on_stage(EMIL, hand=1))
        await ban(talk.house, DORA)
        await ban(talk.house, EMIL)
        assert not talk.may_speak(DORA)
        assert talk.hands == []
        await talk.becomes(EMIL, hand=2)
        assert talk.hands == []


async def test_whom_the_ban_holds_cannot_be_let_speak_in_the_call(talk: LiveTalk) -> None:
    async with talk.at_work():
        await ban(talk.house, DORA)
        await talk.seen(on_stage(DORA))
        await talk.becomes(DORA, may_speak=True)
        assert not talk.may_speak(DORA)
        assert talk.speakers == set()


async def test_a_ban_next_door_holds_for_who_takes_part_through_that_group(talk: LiveTalk) -> None:
    async with talk.at_work():
        async with talk.house.store.writing() as records:
            for one in (DORA, EMIL):
                await records.bans.save(Ban(OTHER_CHAT, one.person, one.name, "", None))
        await talk.seen(on_stage(DORA, may_speak=True, chat=OTHER_CHAT), on_stage(EMIL, may_speak=True))
        assert not talk.may_speak(DORA)
        assert talk.may_speak(EMIL)


async def test_a_voice_that_cannot_be_taken_now_is_taken_later(talk: LiveTalk) -> None:
    async with talk.at_work():
        await talk.seen(on_stage(DORA, may_speak=True))
        talk.house.calls.refuse(CallUnreachable(CHAT, "FLOOD_WAIT_5"))
        await ban(talk.house, DORA)
        assert talk.may_speak(DORA)
        talk.house.calls.relent(CHAT)
        await talk.pass_time(timedelta(seconds=10))
        assert not talk.may_speak(DORA)


async def test_without_a_seat_nobody_is_let_speak_in_the_call(talk: LiveTalk) -> None:
    async with talk.at_work(replace(a_plan(), seats=1)):
        await talk.appoint(EMIL)
        await talk.seen(on_stage(DORA))
        await talk.becomes(DORA, may_speak=True)
        assert talk.speakers == {"Emil"}
        assert not talk.may_speak(DORA)


async def test_where_everybody_may_speak_a_talk_with_seats_lets_those_speak_who_have_one(
    talk: LiveTalk,
) -> None:
    group = replace(CAREERS, joins_muted=False)
    async with talk.at_work(replace(a_plan(), seats=1), group):
        await talk.house.await_guest(talk.room, DORA)
        await settle()
        opening = talk.house.calls.in_call[talk.room.id]
        assert opening.joins_muted
        assert opening.speakers == {ADA.person, DORA.person}
        await talk.seen(on_stage(DORA))
        await talk.becomes(DORA, may_speak=True)
        assert talk.speakers == set(), "whoever has a seat speaks by that"


async def test_who_speaks_as_a_channel_is_treated_like_anybody(talk: LiveTalk) -> None:
    async with talk.at_work():
        await talk.seen(on_stage(CHANNEL, hand=1))
        assert talk.hands == [("The Channel", True)]
        await talk.becomes(CHANNEL, may_speak=True, hand=None)
        assert (talk.speakers, talk.hands) == ({"The Channel"}, [])
        await talk.becomes(CHANNEL, may_speak=False)
        assert talk.speakers == set()


async def test_a_cohost_muted_in_the_call_minds_the_talk_all_the_same(talk: LiveTalk) -> None:
    async with talk.at_work():
        await talk.appoint(DORA, Role.COHOST)
        await talk.seen(on_stage(DORA, may_speak=True))
        await talk.becomes(DORA, may_speak=False)
        rows = talk.house.store.records.appointments.rows.values()
        assert [row.role for row in rows] == [Role.COHOST]


async def test_an_invitation_accepted_takes_the_hand_down(talk: LiveTalk) -> None:
    async with talk.at_work():
        await talk.seen(on_stage(DORA, hand=1))
        await talk.appoint(DORA)
        assert talk.hands == []
        rings = talk.house.store.committed.rings
        await settle()
        assert talk.house.store.committed.rings == rings, "and then there is peace"


_MOVES = st.sampled_from(["let", "mute", "promote", "demote", "raise", "lower", "leave", "come", "wait"])


@settings(max_examples=80, deadline=None)
@given(moves=st.lists(_MOVES, max_size=12))
async def test_whatever_admins_and_hosts_do_in_any_order_record_and_call_agree_in_the_end(
    moves: list[str],
) -> None:
    """Nobody is an admin but Ada, who is not in the call."""
    talk = LiveTalk(House())
    async with talk.at_work():
        await talk.seen(on_stage(EMIL), on_stage(DORA))
        for number, move in enumerate(moves):
            await _make(talk, move, number)
        await talk.pass_time(3 * PATIENCE)
        await settle()
        seen = _dora_in_call(talk)
        if seen is not None:
            assert seen.may_speak == ("Dora" in talk.speakers), moves
            assert (("Dora", True) in talk.hands) == seen.has_hand_up, moves


def _dora_in_call(talk: LiveTalk) -> OnStage | None:
    """As Telegram has her, whatever we have seen of it."""
    people = talk.house.calls.stages[talk.room.id].people
    return next((one for one in people if one.person == DORA.person), None)


async def _make(talk: LiveTalk, move: str, number: int) -> None:
    room, dora = talk.room.id, _dora_in_call(talk)
    if move == "leave":
        await talk.seen(on_stage(EMIL))
    elif move == "come" and dora is None:
        may_speak = "Dora" in talk.speakers  # the relay's usher sees to that
        await talk.seen(on_stage(EMIL), on_stage(DORA, joined_at=talk.now, may_speak=may_speak))
    elif move == "wait":
        await talk.pass_time(PATIENCE)
    elif move == "promote" and "Dora" not in talk.speakers:
        await talk.speaking.promote(room, ADA, invited(DORA))
    elif move == "demote":
        await talk.speaking.demote(room, ADA, DORA.person, "Dora")
    elif move in _IN_CALL and (move != "raise" or (dora is not None and not dora.may_speak)):
        await talk.becomes(DORA, **{**_IN_CALL[move], **({"hand": number} if move == "raise" else {})})


_IN_CALL: dict[str, dict[str, object]] = {
    "let": {"may_speak": True, "hand": None},
    "mute": {"may_speak": False},
    "raise": {},
    "lower": {"hand": None},
}
"""What happens to Dora in Telegram's own app."""
