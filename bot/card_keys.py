"""The buttons under a card, and under the private messages about its talk."""

from dataclasses import dataclass

from telegram import InlineKeyboardMarkup

from bot.callbacks import button
from bot.gallery.keys import door_key
from bot.keyboards import Key, key, link, listening, programme, rows
from bot.letters import Opened
from bot.ticket_keys import ticket_key
from bot.words import Words
from rooms.appointments import Answer
from rooms.ids import RoomId
from rooms.room import ON_STAGE, TO_COME, UNFINISHED, Room


@button("come")
@dataclass(frozen=True, slots=True)
class Come:
    """I come; pressed again, I do not."""

    room: RoomId


@button("bell")
@dataclass(frozen=True, slots=True)
class RemindMe:
    """Remind me in private; pressed again, do not."""

    room: RoomId


@button("ask")
@dataclass(frozen=True, slots=True)
class AskHost:
    """Let me ask the host something, in private."""

    room: RoomId


@button("flag")
@dataclass(frozen=True, slots=True)
class Report:
    """Something is wrong with this talk."""

    room: RoomId


@button("cast")
@dataclass(frozen=True, slots=True)
class AnswerInvitation:
    """I was asked to speak in this talk or to mind it: I do, or I do not."""

    room: RoomId
    accepts: bool


def under_card(opened: Opened) -> InlineKeyboardMarkup | None:
    """All that can be done with a talk; where its card is copied only what needs no membership there."""
    room, words = opened.room, opened.speech.words
    gettext = words.gettext
    into = listening(room, opened.public_url, words)
    about = [programme(opened.group, opened.public_url, words)] if opened.group else []
    if room.state not in UNFINISHED:
        return rows(about)
    has_calendar = room.state in TO_COME and room.is_gallery_open  # it is behind the gallery's link
    calendar = [calendar_key(room, opened.public_url, words)] if has_calendar else []
    if opened.is_at_home or opened.is_carried_there:
        into = into or ticket_key(room, words)  # members of a group that carries it may take one, too
    if not opened.is_at_home:
        return rows([into] if into else [], calendar + about)
    coming = len(opened.guests.seated)
    come = gettext("✋ I'm coming ({number})").format(number=coming) if coming else gettext("✋ I'm coming")
    promises = [key(come, Come(room.id)), key(gettext("🔔 Remind me"), RemindMe(room.id))]
    return rows(
        _answers(opened),
        promises if room.state in TO_COME else [],
        [into] if into else [],
        [*calendar, key(gettext("❓ Ask"), AskHost(room.id))],
        [*about, key(gettext("⚑ Report"), Report(room.id))],
        _door(room, words),
    )


def answering(room: Room, words: Words) -> InlineKeyboardMarkup | None:
    """Under an invitation."""
    return rows(_accept_and_decline(room, words))


def calendar_key(room: Room, public_url: str, words: Words) -> Key:
    """The talk as a file for calendars."""
    return link(words.gettext("📅 Calendar"), f"{public_url}/l/{room.listen_key}/talk.ics")


def _door(room: Room, words: Words) -> list[Key]:
    """What speakers are owed: at the doors, and as long as the gallery is closed."""
    door = door_key(room, words) if room.state in ON_STAGE or not room.is_gallery_open else None
    return [door] if door is not None else []


def _answers(opened: Opened) -> list[Key]:
    is_awaited = any(one.answer is Answer.WAITING for one in opened.cast)
    return _accept_and_decline(opened.room, opened.speech.words) if is_awaited else []


def _accept_and_decline(room: Room, words: Words) -> list[Key]:
    return [
        key(words.gettext("✅ Accept invitation"), AnswerInvitation(room.id, accepts=True)),
        key(words.gettext("Decline"), AnswerInvitation(room.id, accepts=False)),
    ]
