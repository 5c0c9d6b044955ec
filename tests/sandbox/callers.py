"""Callers: browsers' stand-ins that join a call over real UDP, speak, and keep what they hear."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from fractions import Fraction
from typing import cast

import av
import numpy as np
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError, MediaStreamTrack

from tests.sandbox.sounds import RATE, Sound

SAMPLES = 960
"""Of a frame of 20 ms."""


class Voice(MediaStreamTrack):
    """A microphone before which a sound is played once, or for ever; then silence."""

    kind = "audio"

    def __init__(self, sound: Sound, *, loops: bool = False) -> None:
        super().__init__()
        rest = -len(sound) % SAMPLES
        self._blocks = np.concatenate([sound, np.zeros(rest, np.int16)]).reshape(-1, SAMPLES)
        self._loops = loops
        self._next = 0
        self._began: float | None = None

    @property
    def frames(self) -> int:
        """How many frames of 20 ms were said so far."""
        return self._next

    async def recv(self) -> av.AudioFrame:
        loop = asyncio.get_running_loop()
        if self._began is None:
            self._began = loop.time()
        await asyncio.sleep(max(0.0, self._began + self._next * SAMPLES / RATE - loop.time()))
        frame = av.AudioFrame.from_ndarray(self._block()[None, :], format="s16", layout="mono")
        frame.sample_rate, frame.time_base, frame.pts = RATE, Fraction(1, RATE), self._next * SAMPLES
        self._next += 1
        return frame

    def _block(self) -> Sound:
        number = self._next % len(self._blocks) if self._loops else self._next
        if number >= len(self._blocks):
            return np.zeros(SAMPLES, np.int16)
        block: Sound = self._blocks[number]
        return block


class Caller:
    """Somebody with a browser: a microphone or none, and ears for a number of others."""

    def __init__(self, voice: Voice | None, ears: int) -> None:
        self.connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        if voice is not None:
            self.connection.addTransceiver(voice, direction="sendonly")
        for _ in range(ears):
            self.connection.addTransceiver("audio", direction="recvonly")
        self._heard: list[list[Sound]] = []

    async def offer(self) -> str:
        await self.connection.setLocalDescription(await self.connection.createOffer())
        sdp: str = self.connection.localDescription.sdp
        return sdp

    async def accept(self, answer: str) -> None:
        await self.connection.setRemoteDescription(RTCSessionDescription(answer, "answer"))

    @property
    def is_connected(self) -> bool:
        return bool(self.connection.connectionState == "connected")

    def heard(self, ear: int | None = None) -> Sound:
        """What came on one slot so far, or on all of them, mixed."""
        if ear is not None:
            return np.concatenate([np.zeros(0, np.int16), *self._heard[ear]])
        slots = [self.heard(number) for number in range(len(self._heard))]
        longest = max((len(slot) for slot in slots), default=0)
        mix = np.zeros(longest, np.int32)
        for slot in slots:
            mix[: len(slot)] += slot
        return mix.clip(-32768, 32767).astype(np.int16)

    def forget(self) -> None:
        for slot in self._heard:
            slot.clear()

    async def keep(self, track: MediaStreamTrack) -> None:
        """Keep what comes on a slot, until the connection closes."""
        slot: list[Sound] = []
        self._heard.append(slot)
        resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
        while True:
            try:
                frame = cast(av.AudioFrame, await track.recv())
            except MediaStreamError:
                return
            slot += [block.to_ndarray()[0] for block in resampler.resample(frame)]


@asynccontextmanager
async def calling(voice: Voice | None = None, ears: int = 3) -> AsyncIterator[Caller]:
    """A caller who has yet to make their offer; hangs up when the block ends."""
    caller = Caller(voice, ears)
    async with asyncio.TaskGroup() as tasks:
        caller.connection.on("track", lambda track: tasks.create_task(caller.keep(track)))
        try:
            yield caller
        finally:
            await caller.connection.close()
