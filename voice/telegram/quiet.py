"""Quiet: what Telegram does not want to be asked for a while (FLOOD_WAIT) is not asked again until then."""

import math
import time
from collections.abc import Callable
from typing import Any

from pyrogram import Client
from pyrogram.errors import FloodPremiumWait, FloodWait

SHORT = 10.0
"""Seconds of a wait that is sat out within the request itself."""

FLOODS = (FloodWait, FloodPremiumWait)
"""A wait is for the function that was asked for (https://core.telegram.org/api/errors#420-flood)."""


class Quiet:
    """Holds back a client's requests for functions whose wait is not over; all that it asks goes this way.

    `told` hears of each wait once, in seconds.
    """

    def __init__(self, client: Client, told: Callable[[float], None]) -> None:
        self._ask = client.invoke
        self._told = told
        self._until: dict[str, float] = {}
        client.invoke = self._invoke

    async def _invoke(self, query: Any, *args: Any, **options: Any) -> Any:
        """See kurigram's `Client.invoke`; raises `FloodWait` for what is not to be asked yet."""
        left = self._until.get(query.QUALNAME, 0.0) - time.monotonic()
        if left > 0:
            raise FloodWait(math.ceil(left))
        try:
            return await self._ask(query, *args, **{**options, "sleep_threshold": SHORT})
        except FLOODS as flood:
            seconds = float(flood.value)
            self._until[query.QUALNAME] = time.monotonic() + seconds
            self._told(seconds)
            raise
