"""Paths: the addresses from which a peer was checked, and the one to which it is sent to."""

from dataclasses import dataclass, field

Address = tuple[str, int]

STALE_AFTER = 5.0
"""Seconds without a check after which a path counts as lost: clients check every 2.5 s, browsers oftener."""


@dataclass(slots=True)
class Paths:
    """A client with several network interfaces checks from each, and from a new port when its NAT forgets it.

    What comes on any of them is taken. What goes out follows the client: to the path that it nominates
    (RFC 8445 section 8.1.1), that its media comes on, or that is left.
    """

    seen_at: float
    """When the peer was last checked; at first when it joined."""
    address: Address | None = None
    _checked_at: dict[Address, float] = field(default_factory=dict)

    def checked(self, address: Address, now: float, *, is_nominated: bool) -> None:
        """A valid check came from this address."""
        self.seen_at = self._checked_at[address] = now
        is_lost = self.address is None or now - self._checked_at.get(self.address, 0.0) > STALE_AFTER
        if is_nominated or is_lost:
            self.address = address

    def used(self, address: Address) -> None:
        """Authentic media came from this address."""
        self.address = address

    def all(self) -> tuple[Address, ...]:
        """Every address that is the peer's."""
        return tuple(self._checked_at)

    def forget(self, before: float) -> tuple[Address, ...]:
        """Let go of addresses not checked since; gives them."""
        old = [address for address, at in self._checked_at.items() if at < before]
        for address in old:
            del self._checked_at[address]
        return tuple(old)
