"""What the notices say: short messages about what becomes of a talk, true at the moment of sending."""

from collections.abc import Callable, Mapping
from datetime import datetime

from markupsafe import Markup

from bot import saying
from bot.gallery.news import asked, shown, shut_or_open
from bot.letters import Opened
from bot.recording.news import on_stage, recorded, what_is_kept
from bot.refusals import Speech
from bot.setbacks import SETBACKS
from bot.words import filled
from rooms.appointments import Answer, Appointment, cast
from rooms.ids import private_chat
from rooms.notices import NoticeKind
from rooms.outlets import OutletState
from rooms.ports import Fault
from rooms.roles import Role
from rooms.room import AHEAD, TO_COME, UNFINISHED, Room, RoomState

_PAST = 30
"""Seconds after which it helps nobody any more to hear that a turn is over."""


def notice_text(opened: Opened) -> Markup | None:
    """What to tell as HTML; None when events have overtaken the notice."""
    return _TEXTS[opened.notice.kind](opened, opened.now)


def _reminder_if_ahead(opened: Opened, now: datetime) -> Markup | None:
    room = opened.room
    is_ahead = room.state in TO_COME and now < room.plan.starts_at
    return _reminder(opened, now) if is_ahead else None


def _started_if_live(opened: Opened, _now: datetime) -> Markup | None:
    if opened.room.state is not RoomState.LIVE:
        return None
    started = _started(opened)
    return Markup("\n").join([started, what_is_kept(opened)])


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


def _invitation(opened: Opened, now: datetime) -> Markup | None:
    room, speech, invited = opened.room, opened.speech, _appointment(opened)
    if invited is None or invited.answer is not Answer.WAITING or room.state not in UNFINISHED:
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


def _unseated(opened: Opened, _now: datetime) -> Markup | None:
    room, words = opened.room, opened.speech.words
    waiting = [private_chat(person) for person in opened.guests.waiting]
    if opened.chat not in waiting or room.is_over:
        return None
    text = words.gettext(
        "💺 There are fewer seats now for <b>{title}</b>: you are on the waiting list, place {place}. "
        "I tell you if one gets free."
    )
    return filled(text, title=room.plan.title, place=str(waiting.index(opened.chat) + 1))


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


def _green_room(opened: Opened, now: datetime) -> Markup | None:
    """What was looked at before the talk: each fault with how to mend it."""
    room, speech = opened.room, opened.speech
    if room.state not in AHEAD or now >= room.plan.starts_at:
        return None
    gettext = speech.words.gettext
    faults = [_mendings(speech)[Fault(name)] for name in opened.notice.detail.split()]
    distance = saying.distance(room.plan.starts_at, speech.zone, speech.words, now)
    if not faults:
        text = gettext("🟢 <b>{title}</b> begins {distance}. All is ready: voice chat, rights, sound, disk.")
        return filled(text, title=room.plan.title, distance=distance)
    text = gettext("🔧 <b>{title}</b> begins {distance}, and something is in its way:")
    heading = filled(text, title=room.plan.title, distance=distance)
    return Markup("\n").join([heading, *(Markup("• {}").format(fault) for fault in faults)])


def _mendings(speech: Speech) -> Mapping[Fault, str]:
    gettext = speech.words.gettext
    return {
        Fault.RELAY_DOWN: gettext("The relay account is not connected: tell whoever runs me."),
        Fault.NOT_IN_CHAT: gettext(
            "The relay account is not in the group: add it, and make it an admin who may manage video chats."
        ),
        Fault.LACKS_RIGHTS: gettext(
            "The relay account may not manage video chats: an admin can allow it in the group's settings."
        ),
        Fault.DISK_FULL: gettext(
            "There is hardly any room for a recording on the disk: tell whoever runs me, or plan the talk "
            "without a recording."
        ),
        Fault.SOUND_BROKEN: gettext(
            "A tone that I sent through all my works came out wrong: tell whoever runs me to run "
            "“loggione doctor”."
        ),
    }


def _floor(opened: Opened, _now: datetime) -> Markup | None:
    """To somebody outside the call, as long as the floor is theirs."""
    room, words = opened.room, opened.speech.words
    is_theirs = any(private_chat(person) == opened.chat for person in cast(room.plan.host, opened.cast))
    if room.state not in (RoomState.OPENING, RoomState.LIVE) or not is_theirs:
        return None
    text = words.gettext(
        "🎙 The floor is yours: join the voice chat of <b>{title}</b> and turn your microphone on."
    )
    return filled(text, title=room.plan.title)


def _turn(opened: Opened, now: datetime) -> Markup | None:
    """To the speaker, shortly before the end of their turn and at its end, not when that is long past."""
    room, words = opened.room, opened.speech.words
    left = round((datetime.fromisoformat(opened.notice.detail) - now).total_seconds())
    if room.state is not RoomState.LIVE or left < -_PAST:
        return None
    if left > 0:
        text = words.ngettext(
            "⏱ {seconds} second of your turn is left: come to your end, please.",
            "⏱ {seconds} seconds of your turn are left: come to your end, please.",
            left,
        )
        return filled(text, seconds=str(left))
    return filled(words.gettext("⏱ Your turn is over. Thank you: the host says what comes next."))


def _appointment(opened: Opened) -> Appointment | None:
    return next((one for one in opened.cast if str(one.id) == opened.notice.detail), None)


def _reminder(opened: Opened, now: datetime) -> Markup:
    room, speech = opened.room, opened.speech
    text = speech.words.gettext("⏰ <b>{title}</b> begins {distance}, at {hour}. {way_in}")
    return filled(
        text,
        way_in=_way_in(opened),
        title=room.plan.title,
        distance=saying.distance(room.plan.starts_at, speech.zone, speech.words, now),
        hour=saying.hour(room.plan.starts_at, speech.zone, speech.words),
    )


def _started(opened: Opened) -> Markup:
    room, words = opened.room, opened.speech.words
    if opened.notice.detail == "late":
        text = words.gettext("🔴 <b>{title}</b> is on, later than planned: sorry for the wait. {way_in}")
    else:
        text = words.gettext("🔴 <b>{title}</b> is on. {way_in}")
    return filled(text, title=room.plan.title, way_in=_way_in(opened))


def _way_in(opened: Opened) -> str:
    """What one can do in the call and, where the link opens the talk, outside it."""
    gettext, is_open = opened.speech.words.gettext, opened.room.is_heard_by_link
    if not opened.only_listens:
        if is_open:
            return gettext("Join the voice chat to speak, or listen unseen by the link.")
        return gettext("Join the voice chat to take part.")
    if opened.is_at_home:
        join = gettext("Join the voice chat to listen, and raise a hand in it or with /hand to speak.")
    else:
        join = gettext("Join the voice chat to listen, and raise a hand in it to speak.")
    return f"{join} {gettext('Who has the link can listen unseen.')}" if is_open else join


def _ending(room: Room, speech: Speech, now: datetime) -> Markup:
    text = speech.words.gettext("⏳ <b>{title}</b> ends {distance}, at {hour}.")
    return filled(
        text,
        title=room.plan.title,
        distance=saying.distance(room.plan.ends_at, speech.zone, speech.words, now),
        hour=saying.hour(room.plan.ends_at, speech.zone, speech.words),
    )


def _outlet(opened: Opened, _now: datetime) -> Markup | None:
    """How a server elsewhere does to which the talk goes out; its name holds nothing secret."""
    state, _, name = opened.notice.detail.partition(" ")
    if opened.room.is_over:
        return None
    gettext = opened.speech.words.gettext
    texts = {
        OutletState.ON_AIR: gettext("📡 <b>{title}</b> goes out to {name}."),
        OutletState.REFUSED: gettext(
            "📡 {name} turns <b>{title}</b> away: see whether the password, the mount point or the key is "
            "right. I keep trying, now and then."
        ),
        OutletState.LOST: gettext(
            "📡 {name} cannot be reached, so that <b>{title}</b> is not heard there. I keep trying."
        ),
    }
    text = texts.get(OutletState(state))
    return filled(text, title=opened.room.plan.title, name=name) if text is not None else None


_TEXTS: Mapping[NoticeKind, Callable[[Opened, datetime], Markup | None]] = {
    NoticeKind.REMINDER: _reminder_if_ahead,
    NoticeKind.STARTED: _started_if_live,
    NoticeKind.ENDING: _ending_if_live,
    NoticeKind.CHANGED: _changed,
    NoticeKind.CANCELLED: _cancelled,
    NoticeKind.MISSED: _missed,
    NoticeKind.GREEN_ROOM: _green_room,
    NoticeKind.RECORDED: recorded,
    NoticeKind.ON_STAGE: on_stage,
    NoticeKind.FLOOR: _floor,
    NoticeKind.TURN: _turn,
    NoticeKind.INVITATION: _invitation,
    NoticeKind.ANSWERED: _answered,
    NoticeKind.SEATED: _seated,
    NoticeKind.UNSEATED: _unseated,
    NoticeKind.QUESTION: _question,
    NoticeKind.ASKED: asked,
    NoticeKind.SHOWN: shown,
    NoticeKind.GALLERY: shut_or_open,
    NoticeKind.REPORT: _report,
    NoticeKind.OUTLET: _outlet,
    **SETBACKS,
}
"""What each kind of notice about a room says; cards, replays and threads are no mere words."""
