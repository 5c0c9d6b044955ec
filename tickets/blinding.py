"""Blinding: what the asker does, who alone knows the number that hides the ticket (RFC 9474, section 4).

In a listener's browser this is done by the page's own script; this is the same for whoever has Python.
"""

import secrets
from math import gcd

from tickets.encoding import encode
from tickets.errors import Unfit
from tickets.keys import PublicKey
from tickets.variants import PREFIX, PSS_RANDOMIZED, Variant


def prepare(message: bytes, variant: Variant = PSS_RANDOMIZED) -> bytes:
    """The message that is signed: with random bytes before it, if the variant is randomized."""
    return secrets.token_bytes(PREFIX) + message if variant.is_randomized else message


def blind(key: PublicKey, prepared: bytes, variant: Variant = PSS_RANDOMIZED) -> tuple[bytes, int]:
    """The blinded value for the desk, and the number that takes the blinding away again."""
    return blind_with(key, prepared, secrets.token_bytes(variant.salt_length), _random(key.n))


def blind_with(key: PublicKey, prepared: bytes, salt: bytes, inverse: int) -> tuple[bytes, int]:
    """As `blind`, with what else is drawn at random; raises `ValueError` for what cannot be inverted."""
    number = int.from_bytes(encode(prepared, key.n.bit_length() - 1, salt), "big")
    if gcd(number, key.n) != 1:
        raise ValueError("the message shares a factor with the modulus")
    blinded = number * pow(pow(inverse, -1, key.n), key.e, key.n) % key.n
    return blinded.to_bytes(key.length, "big"), inverse


def finalize(
    key: PublicKey, prepared: bytes, blind_signature: bytes, inverse: int, variant: Variant = PSS_RANDOMIZED
) -> bytes:
    """The signature of the prepared message.

    Raises:
        Unfit: the blind signature has the wrong length, or was not made of this message with this key.
    """
    if len(blind_signature) != key.length:
        raise Unfit(f"{len(blind_signature)} bytes instead of {key.length}")
    number = int.from_bytes(blind_signature, "big") * inverse % key.n
    signature = number.to_bytes(key.length, "big")
    if not key.is_signed(prepared, signature, variant):
        raise Unfit("the signature is not valid")
    return signature


def _random(n: int) -> int:
    while gcd(number := secrets.randbelow(n - 1) + 1, n) != 1:
        pass
    return number
