"""A native client in a process of its own: it prints its offer, reads the answer, speaks a tone, obeys.

Its argument is the tone in hertz, 0 for silence. On standard input it takes, a line each: the answer;
"hear HERTZ", for which it prints the amplitude of that tone in the last second from each SSRC, as JSON;
"leave".
"""

import asyncio
import json
import sys
import threading
from collections import defaultdict, deque

import numpy as np
from ntgcalls import (
    AudioDescription,
    Frame,
    FrameData,
    MediaDescription,
    MediaSource,
    NTgCalls,
    StreamDevice,
    StreamMode,
)

from tests.sandbox.sounds import RATE, Sound, strength, tone

CHAT = 1
FRAME = RATE // 100


class Heard:
    """The last second from each SSRC, kept by a native thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._frames: dict[int, deque[bytes]] = defaultdict(lambda: deque(maxlen=100))

    def keep(self, _chat: int, _mode: StreamMode, _device: StreamDevice, frames: list[Frame]) -> None:
        with self._lock:
            for frame in frames:
                self._frames[frame.ssrc & 0xFFFFFFFF].append(frame.data)

    def strengths(self, hertz: float) -> dict[int, float]:
        with self._lock:
            sounds = {source: b"".join(frames) for source, frames in self._frames.items()}
            self._frames.clear()
        return {source: strength(_sound(sound), hertz) for source, sound in sounds.items()}


def _sound(content: bytes) -> Sound:
    return np.frombuffer(content, np.int16)


def _external() -> MediaDescription:
    microphone = AudioDescription(MediaSource.EXTERNAL, RATE, 1, "", keep_open=False)
    return MediaDescription(microphone, None, None, None)


async def _speak(calls: NTgCalls, sound: Sound) -> None:
    loop = asyncio.get_running_loop()
    began, number = loop.time(), 0
    frames = [frame.tobytes() for frame in sound.reshape(-1, FRAME)]
    while True:
        frame = frames[number % len(frames)]
        await calls.send_external_frame(CHAT, StreamDevice.MICROPHONE, frame, FrameData())
        number += 1
        await asyncio.sleep(max(0.0, began + number * 0.01 - loop.time()))


async def _obey(heard: Heard) -> None:
    loop = asyncio.get_running_loop()
    while True:
        match (await loop.run_in_executor(None, sys.stdin.readline)).split():
            case ["hear", hertz]:
                _answer(json.dumps(heard.strengths(float(hertz))))
            case _:
                return


def _answer(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def main(hertz: float) -> None:
    loop = asyncio.get_running_loop()
    calls, heard = NTgCalls(), Heard()
    calls.on_frames(heard.keep)
    _answer(await calls.create_call(CHAT))
    try:
        await calls.set_stream_sources(CHAT, StreamMode.CAPTURE, _external())
        await calls.connect(CHAT, await loop.run_in_executor(None, sys.stdin.readline), False)
        await calls.set_stream_sources(CHAT, StreamMode.PLAYBACK, _external())
        async with asyncio.TaskGroup() as tasks:
            speaking = tasks.create_task(_speak(calls, tone(hertz, 1.0)))
            await _obey(heard)
            speaking.cancel()
    finally:
        await calls.stop(CHAT)


asyncio.run(main(float(sys.argv[1])))
