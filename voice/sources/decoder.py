"""A decoder at work: the process of `decoding`, fed and read from, and gone at the end whatever happens."""

import asyncio
import os
import struct
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager, suppress
from typing import IO

import numpy as np

from voice.mixing.sound import Block
from voice.mixing.units import SLOT
from voice.sources.pcm import LENGTH, LIVE_ARGUMENT, UNKNOWN

SLOT_BYTES = SLOT * 2

READ_AHEAD = 25 * SLOT_BYTES
"""Bytes that may wait between the decoder and us."""

_ENVIRONMENT = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "LANG")
"""What a decoder may know of its surroundings: settings with secrets in them stay here."""


class Undecodable(Exception):
    """The decoder could make nothing of the bytes, or nothing more, or died of them."""


class Decoder:
    """Turns bytes into slots."""

    def __init__(self, process: Process) -> None:
        self._process = process

    async def feed(self, chunks: AsyncIterator[bytes]) -> None:
        """Hand on what is to be decoded, as fast as it is; returns at its end, or when nobody wants more."""
        stdin = self._process.stdin
        if stdin is None:
            raise ValueError("this decoder has a file")
        try:
            with suppress(ConnectionError):
                async with aclosing(chunks) as feed:  # type: ignore[type-var]
                    async for chunk in feed:
                        stdin.write(chunk)
                        await stdin.drain()
        finally:
            stdin.close()

    async def begin(self) -> int | None:
        """How long the sound is, in samples, when the first of it was decoded; None when nobody knows.

        Raises:
            Undecodable: there is no sound in it.
        """
        try:
            header = await self._output.readexactly(struct.calcsize(LENGTH))
        except asyncio.IncompleteReadError as error:
            raise Undecodable from error
        (length,) = struct.unpack(LENGTH, header)
        return None if length == UNKNOWN else int(length)

    async def read(self) -> Block | None:
        """The next slot, the last one filled up with silence; None after it.

        Raises:
            Undecodable: the decoder gave up in the middle.
        """
        try:
            data = await self._output.readexactly(SLOT_BYTES)
        except asyncio.IncompleteReadError as error:
            data = (
                error.partial[: len(error.partial) // 2 * 2].ljust(SLOT_BYTES, b"\0")
                if error.partial
                else b""
            )
        if data:
            return np.frombuffer(data, np.int16)
        if await self._process.wait():
            raise Undecodable
        return None

    @property
    def _output(self) -> asyncio.StreamReader:
        if self._process.stdout is None:
            raise ValueError("a decoder without output")
        return self._process.stdout


@asynccontextmanager
async def decoding(file: IO[bytes] | None = None, *, is_live: bool = False) -> AsyncIterator[Decoder]:
    """A decoder for a file, or, without one, for what it is fed. In the end its process is killed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "voice.sources.decoding",
        *([LIVE_ARGUMENT] if is_live else []),
        stdin=PIPE if file is None else file,
        stdout=PIPE,
        stderr=DEVNULL,
        limit=READ_AHEAD,
        env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
        start_new_session=True,
    )
    try:
        yield Decoder(process)
    finally:
        await _bury(process)


async def _bury(process: Process) -> None:
    """See the process's end, even if we are cancelled meanwhile; the kernel does not take long."""
    with suppress(ProcessLookupError):
        process.kill()
    if process.stdin is not None:
        process.stdin.close()
    interruption: asyncio.CancelledError | None = None
    while True:
        try:
            if process.stdout is not None:
                await process.stdout.read()  # a pipe that nobody reads keeps its transport open
            await process.wait()
            break
        except asyncio.CancelledError as error:
            interruption = error
    if interruption is not None:
        raise interruption
