"""Processes that are run to their end, for as long as somebody has patience with them."""

import asyncio
import os
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ended:
    """A process that has ended: its exit code, what it put out, and what it complained of."""

    code: int
    output: bytes
    complaint: bytes

    @property
    def reason(self) -> str:
        """What it complained of, as text."""
        return self.complaint.decode(errors="replace").strip()


async def run_to_end(
    command: Sequence[str], patience: float, given: bytes | None = None, environment: Mapping[str, str] = {}
) -> Ended:
    """Run a command and wait for its end; out of patience, or cancelled, it is killed.

    Args:
        command: the program and its arguments.
        patience: in seconds.
        given: what it reads from its standard input; None: it has none.
        environment: what is added to ours for it.

    Raises:
        TimeoutError: it took too long.
        OSError: it could not be started.
    """
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=DEVNULL if given is None else PIPE,
        stdout=PIPE,
        stderr=PIPE,
        env={**os.environ, **environment},
    )
    try:
        async with asyncio.timeout(patience):
            output, complaint = await process.communicate(given)
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    return Ended(await process.wait(), output, complaint)
