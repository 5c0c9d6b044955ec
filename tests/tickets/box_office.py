"""Tickets for tests, taken as a page takes them."""

from tests.tickets.keyring import private, public
from tickets.blinding import blind, finalize, prepare
from tickets.signing import blind_sign
from tickets.ticket import MESSAGE, Ticket
from tickets.variants import PREFIX


def a_ticket(name: str = "one") -> str:
    """A genuine ticket for the talk of this name's key."""
    prepared = prepare(MESSAGE)
    blinded, inverse = blind(public(name), prepared)
    signature = finalize(public(name), prepared, blind_sign(private(name), blinded), inverse)
    return str(Ticket(prepared[:PREFIX], signature))
