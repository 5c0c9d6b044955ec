"""The mint: keys of tickets, and blind signatures, made beside the event loop."""

import asyncio

from rooms.errors.tickets import NotBlinded
from tickets.errors import Unsignable
from tickets.keys import PrivateKey, strike
from tickets.signing import blind_sign


class TicketMint:
    """Fulfils the `Mint` port."""

    async def strike(self) -> tuple[bytes, bytes]:
        """A new pair of keys."""
        return await asyncio.to_thread(strike)

    async def sign(self, private: bytes, blinded: bytes) -> bytes:
        """The blind signature; raises `NotBlinded` for what is no blinded value for this key."""
        try:
            return await asyncio.to_thread(blind_sign, PrivateKey.read(private), blinded)
        except Unsignable as error:
            raise NotBlinded from error
