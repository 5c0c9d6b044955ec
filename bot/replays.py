"""Replays: a recording's file, ready to be posted under a name that people can keep."""

import asyncio
import re
from dataclasses import dataclass

from bot.tidings import UPLOAD_LIMIT
from rooms.ports import Recording

_UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Replay:
    """A recording's bytes, None when there are more of them than a bot may upload."""

    name: str
    size: int
    content: bytes | None


async def fetch_replay(recording: Recording, title: str) -> Replay | None:
    """Read a recording's file; None when it is not there."""
    return await asyncio.to_thread(_read, recording, file_name(title))


def file_name(title: str) -> str:
    """The name of a talk's recording: "Careers after 40.ogg", fit for every file system."""
    fit = " ".join(_UNFIT.sub(" ", title).split()).strip(". ")
    return f"{fit[:_LONGEST].strip('. ') or 'Replay'}.ogg"


def _read(recording: Recording, name: str) -> Replay | None:
    try:
        size = recording.path.stat().st_size
        content = recording.path.read_bytes() if size <= UPLOAD_LIMIT else None
    except OSError:
        return None
    return Replay(name, size, content)
