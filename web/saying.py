"""Saying: how dates are written, and what calendars and feeds tell of a talk, in one language."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_datetime, format_time

from rooms.plan import Admission
from rooms.room import Room, RoomState
from web.cleaning import one_line, paragraphs
from web.language import Words

UTC = ZoneInfo("UTC")
_WHEN = "EEEE d MMMM yyyy, HH:mm"


def when(instant: datetime, zone: ZoneInfo, language: str) -> str:
    """The date and the hour: "Thursday 26 November 2026, 18:30"."""
    return format_datetime(instant, _WHEN, tzinfo=zone, locale=language)


def clock_time(instant: datetime, zone: ZoneInfo, language: str) -> str:
    """The hour alone: "18:30"."""
    return format_time(instant, "HH:mm", tzinfo=zone, locale=language)


def position(at: timedelta) -> str:
    """A place in a recording, as players show it: "0:05", "12:30", "1:02:03"."""
    minutes, seconds = divmod(int(at.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def span(room: Room, zone: ZoneInfo, language: str) -> str:
    """When a talk begins and ends: the date, both hours, and the zone."""
    plan = room.plan
    begin, end = when(plan.starts_at, zone, language), clock_time(plan.ends_at, zone, language)
    return f"{begin}\N{EN DASH}{end} {zone.key}"


def about(room: Room, words: Words, address: str) -> str:
    """What there is to know of a talk besides its title and its time, in paragraphs; plain text."""
    plan = room.plan
    told = (
        _what_became_of(room, words),
        paragraphs(plan.description).strip(),
        words.gettext("Hosted by %(name)s") % {"name": one_line(plan.host_name)},
        None if room.is_over else _how_to_listen(room, words, address),
    )
    return "\n\n".join(paragraph for paragraph in told if paragraph)


def _what_became_of(room: Room, words: Words) -> str | None:
    if room.state is RoomState.CANCELLED:
        return words.gettext("This talk was cancelled.")
    if room.state is RoomState.MISSED:
        return words.gettext("This talk could not be opened at its time.")
    return None


def _how_to_listen(room: Room, words: Words, address: str) -> str:
    admission = room.plan.admission
    if room.is_heard_by_link:
        return words.gettext("Listen unseen from the gallery: {address}").format(address=address)
    if admission is Admission.OPEN:
        return words.gettext("The gallery is closed: take part in the group's voice chat in Telegram.")
    if admission is Admission.MEMBERS:
        return words.gettext(
            "This talk is for members of the group: take part in the group's voice chat in Telegram."
        )
    return words.gettext(
        "This talk is for those who were invited: take part in the group's voice chat in Telegram."
    )
