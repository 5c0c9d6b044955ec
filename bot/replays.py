"""Replays: what is said of a talk's recording in the chat, and under which name it can be kept."""

import re
from collections.abc import Iterable
from datetime import timedelta

from markupsafe import Markup

from bot import saying
from bot.fitting import fitting, length
from bot.letters import Opened
from bot.refusals import Speech
from bot.words import Words, filled
from rooms.chapters import chapters_of, speakers_in
from rooms.recordings import Gap, Recording
from rooms.room import Room

UPLOAD_LIMIT = 50_000_000
"""Bytes that a bot may upload (Bot API, "Sending files")."""

CAPTION = 1024
"""Characters of a caption at most (Bot API, `caption`)."""

_CERTAIN = 640
"""Characters that are left for chapters and gaps, whatever the title is: it has 200 at most."""

_UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_LONGEST = 60
_MOST_GAPS = 5
_MOST_SPEAKERS = 12


def file_name(title: str, suffix: str = "") -> str:
    """The name of a talk's recording: "Careers after 40.ogg", fit for every file system."""
    fit = " ".join(_UNFIT.sub(" ", title).split()).strip(". ")
    return f"{fit[:_LONGEST].strip('. ') or 'Replay'}{suffix}.ogg"


def replay_caption(opened: Opened, recording: Recording) -> Markup:
    """What stands at the head of a recording (at most 1024 characters)."""
    speech = opened.speech
    said = [_heading(opened.room), _about(opened.room, recording, speech)]
    speakers = speakers_in(opened.turns)[:_MOST_SPEAKERS]
    if speakers:
        said.append(Markup("🗣 {}").format(_cut(", ".join(speakers), 200)))
    chapters = [
        Markup("{} {}").format(position(one.at), _cut(one.name or speech.words.gettext("somebody"), 60))
        for one in chapters_of(opened.turns)
    ]
    ending = _ending(recording, speech)
    room = min(_CERTAIN, CAPTION - sum(length(one) + 2 for one in [*said, *ending]))
    if len(chapters) > 1:
        said.append(Markup("\n").join(fitting(chapters, room)))
    return Markup("\n").join([*said, *ending])


def raw_caption(opened: Opened, recording: Recording) -> Markup:
    """What stands under a recording that could not be mastered."""
    words = opened.speech.words
    sentence = words.gettext("I could not make it ready to be heard: here it is as it was recorded.")
    said = [_heading(opened.room), _about(opened.room, recording, opened.speech)]
    said.append(Markup("<i>{}</i>").format(sentence))
    return Markup("\n").join([*said, *_ending(recording, opened.speech)])


def gone_caption(opened: Opened) -> Markup:
    """What stands at the head of a recording that was kept as long as it was to be."""
    return _heading(opened.room) + _note(
        opened.speech.words.gettext("The recording of this talk is deleted, here and where it was kept.")
    )


def withheld_caption(opened: Opened) -> Markup:
    """Told while a recording must not be heard as it is."""
    return _heading(opened.room) + _note(
        opened.speech.words.gettext(
            "The recording of this talk cannot be heard for now: I could not make it ready. I try again "
            "every day; whoever runs me finds more in my log."
        )
    )


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


def position(at: timedelta) -> str:
    """A place in a recording as players show it: "12:30", "1:02:03"."""
    seconds = int(at.total_seconds())
    minutes = f"{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return f"{seconds // 3600}:{minutes}" if seconds >= 3600 else minutes.removeprefix("0")


def stretch(at: timedelta, length: timedelta) -> str:
    """From where to where in a recording: "12:30" to "13:10", with a dash."""
    return f"{position(at)}\u2013{position(at + length)}"


def _heading(room: Room) -> Markup:
    return Markup("🎧 <b>{}</b>").format(room.plan.title)


def _note(sentence: str) -> Markup:
    return Markup("\n<i>{}</i>").format(sentence)


def _about(room: Room, recording: Recording, speech: Speech) -> Markup:
    text = speech.words.gettext("Replay of {when}, {length}, {host}")
    if not room.plan.host_name:
        text = speech.words.gettext("Replay of {when}, {length}")
    about = text.format(
        when=saying.moment(room.plan.starts_at, speech.zone, speech.words),
        length=saying.length(recording.duration, speech.words),
        host=_cut(room.plan.host_name, 100),
    )
    return Markup("{}").format(about)


def _ending(recording: Recording, speech: Speech) -> list[Markup]:
    """What is missing, and how long it is kept."""
    words, lines = speech.words, []
    if recording.gaps:
        lines.append(_gaps(recording.gaps, words))
    if recording.erase_at is not None:
        when = saying.date_and_hour(recording.erase_at, speech.zone, words)
        text = words.gettext("Kept until {when}; then it is deleted, here as well.").format(when=when)
        lines.append(Markup("<i>{}</i>").format(text))
    return lines


def _gaps(gaps: Iterable[Gap], words: Words) -> Markup:
    gaps = list(gaps)
    text = words.ngettext(
        "In {number} place nothing could be heard, and it is silent: {places}",
        "In {number} places nothing could be heard, and it is silent: {places}",
        len(gaps),
    )
    places = [f"{position(gap.at)} ({saying.length(_whole(gap.length), words)})" for gap in gaps[:_MOST_GAPS]]
    listed = ", ".join(places) + (" …" if len(gaps) > _MOST_GAPS else "")
    return Markup("<i>{}</i>").format(text.format(number=len(gaps), places=listed))


def _whole(length: timedelta) -> timedelta:
    """In whole seconds, and one at least."""
    return max(timedelta(seconds=1), timedelta(seconds=round(length.total_seconds())))


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
