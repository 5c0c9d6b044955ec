"""The mint: real keys, and signatures that become tickets."""

import pytest

from app.mint import TicketMint
from rooms.errors.tickets import NotBlinded
from tickets.blinding import blind, finalize, prepare
from tickets.keys import PublicKey
from tickets.ticket import MESSAGE, Ticket
from tickets.variants import PREFIX


async def test_what_it_signs_becomes_a_ticket() -> None:
    mint = TicketMint()
    public, private = await mint.strike()
    key, prepared = PublicKey.read(public), prepare(MESSAGE)
    blinded, inverse = blind(key, prepared)
    signature = finalize(key, prepared, await mint.sign(private, blinded), inverse)
    assert Ticket(prepared[:PREFIX], signature).is_for(key)


@pytest.mark.parametrize("blinded", [b"", bytes(256), b"\xff" * 256, bytes(10_000)])
async def test_what_is_no_blinded_value_is_a_refusal(blinded: bytes) -> None:
    mint = TicketMint()
    _, private = await mint.strike()
    with pytest.raises(NotBlinded):
        await mint.sign(private, blinded)
