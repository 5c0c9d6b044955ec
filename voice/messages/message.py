"""What every message between the main process and a relay process is."""

import msgspec


class Message(msgspec.Struct, frozen=True, tag=True, array_like=True):
    """A kind of message, told from others by its class's name."""
