"""Tidings: the short messages that tell a group what becomes of a talk, true at the moment of sending."""

from datetime import datetime

from markupsafe import Markup

from bot import refusals, saying
from bot.refusals import Speech
from bot.words import Words
from rooms import errors as rooms_errors
from rooms.notices import Notice, NoticeKind
from rooms.ports import Recording
from rooms.room import AHEAD, Room, RoomState

UPLOAD_LIMIT = 50_000_000
"""Bytes that a bot may upload (Bot API, "Sending files")."""


def tidings(notice: Notice, room: Room, speech: Speech, now: datetime) -> Markup | None:
    """What to tell the group as HTML; None when events have overtaken the notice."""
    match notice.kind:
        case NoticeKind.REMINDER if room.state in AHEAD | {RoomState.OPENING} and now < room.plan.starts_at:
            return _reminder(room, speech, now)
        case NoticeKind.STARTED if room.state is RoomState.LIVE:
            return _started(room, speech.words, is_late=notice.detail == "late")
        case NoticeKind.ENDING if room.state is RoomState.LIVE and now < room.plan.ends_at:
            return _ending(room, speech, now)
        case NoticeKind.CANCELLED:
            return _cancelled(room, speech)
        case NoticeKind.MISSED:
            return _missed(room, speech.words)
        case NoticeKind.TROUBLE if not room.is_over:
            return _trouble(room, notice.detail, speech)
    return None


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
    return _filled(
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
    return _filled(text, title=room.plan.title, number=room.id)


def _reminder(room: Room, speech: Speech, now: datetime) -> Markup:
    text = speech.words.gettext(
        "⏰ <b>{title}</b> begins {distance}, at {hour}. Join the voice chat to speak, or listen unseen by "
        "the link."
    )
    return _filled(
        text,
        title=room.plan.title,
        distance=saying.distance(room.plan.starts_at, speech.zone, speech.words, now),
        hour=saying.hour(room.plan.starts_at, speech.zone, speech.words),
    )


def _started(room: Room, words: Words, *, is_late: bool) -> Markup:
    if is_late:
        text = words.gettext(
            "🔴 <b>{title}</b> is on, later than planned: sorry for the wait. Join the voice chat to speak, "
            "or listen unseen by the link."
        )
    else:
        text = words.gettext(
            "🔴 <b>{title}</b> is on. Join the voice chat to speak, or listen unseen by the link."
        )
    return _filled(text, title=room.plan.title)


def _ending(room: Room, speech: Speech, now: datetime) -> Markup:
    text = speech.words.gettext("⏳ <b>{title}</b> ends {distance}, at {hour}.")
    return _filled(
        text,
        title=room.plan.title,
        distance=saying.distance(room.plan.ends_at, speech.zone, speech.words, now),
        hour=saying.hour(room.plan.ends_at, speech.zone, speech.words),
    )


def _cancelled(room: Room, speech: Speech) -> Markup:
    text = speech.words.gettext("<b>{title}</b>, planned for {when}, is cancelled.")
    when = saying.moment(room.plan.starts_at, speech.zone, speech.words)
    return _filled(text, title=room.plan.title, when=when)


def _missed(room: Room, words: Words) -> Markup:
    text = words.gettext(
        "<b>{title}</b> could not take place: the voice chat could not be opened in time. An admin can plan "
        "it again with /schedule."
    )
    return _filled(text, title=room.plan.title)


def _trouble(room: Room, detail: str, speech: Speech) -> Markup:
    kind = getattr(rooms_errors, detail, rooms_errors.CallRefused)
    if not issubclass(kind, rooms_errors.CallRefused):
        kind = rooms_errors.CallRefused
    how_to_mend = refusals.sentence(kind(room.plan.chat, detail), speech)
    text = speech.words.gettext("⚠️ The voice chat of <b>{title}</b> cannot be opened. {how_to_mend}")
    return _filled(text, title=room.plan.title, how_to_mend=how_to_mend)


def _filled(text: str, **values: object) -> Markup:
    return Markup(text).format(**values)  # noqa: S704  # the text is ours; the values are escaped by format
