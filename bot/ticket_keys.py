"""The buttons that lead to a ticket: from the group into the private chat, and from there to the page."""

from dataclasses import dataclass

from telegram import InlineKeyboardButton, WebAppInfo

from bot.callbacks import button, pack
from bot.words import Words
from rooms.ids import RoomId
from rooms.plan import Admission
from rooms.room import UNFINISHED, Room


@button("seat")
@dataclass(frozen=True, slots=True)
class TakeTicket:
    """I want to listen unseen to a talk that is not open."""

    room: RoomId


def ticket_key(room: Room, words: Words) -> InlineKeyboardButton | None:
    """The way to a ticket, of a talk that is heard with one, while there is or will be something to hear."""
    is_wanted = room.is_gallery_open and room.plan.admission is not Admission.OPEN
    if room.state not in UNFINISHED or not is_wanted:
        return None
    return InlineKeyboardButton(words.gettext("🎟 Take a ticket"), callback_data=pack(TakeTicket(room.id)))


def ticket_page_key(room: Room, public_url: str, words: Words) -> InlineKeyboardButton:
    """The page on which a ticket is taken; it learns from Telegram who opened it, in private chats only."""
    page = WebAppInfo(f"{public_url}/l/{room.listen_key}/ticket")
    return InlineKeyboardButton(words.gettext("Open the ticket desk"), web_app=page)
