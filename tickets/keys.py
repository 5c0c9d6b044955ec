"""Keys: a pair for each talk, made, kept as bytes and read again."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from tickets.variants import PSS_RANDOMIZED, Variant

BITS = 2048
_EXPONENT = 65537


@dataclass(frozen=True, slots=True)
class PublicKey:
    """What everybody may know: enough to blind, to unblind and to tell whether a ticket is genuine."""

    n: int
    e: int

    @classmethod
    @lru_cache(maxsize=64)
    def read(cls, content: bytes) -> "PublicKey":
        """From a SubjectPublicKeyInfo in DER (RFC 5280, section 4.1.2.7); raises `ValueError` for others."""
        key = serialization.load_der_public_key(content)
        if not isinstance(key, rsa.RSAPublicKey):
            raise ValueError("not an RSA key")  # the bytes are wrong, not their type
        numbers = key.public_numbers()
        return cls(numbers.n, numbers.e)

    @property
    def length(self) -> int:
        """Bytes of the modulus, and of everything that is signed with it."""
        return (self.n.bit_length() + 7) // 8

    def is_signed(self, message: bytes, signature: bytes, variant: Variant = PSS_RANDOMIZED) -> bool:
        """Whether the message, prepared, bears this signature: plain RSASSA-PSS (RFC 9474, section 4.5)."""
        if len(signature) != self.length:
            return False
        by_rules = padding.PSS(padding.MGF1(hashes.SHA384()), variant.salt_length)
        try:
            _public(self).verify(signature, message, by_rules, hashes.SHA384())
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True, repr=False)
class PrivateKey:
    """What the issuing desk alone knows, in the form in which it is used (RFC 8017, section 3.2)."""

    public: PublicKey
    p: int
    q: int
    d_p: int
    d_q: int
    q_inverse: int

    @classmethod
    def of_primes(cls, p: int, q: int, e: int = _EXPONENT) -> Self:
        """The key of two primes."""
        d = pow(e, -1, (p - 1) * (q - 1))
        return cls(PublicKey(p * q, e), p, q, d % (p - 1), d % (q - 1), pow(q, -1, p))

    @classmethod
    def read(cls, content: bytes) -> Self:
        """From PKCS #8 in DER, unencrypted; raises `ValueError` for others."""
        key = serialization.load_der_private_key(content, password=None)
        if not isinstance(key, rsa.RSAPrivateKey):
            raise ValueError("not an RSA key")  # the bytes are wrong, not their type
        numbers = key.private_numbers()
        return cls.of_primes(numbers.p, numbers.q, numbers.public_numbers.e)


def strike() -> tuple[bytes, bytes]:
    """A new pair, as `PublicKey.read` and `PrivateKey.read` take them; takes some tenths of a second."""
    key = rsa.generate_private_key(_EXPONENT, BITS)
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return public, private


@lru_cache(maxsize=64)
def _public(key: PublicKey) -> rsa.RSAPublicKey:
    return rsa.RSAPublicNumbers(key.e, key.n).public_key()
