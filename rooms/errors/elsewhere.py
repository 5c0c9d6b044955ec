"""Refused about where else a talk is heard: in the calls of other groups, and by servers."""

from rooms.errors.refusal import Refusal


class OutletMalformed(Refusal):
    """The text is no address to which sound can be passed on; `flaw` is a `rooms.outlets.Flaw`.

    The text itself is not kept: it may hold a password.
    """

    def __init__(self, flaw: str) -> None:
        super().__init__(flaw)
        self.flaw = flaw


class TooManyOutlets(Refusal):
    """A group's talks go out to as many servers as may be."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"{limit} at most")
        self.limit = limit


class BridgesItself(Refusal):
    """A talk is in its own group in any case."""


class BridgedAlready(Refusal):
    """The talk is carried in that group, or its admins were asked already."""


class BridgeDeclined(Refusal):
    """The admins of that group do not want the talk in their voice chat."""


class NotBridged(Refusal):
    """The talk is not, or not any more, to be carried there."""


class TooManyBridges(Refusal):
    """A talk is carried in as many other groups as may be."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"{limit} at most")
        self.limit = limit
