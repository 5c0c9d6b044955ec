"""News of the gallery: a question waits, a question is shown, the door was shut or opened."""

from datetime import datetime

from markupsafe import Markup
from telegram import InlineKeyboardMarkup

from bot.gallery.keys import door_key, question_keys, reading_key
from bot.keyboards import rows
from bot.letters import Opened
from bot.words import Words, filled
from rooms.notices import NoticeKind
from rooms.plan import Admission
from rooms.questions import PUBLIC, Question, QuestionState
from rooms.room import Room
from rooms.shutting import CLOSED


def asked(opened: Opened, _now: datetime) -> Markup | None:
    """To who minds the talk, with the question; to the group, if it must be, without."""
    question = opened.question
    if question is None or question.state is not QuestionState.WAITING or opened.room.is_over:
        return None
    words = opened.speech.words
    if opened.notice.chat > 0:
        return question_text(question, opened.room, words)
    text = words.gettext("❓ A question for <b>{title}</b> from the gallery waits to be read by its host.")
    return filled(text, title=opened.room.plan.title)


def shown(opened: Opened, _now: datetime) -> Markup | None:
    """To the group."""
    if opened.question is None or opened.question.state not in PUBLIC or opened.room.is_over:
        return None
    text = opened.speech.words.gettext("❓ From the gallery, to <b>{title}</b>:\n{question}")
    return filled(text, title=opened.room.plan.title, question=opened.question.text)


def shut_or_open(opened: Opened, _now: datetime) -> Markup | None:
    """To the group, unless the door is the other way again."""
    room, words = opened.room, opened.speech.words
    if room.is_over or room.is_gallery_open is (opened.notice.detail == CLOSED):
        return None
    return door_text(room, words)


def door_text(room: Room, words: Words) -> Markup:
    """Whether the gallery is open, and what that means."""
    gettext = words.gettext
    if not room.is_gallery_open:
        text = gettext(
            "🚪 The gallery of <b>{title}</b> is closed: it is heard in the voice chat alone, and the link "
            "is dead. An admin can open it again, by a new link."
        )
    elif room.plan.admission is Admission.OPEN:
        text = gettext(
            "👂 The gallery of <b>{title}</b> is open: anyone with the link may listen unseen. Any admin can "
            "close it with a tap."
        )
    else:
        text = gettext(
            "👂 The gallery of <b>{title}</b> is open: who has a ticket may listen unseen. Any admin can "
            "close it with a tap."
        )
    return filled(text, title=room.plan.title)


def question_text(question: Question, room: Room, words: Words) -> Markup:
    """A question, and what has become of it."""
    gettext = words.gettext
    texts = {
        QuestionState.WAITING: gettext(
            "❓ Somebody in the gallery asks about <b>{title}</b>:\n{question}\n\nOnly you see this."
        ),
        QuestionState.SHOWN: gettext("✅ <b>{title}</b>, shown to all:\n{question}"),
        QuestionState.ON_STAGE: gettext("🎙 <b>{title}</b>, on stage now:\n{question}"),
        QuestionState.DONE: gettext("✔ <b>{title}</b>, answered:\n{question}"),
    }
    return filled(texts[question.state], title=room.plan.title, question=question.text)


def news_keys(opened: Opened) -> InlineKeyboardMarkup | None:
    """Under each of these."""
    room, words = opened.room, opened.speech.words
    if opened.notice.kind is NoticeKind.GALLERY:
        door = door_key(room, words)
        return rows([door] if door else [])
    if opened.notice.kind is NoticeKind.ASKED and opened.question is not None:
        if opened.notice.chat > 0:
            return question_keys(opened.question, room, words)
        return rows([reading_key(room, words)])
    return None
