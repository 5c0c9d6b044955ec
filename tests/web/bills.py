"""Talks as calendars and feeds are tried with, and other people's programs that read them."""

import ctypes
import json
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import icalendar
import playwright

from app.catalogues import load
from rooms.ids import RoomId
from rooms.room import Room, RoomState
from tests.fakes.clock import NOON
from tests.fakes.talks import a_plan
from web.language import words_of

PUBLIC_URL = "https://talks.example"
CATALOGUES = load(Path(__file__).parents[2] / "web" / "texts")
ENGLISH = words_of("en", CATALOGUES)
ITALIAN = words_of("it", CATALOGUES)

_NODE = Path(playwright.__file__).parent / "driver" / "node"
"""Comes with Playwright on every machine."""

_READER = Path(__file__).parent / "read_calendar.mjs"


def a_talk(number: int = 1, state: RoomState = RoomState.SCHEDULED, revision: int = 0, **plan: Any) -> Room:
    """A talk that was changed a minute later with each revision."""
    changed_at = NOON + revision * timedelta(minutes=1)
    return Room(
        RoomId(number), replace(a_plan(), **plan), state, f"listen-key-{number}", changed_at, revision
    )


def read_by_icalendar(content: bytes) -> Sequence[Any]:
    """The events, as icalendar understands them; it must find nothing to complain about."""
    calendar = icalendar.Calendar.from_ical(content)
    assert isinstance(calendar, icalendar.Calendar)
    assert not calendar.errors
    events = calendar.walk("VEVENT")
    assert not any(event.errors for event in events)
    return events


def read_by_ical_js(content: bytes) -> dict[str, Any]:
    """The name and the events, as ical.js understands them."""
    done = subprocess.run([_NODE, _READER], input=content, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    read: dict[str, Any] = json.loads(done.stdout)
    return read


@cache
def libical() -> ctypes.CDLL | None:
    """The library, where the machine has it."""
    try:
        library = ctypes.CDLL("libical.so.3")
    except OSError:
        return None
    library.icalparser_parse_string.restype = ctypes.c_void_p
    library.icalcomponent_as_ical_string.restype = ctypes.c_char_p
    for name in ("icalcomponent_as_ical_string", "icalcomponent_count_errors", "icalrestriction_check"):
        getattr(library, name).argtypes = [ctypes.c_void_p]
    return library


def read_by_libical(content: bytes) -> bytes:
    """The calendar as libical writes what it read; it must find it flawless, and within what iTIP demands."""
    library = libical()
    assert library is not None
    component = library.icalparser_parse_string(content)
    assert component
    assert library.icalcomponent_count_errors(component) == 0
    assert library.icalrestriction_check(component) == 1
    written: bytes = library.icalcomponent_as_ical_string(component)
    assert b"X-LIC-ERROR" not in written
    return written
