"""The process that copies: what it makes, its deaths, and that it never outlives the gallery."""

import asyncio
import os
import signal
import socket
import sys
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest

from containers.fmp4 import AAC_FRAME
from containers.mp3 import MP3_FRAME
from containers.opus import PACKET
from rooms.ports import Packet
from tests.deadline import DEADLINE
from tests.voice.sounds import strength
from tests.web.copyist.hearing import heard
from tests.web.house import opus
from web.copyist import copyist as module
from web.copyist.__main__ import work
from web.copyist.copyist import PATIENCE, Copyist
from web.copyist.messages import Begin, Codec, End, Frames, Sound, framed


class Ear:
    """What is heard of one copy, and whence it comes."""

    def __init__(self) -> None:
        self.frames: list[tuple[int, bytes]] = []
        self.air: asyncio.Queue[Packet] = asyncio.Queue()
        self._at = 0
        self._has_more = asyncio.Event()

    def take(self, at: int, frame: bytes) -> None:
        self.frames.append((at, frame))
        self._has_more.set()

    def play(self, packets: Sequence[bytes]) -> None:
        for packet in packets:
            self.air.put_nowait(Packet(self._at, packet, 30))
            self._at += PACKET

    async def packets(self) -> AsyncIterator[Packet]:
        while True:
            yield await self.air.get()

    async def hears(self, frames: int) -> None:
        """Wait for so many more."""
        await self.has(len(self.frames) + frames)

    async def has(self, frames: int) -> None:
        """Wait for so many in all."""
        async with asyncio.timeout(DEADLINE):
            while len(self.frames) < frames:
                self._has_more.clear()
                await self._has_more.wait()

    def sound(self, codec: Codec) -> float:
        """How much of a tone of 440 Hz is in it."""
        return strength(heard(codec, [frame for _, frame in self.frames])[4800:-4800], 440)


@asynccontextmanager
async def at_work(copyist: Copyist, *codecs: Codec) -> AsyncIterator[list[Ear]]:
    ears = [Ear() for _ in codecs]
    try:
        async with asyncio.TaskGroup() as tasks:
            copies = [
                tasks.create_task(copyist.copy(ear.packets(), codec, ear.take))
                for ear, codec in zip(ears, codecs, strict=True)
            ]
            yield ears
            for copy in copies:
                copy.cancel()
    finally:
        await copyist.close()


def process_of(copyist: Copyist) -> int:
    assert copyist.pid is not None
    return copyist.pid


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_one_process_makes_all_copies_side_by_side() -> None:
    copyist = Copyist()
    async with at_work(copyist, Codec.AAC, Codec.MP3) as ears:
        for ear in ears:
            ear.play(opus(440, 1))
        await ears[0].has(40)
        process = process_of(copyist)
        await ears[1].has(38)
        assert process_of(copyist) == process
    assert ears[0].sound(Codec.AAC) == pytest.approx(8000, rel=0.05)
    assert ears[1].sound(Codec.MP3) == pytest.approx(8000, rel=0.05)


async def test_there_is_no_process_before_there_is_sound_and_none_after_the_end() -> None:
    copyist = Copyist()
    async with at_work(copyist, Codec.AAC) as (ear,):
        await asyncio.sleep(0)
        assert copyist.pid is None
        ear.play(opus(440, 0.2))
        await ear.hears(5)
        process = process_of(copyist)
        assert is_there(process)
    assert copyist.pid is None
    assert not is_there(process)
    await copyist.close()


@pytest.mark.parametrize(("codec", "frame"), [(Codec.AAC, AAC_FRAME), (Codec.MP3, MP3_FRAME)])
async def test_all_that_was_said_is_there_in_the_end(codec: Codec, frame: int) -> None:
    async with at_work(Copyist(), codec) as (ear,):
        ear.play(opus(440, 0.7))
        await ear.hears(10)
        ear.play(opus(440, 0.06))  # too little to be given at once
        while not ear.air.empty():  # noqa: ASYNC110
            await asyncio.sleep(0)
    said, (last, _) = 38 * PACKET, ear.frames[-1]
    assert said <= last + frame


async def test_who_does_not_answer_in_the_end_is_not_waited_for_long(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "FAREWELL", 0.05)
    copyist = Copyist()
    async with asyncio.timeout(DEADLINE), at_work(copyist, Codec.AAC) as (ear,):
        ear.play(opus(440, 0.6))
        await ear.hears(10)
        os.kill(process_of(copyist), signal.SIGSTOP)
    assert "end did not come" in caplog.text
    assert copyist.pid is None


async def test_its_death_costs_a_hole_and_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    copyist = Copyist(pause=0)
    async with at_work(copyist, Codec.AAC, Codec.MP3) as ears:
        for ear in ears:
            ear.play(opus(440, 0.6))
            await ear.hears(15)
        killed = process_of(copyist)
        os.kill(killed, signal.SIGKILL)
        async with asyncio.timeout(DEADLINE):
            while copyist.pid is not None:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        for ear in ears:
            ear.play(opus(440, 0.6))
            await ear.hears(15)
        assert process_of(copyist) != killed
    for ear in ears:
        times = [at for at, _ in ear.frames]
        assert times == sorted(times)
    assert caplog.text.count("died or was stuck") == 1


async def test_one_that_is_stuck_is_replaced() -> None:
    copyist = Copyist(pause=0)
    async with at_work(copyist, Codec.AAC) as (ear,):
        ear.play(opus(440, 0.5))
        await ear.hears(15)
        stuck = process_of(copyist)
        os.kill(stuck, signal.SIGSTOP)
        ear.play([b"\xf8\xff\xfe"] * (PATIENCE + 100))
        await ear.hears(15)
        assert process_of(copyist) != stuck
        assert not is_there(stuck)


async def test_one_that_cannot_be_started_is_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    copyist = Copyist(("/no/such/program",), pause=0.001)
    async with at_work(copyist, Codec.AAC) as (ear,):
        ear.play(opus(440, 0.2))
        async with asyncio.timeout(DEADLINE):
            while caplog.text.count("can be started") < 3:  # noqa: ASYNC110
                await asyncio.sleep(0.001)
        assert ear.frames == []


async def test_one_that_talks_nonsense_is_left(caplog: pytest.LogCaptureFixture) -> None:
    nonsense = "import socket, sys; socket.socket(fileno=int(sys.argv[-1])).sendall(b'\\xff' * 9)"
    copyist = Copyist((sys.executable, "-c", nonsense), pause=0.001)
    async with at_work(copyist, Codec.AAC) as (ear,):
        async with asyncio.timeout(DEADLINE):
            while caplog.text.count("died or was stuck") < 2:
                ear.play(opus(440, 0.02))
                await asyncio.sleep(0.01)
        assert ear.frames == []


def worked(link: socket.socket, patience: float) -> threading.Thread:
    """The process's work, in a thread that ends when it does."""

    def run() -> None:
        with link:
            work(link, patience)

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_it_ends_when_its_other_end_does() -> None:
    ours, theirs = socket.socketpair()
    thread = worked(theirs, patience=DEADLINE)
    with ours:
        ours.sendall(framed(Begin(1, Codec.AAC)) + framed(Sound(1, [(0, opus(440, 0.02)[0])])))
    thread.join(DEADLINE)
    assert not thread.is_alive()


def test_it_ends_by_itself_when_it_has_nothing_to_do_and_not_before() -> None:
    ours, theirs = socket.socketpair()
    with ours:
        ours.sendall(framed(Begin(1, Codec.AAC)))
        thread = worked(theirs, patience=0.05)
        thread.join(0.3)
        assert thread.is_alive()
        ours.sendall(framed(End(1)))
        thread.join(DEADLINE)
        assert not thread.is_alive()
        assert ours.recv(100) == framed(Frames(1, [], is_last=True))
        assert ours.recv(1) == b""
