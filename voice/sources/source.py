"""A source: one cue at work, decoded a few seconds ahead of what is heard."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import numpy as np

from rooms.errors.sounds import AddressForbidden, SoundRefused, SoundUnreachable
from rooms.playing import Cue
from voice.mixing.sound import Block
from voice.mixing.units import RATE, SLOT_SECONDS
from voice.sources.decoder import Decoder, Undecodable, decoding
from voice.sources.levels import ramped
from voice.sources.opening import Material, Opener
from voice.sources.patience import Patience

log = logging.getLogger(__name__)

AHEAD = 150
"""Slots (3 s) that are decoded before they are heard."""

RESERVE = 25
"""Slots (500 ms) that must be there before a sound begins, or goes on after it ran dry."""


class Source:
    """Opens its cue and decodes it while `run` runs, until `end`; `take` gives slots, and never waits.

    `moved` is called when it has opened, has news of what it plays, or is over.
    """

    def __init__(self, cue: Cue, opener: Opener, patience: Patience, moved: Callable[[], None]) -> None:
        self.cue = cue
        self.length: timedelta | None = None
        self.song = ""
        """What a radio station says that it plays."""
        self.error: SoundRefused | None = None
        """Why it ended before its end."""
        self.is_decoded = False
        """Whether nothing will be added any more to what waits to be heard."""
        self.is_live = False
        self._opener = opener
        self._patience = patience
        self._moved = moved
        self._slots: deque[Block] = deque()
        self._room = asyncio.Event()
        self._opened = asyncio.Event()
        self._decoded = self._taken = 0
        self._is_sounding = False

    @property
    def at(self) -> timedelta:
        """How much of it was heard."""
        return timedelta(seconds=self._taken * SLOT_SECONDS)

    @property
    def is_over(self) -> bool:
        """Whether nothing of it is left to be heard."""
        return self.is_decoded and not self._slots

    async def opened(self) -> None:
        """Wait until there is something to be heard; raises the `SoundRefused` when there never will be."""
        await self._opened.wait()
        if not self._decoded:
            raise self.error or SoundRefused(self.cue.title, "closed before it was heard")

    async def run(self) -> None:
        """Work until everything is decoded; what goes wrong is in `error`."""
        try:
            await self._play_on()
        except SoundRefused as refusal:
            self.error = refusal
        except Exception:
            log.exception("a source failed")
            self.error = SoundRefused(self.cue.title, "a bug")

    def end(self) -> None:
        """Expect nothing more: `run` has ended, or will never begin."""
        self.is_decoded = True
        self._opened.set()
        self._moved()

    def take(self) -> Block | None:
        """The next slot; None when there is none yet, or none any more. Beginnings and ends are soft."""
        enough = 1 if self._is_sounding or self.is_decoded else RESERVE
        if len(self._slots) < enough:
            return None
        block = self._slots.popleft()
        self._taken += 1
        self._room.set()
        first, last = float(self._is_sounding), float(bool(self._slots))
        self._is_sounding = bool(self._slots)
        if first == last == 1.0:
            return block
        faded: Block = ramped(block.astype(np.float32), first, last).astype(np.int16)
        return faded

    async def _play_on(self) -> None:
        """Play, and a live stream that breaks off again and again."""
        attempt = 0
        while True:
            before = self._decoded
            try:
                await self._play()
                return
            except AddressForbidden:
                raise
            except SoundRefused:
                if self._decoded - before >= self._patience.lasting / SLOT_SECONDS:
                    attempt = 0
                if not self.is_live or attempt == len(self._patience.retries):
                    raise
            await asyncio.sleep(self._patience.retries[attempt])
            attempt += 1

    async def _play(self) -> None:
        try:
            async with (
                asyncio.timeout(self._patience.opening) as deadline,
                self._opener.open(self.cue, self._hear_song) as material,
                decoding(material.file, is_live=material.is_live) as decoder,
            ):
                await self._decode(material, decoder, deadline)
        except TimeoutError as error:
            raise self._refusal("too slow") from error

    async def _decode(self, material: Material, decoder: Decoder, deadline: asyncio.Timeout) -> None:
        """Feed and read side by side; what the feed broke off with counts when all of it was heard."""
        failures: list[SoundRefused] = []

        async def feed() -> None:
            if material.chunks is not None:
                try:
                    await decoder.feed(material.chunks)
                except SoundRefused as refusal:
                    failures.append(refusal)

        async with asyncio.TaskGroup() as tasks:
            feeding = tasks.create_task(feed())
            try:
                await self._read(material, decoder, deadline)
            except Undecodable:
                failures.append(self._refusal("not to be decoded"))
            feeding.cancel()
        if failures:
            raise failures[0]

    async def _read(self, material: Material, decoder: Decoder, deadline: asyncio.Timeout) -> None:
        samples = await decoder.begin()
        self._note_opening(material, samples)
        now = asyncio.get_running_loop().time
        while True:
            deadline.reschedule(now() + self._patience.stalled)
            block = await decoder.read()
            deadline.reschedule(None)
            if block is None:
                return
            self._slots.append(block)
            self._decoded += 1
            self._opened.set()
            while len(self._slots) >= AHEAD:
                self._room.clear()
                await self._room.wait()

    def _note_opening(self, material: Material, samples: int | None) -> None:
        self.is_live = material.is_live
        if material.length is not None:
            self.length = material.length
        elif samples is not None and not material.is_live:
            with suppress(OverflowError):
                self.length = timedelta(seconds=samples / RATE)
        self._moved()

    def _hear_song(self, song: str) -> None:
        if song != self.song:
            self.song = song
            self._moved()

    def _refusal(self, reason: str) -> SoundRefused:
        kind = SoundRefused if self.cue.url is None else SoundUnreachable
        return kind(self.cue.title, reason)
