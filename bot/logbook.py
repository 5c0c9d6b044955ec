"""The log as admins read it: a line for each deed, the newest first."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from markupsafe import Markup

from bot import saying
from bot.customs import titles
from bot.fitting import fitting
from bot.refusals import Speech
from bot.words import Words, filled
from rooms.moderation import Deed, DeedKind


def log_text(deeds: Sequence[Deed], title: str, speech: Speech) -> Markup:
    """The log, a line for each deed, the newest first."""
    gettext = speech.words.gettext
    heading = Markup("<b>{}</b>").format(gettext("Log of {group}").format(group=title))
    if not deeds:
        return heading + Markup("\n\n{}").format(gettext("Nothing has happened yet."))
    return Markup("\n\n").join([heading, *fitting(_line(deed, speech) for deed in deeds)])


def _line(deed: Deed, speech: Speech) -> Markup:
    when = saying.label(deed.at, speech.zone, speech.zone, speech.words)
    who = Markup("<b>{}</b>").format(deed.actor_name or speech.words.gettext("somebody"))
    said = filled(_deeds(speech.words)[deed.kind], name=who, subject=deed.subject)
    detail = Markup(": {}").format(_detail(deed, speech)) if deed.detail else Markup("")
    return Markup("<i>{}</i>\n").format(when) + said + detail


def _detail(deed: Deed, speech: Speech) -> str:
    """As it is on record; of settings what they are called, and of a talk that was moved from when."""
    match deed.kind:
        case DeedKind.SET_UP:
            called = titles(speech.words)
            return ", ".join(called.get(field, field) for field in deed.detail.split(", "))
        case DeedKind.CHANGED:
            was_at = datetime.fromisoformat(deed.detail)
            when = saying.label(was_at, speech.zone, speech.zone, speech.words)
            return speech.words.gettext("it was to begin {when}").format(when=when)
        case _:
            return deed.detail


def _deeds(words: Words) -> Mapping[DeedKind, str]:
    gettext = words.gettext
    return {
        DeedKind.SCHEDULED: gettext("{name} scheduled “{subject}”"),
        DeedKind.CHANGED: gettext("{name} changed “{subject}”"),
        DeedKind.CANCELLED: gettext("{name} cancelled “{subject}”"),
        DeedKind.RESTORED: gettext("{name} took a change of “{subject}” back"),
        DeedKind.OPENED: gettext("{name} opened “{subject}”"),
        DeedKind.CLOSED: gettext("{name} closed “{subject}”"),
        DeedKind.EXTENDED: gettext("{name} gave “{subject}” more minutes"),
        DeedKind.HANDED_OVER: gettext("{name} handed “{subject}” over"),
        DeedKind.BANNED: gettext("{name} banned {subject}"),
        DeedKind.PARDONED: gettext("{name} pardoned {subject}"),
        DeedKind.REPORTED: gettext("{name} reported “{subject}”"),
        DeedKind.ERASED: gettext("{name} deleted the recording of “{subject}”"),
        DeedKind.BRIDGED: gettext("{name} had “{subject}” carried in another group's voice chat"),
        DeedKind.UNBRIDGED: gettext("{name} ended that “{subject}” is carried"),
        DeedKind.OUTLET_ADDED: gettext("{name} had the talks go out to {subject}"),
        DeedKind.OUTLET_REMOVED: gettext("{name} took {subject} off the list of servers"),
        DeedKind.GALLERY_CLOSED: gettext("{name} closed the gallery of “{subject}”"),
        DeedKind.GALLERY_OPENED: gettext("{name} opened the gallery of “{subject}” again"),
        DeedKind.SET_UP: gettext("{name} changed the settings"),
        DeedKind.REVOKED: gettext("{name} made new addresses for programme and calendars"),
    }
