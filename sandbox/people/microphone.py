"""A microphone: sends Opus packets on their own clock, 20 ms each, and rests when nobody speaks."""

import asyncio
import time
from collections import deque
from collections.abc import Sequence
from fractions import Fraction
from math import ceil

from aiortc import MediaStreamTrack
from aiortc.mediastreams import MediaStreamError
from av.packet import Packet
from av.stream import Stream

SLOT = 0.02
"""Seconds that a packet lasts."""

SAMPLES = 960
"""Samples in a packet, at 48 kHz (RFC 7587)."""

SILENCE = b"\xf8\xff\xfe"
"""20 ms of silence in Opus."""

LEAD, TRAIL = 25, 25
"""Packets of silence before the first word after a rest, and after the last.

A jitter buffer stretches what it is given first, until it knows how evenly packets come: better a breath than
a word.
"""

LATEST = 0.5
"""Seconds of lateness that are caught up with; what is beyond them is skipped."""


class MicrophoneGone(Exception):
    """The connection ended before everything was said."""


class _Speech:
    """Packets on their way out: when the first of them left, and when all have."""

    def __init__(self, packets: Sequence[bytes]) -> None:
        self.left = deque(packets)
        self.began: float | None = None
        self.is_over: asyncio.Future[None] = asyncio.get_running_loop().create_future()


class Microphone(MediaStreamTrack):
    """A track of aiortc whose packets go out as they are. RTP time is the wall's, through every rest.

    While it is not `is_open` nothing goes out, though what is being said goes on unheard.
    """

    kind = "audio"

    def __init__(self) -> None:
        super().__init__()
        self.is_open = True
        self._speech: _Speech | None = None
        self._turn = asyncio.Lock()
        self._wanted = asyncio.Event()
        self._lead = self._trail = 0
        self._slot = 0
        self._start: float | None = None

    async def speak(self, packets: Sequence[bytes]) -> float:
        """Send it all, after whatever is being said.

        Args:
            packets: Opus, 20 ms each; at least one.

        Returns:
            The wall clock, in seconds since 1970, at which the first of them was due and handed over.

        Raises:
            MicrophoneGone: the connection ended before.
        """
        async with self._turn:
            if self.readyState != "live":
                raise MicrophoneGone
            speech = self._speech = _Speech(packets)
            self._lead = 0 if self._trail else LEAD
            self._wanted.set()
            try:
                await speech.is_over
            finally:
                self._speech = None
            return speech.began or time.time()

    async def recv(self) -> "Packet[Stream]":
        """The next packet, when it is due (aiortc asks for it)."""
        while True:
            await self._next_slot()
            if self.readyState != "live":
                raise MediaStreamError
            payload = self._take()
            if payload is not None and self.is_open:
                packet: Packet[Stream] = Packet(payload)
                packet.pts, packet.time_base = self._slot * SAMPLES, Fraction(1, 48_000)
                return packet

    def stop(self) -> None:
        """The connection is over (aiortc says so): nothing more can be said."""
        super().stop()
        self._wanted.set()
        if self._speech is not None and not self._speech.is_over.done():
            self._speech.is_over.set_exception(MicrophoneGone())

    async def _next_slot(self) -> None:
        clock = asyncio.get_running_loop().time
        is_resting = self._speech is None and not self._trail
        if is_resting:
            self._wanted.clear()
            await self._wanted.wait()
        if self._start is None:
            self._start = clock()
        slots = (clock() - self._start) / SLOT
        is_late = (slots - self._slot) * SLOT > LATEST
        self._slot = max(self._slot + 1, ceil(slots)) if is_resting or is_late else self._slot + 1
        await asyncio.sleep(self._start + self._slot * SLOT - clock())

    def _take(self) -> bytes | None:
        speech = self._speech
        if speech is None or not speech.left:
            self._trail -= 1
            return SILENCE
        self._trail = TRAIL
        if self._lead:
            self._lead -= 1
            return SILENCE
        if speech.began is None:
            speech.began = time.time()
        payload = speech.left.popleft()
        if not speech.left and not speech.is_over.done():
            speech.is_over.set_result(None)
        return payload
