"""Keys for tests, made once."""

from functools import cache

from tickets.keys import PrivateKey, PublicKey, strike


@cache
def pair(name: str) -> tuple[bytes, bytes]:  # noqa: ARG001  # the cache tells them apart by it
    """The pair of this name, as bytes."""
    return strike()


def public(name: str = "one") -> PublicKey:
    return PublicKey.read(pair(name)[0])


def private(name: str = "one") -> PrivateKey:
    return PrivateKey.read(pair(name)[1])
