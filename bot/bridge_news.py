"""What is told of a bridge in both groups, with the buttons by which it is agreed, declined or taken down."""

from dataclasses import dataclass

from markupsafe import Markup
from telegram import InlineKeyboardMarkup

from bot import saying
from bot.callbacks import button
from bot.keyboards import key, rows
from bot.letters import Opened
from bot.words import filled
from rooms.bridges import BridgeNews
from rooms.ids import ChatId, RoomId
from rooms.room import UNFINISHED


@button("bridge")
@dataclass(frozen=True, slots=True)
class AnswerBridge:
    """This group carries the talk, or it does not."""

    room: RoomId
    accepts: bool


@button("unbridge")
@dataclass(frozen=True, slots=True)
class StopCarrying:
    """The talk is carried in this chat no more."""

    room: RoomId
    chat: ChatId


def bridge_text(opened: Opened) -> Markup | None:
    """What to tell as HTML; None when events have overtaken it."""
    news, _chat, other = news_of(opened)
    room, speech = opened.room, opened.speech
    gettext = speech.words.gettext
    if room.state not in UNFINISHED or not _still_holds(opened, news):
        return None
    at_home = {
        BridgeNews.AGREED: gettext(
            "🌉 {other} carries <b>{title}</b> too: who is in its voice chat hears the talk and can ask to "
            "speak."
        ),
        BridgeNews.DECLINED: gettext("🌉 {other} does not want to carry <b>{title}</b>."),
        BridgeNews.ENDED: gettext("🌉 {other} carries <b>{title}</b> no more."),
    }
    elsewhere = {
        BridgeNews.ASKED: gettext(
            "🌉 {group} asks to carry <b>{title}</b> in this group's voice chat too, {when}. Everybody here "
            "could listen to it and ask to speak. This group's admins decide, and can end it at any time."
        ),
        BridgeNews.AGREED: gettext(
            "🌉 This group's voice chat carries <b>{title}</b> of {group}, {when}. /hand asks to speak in it."
        ),
        BridgeNews.ENDED: gettext("🌉 This group carries <b>{title}</b> of {group} no more."),
    }
    text = (at_home if opened.is_at_home else elsewhere)[news]
    return filled(
        text,
        title=room.plan.title,
        other=other,
        group=opened.group.title if opened.group else "",
        when=saying.moment_and_distance(room.plan.starts_at, speech.zone, speech.words, opened.now),
    )


def bridge_keys(opened: Opened) -> InlineKeyboardMarkup | None:
    """For admins of the other group: whether they agree; afterwards, for both sides, the way back."""
    news, chat, _other = news_of(opened)
    room, gettext = opened.room, opened.speech.words.gettext
    if news is BridgeNews.ASKED:
        accept = key(gettext("✅ Carry it"), AnswerBridge(room.id, accepts=True))
        return rows([accept, key(gettext("Decline"), AnswerBridge(room.id, accepts=False))])
    if news is BridgeNews.AGREED:
        return rows([key(gettext("Stop carrying it"), StopCarrying(room.id, chat))])
    return None


def news_of(opened: Opened) -> tuple[BridgeNews, ChatId, str]:
    """What is told, and of which group that carries the talk or was asked to, by number and title."""
    news, chat, title = opened.notice.detail.split(" ", 2)
    return BridgeNews(news), ChatId(int(chat)), title


def _still_holds(opened: Opened, news: BridgeNews) -> bool:
    """Whether the bridge is as the news has it; in the talk's own chat several groups may be meant."""
    if opened.is_at_home:
        return True
    match news:
        case BridgeNews.ASKED:
            return opened.bridge is not None and not opened.bridge.is_agreed
        case BridgeNews.AGREED:
            return opened.bridge is not None and opened.bridge.is_agreed
        case _:
            return opened.bridge is None
