"""What the notices say: short messages about what becomes of a talk, true at the moment of sending."""

from datetime import datetime

from markupsafe import Markup

from bot import refusals, saying
from bot.refusals import Speech
from bot.words import Words, filled
from rooms import errors as rooms_errors
from rooms.notices import Notice, NoticeKind
from rooms.room import AHEAD, Room, RoomState


def notice_text(notice: Notice, room: Room, speech: Speech, now: datetime) -> Markup | None:
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


def _reminder(room: Room, speech: Speech, now: datetime) -> Markup:
    text = speech.words.gettext(
        "⏰ <b>{title}</b> begins {distance}, at {hour}. Join the voice chat to speak, or listen unseen by "
        "the link."
    )
    return filled(
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
    return filled(text, title=room.plan.title)


def _ending(room: Room, speech: Speech, now: datetime) -> Markup:
    text = speech.words.gettext("⏳ <b>{title}</b> ends {distance}, at {hour}.")
    return filled(
        text,
        title=room.plan.title,
        distance=saying.distance(room.plan.ends_at, speech.zone, speech.words, now),
        hour=saying.hour(room.plan.ends_at, speech.zone, speech.words),
    )


def _cancelled(room: Room, speech: Speech) -> Markup:
    text = speech.words.gettext("<b>{title}</b>, planned for {when}, is cancelled.")
    when = saying.moment(room.plan.starts_at, speech.zone, speech.words)
    return filled(text, title=room.plan.title, when=when)


def _missed(room: Room, words: Words) -> Markup:
    text = words.gettext(
        "<b>{title}</b> could not take place: the voice chat could not be opened in time. An admin can plan "
        "it again with /schedule."
    )
    return filled(text, title=room.plan.title)


def _trouble(room: Room, detail: str, speech: Speech) -> Markup:
    kind = getattr(rooms_errors, detail, rooms_errors.CallRefused)
    if not issubclass(kind, rooms_errors.CallRefused):
        kind = rooms_errors.CallRefused
    how_to_mend = refusals.sentence(kind(room.plan.chat, detail), speech)
    text = speech.words.gettext("⚠️ The voice chat of <b>{title}</b> cannot be opened. {how_to_mend}")
    return filled(text, title=room.plan.title, how_to_mend=how_to_mend)
