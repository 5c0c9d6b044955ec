"""What the notices say: short messages about what becomes of a talk, true at the moment of sending."""

from collections.abc import Callable, Mapping
from datetime import datetime

from markupsafe import Markup

from bot import refusals, saying
from bot.letters import Opened
from bot.refusals import Speech
from bot.words import Words, filled
from rooms import errors as rooms_errors
from rooms.appointments import Answer, Appointment
from rooms.ids import private_chat
from rooms.notices import NoticeKind
from rooms.plan import Admission
from rooms.roles import Role
from rooms.room import AHEAD, TO_COME, Room, RoomState


def notice_text(opened: Opened, now: datetime) -> Markup | None:
    """What to tell as HTML; None when events have overtaken the notice."""
    return _TEXTS[opened.notice.kind](opened, now)


def _reminder_if_ahead(opened: Opened, now: datetime) -> Markup | None:
    room = opened.room
    is_ahead = room.state in TO_COME and now < room.plan.starts_at
    return _reminder(room, opened.speech, now) if is_ahead else None


def _started_if_live(opened: Opened, _now: datetime) -> Markup | None:
    if opened.room.state is not RoomState.LIVE:
        return None
    return _started(opened.room, opened.speech.words, is_late=opened.notice.detail == "late")


def _ending_if_live(opened: Opened, now: datetime) -> Markup | None:
    room = opened.room
    is_on = room.state is RoomState.LIVE and now < room.plan.ends_at
    return _ending(room, opened.speech, now) if is_on else None


def _changed(opened: Opened, now: datetime) -> Markup | None:
    """The new plan; with the old start, if that is another one now."""
    room, speech = opened.room, opened.speech
    if room.state not in TO_COME:
        return None
    when = saying.moment_and_distance(room.plan.starts_at, speech.zone, speech.words, now)
    old = datetime.fromisoformat(opened.notice.detail) if opened.notice.detail else room.plan.starts_at
    if old == room.plan.starts_at:
        text = speech.words.gettext("✏️ <b>{title}</b> was changed. It begins {when}.")
        return filled(text, title=room.plan.title, when=when)
    text = speech.words.gettext("🗓 <b>{title}</b> has moved: it was to begin {old}, and now begins {when}.")
    was = saying.moment(old, speech.zone, speech.words)
    return filled(text, title=room.plan.title, old=was, when=when)


def _cancelled(opened: Opened, _now: datetime) -> Markup | None:
    room, speech = opened.room, opened.speech
    if room.state is not RoomState.CANCELLED:
        return None
    text = speech.words.gettext("<b>{title}</b>, planned for {when}, is cancelled.")
    when = saying.moment(room.plan.starts_at, speech.zone, speech.words)
    return filled(text, title=room.plan.title, when=when)


def _missed(opened: Opened, _now: datetime) -> Markup | None:
    text = opened.speech.words.gettext(
        "<b>{title}</b> could not take place: the voice chat could not be opened in time. An admin can plan "
        "it again with /schedule."
    )
    return filled(text, title=opened.room.plan.title)


def _trouble(opened: Opened, _now: datetime) -> Markup | None:
    room, speech, detail = opened.room, opened.speech, opened.notice.detail
    if room.is_over:
        return None
    kind = getattr(rooms_errors, detail, rooms_errors.CallRefused)
    if not issubclass(kind, rooms_errors.CallRefused):
        kind = rooms_errors.CallRefused
    how_to_mend = refusals.sentence(kind(room.plan.chat, detail), speech)
    text = speech.words.gettext("⚠️ The voice chat of <b>{title}</b> cannot be opened. {how_to_mend}")
    return filled(text, title=room.plan.title, how_to_mend=how_to_mend)


def _invitation(opened: Opened, now: datetime) -> Markup | None:
    room, speech, invited = opened.room, opened.speech, _appointment(opened)
    if invited is None or invited.answer is not Answer.WAITING or room.state not in AHEAD:
        return None
    gettext = speech.words.gettext
    text = {
        Role.COHOST: gettext("🤝 {host} asks you to mind <b>{title}</b> together, in {group}: {when}."),
        Role.SPEAKER: gettext("🗯 {host} asks you to speak in <b>{title}</b>, in {group}: {when}."),
    }.get(invited.role, gettext("🎟 {host} invites you to <b>{title}</b>, in {group}: {when}."))
    return filled(
        text,
        host=room.plan.host_name,
        title=room.plan.title,
        group=opened.group.title if opened.group else "",
        when=saying.moment_and_distance(room.plan.starts_at, speech.zone, speech.words, now),
    )


def _answered(opened: Opened, _now: datetime) -> Markup | None:
    words, invited = opened.speech.words, _appointment(opened)
    if invited is None or invited.answer is Answer.WAITING:
        return None
    if invited.answer is Answer.ACCEPTED:
        text = words.gettext("✅ {name} accepts: <b>{title}</b>.")
    else:
        text = words.gettext("{name} declines: <b>{title}</b>.")
    return filled(text, name=invited.invited.name, title=opened.room.plan.title)


def _seated(opened: Opened, now: datetime) -> Markup | None:
    room, speech = opened.room, opened.speech
    if opened.chat not in map(private_chat, opened.guests.seated) or room.is_over:
        return None
    text = speech.words.gettext("💺 A seat is free for you now: <b>{title}</b>, {when}.")
    when = saying.moment_and_distance(room.plan.starts_at, speech.zone, speech.words, now)
    return filled(text, title=room.plan.title, when=when)


def _question(opened: Opened, _now: datetime) -> Markup | None:
    text = opened.speech.words.gettext("❓ Somebody asks about <b>{title}</b>:\n{question}")
    return filled(text, title=opened.room.plan.title, question=opened.notice.detail)


def _report(opened: Opened, _now: datetime) -> Markup | None:
    text = opened.speech.words.gettext("⚑ <b>{title}</b>, in {group}, was reported:\n{report}")
    return filled(
        text,
        title=opened.room.plan.title,
        group=opened.group.title if opened.group else "",
        report=opened.notice.detail,
    )


def _appointment(opened: Opened) -> Appointment | None:
    return next((one for one in opened.cast if str(one.id) == opened.notice.detail), None)


def _reminder(room: Room, speech: Speech, now: datetime) -> Markup:
    text = speech.words.gettext("⏰ <b>{title}</b> begins {distance}, at {hour}. {way_in}")
    return filled(
        text,
        way_in=_way_in(room, speech.words),
        title=room.plan.title,
        distance=saying.distance(room.plan.starts_at, speech.zone, speech.words, now),
        hour=saying.hour(room.plan.starts_at, speech.zone, speech.words),
    )


def _started(room: Room, words: Words, *, is_late: bool) -> Markup:
    if is_late:
        text = words.gettext("🔴 <b>{title}</b> is on, later than planned: sorry for the wait. {way_in}")
    else:
        text = words.gettext("🔴 <b>{title}</b> is on. {way_in}")
    return filled(text, title=room.plan.title, way_in=_way_in(room, words))


def _way_in(room: Room, words: Words) -> str:
    if room.plan.admission is Admission.OPEN:
        return words.gettext("Join the voice chat to speak, or listen unseen by the link.")
    return words.gettext("Join the voice chat to take part.")


def _ending(room: Room, speech: Speech, now: datetime) -> Markup:
    text = speech.words.gettext("⏳ <b>{title}</b> ends {distance}, at {hour}.")
    return filled(
        text,
        title=room.plan.title,
        distance=saying.distance(room.plan.ends_at, speech.zone, speech.words, now),
        hour=saying.hour(room.plan.ends_at, speech.zone, speech.words),
    )


_TEXTS: Mapping[NoticeKind, Callable[[Opened, datetime], Markup | None]] = {
    NoticeKind.REMINDER: _reminder_if_ahead,
    NoticeKind.STARTED: _started_if_live,
    NoticeKind.ENDING: _ending_if_live,
    NoticeKind.CHANGED: _changed,
    NoticeKind.CANCELLED: _cancelled,
    NoticeKind.MISSED: _missed,
    NoticeKind.TROUBLE: _trouble,
    NoticeKind.INVITATION: _invitation,
    NoticeKind.ANSWERED: _answered,
    NoticeKind.SEATED: _seated,
    NoticeKind.QUESTION: _question,
    NoticeKind.REPORT: _report,
}
"""What each kind of notice about a room says; cards, replays and threads are no mere words."""
