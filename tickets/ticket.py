"""The ticket: a random number and the talk's signature on it, in the form in which pages hand it over."""

import base64
import binascii
from dataclasses import dataclass

from tickets.keys import PublicKey
from tickets.variants import PREFIX

MESSAGE = b"Loggione: one place in the gallery"
"""What is signed, after the random bytes. The key says for which talk."""

_LONGEST = 1024
"""Characters; a ticket of the largest sensible key is shorter."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """What its holder shows; nothing in it was ever seen by whoever signed it."""

    number: bytes
    """Random, by which a ticket is known again."""
    signature: bytes

    @classmethod
    def read(cls, text: str) -> "Ticket | None":
        """From base64url without padding (RFC 4648, section 5); None for anything else."""
        try:
            if len(text) > _LONGEST or not text.isascii():
                return None
            content = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            return None
        if len(content) <= PREFIX:
            return None
        ticket = cls(content[:PREFIX], content[PREFIX:])
        return ticket if str(ticket) == text else None

    def __str__(self) -> str:
        return base64.urlsafe_b64encode(self.number + self.signature).decode().rstrip("=")

    def is_for(self, key: PublicKey) -> bool:
        """Whether it is genuine, and for the talk that has this key."""
        return key.is_signed(self.number + MESSAGE, self.signature)
