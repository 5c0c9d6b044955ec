"""The clock and the rules of time zones: talks begin by them."""

import importlib.metadata
import zoneinfo
from collections.abc import Sequence
from datetime import UTC
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

from app.clock import SystemClock
from app.doctor.findings import Case, Finding
from app.doctor.visiting import NotReached, visit

TOLERANCE = 5.0
"""Seconds that the clock may be wrong; a Date tells whole ones. Telegram turns away who is off by more than
half a minute (https://core.telegram.org/mtproto/service_messages_about_messages, errors 16 and 17)."""


async def check_clock(case: Case) -> Sequence[Finding]:
    """How far the machine's clock is from that of the Bot API's server (RFC 9110, section 6.6.1)."""
    parts = urlsplit(case.settings.bot_api_url)
    try:
        answer = await visit(f"{parts.scheme}://{parts.netloc}/")
        there = parsedate_to_datetime(answer.headers["Date"]).astimezone(UTC)
    except NotReached as error:
        found = f"{parts.hostname}, whose clock is asked, was not reached ({error})."
        return [
            Finding("clock", found, "See whether this machine is on the Internet, and LOGGIONE_BOT_API_URL.")
        ]
    except (KeyError, ValueError, TypeError):
        return [Finding("clock", f"{parts.hostname} tells no time, so the clock was not compared")]
    here = SystemClock().now()
    off = (here - there).total_seconds() - 0.5 - answer.seconds / 2
    if abs(off) > TOLERANCE:
        way = "ahead of" if off > 0 else "behind"
        found = f"it is {abs(off):.0f} seconds {way} that of {parts.hostname}."
        return [Finding("clock", found, "Let the system keep it right: `timedatectl set-ntp true`.")]
    return [Finding("clock", f"it agrees with that of {parts.hostname} within {TOLERANCE:.0f} seconds")]


async def check_zones(case: Case) -> Sequence[Finding]:
    """Where the rules of time zones come from, and of which edition they are."""
    count = len(zoneinfo.available_timezones())
    if count == 0:
        return [Finding("time zones", "there are no rules.", "Install tzdata: `apt-get install tzdata`.")]
    return [
        Finding("time zones", f"{count} zones, {case.settings.zone} among them, by the rules of {_edition()}")
    ]


def _edition() -> str:
    for folder in zoneinfo.TZPATH:
        rules = Path(folder) / "tzdata.zi"
        if rules.is_file():
            with rules.open() as file:
                return f"edition {file.readline().removeprefix('# version').strip():.20} ({folder})"
        if Path(folder).is_dir():
            return folder
    return f"edition {importlib.metadata.version('tzdata')} (Python's package)"
