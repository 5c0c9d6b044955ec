"""What to say to who gets no ticket, or cannot use one."""

from bot import errors
from bot.refusals.speech import Sentences, plain
from rooms.errors.tickets import (
    NotATicket,
    NotBlinded,
    NoTicketNeeded,
    NotVouchedFor,
    ProofTooOld,
    SeatLost,
    SeatUnknown,
    TelegramSilent,
    TicketTaken,
)

TICKETS: Sentences = {
    NoTicketNeeded: plain(
        lambda words: words.gettext("This talk is open: its link suffices, without a ticket.")
    ),
    TicketTaken: plain(
        lambda words: words.gettext("You took your ticket for this talk: it is where you took it.")
    ),
    NotBlinded: plain(
        lambda words: words.gettext("That cannot become a ticket. Open the page again and retry.")
    ),
    NotATicket: plain(lambda words: words.gettext("That is no ticket for this talk.")),
    SeatLost: plain(lambda words: words.gettext("Your ticket is in use on another device now.")),
    SeatUnknown: plain(lambda words: words.gettext("Show your ticket again, please.")),
    NotVouchedFor: plain(
        lambda words: words.gettext(
            "Telegram does not vouch for you here: open the page by the button in our private chat."
        )
    ),
    ProofTooOld: plain(
        lambda words: words.gettext(
            "This page was opened too long ago: open it again by the button in our private chat."
        )
    ),
    TelegramSilent: plain(
        lambda words: words.gettext("Telegram does not answer at the moment. Try again in a minute.")
    ),
    errors.NotSecure: plain(
        lambda words: words.gettext(
            "Tickets need a gallery that is reached by https: tell whoever runs this bot."
        )
    ),
}
"""Tickets, and the places that they open."""
