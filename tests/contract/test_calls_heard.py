"""The real relay process on a real call, judged by what is heard there, on the air and in the recording."""

import asyncio
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from rooms.errors.calls import CallUnreachable
from rooms.ports import RelayRestarted
from tests.contract.telegram import (
    ALIKE,
    AUDIBLE,
    GUEST,
    INAUDIBLE,
    OWNER,
    PATIENCE,
    RELAY,
    Telegram,
    environment,
    kill,
    listening,
    loudness,
    opening,
    play,
)
from tests.interface import needs_interface
from tests.sandbox.sounds import RATE, likeness, strength, sweep, tone
from tests.sandbox.waiting import until
from voice.pool.relay import Relay

pytestmark = [pytest.mark.asyncio(loop_scope="module"), needs_interface]

SECOND = 50
"""Slots."""

WAIT = 12
"""Seconds for which Telegram wants to be left alone: more than a request sits out by itself."""

QUIET = 300.0
"""The root mean square of sound that is there, if not loud."""


async def test_a_talk_from_hold_music_to_recording(scene: Telegram, relay: Relay) -> None:
    """The listeners, the people in the call and the recording hear what was played and spoken."""
    speech = sweep(300, 3000, 1.0)
    async with listening(relay, scene.room) as ear:
        await relay.open(opening(scene, is_live=False))
        assert scene.call.title == "Careers after 40"
        assert loudness((await ear.hear(2 * SECOND))[RATE:]) > QUIET  # the hold music
        async with scene.speaking(OWNER, np.zeros(0, np.int16)) as owner:
            await until(lambda: loudness(owner.heard()[-RATE:]) > QUIET)
            await relay.go_live(scene.room)
            await ear.hear(2 * SECOND)
            await ear.until_silent()  # the jingle is over
            async with scene.speaking(GUEST, speech, loops=True):
                await ear.until_recognises(speech)
    recording = await relay.close(scene.room)
    assert recording is not None
    sound = play(recording.path)
    assert len(sound) / RATE == pytest.approx(recording.duration.total_seconds(), abs=0.05)
    assert likeness(speech, sound) > ALIKE
    assert scene.chat.call is None


async def test_what_is_heard_in_the_call_is_never_sent_back_into_it(scene: Telegram, relay: Relay) -> None:
    async with listening(relay, scene.room) as ear:
        await relay.open(opening(scene))
        async with scene.speaking(OWNER, tone(440, 1), loops=True) as owner:
            await ear.until_hears(440)
            await ear.hear(SECOND)
            assert strength(owner.heard()[-RATE:], 440) < INAUDIBLE


async def test_two_who_speak_at_once_are_both_heard(scene: Telegram, relay: Relay) -> None:
    async with listening(relay, scene.room) as ear:
        await relay.open(opening(scene))
        async with (
            scene.speaking(OWNER, tone(440, 1), loops=True),
            scene.speaking(GUEST, tone(1000, 1), loops=True),
        ):
            await ear.until_hears(440)
            assert strength(await ear.until_hears(1000), 440) > AUDIBLE


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGABRT])
async def test_a_dead_relay_process_comes_back_into_the_talk(
    scene: Telegram, relay: Relay, number: signal.Signals
) -> None:
    """The air's clock goes on, and the recording has both sides of a gap that is marked."""
    async with listening(relay, scene.room) as ear, relay.events() as events:
        await relay.open(opening(scene))
        async with scene.speaking(OWNER, tone(440, 1), loops=True):
            await ear.until_hears(440)
            await ear.hear(SECOND)
            kill(relay, number)
            await anext(event async for event in events if event == RelayRestarted())
            before, heard = ear.packets[-1].at, len(ear.packets)
            await relay.open(opening(scene))
            await ear.until_hears(440)
            assert ear.packets[heard].at - before > RATE // 10
            await ear.hear(SECOND)
    recording = await relay.close(scene.room)
    assert recording is not None
    gap = max(recording.gaps, key=lambda gap: gap.length)
    sound = play(recording.path)
    begin, end = (round(at.total_seconds() * RATE) for at in (gap.at, gap.at + gap.length))
    assert strength(sound[begin - RATE // 2 : begin - RATE // 10], 440) > AUDIBLE
    assert strength(sound[begin + RATE // 25 : end - RATE // 25], 440) < AUDIBLE / 100
    assert strength(sound[-RATE // 2 :], 440) > AUDIBLE


async def test_whom_the_voice_server_drops_without_a_word_comes_back(scene: Telegram, relay: Relay) -> None:
    async with listening(relay, scene.room) as ear:
        await relay.open(opening(scene))
        async with scene.speaking(OWNER, tone(440, 1), loops=True):
            await ear.until_hears(440)
            scene.voice.kick(scene.call.id, RELAY)
            assert RELAY not in scene.voice.connected(scene.call.id)
            await until(lambda: RELAY in scene.voice.connected(scene.call.id), PATIENCE)
            await ear.until_hears(440)


async def test_a_call_that_is_there_already_is_taken_up(scene: Telegram, relay: Relay) -> None:
    planned = scene.world.calls.create(
        scene.chat, OWNER, "Planned", scene.world.society.now() + timedelta(hours=1)
    )
    await relay.open(opening(scene, is_live=False))
    assert scene.call is planned
    assert planned.is_active
    elsewhere = scene.in_another_group()
    running = elsewhere.world.calls.create(elsewhere.chat, OWNER, "Chatting")
    await relay.open(opening(elsewhere, is_live=False))
    assert elsewhere.call is running
    assert {planned.title, running.title} == {"Careers after 40"}
    assert RELAY in planned.participants
    assert RELAY in running.participants
    await relay.close(elsewhere.room)


@pytest.mark.parametrize("step", ["phone.JoinGroupCall", "phone.GetGroupParticipants"])
async def test_a_call_that_was_created_in_vain_is_ended_with_its_room(
    scene: Telegram, relay: Relay, step: str
) -> None:
    scene.door.floods[step] = WAIT
    with pytest.raises(CallUnreachable):
        await relay.open(opening(scene, is_live=False))
    scene.door.floods.clear()
    assert scene.call.is_active
    assert await relay.close(scene.room) is None
    assert scene.chat.call is None
    await until(lambda: not relay.rests_for, PATIENCE)


async def test_told_to_end_the_relay_leaves_its_calls_first(scene: Telegram, relay: Relay) -> None:
    async with relay.events() as events:
        await relay.open(opening(scene, is_live=False))
        assert RELAY in scene.call.participants
        kill(relay, signal.SIGTERM)
        await until(lambda: RELAY not in scene.call.participants, 5.0)
        assert scene.call.is_active
        await anext(event async for event in events if event == RelayRestarted())


async def test_the_relay_leaves_when_the_main_process_is_killed(scene: Telegram, tmp_path: Path) -> None:
    source = (
        "import asyncio, os, signal, sys\n"
        "from rooms.ports import Opening\n"
        "from voice.pool.relay import Relay\n"
        "async def main():\n"
        "    relay = Relay([sys.executable, '-m', 'app.relay_process'])\n"
        "    async with asyncio.TaskGroup() as tasks:\n"
        "        tasks.create_task(relay.run())\n"
        "        await relay.open(Opening(7, int(sys.argv[1]), 'Careers', True))\n"
        "        await asyncio.sleep(1)\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "asyncio.run(main())\n"
    )
    parent = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        source,
        str(scene.chat.id),
        env=environment(scene, tmp_path),
        stdout=subprocess.PIPE,
    )
    async with asyncio.timeout(60):
        await parent.communicate()  # ends when nobody holds the pipe any more, the orphan included
    assert parent.returncode == -signal.SIGKILL
    assert scene.call.is_active
    assert RELAY not in scene.call.participants
