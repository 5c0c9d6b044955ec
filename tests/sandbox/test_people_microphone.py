"""The microphone, asked for packets as aiortc asks."""

import asyncio
import time
from itertools import pairwise

import pytest
from aiortc.mediastreams import MediaStreamError

from sandbox.people.microphone import LEAD, SAMPLES, SILENCE, TRAIL, Microphone, MicrophoneGone
from tests.sandbox.waiting import until

WORDS = [b"first word", b"second word", b"third word"]


async def heard(microphone: Microphone, number: int) -> list[tuple[bytes, int]]:
    """The next packets that go out: what is in each, and its RTP time."""
    packets = [await microphone.recv() for _ in range(number)]
    return [(bytes(packet), packet.pts or 0) for packet in packets]


async def test_words_go_out_as_they_are_between_short_silences() -> None:
    microphone = Microphone()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(microphone.speak(WORDS))
        payloads = [payload for payload, _ in await heard(microphone, LEAD + len(WORDS) + TRAIL)]
    assert payloads == [SILENCE] * LEAD + WORDS + [SILENCE] * TRAIL


async def test_a_packet_lasts_20_ms_of_rtp_time() -> None:
    microphone = Microphone()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(microphone.speak(WORDS))
        times = [at for _, at in await heard(microphone, LEAD + len(WORDS))]
    assert {after - before for before, after in pairwise(times)} == {SAMPLES}


async def test_one_is_told_when_the_first_word_left() -> None:
    microphone = Microphone()
    async with asyncio.TaskGroup() as tasks:
        speaking = tasks.create_task(microphone.speak(WORDS))
        await heard(microphone, LEAD)
        before = time.time()
        await heard(microphone, 1)
        after = time.time()
        await heard(microphone, 2)
    assert before <= speaking.result() <= after


async def test_nothing_goes_out_when_nobody_speaks_and_time_passes_all_the_same() -> None:
    microphone = Microphone()
    loop = asyncio.get_running_loop()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(microphone.speak(WORDS))
        *_, (_, last) = await heard(microphone, LEAD + len(WORDS) + TRAIL)
        stopped = loop.time()
        next_packet = tasks.create_task(heard(microphone, 1))
        await until(lambda: loop.time() - stopped > 0.1)
        assert not next_packet.done()
        tasks.create_task(microphone.speak(WORDS))
        ((payload, at),) = await next_packet
        await heard(microphone, LEAD + len(WORDS))
    assert payload == SILENCE
    assert at - last >= 5 * SAMPLES


async def test_people_let_themselves_finish() -> None:
    microphone = Microphone()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(microphone.speak(WORDS))
        tasks.create_task(microphone.speak([b"and another thing"]))
        packets = await heard(microphone, LEAD + len(WORDS) + 2)
    spoken = [payload for payload, _ in packets if payload != SILENCE]
    assert spoken == [*WORDS, b"and another thing"]


async def test_a_closed_microphone_sends_nothing_while_one_talks_on() -> None:
    microphone = Microphone()
    microphone.is_open = False
    async with asyncio.TaskGroup() as tasks:
        packet = tasks.create_task(heard(microphone, 1))
        await microphone.speak(WORDS)
        assert not packet.done()
        packet.cancel()


async def test_who_is_cut_off_is_told_so() -> None:
    microphone = Microphone()
    async with asyncio.TaskGroup() as tasks:
        speaking = tasks.create_task(refused(microphone))
        await heard(microphone, LEAD + 1)
        microphone.stop()
        assert await speaking
    with pytest.raises(MediaStreamError):
        await microphone.recv()


async def test_after_the_end_nothing_can_be_said() -> None:
    microphone = Microphone()
    microphone.stop()
    with pytest.raises(MicrophoneGone):
        await microphone.speak(WORDS)


async def test_who_stops_in_mid_sentence_leaves_silence() -> None:
    microphone = Microphone()
    async with asyncio.TaskGroup() as tasks:
        speaking = tasks.create_task(microphone.speak(WORDS * 10))
        await heard(microphone, LEAD + 2)
        speaking.cancel()
        await until(speaking.done)
        payloads = [payload for payload, _ in await heard(microphone, 3)]
    assert payloads == [SILENCE] * 3


async def refused(microphone: Microphone) -> bool:
    with pytest.raises(MicrophoneGone):
        await microphone.speak(WORDS)
    return True
