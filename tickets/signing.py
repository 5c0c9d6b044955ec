"""Signing: the private operation on a number that tells nothing of what it will be (RFC 9474, section 4.3).

Python's integers take longer for some numbers than for others. So neither base nor exponent of a power that
involves the key is ever one that the asker knows, or is used twice: the base is multiplied by the power of a
fresh random number (base blinding, which the RFC's section 7.1 asks for), each exponent is lengthened by a
fresh random multiple of its group's order. What remains to be measured does not depend on the blinded value,
and differs each time.
"""

import secrets
from math import gcd

from tickets.errors import Unsignable
from tickets.keys import PrivateKey, PublicKey

_LENGTHENING = 64
"""Random bits by which an exponent grows."""


def check(key: PublicKey, blinded: bytes) -> int:
    """The blinded value as a number.

    Raises:
        Unsignable: it has another length than the modulus, is no less than it, is 0, 1 or -1, whose signature
            needs no key, or shares a factor with the modulus.
    """
    if len(blinded) != key.length:
        raise Unsignable(f"{len(blinded)} bytes instead of {key.length}")
    number = int.from_bytes(blinded, "big")
    if number >= key.n:
        raise Unsignable("not less than the modulus")
    if number in (0, 1, key.n - 1):
        raise Unsignable("0, 1 or -1")
    if gcd(number, key.n) != 1:
        raise Unsignable("not invertible")
    return number


def blind_sign(key: PrivateKey, blinded: bytes) -> bytes:
    """The blind signature; raises `Unsignable` like `check`."""
    number = check(key.public, blinded)
    signature = _private_power(key, number)
    if pow(signature, key.public.e, key.public.n) != number:
        raise ArithmeticError("a signature did not come out right")  # to hand it out would give the key away
    return signature.to_bytes(key.public.length, "big")


def _private_power(key: PrivateKey, number: int) -> int:
    n = key.public.n
    mask = _invertible(n)
    masked = number * pow(mask, key.public.e, n) % n
    return _by_primes(key, masked) * pow(mask, -1, n) % n


def _by_primes(key: PrivateKey, number: int) -> int:
    """RSASP1 by the Chinese remainder theorem (RFC 8017, section 5.2.1, 2.b)."""
    of_p = pow(number % key.p, _lengthened(key.d_p, key.p), key.p)
    of_q = pow(number % key.q, _lengthened(key.d_q, key.q), key.q)
    return of_q + (of_p - of_q) * key.q_inverse % key.p * key.q


def _lengthened(exponent: int, prime: int) -> int:
    return exponent + (prime - 1) * (secrets.randbits(_LENGTHENING) | 1 << _LENGTHENING)


def _invertible(n: int) -> int:
    while gcd(mask := secrets.randbelow(n - 2) + 2, n) != 1:
        pass
    return mask
