"""The disk: blocking work that is done by its one thread, and the refusals that come of it."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any, ParamSpec, TypeVar

from rooms.errors import RelayDiskRefused
from rooms.ids import NO_CHAT

log = logging.getLogger(__name__)

_Args = ParamSpec("_Args")
_Result = TypeVar("_Result")


async def on_disk(
    disk: Executor, work: Callable[_Args, _Result], *args: _Args.args, **kwargs: _Args.kwargs
) -> _Result:
    """Have work done behind what was handed to the disk before; raises `RelayDiskRefused` for `OSError`."""

    def do() -> Any:
        return work(*args, **kwargs)

    try:
        result: _Result = await asyncio.get_running_loop().run_in_executor(disk, do)
    except OSError as error:
        log.warning("the disk refuses: %s", error)
        raise RelayDiskRefused(NO_CHAT, str(error)) from error
    return result
