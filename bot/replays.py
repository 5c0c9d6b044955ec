"""Replays: a recording's file, under a name that people can keep, and what is said of it."""

import asyncio
import re
from dataclasses import dataclass

from markupsafe import Markup

from bot import saying
from bot.refusals import Speech
from bot.words import Words, filled
from rooms.records import Recording
from rooms.room import Room

UPLOAD_LIMIT = 50_000_000
"""Bytes that a bot may upload (Bot API, "Sending files")."""

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


def replay_caption(room: Room, recording: Recording, speech: Speech) -> Markup:
    """What stands under a recording (at most 1024 characters)."""
    words = speech.words
    about = words.gettext("Replay of {when}, {length}, {host}").format(
        when=saying.moment(room.plan.starts_at, speech.zone, words),
        length=saying.length(recording.duration, words),
        host=room.plan.host_name,
    )
    lines = [Markup("🎧 <b>{}</b>").format(room.plan.title), Markup("{}").format(about)]
    if recording.gaps:
        text = words.ngettext(
            "In {number} place nothing could be heard; there it is silent.",
            "In {number} places nothing could be heard; there it is silent.",
            len(recording.gaps),
        )
        lines.append(Markup("<i>{}</i>").format(text.format(number=len(recording.gaps))))
    return Markup("\n").join(lines)


def replay_too_large(room: Room, size: int, words: Words) -> Markup:
    """Told instead of a recording that a bot may not upload."""
    text = words.gettext(
        "The recording of <b>{title}</b> is kept, but at {size} MB it is larger than the {limit} MB that "
        "Telegram takes from bots. Ask whoever runs me for the recording of talk number {number}."
    )
    return filled(
        text,
        title=room.plan.title,
        size=-(-size // 1_000_000),
        limit=UPLOAD_LIMIT // 1_000_000,
        number=room.id,
    )


def replay_lost(room: Room, words: Words) -> Markup:
    """Told when the file of a recording is not where it should be."""
    text = words.gettext(
        "The recording of <b>{title}</b> cannot be found. Ask whoever runs me to look for the recording of "
        "talk number {number}."
    )
    return filled(text, title=room.plan.title, number=room.id)


def _read(recording: Recording, name: str) -> Replay | None:
    try:
        size = recording.path.stat().st_size
        content = recording.path.read_bytes() if size <= UPLOAD_LIMIT else None
    except OSError:
        return None
    return Replay(name, size, content)
