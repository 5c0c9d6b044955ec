"""Time zones by their keys: those of the time zone database, and fixed distances from Greenwich."""

import re
import struct
from functools import cache
from io import BytesIO
from zoneinfo import ZoneInfo


@cache
def zone_of(key: str) -> ZoneInfo:
    """The zone of a key in the time zone database, or of a fixed offset such as "Etc/UTC+05:45".

    The database has fixed offsets as well, but of whole hours, and counted westwards.

    Raises:
        ZoneInfoNotFoundError: there is none.
    """
    found = re.fullmatch(r"Etc/UTC([+-])(\d\d):(\d\d)", key)
    if found is None:
        return ZoneInfo(key)
    seconds = (int(found[2]) * 60 + int(found[3])) * (60 if found[1] == "+" else -60)
    name = found[0].removeprefix("Etc/").encode() + b"\0"
    counts = (0, 0, 0, 0, 1, len(name))  # RFC 8536, section 3.1: one local time type, no transitions
    file = struct.pack(">4s16x6l", b"TZif", *counts) + struct.pack(">lBB", seconds, 0, 0) + name
    return ZoneInfo.from_file(BytesIO(file), key)
