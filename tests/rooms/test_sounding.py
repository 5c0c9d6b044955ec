"""Who minds a talk that is on brings sounds into it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

import pytest

from rooms.appointments import Answer, Invited
from rooms.bridges import Bridge
from rooms.errors.calls import CallUnreachable
from rooms.errors.floor import NoTalkOn
from rooms.errors.rights import NotAllowed
from rooms.errors.sounds import NothingPlays, NothingToSay, SaidTooLong, SoundUnreachable, VolumeOutOfRange
from rooms.ids import PersonId
from rooms.playing import Cue, Playback
from rooms.roles import Asker, Role
from rooms.room import Room
from rooms.sounding import Sounding
from tests.fakes.clock import settle
from tests.fakes.groups import CAREERS
from tests.fakes.talks import ADA, BRUNO, CHIARA, HOUR, MINUTE, OTHER_CHAT
from tests.rooms.conftest import House

RADIO = Cue("Night radio", url="https://radio.example/live")


@pytest.fixture
async def talk(house: House) -> AsyncIterator[Room]:
    """Chiara's talk, on, whatever happens in its call."""
    await house.know(replace(CAREERS, language="it"))
    room = await house.schedule()
    room = replace(room, plan=replace(room.plan, host=CHIARA.person))
    async with house.store.writing() as records:
        await records.rooms.save(room)
    async with house.at_work():
        await house.clock.advance(HOUR)
        yield room


def sounding(house: House) -> Sounding:
    return house.evenings.sounding


@pytest.mark.parametrize("asker", [ADA, BRUNO, CHIARA], ids=["admin", "another admin", "host"])
async def test_who_minds_the_talk_plays(house: House, talk: Room, asker: Asker) -> None:
    await sounding(house).play(talk.id, asker, RADIO)
    assert house.calls.played == [RADIO]


async def test_a_co_host_plays_and_a_speaker_does_not(house: House, talk: Room) -> None:
    dora, emil = (replace(CHIARA, person=PersonId(number)) for number in (51, 52))
    async with house.store.writing() as records:
        for asker, role in ((dora, Role.COHOST), (emil, Role.SPEAKER)):
            await records.appointments.add(talk.id, role, Invited("D", asker.person), Answer.ACCEPTED)
    await sounding(house).play(talk.id, dora, RADIO)
    with pytest.raises(NotAllowed):
        await sounding(house).play(talk.id, emil, RADIO)
    assert house.calls.played == [RADIO]


async def test_an_admin_of_a_group_that_carries_the_talk_plays_nothing(house: House, talk: Room) -> None:
    async with house.store.writing() as records:
        await records.bridges.save(Bridge(talk.id, OTHER_CHAT, is_agreed=True))
    with pytest.raises(NotAllowed):
        await sounding(house).play(talk.id, replace(BRUNO, chat=OTHER_CHAT), RADIO)


def asked(sounding: Sounding, room: Room, asker: Asker) -> dict[str, Callable[[], Awaitable[object]]]:
    return {
        "play": lambda: sounding.play(room.id, asker, RADIO),
        "say": lambda: sounding.say(room.id, asker, "Welcome"),
        "pause": lambda: sounding.pause(room.id, asker, is_paused=True),
        "skip": lambda: sounding.skip(room.id, asker),
        "stop": lambda: sounding.stop(room.id, asker),
        "volume": lambda: sounding.set_volume(room.id, asker, 50),
    }


@pytest.mark.parametrize("what", ["play", "say", "pause", "skip", "stop", "volume"])
async def test_nothing_is_done_for_who_may_not_nor_while_no_talk_is_on(
    house: House, talk: Room, what: str
) -> None:
    listener = replace(CHIARA, person=PersonId(99))
    with pytest.raises(NotAllowed):
        await asked(sounding(house), talk, listener)[what]()
    later = await house.schedule(replace(talk.plan, starts_at=house.clock.now() + 2 * HOUR))
    with pytest.raises(NoTalkOn):
        await asked(sounding(house), later, ADA)[what]()
    assert (house.calls.played, house.calls.said, house.calls.playbacks) == ([], [], {})


async def test_sounds_are_played_while_the_doors_open_too(house: House) -> None:
    room = await house.schedule()
    await house.conducting.open(room.id)
    await sounding(house).play(room.id, ADA, RADIO)
    assert house.calls.played == [RADIO]


async def test_what_plays_is_seen_until_the_talk_is_over(house: House, talk: Room) -> None:
    await sounding(house).play(talk.id, ADA, RADIO)
    await sounding(house).play(talk.id, ADA, replace(RADIO, title="Day radio"))
    await settle()
    assert house.stages.playback(talk.id) == Playback("Night radio", queue=("Day radio",))
    await house.conducting.end(talk.id)
    assert house.stages.playback(talk.id) == Playback()


async def test_a_relay_that_died_has_forgotten_what_it_played(house: House, talk: Room) -> None:
    await sounding(house).play(talk.id, ADA, RADIO)
    await settle()
    house.calls.crash()
    await settle()
    with pytest.raises(NothingPlays):
        await sounding(house).skip(talk.id, ADA)


async def test_what_plays_rests_goes_on_and_is_skipped(house: House, talk: Room) -> None:
    for step in ("pause", "skip"):
        with pytest.raises(NothingPlays):
            await asked(sounding(house), talk, ADA)[step]()
    await sounding(house).play(talk.id, ADA, RADIO)
    await settle()
    await sounding(house).pause(talk.id, ADA, is_paused=True)
    await settle()
    assert house.stages.playback(talk.id).is_paused
    await sounding(house).skip(talk.id, ADA)
    await settle()
    assert house.stages.playback(talk.id).now is None
    await sounding(house).stop(talk.id, ADA)


@pytest.mark.parametrize("volume", [-1, 201])
async def test_sounds_are_as_loud_as_they_may_be(house: House, talk: Room, volume: int) -> None:
    with pytest.raises(VolumeOutOfRange):
        await sounding(house).set_volume(talk.id, ADA, volume)
    for fitting in (0, 200):
        await sounding(house).set_volume(talk.id, ADA, fitting)
    assert house.calls.playbacks[talk.id].volume == 200


async def test_a_notice_is_read_in_the_group_s_language(house: House, talk: Room) -> None:
    await sounding(house).say(talk.id, ADA, "  Si comincia\ntra un minuto. ")
    assert house.calls.said == [("Si comincia tra un minuto.", "it")]


async def test_a_notice_has_words_and_not_too_many(house: House, talk: Room) -> None:
    with pytest.raises(NothingToSay):
        await sounding(house).say(talk.id, ADA, " \n ")
    with pytest.raises(SaidTooLong) as refused:
        await sounding(house).say(talk.id, ADA, "x" * 301)
    assert (refused.value.length, refused.value.limit) == (301, 300)
    await sounding(house).say(talk.id, ADA, "x" * 300)


async def test_what_the_relay_refuses_is_refused(house: House, talk: Room) -> None:
    house.calls.sound_refusal = SoundUnreachable("Night radio", "status 404")
    with pytest.raises(SoundUnreachable):
        await sounding(house).play(talk.id, ADA, RADIO)
    house.calls.sound_refusal = None
    house.calls.end(talk.id)
    with pytest.raises(CallUnreachable):
        await sounding(house).play(talk.id, ADA, RADIO)


async def test_talks_that_are_on_are_found_wherever_they_are(house: House, talk: Room) -> None:
    assert [room.id for room in await sounding(house).on(10)] == [talk.id]
    assert (await sounding(house).on_in(talk.plan.chat)).id == talk.id
    with pytest.raises(NoTalkOn):
        await sounding(house).on_in(OTHER_CHAT)
    await house.clock.advance(50 * MINUTE)
    assert await sounding(house).on(10) == []
