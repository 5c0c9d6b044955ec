"""Encoding: a message as the number that is signed, EMSA-PSS (RFC 8017, section 9.1.1)."""

import hashlib

from tickets.variants import HASH

_TRAILER = b"\xbc"


def encode(message: bytes, bits: int, salt: bytes) -> bytes:
    """The encoded message.

    Args:
        message: of any length.
        bits: how many the result may have as a number: one fewer than the modulus.
        salt: random, or empty.

    Raises:
        ValueError: the modulus is too short for hash and salt.
    """
    length = (bits + 7) // 8
    digest = _digest(bytes(8) + _digest(message) + salt)
    padding = length - len(salt) - len(digest) - 2
    if padding < 0:
        raise ValueError("the modulus is too short")
    block = bytes(padding) + b"\x01" + salt
    masked = bytearray(a ^ b for a, b in zip(block, _mask(digest, len(block)), strict=True))
    masked[0] &= 0xFF >> (8 * length - bits)
    return bytes(masked) + digest + _TRAILER


def _mask(seed: bytes, length: int) -> bytes:
    """MGF1 (RFC 8017, appendix B.2.1)."""
    size = hashlib.new(HASH).digest_size
    blocks = -(-length // size)
    return b"".join(_digest(seed + count.to_bytes(4, "big")) for count in range(blocks))[:length]


def _digest(content: bytes) -> bytes:
    return hashlib.new(HASH, content).digest()
