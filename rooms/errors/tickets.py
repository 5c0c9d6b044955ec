"""Refused about tickets, what they open, and how who asks for one is vouched for."""

from rooms.errors.refusal import Refusal


class NoTicketNeeded(Refusal):
    """The room is open: its link suffices."""


class TicketTaken(Refusal):
    """Who asks has taken their ticket for this room already."""


class NotBlinded(Refusal):
    """What was sent to be signed is no blinded value for the room's key."""


class NotATicket(Refusal):
    """What was shown is no ticket for this room: forged, or for another."""


class SeatLost(Refusal):
    """A ticket's place is its holder's no more: the ticket was shown again, elsewhere."""


class SeatUnknown(Refusal):
    """No such place was given, or not since the program started: the ticket must be shown again."""


class NotVouchedFor(Refusal):
    """Telegram does not vouch for who asks: the proof is malformed, or was forged."""


class ProofTooOld(NotVouchedFor):
    """Telegram vouched for who asks too long ago."""


class TelegramSilent(Refusal):
    """Telegram cannot be asked at the moment who is in a group."""
