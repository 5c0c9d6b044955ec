"""The real relay process and the calls that it loses, cannot join, or is to leave in mid-talk."""

import resource
from collections.abc import AsyncIterator
from datetime import timedelta

import numpy as np
import pytest

from rooms.ports import BridgeChanged, CallEvent, CallRegained, RecordingTorn
from sandbox.world.entities import Status
from tests.contract.telegram import (
    AUDIBLE,
    OWNER,
    PATIENCE,
    RELAY,
    Telegram,
    listening,
    opening,
    play,
)
from tests.contract.test_calls_carried import bridged_to, until_in
from tests.interface import needs_interface
from tests.sandbox.sounds import RATE, Sound, strength, tone
from tests.sandbox.waiting import until
from voice.pool.relay import Relay

pytestmark = [pytest.mark.asyncio(loop_scope="module"), needs_interface]

SECOND = 50
"""Slots."""

BLOCK = RATE // 10
"""Samples by which silence is measured."""

BLURRED = 2.0
"""Seconds of a gap that may count as silence: what the decoder makes up after the last packet, and jitter."""


async def next_of(events: AsyncIterator[CallEvent], kind: type[CallEvent]) -> CallEvent:
    return await anext(event async for event in events if isinstance(event, kind))


def silence(sound: Sound) -> float:
    """Seconds in which the tone is not heard, until it is heard for the last time."""
    blocks = np.asarray(sound)[: len(sound) // BLOCK * BLOCK].reshape(-1, BLOCK)
    is_heard = [strength(block, 440) > AUDIBLE / 10 for block in blocks]
    return (max(number for number, heard in enumerate(is_heard, 1) if heard) - sum(is_heard)) * BLOCK / RATE


async def test_a_gap_begins_where_the_sound_broke_off_not_where_that_was_noticed(
    scene: Telegram, relay: Relay
) -> None:
    """No packet comes or goes; it takes the relay many seconds to doubt that people are just quiet."""
    async with listening(relay, scene.room) as ear, relay.events() as events:
        await relay.open(opening(scene))
        async with scene.speaking(OWNER, tone(440, 1), loops=True):
            await ear.until_hears(440)
            await ear.hear(2 * SECOND)
            scene.voice.faults.black_hole = True
            await ear.hear(16 * SECOND)
            scene.voice.faults.black_hole = False
            regained = await next_of(events, CallRegained)
            await ear.until_hears(440)
            await ear.hear(2 * SECOND)
    recording = await relay.close(scene.room)
    assert recording is not None
    gap = max(recording.gaps, key=lambda gap: gap.length)
    assert gap.length > timedelta(seconds=14)
    sound = play(recording.path)
    begin = round(gap.at.total_seconds() * RATE)
    before = sound[: begin - round(BLURRED * RATE)]
    assert silence(before[len(before) // 2 :]) == pytest.approx(0.0)
    assert silence(sound[len(before) :]) - gap.length.total_seconds() < BLURRED
    assert isinstance(regained, CallRegained)
    assert abs(regained.away - gap.length) < timedelta(seconds=BLURRED)


async def test_a_gap_too_short_to_be_noticed_as_a_loss_is_marked_too(scene: Telegram, relay: Relay) -> None:
    async with listening(relay, scene.room) as ear:
        await relay.open(opening(scene))
        async with scene.speaking(OWNER, tone(440, 1), loops=True):
            await ear.until_hears(440)
            await ear.hear(2 * SECOND)
            scene.voice.faults.black_hole = True
            await ear.hear(5 * SECOND)
            scene.voice.faults.black_hole = False
            await ear.until_hears(440)
            await ear.hear(2 * SECOND)
    recording = await relay.close(scene.room)
    assert recording is not None
    (gap,) = recording.gaps
    assert gap.length > timedelta(seconds=3)
    assert silence(play(recording.path)[RATE:]) - gap.length.total_seconds() < BLURRED


async def test_on_a_disk_that_takes_nothing_the_talk_goes_on_and_later_its_recording(
    scene: Telegram, relay: Relay
) -> None:
    """To the relay process every file is full for a while."""
    troubles: list[str] = []
    relay.troubled = troubles.append
    async with listening(relay, scene.room) as ear, relay.events() as events:
        await relay.open(opening(scene))
        async with scene.speaking(OWNER, tone(440, 1), loops=True):
            await ear.until_hears(440)
            await ear.hear(2 * SECOND)
            assert relay.pid is not None
            before = resource.prlimit(relay.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
            assert await next_of(events, RecordingTorn) == RecordingTorn(scene.room)
            assert silence(await ear.hear(3 * SECOND)) == pytest.approx(0.0)
            resource.prlimit(relay.pid, resource.RLIMIT_FSIZE, before)
            await ear.hear(3 * SECOND)
    recording = await relay.close(scene.room)
    assert recording is not None
    assert troubles == ["DISK_REFUSES"]
    (gap,) = recording.gaps
    assert gap.length > timedelta(seconds=2)
    sound = play(recording.path)
    assert abs(silence(sound[RATE:]) - gap.length.total_seconds()) < 0.3


async def test_a_call_that_cannot_be_joined_is_told_with_the_reason_and_joined_once_it_can(
    scene: Telegram, relay: Relay
) -> None:
    east = scene.in_another_group()
    east.appoint(Status.LEFT, frozenset())
    async with relay.events() as events:
        await relay.open(opening(scene, bridges=bridged_to(east)))
        (chat,) = bridged_to(east)
        assert await next_of(events, BridgeChanged) == BridgeChanged(scene.room, chat, "RelayNotInChat")
        east.appoint(Status.ADMINISTRATOR)
        async for event in events:
            if event == BridgeChanged(scene.room, chat):
                break
    assert RELAY in east.call.participants


async def test_a_call_that_the_relay_made_ends_with_its_bridge_and_another_s_goes_on(
    scene: Telegram, relay: Relay
) -> None:
    east, west = scene.in_another_group(), scene.in_another_group()
    west.world.calls.create(west.chat, OWNER, "Chatting")
    await relay.open(opening(scene, bridges=bridged_to(east, west)))
    await until_in(east, west)
    await relay.open(opening(scene))
    await until(lambda: east.chat.call is None and RELAY not in west.call.participants, PATIENCE)
    assert west.call.is_active
    assert RELAY in scene.call.participants
