"""The card: a talk's announcement, pinned in the group and edited whenever the talk's state changes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from babel import Locale
from babel.lists import format_list
from markupsafe import Markup

from bot import saying
from bot.fitting import length, shortened
from bot.letters import Opened
from bot.refusals import Speech
from bot.words import Words
from rooms.appointments import MOST, Answer, Appointment
from rooms.guests import GuestList
from rooms.plan import TITLE_LENGTH, Admission, Plan
from rooms.roles import Role
from rooms.room import AHEAD, Room, RoomState

CAPTION_LIMIT = 1024
"""What may stand under a picture, as `bot.fitting.length` counts (Bot API, `sendPhoto`)."""

_SHORTEST = 40
"""Characters of a description below which it says nothing."""


@dataclass(frozen=True, slots=True)
class _Measure:
    """How many of those who speak, or mind the talk, are named, and how long a title or a name may be."""

    people: int
    name: int


_MEASURES = (_Measure(MOST, 2 * TITLE_LENGTH), *(_Measure(people, 64) for people in (12, 6, 3, 1)))
"""Tried in turn until all that must be said fits; the last one does whatever people are called."""


def card(opened: Opened) -> Markup:
    """The announcement as HTML (Bot API, "HTML style"), true for as long as the room's state lasts.

    It says no "in 2 days": it stays up for days, and the reminder says how far off the talk is. All of it
    fits under a picture: the description is shortened and, where that is not enough, names and their lists.
    """
    for measure in _MEASURES:
        room_left = CAPTION_LIMIT - length(_written(opened, "", measure))
        if room_left >= 0:
            break
    room_left -= len("\n\n")
    described = opened.room.plan.description if room_left >= _SHORTEST else ""
    return _written(opened, shortened(described, room_left), measure)


def hosted_by(plan: Plan, words: Words) -> str:
    """Who minds the talk, as plain text; nothing for one whose host was forgotten."""
    return words.gettext("hosted by {name}").format(name=plan.host_name) if plan.host_name else ""


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


def _written(opened: Opened, described: str, measure: _Measure) -> Markup:
    room, words = opened.room, opened.speech.words
    lines = [Markup("<b>{}</b>").format(shortened(room.plan.title, measure.name))]
    if room.plan.topic:
        lines.append(Markup("#{}").format(room.plan.topic))
    if described:
        lines += [Markup(""), Markup("{}").format(described)]
    lines += [
        Markup(""),
        *details(room.plan, opened.speech),
        *_place(opened, measure),
        *_rhythm(opened, measure),
        *_people(opened, measure),
        *_guests(opened.guests, words),
    ]
    lines += [Markup(""), Markup("<b>{}</b>").format(_state(opened))]
    if not room.is_over:
        lines += [Markup(""), Markup("<i>{}</i>").format(_owed_to_speakers(room, words))]
    return Markup("\n").join(lines)


def _place(opened: Opened, measure: _Measure) -> list[Markup]:
    """In which group it takes place, for those who read of it elsewhere."""
    if opened.is_at_home or opened.group is None:
        return []
    title = shortened(opened.group.title, measure.name)
    if opened.is_carried_there:
        text = opened.speech.words.gettext("carried from {group}").format(group=title)
        return [Markup("🌉 {}").format(text)]
    return [Markup("📍 {}").format(title)]


def _rhythm(opened: Opened, measure: _Measure) -> list[Markup]:
    """When it comes again, while it is still to come."""
    if opened.recurrence is None or opened.room.is_over:
        return []
    at, speech = opened.room.plan.starts_at, opened.speech
    said = saying.recurrence_beside(opened.recurrence, at, speech.zone, speech.words)
    return [Markup("🔁 {}").format(shortened(said, measure.name))]


def _people(opened: Opened, measure: _Measure) -> list[Markup]:
    words, plan = opened.speech.words, opened.room.plan
    host = hosted_by(replace(plan, host_name=shortened(plan.host_name, measure.name)), words)
    lines = [Markup("🎙 {}").format(host)] if host else []
    cohosts = _named(opened.cast, Role.COHOST, words, measure)
    if cohosts:
        lines.append(Markup("🤝 {}").format(words.gettext("with {names}").format(names=cohosts)))
    speakers = _named(opened.cast, Role.SPEAKER, words, measure)
    if speakers:
        lines.append(Markup("🗯 {}").format(words.gettext("Speaking: {names}").format(names=speakers)))
    return lines


def _named(cast: Sequence[Appointment], role: Role, words: Words, measure: _Measure) -> str:
    """Those with a role: "Ada Rossi and Bruno (invited)"; who declined is left out."""
    asked = [one for one in cast if one.role is role and one.answer is not Answer.DECLINED]
    names = [_name(one, words, measure) for one in asked[: measure.people]]
    if more := len(asked) - len(names):
        names.append(words.ngettext("{number} more", "{number} more", more).format(number=more))
    return format_list(names, locale=words.locale) if names else ""


def _name(asked: Appointment, words: Words, measure: _Measure) -> str:
    name = shortened(asked.invited.name, measure.name)
    return name if asked.answer is Answer.ACCEPTED else words.gettext("{name} (invited)").format(name=name)


def _guests(guests: GuestList, words: Words) -> list[Markup]:
    if not guests.coming:
        return []
    number = len(guests.seated)
    text = words.ngettext("{number} is coming", "{number} are coming", number).format(number=number)
    if guests.waiting:
        waiting = words.ngettext("{number} waits for a seat", "{number} wait for a seat", len(guests.waiting))
        text = f"{text}, {waiting.format(number=len(guests.waiting))}"
    return [Markup("✋ {}").format(text)]


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
