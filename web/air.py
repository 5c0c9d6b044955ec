"""What is on air: followed for as long as the server runs, whatever a look at it costs."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence

from rooms.listening import Gallery
from rooms.room import Room
from web.discretion import discreet

log = logging.getLogger(__name__)

PAUSE = 1.0
"""Seconds before it is looked again when that failed."""


async def rooms_on_air(gallery: Gallery) -> AsyncIterator[Sequence[Room]]:
    """The rooms that can be heard, now and after each change, for ever."""
    while True:
        try:
            async for rooms in gallery.on_air():
                yield rooms
        except Exception as error:  # noqa: BLE001  # an attendant's outermost boundary: it is looked again
            log.error("looking for rooms on air failed: %s", discreet(error))
        await asyncio.sleep(PAUSE)
