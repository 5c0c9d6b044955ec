"""The terminal: asks its user without blocking the loop, and keeps to itself what is secret."""

import asyncio
import os
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol, TextIO

from app.supervision import CannotRun

LARGEST = 4096
"""Bytes that are read at once."""


class Conversation(Protocol):
    """Somebody who can be asked."""

    def say(self, text: str) -> None:
        """Tell them something."""

    async def ask(self, question: str) -> str:
        """Their answer, without the spaces around it."""

    async def ask_secretly(self, question: str) -> str:
        """Their answer, which nobody sees."""


class Terminal:
    """Whoever sits at standard input and output.

    Raises:
        CannotRun: the input has ended before the question was answered.
    """

    def __init__(self, source: int = 0, sink: TextIO | None = None) -> None:
        """Take the file descriptor to read from, and where to write; else standard input and output."""
        self._source = source
        self._sink = sink or sys.stdout
        self._unread = bytearray()

    def say(self, text: str) -> None:
        """Print a text."""
        print(text, file=self._sink, flush=True)

    async def ask(self, question: str) -> str:
        """A line that is typed."""
        self._prompt(question)
        return (await self._line()).strip()

    async def ask_secretly(self, question: str) -> str:
        """A line that is typed blindly, spaces and all."""
        with _unechoed(self._source):
            self._prompt(question)
            try:
                return await self._line()
            finally:
                self.say("")

    def _prompt(self, question: str) -> None:
        print(f"{question} ", end="", file=self._sink, flush=True)

    async def _line(self) -> str:
        while b"\n" not in self._unread:
            await _readable(self._source)
            data = os.read(self._source, LARGEST)
            if not data:
                raise CannotRun("The input ended before the questions did: run this in a terminal.")
            self._unread += data
        line, _, rest = bytes(self._unread).partition(b"\n")
        self._unread[:] = rest
        return line.decode(errors="replace").removesuffix("\r")


async def _readable(source: int) -> None:
    """Wait until there is something to read; from a plain file there always is."""
    loop = asyncio.get_running_loop()
    ready = loop.create_future()
    try:
        loop.add_reader(source, _settle, ready)
    except PermissionError:
        return
    try:
        await ready
    finally:
        loop.remove_reader(source)


def _settle(ready: asyncio.Future[None]) -> None:
    if not ready.done():
        ready.set_result(None)


@contextmanager
def _unechoed(source: int) -> Iterator[None]:
    """Nothing that is typed shows; however the block ends, it does again afterwards."""
    if not os.isatty(source):
        yield
        return
    before = termios.tcgetattr(source)
    silent = list(before)
    silent[3] &= ~termios.ECHO
    termios.tcsetattr(source, termios.TCSAFLUSH, silent)
    try:
        yield
    finally:
        termios.tcsetattr(source, termios.TCSAFLUSH, before)
