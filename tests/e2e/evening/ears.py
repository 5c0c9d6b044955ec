"""Ears: anonymous listeners that keep every byte of a stream with the instant at which it came."""

import asyncio
import io
import time
from bisect import bisect_left
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import aiohttp
import av
import numpy as np

from tests.e2e.evening.analysis import RATE, Sound


@dataclass(slots=True)
class Heard:
    """A stream as it came: its bytes, and after each piece their number and the wall clock in seconds."""

    content: bytearray = field(default_factory=bytearray)
    ends: list[int] = field(default_factory=list)
    came: list[float] = field(default_factory=list)

    def add(self, piece: bytes) -> None:
        """Keep what just came."""
        self.content += piece
        self.ends.append(len(self.content))
        self.came.append(time.time())

    def instant_of(self, byte: int) -> float:
        """When the byte at this offset had come."""
        return self.came[min(bisect_left(self.ends, byte + 1), len(self.came) - 1)]


@dataclass(frozen=True, slots=True)
class Listened:
    """A decoded stream: its sound, and for each packet its first sample and when it came."""

    sound: Sound
    starts: list[int]
    came: list[float]

    def instant_of(self, sample: int) -> float:
        """When the packet with this sample had come."""
        return self.came[max(0, bisect_left(self.starts, sample + 1) - 1)]


@asynccontextmanager
async def listening(session: aiohttp.ClientSession, url: str) -> AsyncIterator[Heard]:
    """Listen to a stream, as anybody with the link may, until the block ends."""
    heard = Heard()
    async with asyncio.TaskGroup() as group:
        hearing = group.create_task(_hear(session, url, heard))
        yield heard
        hearing.cancel()


async def _hear(session: aiohttp.ClientSession, url: str, heard: Heard) -> None:
    async with session.get(url, timeout=aiohttp.ClientTimeout(total=None, connect=10)) as answer:
        answer.raise_for_status()
        with suppress(aiohttp.ClientPayloadError):  # the server went away in mid-stream
            async for piece in answer.content.iter_any():
                heard.add(piece)


def listen_again(heard: Heard, form: str) -> Listened:
    """Decode what was heard.

    Args:
        heard: the stream.
        form: its container as ffmpeg names it, "ogg" or "webm".
    """
    blocks: list[Sound] = []
    starts: list[int] = []
    came: list[float] = []
    length = 0
    resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    with av.open(io.BytesIO(bytes(heard.content)), "r", format=form) as container:
        for packet in container.demux(audio=0):
            if packet.size:
                starts.append(length)
                came.append(heard.instant_of(packet.pos or 0))
            for frame in packet.decode():
                for block in resampler.resample(frame):
                    blocks.append(block.to_ndarray()[0])
                    length += block.samples
    return Listened(np.concatenate(blocks), starts, came)
