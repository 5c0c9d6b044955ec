"""The card: a talk's announcement, pinned in the group and edited whenever the talk's state changes."""

from collections.abc import Sequence

from babel import Locale
from babel.lists import format_list
from markupsafe import Markup

from bot import saying
from bot.letters import Opened
from bot.refusals import Speech
from bot.words import Words
from rooms.appointments import Answer, Appointment
from rooms.guests import GuestList
from rooms.plan import Admission, Plan
from rooms.roles import Role
from rooms.room import AHEAD, Room, RoomState

CAPTION_LIMIT = 1024
"""Characters under a picture, markup not counted (Bot API, `sendPhoto`)."""

_SHORTEST = 40
"""Characters of a description below which it says nothing."""


def card(opened: Opened) -> Markup:
    """The announcement as HTML (Bot API, "HTML style"), true for as long as the room's state lasts.

    It says no "in 2 days": it stays up for days, and the reminder says how far off the talk is. A description
    is shortened so that all of it fits under a picture.
    """
    without = _written(opened, Markup(""))
    room_left = CAPTION_LIMIT - len(without.striptags()) - without.count("\n") - 2
    described = _description(opened.room.plan.description, room_left)
    return _written(opened, described) if described else without


def hosted_by(plan: Plan, words: Words) -> str:
    """Who minds the talk, as plain text; nothing for one whose host was forgotten."""
    return words.gettext("hosted by {name}").format(name=plan.host_name) if plan.host_name else ""


def people_of(cast: Sequence[Appointment], role: Role, words: Words) -> str:
    """Those with a role, as plain text: "Ada Rossi and Bruno (invited)"; who declined is left out."""
    names = [
        one.invited.name
        if one.answer is Answer.ACCEPTED
        else words.gettext("{name} (invited)").format(name=one.invited.name)
        for one in cast
        if one.role is role and one.answer is not Answer.DECLINED
    ]
    return format_list(names, locale=words.locale) if names else ""


def details(plan: Plan, speech: Speech) -> list[Markup]:
    """When, how long, in which language, for whom, with how many seats: a line each."""
    words = speech.words
    lines = [
        Markup("🗓 {}").format(saying.moment(plan.starts_at, speech.zone, words)),
        Markup("⏳ {}").format(saying.length(plan.duration, words)),
    ]
    if plan.language:
        lines.append(Markup("🗣 {}").format(language(plan.language, words)))
    if plan.admission is not Admission.OPEN:
        lines.append(Markup("🔒 {}").format(admission(plan.admission, words)))
    if plan.seats is not None:
        seats = words.ngettext("{number} seat in the call", "{number} seats in the call", plan.seats)
        lines.append(Markup("💺 {}").format(seats.format(number=plan.seats)))
    return lines


def admission(value: Admission, words: Words) -> str:
    """Who may listen in the gallery."""
    return {
        Admission.OPEN: words.gettext("Anyone with the link"),
        Admission.MEMBERS: words.gettext("For members of the group"),
        Admission.INVITED: words.gettext("By invitation"),
    }[value]


def language(code: str, words: Words) -> str:
    """In which language a talk is held: "in Italian"; an unknown code as it is."""
    try:
        name = Locale.parse(code, sep="-").get_display_name(words.locale)
    except ValueError:
        name = None
    return words.gettext("in {language}").format(language=name or code)


def _written(opened: Opened, described: Markup) -> Markup:
    room, words = opened.room, opened.speech.words
    lines = [Markup("<b>{}</b>").format(room.plan.title)]
    if room.plan.topic:
        lines.append(Markup("#{}").format(room.plan.topic))
    if described:
        lines += [Markup(""), described]
    lines += [
        Markup(""),
        *details(room.plan, opened.speech),
        *_place(opened),
        *_rhythm(opened),
        *_people(opened),
        *_guests(opened.guests, words),
    ]
    lines += [Markup(""), Markup("<b>{}</b>").format(_state(opened))]
    if not room.is_over:
        lines += [Markup(""), Markup("<i>{}</i>").format(_owed_to_speakers(room, words))]
    return Markup("\n").join(lines)


def _place(opened: Opened) -> list[Markup]:
    """In which group it takes place, for those who read of it elsewhere."""
    if opened.is_at_home or opened.group is None:
        return []
    if opened.is_carried_there:
        text = opened.speech.words.gettext("carried from {group}").format(group=opened.group.title)
        return [Markup("🌉 {}").format(text)]
    return [Markup("📍 {}").format(opened.group.title)]


def _rhythm(opened: Opened) -> list[Markup]:
    """When it comes again, while it is still to come."""
    if opened.recurrence is None or opened.room.is_over:
        return []
    return [Markup("🔁 {}").format(saying.recurrence(opened.recurrence, opened.speech.words))]


def _people(opened: Opened) -> list[Markup]:
    words = opened.speech.words
    host = hosted_by(opened.room.plan, words)
    lines = [Markup("🎙 {}").format(host)] if host else []
    cohosts = people_of(opened.cast, Role.COHOST, words)
    if cohosts:
        lines.append(Markup("🤝 {}").format(words.gettext("with {names}").format(names=cohosts)))
    speakers = people_of(opened.cast, Role.SPEAKER, words)
    if speakers:
        lines.append(Markup("🗯 {}").format(words.gettext("Speaking: {names}").format(names=speakers)))
    return lines


def _guests(guests: GuestList, words: Words) -> list[Markup]:
    if not guests.coming:
        return []
    number = len(guests.seated)
    text = words.ngettext("{number} is coming", "{number} are coming", number).format(number=number)
    if guests.waiting:
        waiting = words.ngettext("{number} waits for a seat", "{number} wait for a seat", len(guests.waiting))
        text = f"{text}, {waiting.format(number=len(guests.waiting))}"
    return [Markup("✋ {}").format(text)]


def _description(text: str, room_left: int) -> Markup:
    """As much of it as fits, up to a word's end."""
    if not text or room_left < _SHORTEST:
        return Markup("")
    if len(text) > room_left:
        text = text[: room_left - 1].rsplit(maxsplit=1)[0].rstrip(",.;:") + "…"
    return Markup("{}").format(text)


def _state(opened: Opened) -> str:
    room, gettext = opened.room, opened.speech.words.gettext
    is_open = room.is_heard_by_link
    match room.state:
        case RoomState.DRAFT | RoomState.SCHEDULED:
            return gettext("Scheduled. The voice chat opens shortly before the start.")
        case RoomState.OPENING:
            return gettext("The doors are open: there is music until the talk begins.")
        case RoomState.LIVE if is_open and opened.only_listens:
            return gettext(
                "🔴 Live now. Join the voice chat to listen and to ask for the floor, or listen unseen by "
                "the link."
            )
        case RoomState.LIVE if is_open:
            return gettext("🔴 Live now. Join the voice chat to speak, or listen unseen by the link.")
        case RoomState.LIVE:
            return gettext("🔴 Live now, in the voice chat.")
        case RoomState.CLOSING:
            return gettext("Coming to its end.")
        case RoomState.ENDED:
            return gettext("Over. Thank you for being there.")
        case RoomState.CANCELLED:
            return gettext("Cancelled.")
        case RoomState.MISSED:
            return gettext("It could not take place.")


def _owed_to_speakers(room: Room, words: Words) -> str:
    """Who may hear them, and whether it is kept."""
    gettext, plan = words.gettext, room.plan
    if not room.is_gallery_open:
        if plan.is_recorded:
            return gettext("The gallery is closed: nobody listens outside. The talk is recorded.")
        return gettext("The gallery is closed: nobody listens outside. It is not recorded.")
    if plan.admission is Admission.OPEN:
        if plan.is_recorded:
            return gettext(
                "Relayed outside Telegram: anyone with the link may listen unseen. The talk is recorded."
            )
        return gettext(
            "Relayed outside Telegram: anyone with the link may listen unseen. It is not recorded."
        )
    if plan.is_recorded:
        return gettext("Relayed outside Telegram: who has a ticket may listen unseen. The talk is recorded.")
    return gettext("Relayed outside Telegram: who has a ticket may listen unseen. It is not recorded.")


def is_to_be_pinned(room: Room) -> bool:
    """Whether the card still matters: from its announcement to the talk's end."""
    return room.state in AHEAD or room.is_on_air
