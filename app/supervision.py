"""Supervision: an activity that crashes is started again after a pause, and the others go on."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from typing import Never

log = logging.getLogger(__name__)

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
CALM = 60.0
"""Seconds: an activity that ran this long begins anew with the first pause."""


class CannotRun(Exception):
    """Trying again would not help: the operator must change something; the message says what."""


async def supervise(name: str, activity: Callable[[], Awaitable[None]]) -> Never:
    """Run an activity for ever; a crash of it is loud and never the end of the program.

    Raises:
        CannotRun: the activity says that it must not be tried again.
    """
    loop = asyncio.get_running_loop()
    pause = FIRST_PAUSE
    while True:
        began = loop.time()
        try:
            await activity()
            log.warning("%s came to an end", name)
        except CannotRun:
            raise
        except Exception:
            log.exception("%s crashed", name)
        if loop.time() - began > CALM:
            pause = FIRST_PAUSE
        await asyncio.sleep(pause * random.uniform(0.8, 1.2))  # noqa: S311  # jitter is no secret
        pause = min(pause * 2, LONGEST_PAUSE)
