"""The disk: blocking work that is done by its one thread, and the refusals that come of it."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any, ParamSpec, TypeVar

from rooms.errors.calls import RelayDiskRefused
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


class WatchedDisk(Executor):
    """A disk of which somebody is told each time that it refuses what was handed to it."""

    def __init__(self, disk: Executor, refused: Callable[[], object]) -> None:
        """`refused` is called by the disk's thread."""
        self._disk = disk
        self._refused = refused

    def submit(
        self, work: Callable[_Args, _Result], /, *args: _Args.args, **kwargs: _Args.kwargs
    ) -> Future[_Result]:
        """Have work done behind what was handed to the disk before."""
        done = self._disk.submit(work, *args, **kwargs)
        done.add_done_callback(self._look)
        return done

    def _look(self, done: Future[Any]) -> None:
        if isinstance(done.exception(), OSError):
            self._refused()
