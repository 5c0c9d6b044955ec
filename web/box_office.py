"""The box office: takes blinded values to the desk, gives places for tickets, and knows public keys alone."""

import base64
import binascii
from dataclasses import dataclass, replace
from typing import Protocol

import msgspec

from rooms.errors.tickets import NotATicket, NotBlinded, NotVouchedFor
from rooms.listening import View
from tickets.keys import PublicKey
from tickets.ticket import Ticket
from web.seats import Seats

LONGEST_BODY = 8192
"""Bytes of what a page sends to get a ticket or a place."""


class Desk(Protocol):
    """Where tickets are signed; `rooms.ticketing.Ticketing`, whose private keys stay there."""

    async def public_key(self, listen_key: str) -> bytes:
        """The room's public key, in DER; raises `NoSuchRoom`, `NoTicketNeeded`, `WrongState`."""
        ...

    async def issue(self, listen_key: str, proof: str, blinded: bytes) -> bytes:
        """The blind signature for who the proof vouches for; raises refusals."""
        ...


class _Request(msgspec.Struct, forbid_unknown_fields=True):
    proof: str
    blinded: str


@dataclass(frozen=True, slots=True)
class BoxOffice:
    """Answers the ticket page and the player; what it hands out, it does not keep."""

    desk: Desk
    seats: Seats

    async def key(self, listen_key: str) -> str:
        """The room's public key, as pages take it: DER in base64; raises like `Desk.public_key`."""
        return base64.b64encode(await self.desk.public_key(listen_key)).decode()

    async def issue(self, listen_key: str, body: bytes) -> bytes:
        """The answer to a page that asks for a ticket: `{"proof", "blinded"}` gives `{"signature"}`.

        Raises:
            NotVouchedFor, NotBlinded: it is no such thing.
            What the desk raises.
        """
        try:
            asked = msgspec.json.decode(body, type=_Request)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise NotVouchedFor("unreadable") from error
        signature = await self.desk.issue(listen_key, asked.proof, _bytes_of(asked.blinded))
        return msgspec.json.encode({"signature": base64.urlsafe_b64encode(signature).decode().rstrip("=")})

    async def seat(self, view: View, body: bytes) -> bytes:
        """The answer to a page that shows a ticket: `{"seat"}`, the name of its place.

        Raises:
            NotATicket: forged, or for another room.
            What `Desk.public_key` raises.
        """
        ticket = Ticket.read(body.decode(errors="replace"))
        key = PublicKey.read(await self.desk.public_key(view.room.listen_key))
        if ticket is None or not ticket.is_for(key):
            raise NotATicket
        return msgspec.json.encode({"seat": self.seats.show(view.room, ticket.number)})

    def view_from(self, seat: str, view: View) -> View:
        """The room as it is seen from a place that a ticket opened; raises `SeatLost`, `SeatUnknown`."""
        if not view.room.is_over:
            self.seats.check(view.room.id, seat)
        return replace(view, has_ticket=True)


def _bytes_of(text: str) -> bytes:
    """Base64url without padding (RFC 4648, section 5)."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotBlinded from error
