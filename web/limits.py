"""Limits: how often may be asked from one network, counted in memory under names that nobody turns back."""

import asyncio
import hashlib
import hmac
import ipaddress
import secrets
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from rooms.ports import Clock

WITHIN = timedelta(minutes=5)
"""Everything is counted for so long, and forgotten then: names, key and all."""

MOST_NAMES = 100_000
"""Networks that are told apart; beyond them all others are one."""

_BITS = {4: 24, 6: 48}
"""Of an address, what is the network's and not the person's."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many times within `WITHIN`; from a shared network, `shared` times as many.

    Networks of which nobody outside has an address of their own are shared: a proxy stands there, behind
    which everybody looks the same.
    """

    times: int
    shared: int = 1


class TooOften(Exception):
    """As often was asked from there as may be."""


class Limits:
    """Counts. A network is known by a keyed digest of its part of the address; the key is forgotten too."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._forget(clock.now())

    async def run(self) -> None:
        """Forget in time, for ever, whether or not anybody asks again."""
        while True:
            await self._clock.wait(asyncio.Event(), self._until)
            self._keep_time()

    def take(self, what: str, allowance: Allowance, address: str | None) -> None:
        """Count one more; raises `TooOften`.

        Args:
            what: the kind of thing, each of which is counted by itself.
            allowance: how often it may be.
            address: whence it comes, None where that is not known.
        """
        network, is_shared = _network(address)
        self.count(f"{what} {network}", allowance.times * (allowance.shared if is_shared else 1))

    def count(self, what: str, most: int) -> None:
        """Count one more of anything that has a name; raises `TooOften`."""
        self._keep_time()
        name = self.digest(what.encode())
        if name not in self._counts and len(self._counts) >= MOST_NAMES:
            name = b""
        if self._counts[name] >= most:
            raise TooOften
        self._counts[name] += 1

    def digest(self, name: bytes) -> bytes:
        """What stands for a name until everything is forgotten."""
        return hmac.digest(self._key, name, hashlib.sha256)[:12]

    def _keep_time(self) -> None:
        if self._clock.now() >= self._until:
            self._forget(self._clock.now())

    def _forget(self, now: datetime) -> None:
        self._key = secrets.token_bytes(32)
        self._counts: Counter[bytes] = Counter()
        self._until = now + WITHIN


def _network(address: str | None) -> tuple[str, bool]:
    """The network of an address, and whether many may share it."""
    try:
        found = ipaddress.ip_address((address or "").partition("%")[0])
    except ValueError:
        return "", True
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    network = ipaddress.ip_network((found, _BITS[found.version]), strict=False)
    return str(network), not found.is_global
