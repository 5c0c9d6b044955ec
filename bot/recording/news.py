"""News of recording: that a talk is recorded and heard outside, and the question for somebody's voice."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup
from telegram import InlineKeyboardMarkup

from bot.callbacks import button
from bot.keyboards import Key, key, rows
from bot.letters import Opened
from bot.words import Words, filled
from rooms.ids import ChatId
from rooms.room import RoomState


@button("voice")
@dataclass(frozen=True, slots=True)
class AnswerForVoice:
    """In all talks of this group my voice may be kept by itself, or is left out of recordings."""

    chat: ChatId
    agrees: bool


def recorded(opened: Opened, _now: datetime) -> Markup | None:
    """Told to those who came late."""
    if opened.room.state is not RoomState.LIVE:
        return None
    text = opened.speech.words.gettext("👋 Welcome to <b>{title}</b>.")
    heading = filled(text, title=opened.room.plan.title)
    return Markup("\n").join([heading, what_is_kept(opened)])


def what_is_kept(opened: Opened) -> Markup:
    """Whether the talk is recorded, who may hear it, and what to do about it: told with its start."""
    words, room = opened.speech.words, opened.room
    if room.is_gallery_open:
        heard = words.gettext(
            "👂 The gallery is open: it can be heard outside too, by people whom nobody sees. Any admin can "
            "close it: /gallery"
        )
    elif opened.is_restreamed:
        heard = words.gettext("👂 It can be heard outside too, by people whom nobody sees.")
    else:
        heard = words.gettext("👂 It is heard in the voice chat alone.")
    if room.plan.is_recorded:
        kept = words.gettext("⏺ It is recorded. Not with your voice? Write /consent.")
    else:
        kept = words.gettext("It is not recorded.")
    return Markup("{}\n{}").format(kept, heard)


def on_stage(opened: Opened, _now: datetime) -> Markup | None:
    """Somebody may speak: the question for their voice; nothing once it was answered, or the talk is over."""
    words, room = opened.speech.words, opened.room
    unanswered = [one for one in opened.asked if one.agrees is None]
    if room.state is not RoomState.LIVE or not unanswered:
        return None
    if opened.notice.chat > 0:
        text = words.gettext("🎙 You may speak now in <b>{title}</b>, in {group}, and it is recorded.")
        group = opened.group.title if opened.group is not None else ""
        heading = filled(text, title=room.plan.title, group=group)
    else:
        text = words.gettext("🎙 {names}: you may speak now in <b>{title}</b>, and it is recorded.")
        mention = Markup('<a href="tg://user?id={}">{}</a>')
        names = Markup(", ").join(mention.format(one.person, one.name) for one in unanswered)
        heading = filled(text, title=room.plan.title, names=names)
    return Markup("\n\n").join([heading, question(words)])


def question(words: Words) -> Markup:
    """What a yes means, what a no, and what happens without an answer."""
    text = words.gettext(
        "May your voice be kept on a track of its own, in all talks of this group?\n"
        "• Yes: there is a track with you alone beside the recording.\n"
        "• No: you are left out of every recording altogether.\n"
        "• No answer: you are in the common recording, and nowhere else.\n"
        "Change your mind whenever you like, also afterwards: /consent"
    )
    return Markup("{}").format(text)


def voice_keys(chat: ChatId, words: Words) -> list[Key]:
    """The two answers."""
    return [
        key(words.gettext("✅ Keep a track of me"), AnswerForVoice(chat, agrees=True)),
        key(words.gettext("🚫 Leave me out"), AnswerForVoice(chat, agrees=False)),
    ]


def asking(opened: Opened) -> InlineKeyboardMarkup | None:
    """The answers under the question."""
    return rows(voice_keys(opened.room.plan.chat, opened.speech.words))
