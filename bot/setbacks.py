"""What is told of a talk's calls when something is wrong with them, and what to do about it."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from markupsafe import Markup

from bot import refusals, saying
from bot.letters import Opened
from bot.words import filled
from rooms.errors import calls
from rooms.errors.calls import CallRefused, RelayLacksRights, RelayNotInChat
from rooms.notices import NoticeKind
from rooms.room import TO_COME, RoomState


def _trouble(opened: Opened, _now: datetime) -> Markup | None:
    room, speech, detail = opened.room, opened.speech, opened.notice.detail
    if room.is_over:
        return None
    how_to_mend = refusals.sentence(_refusal(detail)(room.plan.chat, detail), speech)
    gettext = speech.words.gettext
    if room.state is RoomState.LIVE:
        text = gettext("⚠️ I cannot be in the voice chat of <b>{title}</b>. {how_to_mend}")
    else:
        text = gettext("⚠️ The voice chat of <b>{title}</b> cannot be opened. {how_to_mend}")
    return filled(text, title=room.plan.title, how_to_mend=how_to_mend)


def _interrupted(opened: Opened, _now: datetime) -> Markup | None:
    room, words = opened.room, opened.speech.words
    if room.state is not RoomState.LIVE:
        return None
    text = words.gettext(
        "⏸ Somebody closed the voice chat of <b>{title}</b>. Its host can open it again with a tap; "
        "otherwise the talk ends in ten minutes."
    )
    return filled(text, title=room.plan.title)


def _lost(opened: Opened, _now: datetime) -> Markup | None:
    if opened.room.state in TO_COME:  # there was music
        return None
    words, away = opened.speech.words, timedelta(seconds=int(opened.notice.detail))
    text = words.gettext(
        "📡 I had lost the voice chat of <b>{title}</b> for {length}, and am back: what was said meanwhile "
        "is missing outside and in the recording."
    )
    return filled(text, title=opened.room.plan.title, length=saying.length(away, words))


def _enlarged(opened: Opened, _now: datetime) -> Markup | None:
    """Of the talk's own call, or that of a group that carries it."""
    room, words = opened.room, opened.speech.words
    if room.is_over:
        return None
    if opened.notice.detail:
        text = words.gettext(
            "👥 So many people are in the voice chat of {group} that Telegram sends me only its whole mix, a "
            "little late."
        )
    else:
        text = words.gettext(
            "👥 So many people are in the voice chat of <b>{title}</b> that Telegram sends me only its whole "
            "mix, a little late."
        )
    meaning = words.gettext(
        "I cannot tell its speakers apart any more: they are heard and recorded as one sound, without a "
        "track or a chapter for each of them. If somebody does not want to be recorded, I record nothing of "
        "it. Hands, roles and turns work as before."
    )
    heading = filled(text, title=room.plan.title, group=opened.notice.detail)
    return Markup("{} {}").format(heading, meaning)


def _barred(opened: Opened, _now: datetime) -> Markup | None:
    room, speech = opened.room, opened.speech
    name, _, group = opened.notice.detail.partition(" ")
    if room.is_over:
        return None
    text = speech.words.gettext(
        "🌉 I do not get into the voice chat of {group}, so that <b>{title}</b> is not carried there. "
        "{how_to_mend}"
    )
    how_to_mend = _how_to_mend_there(_refusal(name), opened)
    return filled(text, group=group, title=room.plan.title, how_to_mend=how_to_mend)


def _how_to_mend_there(kind: type[CallRefused], opened: Opened) -> str:
    """What to do in another group, by people who may not be in it."""
    gettext = opened.speech.words.gettext
    if issubclass(kind, RelayNotInChat):
        return gettext(
            "The relay account is not in that group: somebody there can add it, and make it an admin who may "
            "manage video chats. I keep trying."
        )
    if issubclass(kind, RelayLacksRights):
        return gettext(
            "The relay account has to be an admin there who may manage video chats: an admin of that group "
            "can allow it. I keep trying."
        )
    return refusals.sentence(kind(opened.room.plan.chat, kind.__name__), opened.speech)


def _let_in(opened: Opened, _now: datetime) -> Markup | None:
    if opened.room.is_over:
        return None
    text = opened.speech.words.gettext("🌉 {group} carries <b>{title}</b> now: I am in its voice chat.")
    return filled(text, group=opened.notice.detail, title=opened.room.plan.title)


def _torn(opened: Opened, _now: datetime) -> Markup | None:
    if opened.room.is_over:
        return None
    text = opened.speech.words.gettext(
        "💾 <b>{title}</b> is not being recorded: the disk of the machine I run on takes nothing. The talk "
        "goes on and is heard as before. I record again as soon as the disk lets me, and mark what is "
        "missing; tell whoever runs me."
    )
    return filled(text, title=opened.room.plan.title)


def _refusal(name: str) -> type[CallRefused]:
    """The refusal of this name; any, for a name that means none."""
    kind = getattr(calls, name, CallRefused)
    return kind if isinstance(kind, type) and issubclass(kind, CallRefused) else CallRefused


SETBACKS: Mapping[NoticeKind, Callable[[Opened, datetime], Markup | None]] = {
    NoticeKind.TROUBLE: _trouble,
    NoticeKind.INTERRUPTED: _interrupted,
    NoticeKind.LOST: _lost,
    NoticeKind.ENLARGED: _enlarged,
    NoticeKind.BARRED: _barred,
    NoticeKind.LET_IN: _let_in,
    NoticeKind.TORN: _torn,
}
"""What each of these notices says."""
