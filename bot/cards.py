"""The card: a talk's announcement, pinned in the group and edited whenever the talk's state changes."""

from markupsafe import Markup

from bot import saying
from bot.refusals import Speech
from bot.words import Words
from rooms.room import Room, RoomState


def card(room: Room, speech: Speech) -> Markup:
    """The announcement as HTML (Bot API, "HTML style"), true for as long as the room's state lasts.

    It says no "in 2 days": it stays up for days, and the reminder says how far off the talk is.
    """
    words = speech.words
    lines = [Markup("<b>{}</b>").format(room.plan.title)]
    if room.plan.topic:
        lines.append(Markup("#{}").format(room.plan.topic))
    lines += [
        Markup(""),
        Markup("🗓 {}").format(saying.moment(room.plan.starts_at, speech.zone, words)),
        Markup("⏳ {}").format(saying.length(room.plan.duration, words)),
        Markup("🎙 {}").format(hosted_by(room, words)),
        Markup(""),
        Markup("<b>{}</b>").format(_state(room, words)),
    ]
    if not room.is_over:
        lines += [Markup(""), Markup("<i>{}</i>").format(_owed_to_speakers(words))]
    return Markup("\n").join(lines)


def hosted_by(room: Room, words: Words) -> str:
    """Who minds the talk, as plain text."""
    return words.gettext("hosted by {name}").format(name=room.plan.host_name)


def _state(room: Room, words: Words) -> str:
    gettext = words.gettext
    match room.state:
        case RoomState.DRAFT | RoomState.SCHEDULED:
            return gettext("Scheduled. The voice chat opens shortly before the start.")
        case RoomState.OPENING:
            return gettext("The doors are open: there is music until the talk begins.")
        case RoomState.LIVE:
            return gettext("🔴 Live now. Join the voice chat to speak, or listen unseen by the link.")
        case RoomState.CLOSING:
            return gettext("Coming to its end.")
        case RoomState.ENDED:
            return gettext("Over. Thank you for being there.")
        case RoomState.CANCELLED:
            return gettext("Cancelled.")
        case RoomState.MISSED:
            return gettext("It could not take place.")


def _owed_to_speakers(words: Words) -> str:
    return words.gettext(
        "Relayed outside Telegram: anyone with the link may listen unseen. The talk is recorded."
    )
