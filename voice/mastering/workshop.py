"""The workshop: has recordings mastered in a process of its own, one at a time."""

import asyncio
import os
import sys

from voice.mastering.orders import Order, Replay, order_to_json, replay_from_json

PATIENCE = 3600.0
"""Seconds after which a mastering counts as stuck: a talk of twelve hours takes a quarter of that."""


class MasteringFailed(Exception):
    """The recording could not be mastered now; what there was is safe, and it may be tried again."""


class Workshop:
    """Masters one recording after the other; who cancels a mastering ends its process."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()

    async def master(self, order: Order) -> Replay:
        """What the recording became; raises `MasteringFailed` with a sentence about why."""
        async with self._turn:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "voice.mastering"),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},  # its threads would only wait for each other
            )
            try:
                async with asyncio.timeout(PATIENCE):
                    answer, complaint = await process.communicate(order_to_json(order))
            except TimeoutError as error:
                raise MasteringFailed(f"not done after {PATIENCE:.0f} s") from error
            finally:
                if process.returncode is None:
                    process.kill()
                    await process.wait()
        if process.returncode:
            told = complaint.decode(errors="replace").strip().splitlines()
            raise MasteringFailed(told[-1] if told else f"the process ended with {process.returncode}")
        return replay_from_json(answer)
