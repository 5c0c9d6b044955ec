"""What is on air: followed as long as it is, though a look at it may fail."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from typing import Never

from rooms.errors.talks import NoSuchRoom
from rooms.listening import Gallery, View
from rooms.room import Room
from web.discretion import discreet

log = logging.getLogger(__name__)

PAUSE = 1.0
"""Seconds before it is tried again when that failed."""


async def keep_at_it(trouble: str, work: Callable[[], Awaitable[None]]) -> Never:
    """Do what is to be done for as long as something is on air; where that fails, again after a pause.

    Were it left to who asks next, others would see that they did. `trouble` is for the log.
    """
    while True:
        try:
            await work()
        except Exception as error:  # noqa: BLE001  # an attendant's outermost boundary: it is tried again
            log.error("%s: %s", trouble, discreet(error))
        await asyncio.sleep(PAUSE)


async def rooms_on_air(gallery: Gallery) -> AsyncIterator[Sequence[Room]]:
    """The rooms that can be heard, now and after each change, for ever."""
    while True:
        try:
            async for rooms in gallery.on_air():
                yield rooms
        except Exception as error:  # noqa: BLE001  # an attendant's outermost boundary: it is looked again
            log.error("looking for rooms on air failed: %s", discreet(error))
        await asyncio.sleep(PAUSE)


async def views_of(gallery: Gallery, listen_key: str) -> AsyncGenerator[View]:
    """The room behind a link now and after each change, until it is over; raises `NoSuchRoom`."""
    while True:
        try:
            async for view in gallery.views(listen_key):
                yield view
        except NoSuchRoom:
            raise
        except Exception as error:  # noqa: BLE001  # what is on air goes on meanwhile
            log.error("looking at a room failed: %s", discreet(error))
            await asyncio.sleep(PAUSE)
        else:
            return
