"""The examination: every check in turn, whatever the others found, each within its time."""

import asyncio
import fcntl
import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from app.doctor.address import check_address
from app.doctor.bot import check_rights, check_token
from app.doctor.clock import check_clock, check_zones
from app.doctor.database import check_database
from app.doctor.disk import check_disk
from app.doctor.findings import Case, Check, Finding
from app.doctor.gallery import check_fan_out, check_tls
from app.doctor.known import known_groups
from app.doctor.machine import check_descriptors, check_interface, check_port
from app.doctor.relays import check_accounts
from app.doctor.sound import check_library, check_sound, check_speech
from app.lock import LOCK
from app.settings import Settings

log = logging.getLogger(__name__)

PATIENCE = 90.0
"""Seconds that one check may take."""

CHECKS: Mapping[str, Check] = {
    "bot": check_token,
    "bot's rights": check_rights,
    "relay accounts": check_accounts,
    "disk": check_disk,
    "database": check_database,
    "port": check_port,
    "public address": check_address,
    "certificate": check_tls,
    "fan-out": check_fan_out,
    "clock": check_clock,
    "time zones": check_zones,
    "network interface": check_interface,
    "open files": check_descriptors,
    "call library": check_library,
    "sound": check_sound,
    "spoken notices": check_speech,
}


async def examine(
    settings: Settings, tell: Callable[[str], None], checks: Mapping[str, Check] = CHECKS
) -> int:
    """Run every check and tell each finding as soon as it is there; 0 when all is well, else 1."""
    groups = await asyncio.to_thread(known_groups, settings.database)
    case = Case(settings, groups, is_running(settings.data))
    troubles = 0
    for subject, check in checks.items():
        for finding in await _findings(subject, check, case):
            tell(finding.line)
            troubles += not finding.is_well
    tell("All is well." if not troubles else f"To be mended: {troubles}.")
    return 1 if troubles else 0


async def _findings(subject: str, check: Check, case: Case) -> Sequence[Finding]:
    try:
        async with asyncio.timeout(PATIENCE):
            return await check(case)
    except TimeoutError:
        return [Finding(subject, f"no result within {PATIENCE:.0f} seconds.", "Run the doctor again later.")]
    except Exception as error:
        log.exception("the examination of the %s failed", subject)
        return [Finding(subject, f"the examination failed ({type(error).__name__}).", "See the log above.")]


def is_running(data: Path) -> bool:
    """Whether a process holds the lock on the data; the lock is left as it is."""
    try:
        with (data / LOCK).open("r") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
