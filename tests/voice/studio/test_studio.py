"""The studio: what goes on air, what goes into the calls and what is recorded."""

import asyncio
import time
from concurrent.futures import Executor
from pathlib import Path

import numpy as np
import pytest

from rooms.ids import ChatId
from rooms.ports import Packet
from tests.voice.exchange import ADA, BEN, source_of
from tests.voice.sounds import rms, strength, tone
from tests.voice.studios import HOLD, HOME, JINGLE, Room, leg_with, microphone, voice
from voice.mixing.sound import QUIETEST, Block
from voice.mixing.speaking import TO_BEGIN
from voice.mixing.units import FRAME, SLOT
from voice.sources.sounds import FADE_SLOTS
from voice.studio.leg import OUTGOING

EAST, WEST = ChatId(-1002), ChatId(-1003)
LOW, MIDDLE, HIGH = 500, 1500, 2500
"""Hertz by which an ear tells who sounds."""


@pytest.fixture
def room(tmp_path: Path, disk: Executor) -> Room:
    return Room(tmp_path / "7", disk, leg_with(HOME, ADA, BEN))


@pytest.fixture
def bridged(tmp_path: Path, disk: Executor) -> Room:
    """One talk in three calls."""
    return Room(tmp_path / "7", disk, leg_with(HOME, ADA), leg_with(EAST, BEN), leg_with(WEST))


def ada(room: Room, slots: int, amplitude: float = 8000) -> list[Packet]:
    return room.speak(slots, {microphone(HOME, ADA): voice(MIDDLE, slots, amplitude)})


def levels(packets: list[Packet]) -> list[int]:
    return [packet.level for packet in packets]


def test_before_anything_plays_the_air_is_silent(room: Room) -> None:
    assert set(levels(room.work(10))) == {QUIETEST}
    assert room.sent[HOME] == []


def test_hold_music_goes_into_the_call_and_on_air(room: Room) -> None:
    room.studio.wait_for_start()
    packets = room.work(50)
    assert len(room.sent[HOME]) == 50
    assert strength(room.heard(HOME, 30), HOLD) > 5000
    assert max(levels(packets[20:])) < 30


def test_what_is_heard_in_the_call_goes_on_air_and_never_back_into_it(room: Room) -> None:
    room.studio.begin(with_jingle=False)
    assert max(levels(ada(room, 50)[5:])) < 30
    assert room.sent[HOME] == []


def test_voices_during_the_hold_music_stay_out_of_what_is_sent_and_it_gives_way_to_them(room: Room) -> None:
    room.studio.wait_for_start()
    room.work(50)
    alone = strength(room.heard(HOME, 20), HOLD)
    ada(room, 60)
    sent = room.heard(HOME, 20)
    assert strength(sent, MIDDLE) < 50
    assert 100 < strength(sent, HOLD) < alone / 3


def test_nothing_is_recorded_before_the_talk_begins(room: Room) -> None:
    room.studio.wait_for_start()
    ada(room, 50)
    room.studio.finish()
    assert room.recorded() == []


def test_all_packets_from_the_beginning_are_recorded(room: Room) -> None:
    room.studio.wait_for_start()
    room.work(30)
    room.studio.begin(with_jingle=False)
    packets = ada(room, 60)
    room.studio.finish()
    assert room.recorded() == [packet.opus for packet in packets]


def test_the_recording_sounds_like_the_call(room: Room) -> None:
    room.studio.begin(with_jingle=False)
    ada(room, 100)
    assert strength(room.finish()["talk"][10 * SLOT : 90 * SLOT], MIDDLE) > 6000


def test_the_hold_music_fades_and_a_jingle_opens_the_talk(room: Room) -> None:
    room.studio.wait_for_start()
    room.work(30)
    room.studio.begin(with_jingle=True)
    room.work(FADE_SLOTS + 25)
    jingle = np.concatenate(room.sent[HOME][30 + FADE_SLOTS :])
    assert strength(jingle, JINGLE) > 5000
    assert strength(jingle, HOLD) < 50
    room.work(10)
    assert len(room.sent[HOME]) == 30 + FADE_SLOTS + 25


def test_a_talk_that_is_taken_up_again_opens_without_jingle(room: Room) -> None:
    room.studio.begin(with_jingle=False)
    room.work(50)
    assert room.sent[HOME] == []


def test_a_talk_begins_once(room: Room) -> None:
    room.studio.begin(with_jingle=True)
    room.work(25)
    room.studio.begin(with_jingle=True)
    room.work(25)
    assert len(room.sent[HOME]) == 25


def test_no_hold_music_during_a_talk(room: Room) -> None:
    room.studio.begin(with_jingle=False)
    room.studio.wait_for_start()
    room.work(10)
    assert room.sent[HOME] == []


def test_after_the_end_nothing_more_is_recorded(room: Room) -> None:
    room.studio.begin(with_jingle=False)
    packets = ada(room, 10)
    room.studio.finish()
    ada(room, 30)
    room.studio.finish()
    assert room.recorded() == [packet.opus for packet in packets]


def test_without_a_tape_nothing_is_kept(room: Room) -> None:
    room.studio.tape = None
    room.studio.begin(with_jingle=True)
    assert max(levels(ada(room, 50)[5:])) < 30
    room.studio.finish()
    assert not room.folder.exists()


def test_a_call_that_takes_nothing_does_not_hold_up_the_air(room: Room) -> None:
    room.studio.wait_for_start()
    packets = [room.studio.work(slot * SLOT) for slot in range(10 * OUTGOING)]
    assert len(packets) == 10 * OUTGOING
    assert room.studio.legs[HOME].outgoing.qsize() == OUTGOING


def test_a_loud_call_over_the_jingle_is_turned_down_and_not_clipped(room: Room) -> None:
    room.studio.wait_for_start()
    room.studio.begin(with_jingle=True)
    ada(room, 50, amplitude=32_000)
    middle = room.finish()["talk"][20 * SLOT : 40 * SLOT]
    fundamental = strength(middle, MIDDLE)
    assert strength(middle, 3 * MIDDLE) < fundamental / 30
    assert rms(middle) > 10_000


def test_nobody_gets_quieter_as_more_speak(room: Room) -> None:
    room.studio.begin(with_jingle=False)
    people = {(HOME, 1000 + number): voice(600 + 100 * number, 60, 2000) for number in range(11)}
    room.speak(60, dict(list(people.items())[:1]))
    room.speak(60, people)
    mix = room.finish()["talk"]
    alone, together = mix[20 * SLOT : 50 * SLOT], mix[80 * SLOT : 110 * SLOT]
    assert strength(together, 600) == pytest.approx(strength(alone, 600), rel=0.05)
    assert min(strength(together, 600 + 100 * number) for number in range(11)) > 1700


def test_into_each_call_goes_what_is_heard_in_the_others(bridged: Room) -> None:
    bridged.speak(
        60,
        {
            microphone(HOME, ADA): voice(LOW, 60),
            microphone(EAST, BEN): voice(MIDDLE, 60),
            (WEST, 700): voice(HIGH, 60),
        },
    )
    for chat, own in ((HOME, LOW), (EAST, MIDDLE), (WEST, HIGH)):
        sent = bridged.heard(chat, 40)
        for hertz in (LOW, MIDDLE, HIGH):
            assert strength(sent, hertz) == pytest.approx(0 if hertz == own else 8000, abs=40)


def test_who_speaks_alone_hears_nothing_and_the_others_all_of_it(bridged: Room) -> None:
    bridged.speak(60, {microphone(EAST, BEN): voice(MIDDLE, 60)})
    assert bridged.sent[EAST] == []
    for chat in (HOME, WEST):
        assert strength(bridged.heard(chat, 40), MIDDLE) == pytest.approx(8000, rel=0.01)


def test_the_house_is_heard_in_every_call(bridged: Room) -> None:
    bridged.studio.wait_for_start()
    bridged.work(50)
    for chat in (HOME, EAST, WEST):
        assert strength(bridged.heard(chat, 30), HOLD) > 5000


def test_whom_nobody_can_hear_is_not_sent_at_all(bridged: Room) -> None:
    bridged.speak(60, {microphone(HOME, ADA): np.zeros(60 * SLOT, np.int16)})
    assert not any(bridged.sent.values())


def test_too_loud_together_is_turned_down_in_each_call(bridged: Room) -> None:
    bridged.speak(
        80,
        {
            microphone(HOME, ADA): voice(LOW, 80, 25_000),
            microphone(EAST, BEN): voice(MIDDLE, 80, 25_000),
        },
    )
    sent = bridged.heard(WEST, 40)
    assert strength(sent, 2 * MIDDLE - LOW) < strength(sent, LOW) / 30
    assert strength(bridged.heard(HOME, 40), MIDDLE) == pytest.approx(25_000, rel=0.01)


def test_all_calls_are_on_air_and_recorded(bridged: Room) -> None:
    bridged.studio.begin(with_jingle=False)
    bridged.speak(60, {microphone(HOME, ADA): voice(LOW, 60), microphone(EAST, BEN): voice(MIDDLE, 60)})
    mix = bridged.finish()["talk"][20 * SLOT : 50 * SLOT]
    assert strength(mix, LOW) > 7000
    assert strength(mix, MIDDLE) > 7000


def test_what_no_call_can_be_heard_in_is_a_gap_of_the_recording(bridged: Room) -> None:
    bridged.studio.begin(with_jingle=False)
    before = bridged.speak(50, {microphone(HOME, ADA): voice(LOW, 50)})
    legs = list(bridged.studio.legs.values())
    legs[0].is_lost = True
    partly = bridged.work(50)
    for leg in legs:
        leg.is_lost = True
    assert len(bridged.work(50)) == 50
    for leg in legs:
        leg.is_lost = False
    after = bridged.work(50)
    bridged.studio.finish()
    assert bridged.recorded() == [packet.opus for packet in (*before, *partly, *after)]


def test_outlets_get_what_is_on_air(room: Room) -> None:
    class Outlet:
        def __init__(self) -> None:
            self.fed: list[tuple[Packet, Block]] = []

        def feed(self, packet: Packet, block: Block) -> None:
            self.fed.append((packet, block))

    outlet = Outlet()
    room.studio.outlets.add(outlet)
    packets = ada(room, 50)
    assert [packet for packet, _ in outlet.fed] == packets
    assert strength(np.concatenate([block for _, block in outlet.fed[10:]]), MIDDLE) > 7000


async def test_packets_follow_the_clock_of_the_room_wherever_it_stands(room: Room) -> None:
    packets: list[Packet] = []
    enough = asyncio.Event()

    def publish(packet: Packet) -> None:
        packets.append(packet)
        if len(packets) == 10:
            enough.set()

    began = time.monotonic() - 100
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(room.studio.run(began, publish, lambda: None))
        await enough.wait()
        running.cancel()
    times = [packet.at for packet in packets]
    assert times[0] >= 100 * 48_000
    assert times == [times[0] + slot * SLOT for slot in range(len(times))]


async def test_somebody_who_begins_to_speak_is_told_once(room: Room) -> None:
    moved: list[frozenset[int]] = []
    packets: list[Packet] = []
    enough = asyncio.Event()
    leg = room.studio.legs[HOME]

    def publish(packet: Packet) -> None:
        packets.append(packet)
        for frame in tone(MIDDLE, SLOT / 48_000).reshape(-1, FRAME):
            leg.presence.intake.put(source_of(ADA), frame.tobytes())
        if len(packets) == 4 * TO_BEGIN:
            enough.set()

    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(
            room.studio.run(time.monotonic(), publish, lambda: moved.append(leg.speaking.sources))
        )
        await enough.wait()
        running.cancel()
    assert moved == [frozenset({source_of(ADA)})]
