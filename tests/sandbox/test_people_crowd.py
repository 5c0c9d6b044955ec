"""The crowd, heard by others over real UDP."""

import asyncio
from collections.abc import AsyncIterator

import numpy as np
import pytest

from sandbox.people.microphone import MicrophoneGone
from sandbox.people.seat import NotConnected
from sandbox.world.errors import CallError
from tests.sandbox.party import Party, decibels, hears, party
from tests.sandbox.sounds import RATE
from tests.sandbox.waiting import until


@pytest.fixture
async def house() -> AsyncIterator[Party]:
    async with party() as house:
        house.start_call()
        yield house


async def test_what_is_spoken_is_heard_by_another(house: Party) -> None:
    line = house.sentence("bruno-1")
    async with house.listening("daniele") as daniele:
        await house.say("bruno-1")
        await hears(daniele, line)
        heard = daniele.heard()
        silence = np.zeros(len(heard) - len(line), np.int16)
        assert decibels(heard) == pytest.approx(decibels(np.concatenate([line, silence])), abs=1)


async def test_several_speak_at_once(house: Party) -> None:
    lines = [house.sentence(id_) for id_ in ("bruno-2", "chiara-2", "ada-1")]
    async with house.listening("daniele") as daniele:
        async with asyncio.TaskGroup() as together:
            for utterance in ("bruno-2", "chiara-2", "ada-1"):
                together.create_task(house.say(utterance))
        await asyncio.gather(*(hears(daniele, line) for line in lines))


async def test_they_hear_each_other_and_go_on(house: Party) -> None:
    """A scripted person takes in what others say; that neither piles up nor disturbs their own speech."""
    line = house.sentence("chiara-2")
    await house.say_a_word("bruno")
    async with house.listening("daniele") as daniele:
        await asyncio.gather(house.say("bruno-2"), house.say("chiara-1"))
        daniele.forget()
        await house.say("chiara-2")
        await hears(daniele, line)


async def test_who_speaks_comes_in_and_stays_unmuted(house: Party) -> None:
    await house.say_a_word("bruno")
    bruno = house.call.participants[house.person("bruno")]
    assert house.is_connected("bruno")
    assert not bruno.muted


async def test_who_is_in_already_is_not_let_in_twice(house: Party) -> None:
    await house.say_a_word("bruno")
    bruno = house.call.participants[house.person("bruno")]
    await house.say_a_word("bruno")
    assert house.call.participants[house.person("bruno")] is bruno


async def test_two_sentences_asked_for_at_once_come_one_after_the_other(house: Party) -> None:
    began = await asyncio.gather(house.say_a_word("bruno"), house.say_a_word("bruno"))
    assert abs(began[0] - began[1]) == pytest.approx(0.2, abs=0.1)
    assert list(house.call.participants) == [house.person("bruno")]


async def test_who_leaves_is_out_at_once_and_may_come_again(house: Party) -> None:
    await house.say_a_word("bruno")
    house.world.calls.leave(house.call, house.person("bruno"))
    assert not house.is_connected("bruno")
    await house.say_a_word("bruno")
    assert house.is_connected("bruno")


async def test_who_leaves_in_mid_sentence_is_told(house: Party) -> None:
    async with asyncio.TaskGroup() as tasks:
        speaking = tasks.create_task(cut_off(house, "bruno-1"))
        await until(lambda: house.person("bruno") in house.voice.speaking(house.call.id))
        house.world.calls.leave(house.call, house.person("bruno"))
        assert await speaking


async def test_the_end_of_the_call_ends_every_sentence(house: Party) -> None:
    call = house.call
    async with asyncio.TaskGroup() as tasks:
        speaking = tasks.create_task(cut_off(house, "bruno-1"))
        await until(lambda: house.person("bruno") in house.voice.speaking(call.id))
        house.world.calls.discard(call, house.person("ada"))
        assert await speaking
    house.start_call()
    await house.say_a_word("bruno")


async def test_another_device_takes_the_place_of_the_scripted_one(house: Party) -> None:
    async with asyncio.TaskGroup() as tasks:
        speaking = tasks.create_task(cut_off(house, "bruno-1"))
        await until(lambda: house.person("bruno") in house.voice.speaking(house.call.id))
        async with house.listening("bruno"):
            assert await speaking
            assert house.is_connected("bruno")


async def test_the_script_takes_the_place_of_another_device(house: Party) -> None:
    async with house.listening("bruno") as browser:
        await house.say_a_word("bruno")
        await until(lambda: browser.connection.connectionState == "closed")
    assert house.is_connected("bruno")


async def test_who_was_dropped_silently_comes_in_anew(house: Party) -> None:
    await house.say_a_word("bruno")
    house.voice.kick(house.call.id, house.person("bruno"))
    line = house.sentence("bruno-3")
    async with house.listening("daniele") as daniele:
        await house.say("bruno-3")
        await hears(daniele, line)


async def test_who_was_muted_by_an_admin_cannot_unmute(house: Party) -> None:
    await house.say_a_word("bruno")
    house.world.calls.set_muted(house.call, house.person("ada"), house.person("bruno"), True)
    with pytest.raises(CallError, match="GROUPCALL_FORBIDDEN"):
        await house.say_a_word("bruno")


async def test_who_is_muted_in_mid_sentence_is_heard_no_more(house: Party) -> None:
    line = house.sentence("bruno-1")
    async with house.listening("daniele") as daniele, asyncio.TaskGroup() as tasks:
        speaking = tasks.create_task(house.say("bruno-1"))
        await until(lambda: len(daniele.heard()) > RATE)
        house.world.calls.set_muted(house.call, house.person("ada"), house.person("bruno"), True)
        await speaking
        assert RATE < len(daniele.heard()) < len(line)


async def test_a_call_that_has_not_started_has_no_place_for_anybody(house: Party) -> None:
    call = house.call
    house.world.calls.discard(call, house.person("ada"))
    with pytest.raises(CallError, match="GROUPCALL_FORBIDDEN"):
        await house.crowd.speak(call, house.person("bruno"), house.line("bruno-1").packets())


async def test_a_line_that_does_not_come_up_is_given_up(house: Party) -> None:
    house.crowd.patience = 0.2
    house.voice.faults.black_hole = True
    with pytest.raises(NotConnected):
        await house.say("bruno-1")
    assert house.person("bruno") not in house.call.participants


async def test_closing_ends_what_is_being_said() -> None:
    async with asyncio.TaskGroup() as tasks:
        async with party() as house:
            house.start_call()
            speaking = tasks.create_task(cut_off(house, "bruno-1"))
            await until(lambda: house.person("bruno") in house.voice.speaking(house.call.id))
        assert await speaking


async def cut_off(house: Party, utterance: str) -> bool:
    with pytest.raises(MicrophoneGone):
        await house.say(utterance)
    return True
