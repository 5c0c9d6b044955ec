"""The studio: what goes on air, what goes into the call and what is recorded."""

import asyncio
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from containers.ogg import read_packets
from rooms.ports import Packet
from tests.voice.exchange import NOON
from tests.voice.sounds import cut, listen, rms, strength, tone
from voice.intake import Intake
from voice.recorder import Recorder, segments
from voice.sound import FRAME, QUIETEST, SLOT, Block
from voice.sources import FADE_SLOTS, Player, Sounds
from voice.speaking import TO_BEGIN
from voice.studio import OUTGOING, Studio

HOLD, JINGLE, VOICE = 300, 900, 1500
"""Hertz by which an ear tells who sounds."""
ADA = 100


@pytest.fixture
def disk() -> Iterator[Executor]:
    with ThreadPoolExecutor(1) as executor:
        yield executor


class Room:
    """A studio with all that belongs to it, worked slot by slot."""

    def __init__(self, folder: Path, disk: Executor) -> None:
        self.folder = folder
        self.intake = Intake()
        player = Player(Sounds(tone(HOLD, 1), tone(JINGLE, 0.5)))
        self.studio = Studio(self.intake, player, Recorder(folder, disk, lambda: NOON))
        self.on_air: list[Packet] = []
        self.sent: list[Block] = []
        self._disk = disk

    def work(self, slots: int) -> list[Packet]:
        """Let so many slots go by; a call takes what is sent into it at once."""
        for _ in range(slots):
            self.on_air.append(self.studio.work(len(self.on_air) * SLOT))
            while not self.studio.outgoing.empty():
                self.sent.append(self.studio.outgoing.get_nowait())
        return self.on_air[-slots:]

    def speak(self, slots: int) -> list[Packet]:
        """Let somebody in the call be heard."""
        packets = []
        for block in cut(tone(VOICE, slots * SLOT / 48_000)):
            for frame in block.reshape(-1, FRAME):
                self.intake.put(ADA, frame.tobytes())
            packets += self.work(1)
        return packets

    def recorded(self) -> list[bytes]:
        """The packets that are on disk."""
        self._disk.submit(lambda: None).result()
        return [packet for path in segments(self.folder) for packet in read_packets(path)]

    def heard(self) -> Block:
        """What the recording's packets sound like."""
        self._disk.submit(lambda: None).result()
        (segment,) = segments(self.folder)
        return listen(segment)


@pytest.fixture
def room(tmp_path: Path, disk: Executor) -> Room:
    return Room(tmp_path / "7", disk)


def levels(packets: list[Packet]) -> list[int]:
    return [packet.level for packet in packets]


def test_before_anything_plays_the_air_is_silent(room: Room) -> None:
    assert set(levels(room.work(10))) == {QUIETEST}
    assert room.sent == []


def test_hold_music_goes_into_the_call_and_on_air(room: Room) -> None:
    room.studio.wait_for_start()
    packets = room.work(50)
    assert len(room.sent) == 50
    assert strength(np.concatenate(room.sent[20:]), HOLD) > 5000
    assert max(levels(packets[20:])) < 30


def test_what_is_heard_in_the_call_goes_on_air_and_never_back_into_it(room: Room) -> None:
    room.studio.begin(with_jingle=False)
    packets = room.speak(50)
    assert max(levels(packets[5:])) < 30
    assert room.sent == []


def test_voices_during_the_hold_music_stay_out_of_what_is_sent(room: Room) -> None:
    room.studio.wait_for_start()
    room.speak(50)
    sent = np.concatenate(room.sent[20:])
    assert strength(sent, HOLD) > 5000
    assert strength(sent, VOICE) < 50


def test_nothing_is_recorded_before_the_talk_begins(room: Room) -> None:
    room.studio.wait_for_start()
    room.speak(50)
    room.studio.finish()
    assert room.recorded() == []


def test_all_packets_from_the_beginning_are_recorded(room: Room) -> None:
    room.studio.wait_for_start()
    room.work(30)
    room.studio.begin(with_jingle=False)
    packets = room.speak(60)
    room.studio.finish()
    assert room.recorded() == [packet.opus for packet in packets]


def test_the_recording_sounds_like_the_call(room: Room) -> None:
    room.studio.begin(with_jingle=False)
    room.speak(100)
    room.studio.finish()
    heard = room.heard()
    assert strength(heard[10 * SLOT : 90 * SLOT], VOICE) > 6000


def test_the_hold_music_fades_and_a_jingle_opens_the_talk(room: Room) -> None:
    room.studio.wait_for_start()
    room.work(30)
    room.studio.begin(with_jingle=True)
    room.work(FADE_SLOTS + 25)
    jingle = np.concatenate(room.sent[30 + FADE_SLOTS :])
    assert strength(jingle, JINGLE) > 5000
    assert strength(jingle, HOLD) < 50
    room.work(10)
    assert len(room.sent) == 30 + FADE_SLOTS + 25


def test_a_talk_that_is_taken_up_again_opens_without_jingle(room: Room) -> None:
    room.studio.begin(with_jingle=False)
    room.work(50)
    assert room.sent == []


def test_a_talk_begins_once(room: Room) -> None:
    room.studio.begin(with_jingle=True)
    room.work(25)
    room.studio.begin(with_jingle=True)
    room.work(25)
    assert len(room.sent) == 25


def test_no_hold_music_during_a_talk(room: Room) -> None:
    room.studio.begin(with_jingle=False)
    room.studio.wait_for_start()
    room.work(10)
    assert room.sent == []


def test_after_the_end_nothing_more_is_recorded(room: Room) -> None:
    room.studio.begin(with_jingle=False)
    packets = room.speak(10)
    room.studio.finish()
    room.speak(30)
    room.studio.finish()
    assert room.recorded() == [packet.opus for packet in packets]


def test_a_call_that_takes_nothing_does_not_hold_up_the_air(room: Room) -> None:
    room.studio.wait_for_start()
    packets = [room.studio.work(slot * SLOT) for slot in range(10 * OUTGOING)]
    assert len(packets) == 10 * OUTGOING
    assert room.studio.outgoing.qsize() == OUTGOING


def test_a_loud_call_over_the_jingle_is_turned_down_and_not_clipped(room: Room) -> None:
    room.studio.wait_for_start()
    room.studio.begin(with_jingle=True)
    for block in cut(tone(VOICE, 1, amplitude=32_000)):
        for frame in block.reshape(-1, FRAME):
            room.intake.put(ADA, frame.tobytes())
        room.work(1)
    room.studio.finish()
    middle = room.heard()[20 * SLOT : 40 * SLOT]
    fundamental = strength(middle, VOICE)
    assert strength(middle, 3 * VOICE) < fundamental / 30
    assert rms(middle) > 10_000


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

    def publish(packet: Packet) -> None:
        packets.append(packet)
        for frame in tone(VOICE, SLOT / 48_000).reshape(-1, FRAME):
            room.intake.put(ADA, frame.tobytes())
        if len(packets) == 4 * TO_BEGIN:
            enough.set()

    async with asyncio.TaskGroup() as tasks:
        speaking = room.studio.speaking
        running = tasks.create_task(
            room.studio.run(time.monotonic(), publish, lambda: moved.append(speaking.sources))
        )
        await enough.wait()
        running.cancel()
    assert moved == [frozenset({ADA})]
