"""The workshop: has recordings mastered in a process of its own, one at a time."""

import asyncio
import sys

from voice.mastering.orders import Order, Replay, order_to_json, replay_from_json
from voice.processes import run_to_end

COMMAND = (sys.executable, "-m", "voice.mastering")

ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1"}
"""Its threads would only wait for each other."""

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
            try:
                ended = await run_to_end(COMMAND, PATIENCE, order_to_json(order), ENVIRONMENT)
            except TimeoutError as error:
                raise MasteringFailed(f"not done after {PATIENCE:.0f} s") from error
        if ended.code:
            told = ended.reason.splitlines()
            raise MasteringFailed(told[-1] if told else f"the process ended with {ended.code}")
        return replay_from_json(ended.output)
