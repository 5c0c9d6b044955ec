"""The real relay process with all that an opening may ask of it: speakers, bridges, sounds, tracks."""

import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from rooms.ids import ChatId, PersonId
from rooms.playing import Cue
from rooms.ports import CallEnded, CallEvent, PlaybackChanged, RelayRestarted, StageChanged
from sandbox.world.entities import Membership, Person, Status
from tests.contract.telegram import (
    AUDIBLE,
    GUEST,
    INAUDIBLE,
    OWNER,
    PATIENCE,
    RELAY,
    Telegram,
    kill,
    listening,
    opening,
    play,
)
from tests.interface import needs_interface
from tests.sandbox.callers import Caller
from tests.sandbox.sounds import RATE, Sound, strength, tone
from tests.sandbox.waiting import until
from voice.pool.relay import Relay
from voice.recording.splicing import splice_tracks
from voice.recording.turns import read_turns

pytestmark = [pytest.mark.asyncio(loop_scope="module"), needs_interface]

SECOND = 50
"""Slots."""

LOW, MIDDLE, HIGH = 440, 1000, 1700
"""Hertz by which an ear tells who speaks."""

LOUDNESS = 8000
"""The amplitude of all of them."""

SILENT: Sound = np.zeros(0, np.int16)


def bridged_to(*scenes: Telegram) -> frozenset[ChatId]:
    return frozenset(ChatId(scene.chat.id) for scene in scenes)


async def until_in(*scenes: Telegram) -> None:
    """Wait until the relay takes part in these groups' calls."""
    for scene in scenes:
        await until(partial(_is_in, scene), PATIENCE)


def _is_in(scene: Telegram) -> bool:
    return scene.chat.call is not None and RELAY in scene.call.participants


async def until_may_speak(scene: Telegram, person: int) -> None:
    """Wait until somebody in a call may unmute."""
    await until(partial(getattr, scene.call.participants[person], "can_self_unmute"), PATIENCE)


async def until_hears(caller: Caller, *tones: int) -> None:
    """Wait until somebody in a call hears these tones for a second, clearly and not too loud."""

    def hears() -> bool:
        levels = [strength(caller.heard()[-RATE:], hertz) for hertz in tones]
        return min(levels) > AUDIBLE and max(levels) < 1.3 * LOUDNESS

    await until(hears, PATIENCE)


async def until_carried(relay: Relay, *others: Telegram) -> None:
    """Wait until all these calls are parts of one talk: their people stand on its stage."""
    async with relay.events() as events:
        for other in others:
            await until_in(other)
            other.world.calls.join(other.call, GUEST, 4_000_000_055, muted=True)
            async for event in events:
                people = event.stage.people if isinstance(event, StageChanged) else ()
                if any(one.chat == other.chat.id for one in people):
                    break
            other.world.calls.leave(other.call, GUEST)


async def until_plays(events: AsyncIterator[CallEvent], title: str | None) -> None:
    """Wait until this sound plays, or none."""
    async for event in events:
        if isinstance(event, PlaybackChanged) and event.playback.now == title:
            return


async def test_each_call_hears_the_others_and_no_echo(scene: Telegram, relay: Relay) -> None:
    east, west = scene.in_another_group(), scene.in_another_group()
    await relay.open(opening(scene, bridges=bridged_to(east, west)))
    await until_in(east, west)
    async with AsyncExitStack() as people:
        ears = {
            hertz: await people.enter_async_context(place.speaking(person, tone(hertz, 1), loops=True))
            for place, person, hertz in ((scene, OWNER, LOW), (east, GUEST, MIDDLE), (west, OWNER, HIGH))
        }
        for own, caller in ears.items():
            others = [hertz for hertz in ears if hertz != own]
            await until_hears(caller, *others)
            assert strength(caller.heard()[-RATE:], own) < INAUDIBLE


async def test_a_bridged_call_that_is_ended_ends_there_alone(scene: Telegram, relay: Relay) -> None:
    east = scene.in_another_group()
    async with relay.events() as events, listening(relay, scene.room) as ear:
        await relay.open(opening(scene, bridges=bridged_to(east)))
        await until_carried(relay, east)
        east.world.calls.discard(east.call, OWNER)
        ended = CallEnded(scene.room, ChatId(east.chat.id))
        assert await anext(event async for event in events if isinstance(event, CallEnded)) == ended
        async with scene.speaking(OWNER, tone(LOW, 1), loops=True):
            await ear.until_hears(LOW)
    assert RELAY in scene.call.participants


async def test_a_bridged_call_that_is_lost_hurts_nobody_and_comes_back(scene: Telegram, relay: Relay) -> None:
    east = scene.in_another_group()
    async with listening(relay, scene.room) as ear:
        await relay.open(opening(scene, bridges=bridged_to(east)))
        await until_in(east)
        async with scene.speaking(OWNER, tone(LOW, 1), loops=True), east.speaking(GUEST, SILENT) as guest:
            await until_hears(guest, LOW)
            east.voice.kick(east.call.id, RELAY)
            await ear.hear(SECOND)
            assert strength(await ear.hear(SECOND), LOW) > AUDIBLE
            await until(lambda: RELAY in east.voice.connected(east.call.id), PATIENCE)
            before = len(guest.heard())
            await until(lambda: strength(guest.heard()[before:][-RATE:], LOW) > AUDIBLE, PATIENCE)


async def test_a_group_where_the_relay_is_none_is_left_out_until_it_is_let_in(
    scene: Telegram, relay: Relay
) -> None:
    east = scene.in_another_group()
    east.appoint(Status.LEFT, frozenset())
    await relay.open(opening(scene, bridges=bridged_to(east)))
    async with listening(relay, scene.room) as ear:
        await ear.hear(SECOND)
    assert east.chat.call is None
    east.appoint(Status.ADMINISTRATOR)
    await until_in(east)


async def test_bridged_calls_that_the_relay_made_end_with_the_talk_and_others_go_on(
    scene: Telegram, relay: Relay
) -> None:
    east, west = scene.in_another_group(), scene.in_another_group()
    west.world.calls.create(west.chat, OWNER, "Chatting")
    await relay.open(opening(scene, bridges=bridged_to(east, west)))
    await until_in(east, west)
    await relay.close(scene.room)
    assert scene.chat.call is None
    assert east.chat.call is None
    assert west.call.is_active
    assert RELAY not in west.call.participants


async def test_newcomers_listen_and_speakers_may_speak_whenever_they_come(
    scene: Telegram, relay: Relay
) -> None:
    calls = scene.world.calls
    listener = _another_member(scene)
    await relay.open(opening(scene, joins_muted=True, speakers=frozenset({PersonId(GUEST)})))
    for source in (4_000_000_001, 4_000_000_002):
        calls.join(scene.call, GUEST, source, muted=False)
        calls.join(scene.call, listener, source + 10, muted=False)
        await until_may_speak(scene, GUEST)
        assert not scene.call.participants[listener].can_self_unmute
        calls.leave(scene.call, GUEST)
        calls.leave(scene.call, listener)
    await relay.let_speak(scene.room, PersonId(listener), may_speak=True)
    calls.join(scene.call, listener, 4_000_000_099, muted=False)
    await until_may_speak(scene, listener)


async def test_reopened_after_a_crash_all_is_as_the_opening_says(scene: Telegram, relay: Relay) -> None:
    east = scene.in_another_group()
    wanted = opening(scene, joins_muted=True, speakers=frozenset({PersonId(GUEST)}), bridges=bridged_to(east))
    async with relay.events() as events:
        await relay.open(wanted)
        await until_in(east)
        await until(lambda: scene.call.join_muted and east.call.join_muted, PATIENCE)
        kill(relay, signal.SIGKILL)
        await anext(event async for event in events if event == RelayRestarted())
        for place in (scene, east):
            place.world.calls.let_in_muted(place.call, OWNER, join_muted=False)
            place.world.calls.join(place.call, GUEST, 4_000_000_001, muted=True)
            place.world.calls.set_muted(place.call, OWNER, GUEST, muted=True)
        await relay.open(wanted)
    for place in (scene, east):
        await until(partial(getattr, place.call, "join_muted"), PATIENCE)
        await until_may_speak(place, GUEST)


async def test_of_who_said_no_nothing_is_recorded_and_of_the_others_all(
    scene: Telegram, relay: Relay
) -> None:
    async with listening(relay, scene.room) as ear:
        await relay.open(opening(scene, unrecorded=frozenset({PersonId(GUEST)})))
        async with (
            scene.speaking(OWNER, tone(LOW, 1), loops=True),
            scene.speaking(GUEST, tone(HIGH, 1), loops=True),
        ):
            await ear.until_hears(LOW)
            await ear.until_hears(HIGH)
            await ear.hear(2 * SECOND)
    recording = await relay.close(scene.room)
    assert recording is not None
    tracks = {path.stem: play(path) for path in (recording.path, *splice_tracks(recording.path.parent))}
    assert set(tracks) == {"talk", str(OWNER)}
    for sound in tracks.values():
        assert strength(sound[-2 * RATE : -RATE // 2], LOW) > AUDIBLE
        assert strength(sound, HIGH) < AUDIBLE / 100
    assert {turn.person for turn in read_turns(recording.path.parent)} == {OWNER}


async def test_every_speaker_has_a_track_and_each_turn_is_known(scene: Telegram, relay: Relay) -> None:
    async with listening(relay, scene.room) as ear:
        await relay.open(opening(scene))
        for person, hertz in ((OWNER, LOW), (GUEST, HIGH)):
            async with scene.speaking(person, tone(hertz, 1), loops=True):
                await ear.until_hears(hertz)
                await ear.hear(SECOND)
    recording = await relay.close(scene.room)
    assert recording is not None
    folder = recording.path.parent
    tracks = {path.stem: play(path) for path in splice_tracks(folder)}
    assert set(tracks) == {str(OWNER), str(GUEST)}
    turns = {turn.person: turn for turn in read_turns(folder)}
    for person, own, other in ((OWNER, LOW, HIGH), (GUEST, HIGH, LOW)):
        turn, sound = turns[PersonId(person)], tracks[str(person)]
        begin, end = (round(at.total_seconds() * RATE) for at in (turn.at, turn.at + turn.length))
        assert strength(sound[begin:end], own) > AUDIBLE
        assert strength(sound, other) < AUDIBLE / 100
    assert turns[PersonId(OWNER)].at < turns[PersonId(GUEST)].at


async def test_a_sound_that_is_played_is_heard_in_the_call_and_on_air(scene: Telegram, relay: Relay) -> None:
    sound = Path(__file__).parents[2] / "voice/sounds/jingle.ogg"
    async with listening(relay, scene.room) as ear, relay.events() as events:
        await relay.open(opening(scene))
        async with scene.speaking(OWNER, SILENT) as owner:
            await relay.play(scene.room, Cue("Fanfare", sound))
            await until_plays(events, "Fanfare")
            await until(lambda: float(np.abs(owner.heard()[-RATE:]).max(initial=0)) > AUDIBLE, PATIENCE)
            await ear.hear(SECOND)
            await until_plays(events, None)
    assert max(-packet.level for packet in ear.packets) > -40


async def test_a_clip_can_be_had_while_the_talk_goes_on(scene: Telegram, relay: Relay) -> None:
    async with listening(relay, scene.room) as ear:
        await relay.open(opening(scene))
        async with scene.speaking(OWNER, tone(LOW, 1), loops=True):
            await ear.until_hears(LOW)
            await ear.hear(3 * SECOND)
            excerpt = await relay.clip(scene.room, timedelta(seconds=1))
            clip = play(excerpt.path)
    assert excerpt.length == timedelta(seconds=1)
    assert abs(len(clip) - RATE) < RATE // 20
    assert strength(clip, LOW) > AUDIBLE


def _another_member(scene: Telegram) -> int:
    person = 103
    if person not in scene.world.society.people:
        scene.world.society.add(Person(person, "Carla"))
    scene.world.society.set_member(scene.chat, Membership(person), OWNER)
    return person
