"""Each speaker's turn is timed, and they hear of its end in time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rooms.notices import NoticeKind
from rooms.roles import Asker, Role
from rooms.turn_keeping import WARNED
from tests.fakes.clock import settle
from tests.fakes.groups import CAREERS
from tests.fakes.talks import ADA, CHAT, MINUTE
from tests.rooms.conftest import House
from tests.rooms.floor import DORA, EMIL, LiveTalk, on_stage
from tests.rooms.hall import invited

TIMED = replace(CAREERS, turn=3 * MINUTE)
SECOND = timedelta(seconds=1)


@pytest.fixture
def talk(house: House) -> LiveTalk:
    return LiveTalk(house)


def left(talk: LiveTalk) -> dict[str, timedelta]:
    return {turn.name: turn.ends_at - talk.now for turn in talk.speaking.turns.of(talk.room.id)}


def letters(talk: LiveTalk, asker: Asker) -> int:
    """How often somebody was written to about their turn; each letter is delivered."""
    return [kind for kind, _detail in talk.house.told_to(asker)].count(NoticeKind.TURN)


async def speaks(talk: LiveTalk, asker: Asker) -> None:
    await talk.becomes(asker, is_speaking=True)
    await talk.becomes(asker, is_speaking=False)


async def test_a_turn_begins_when_somebody_is_let_speak(talk: LiveTalk) -> None:
    async with talk.at_work(group=TIMED):
        await talk.seen(on_stage(DORA, hand=1))
        await talk.speaking.take(talk.room.id, ADA)
        await talk.pass_time(MINUTE)
        assert left(talk) == {"Dora": 2 * MINUTE}
        await speaks(talk, DORA)
        assert left(talk) == {"Dora": 2 * MINUTE}, "it began already"


async def test_it_begins_too_when_an_admin_lets_somebody_speak_in_the_call(talk: LiveTalk) -> None:
    async with talk.at_work(group=TIMED):
        await talk.seen(on_stage(DORA))
        await talk.becomes(DORA, may_speak=True)
        assert left(talk) == {"Dora": 3 * MINUTE}


async def test_who_was_a_speaker_before_has_a_turn_from_the_first_word_on(talk: LiveTalk) -> None:
    async with talk.at_work(group=TIMED):
        await talk.appoint(DORA)
        await talk.seen(on_stage(DORA, may_speak=True))
        assert left(talk) == {}
        await speaks(talk, DORA)
        assert left(talk) == {"Dora": 3 * MINUTE}


async def test_hosts_and_cohosts_and_who_is_no_speaker_have_no_turns(talk: LiveTalk) -> None:
    async with talk.at_work(group=TIMED):
        await talk.appoint(DORA, Role.COHOST)
        await talk.seen(*(on_stage(one, may_speak=True, is_speaking=True) for one in (ADA, DORA, EMIL)))
        assert left(talk) == {}


async def test_where_everybody_may_speak_everybodys_turns_are_timed(talk: LiveTalk) -> None:
    async with talk.at_work(group=replace(TIMED, joins_muted=False)):
        await talk.seen(*(on_stage(one, may_speak=True, is_speaking=True) for one in (ADA, EMIL)))
        assert left(talk) == {"Emil": 3 * MINUTE}
        await talk.house.meet(ADA)
        assert left(talk) == {"Emil": 3 * MINUTE}


async def test_a_speaker_is_told_half_a_minute_before_the_end_and_at_the_end(talk: LiveTalk) -> None:
    async with talk.at_work(group=TIMED):
        await talk.house.meet(DORA)
        await talk.seen(on_stage(ADA))
        await talk.speaking.promote(talk.room.id, ADA, invited(DORA))
        await talk.house.deliver()
        await talk.pass_time(3 * MINUTE - WARNED - SECOND)
        assert letters(talk, DORA) == 0
        await talk.pass_time(SECOND)
        assert letters(talk, DORA) == 1
        await talk.house.deliver()
        await talk.pass_time(WARNED)
        assert letters(talk, DORA) == 1
        await talk.house.deliver()
        await talk.pass_time(10 * MINUTE)
        assert letters(talk, DORA) == 0
        assert left(talk) == {"Dora": -10 * MINUTE}, "what comes next is the host's to say"


async def test_a_turn_prolonged_after_its_end_lasts_from_now_on(talk: LiveTalk) -> None:
    async with talk.at_work(group=TIMED):
        await talk.speaking.promote(talk.room.id, ADA, invited(DORA))
        await talk.pass_time(5 * MINUTE)
        await talk.speaking.prolong_turn(talk.room.id, ADA, DORA.person, MINUTE)
        assert left(talk) == {"Dora": MINUTE}


async def test_who_is_prolonged_is_told_of_the_new_end(talk: LiveTalk) -> None:
    async with talk.at_work(group=TIMED):
        await talk.house.meet(DORA)
        await talk.speaking.promote(talk.room.id, ADA, invited(DORA))
        await talk.pass_time(3 * MINUTE)
        await talk.house.deliver()
        await talk.speaking.prolong_turn(talk.room.id, ADA, DORA.person, MINUTE)
        await talk.pass_time(WARNED)
        assert letters(talk, DORA) == 1


async def test_the_turn_of_who_is_no_speaker_any_more_is_gone(talk: LiveTalk) -> None:
    async with talk.at_work(group=TIMED):
        await talk.seen(on_stage(DORA), on_stage(EMIL))
        for one in (DORA, EMIL):
            await talk.speaking.promote(talk.room.id, ADA, invited(one))
        await talk.speaking.demote(talk.room.id, ADA, DORA.person, "Dora")
        await settle()
        await talk.becomes(EMIL, may_speak=False)
        assert left(talk) == {}


async def test_an_hour_of_a_talk_leaves_nothing_behind(talk: LiveTalk) -> None:
    async with talk.at_work(group=TIMED):
        for one in (DORA, EMIL):
            await talk.speaking.promote(talk.room.id, ADA, invited(one))
        await talk.house.conducting.close(CHAT, ADA)
        await talk.pass_time(MINUTE)
        assert talk.speaking.turns.of(talk.room.id) == ()


async def test_without_a_length_nothing_is_timed(talk: LiveTalk) -> None:
    async with talk.at_work():
        await talk.speaking.promote(talk.room.id, ADA, invited(DORA))
        await talk.seen(on_stage(DORA, may_speak=True, is_speaking=True))
        assert left(talk) == {}


async def test_a_talk_may_have_no_turns_where_its_group_has(talk: LiveTalk) -> None:
    async with talk.at_work(group=TIMED):
        await talk.speaking.set_turn(talk.room.id, ADA, timedelta())
        await talk.speaking.promote(talk.room.id, ADA, invited(DORA))
        assert left(talk) == {}
