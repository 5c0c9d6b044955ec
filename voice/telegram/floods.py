"""Floods: for how long Telegram wants to be left alone, as its errors say it."""

import re

_FLOOD = re.compile(r"FLOOD_(?:PREMIUM_)?WAIT_(\d+)")


def flood_wait(reason: str) -> int:
    """The seconds, one at least, that Telegram asks us to wait (`FLOOD_WAIT_37`); 0 when it does not ask."""
    found = _FLOOD.search(reason)
    return max(1, int(found.group(1))) if found else 0
