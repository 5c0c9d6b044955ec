"""Chunks: a room's packets gathered into pieces of 100 ms, a new piece wherever something is missing."""

from containers.opus import PACKET
from rooms.ports import Packet
from web.forms import Form

CHUNK = 5
"""Packets (100 ms) in a chunk: what one send a listener carries, and what it adds to the delay."""


class Chunker:
    """Gathers packets; a chunk never reaches across a gap, and time never runs backwards."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._packets: list[bytes] = []
        self._began = 0
        self._due: int | None = None
        self._shift = 0

    def take(self, packet: Packet) -> list[bytes]:
        """Add a packet; gives the chunks that are complete by it: none, one, or two at a gap."""
        chunks = []
        at = self._placed(packet.at)
        if at != self._due:
            chunks += self.flush()
        if not self._packets:
            self._began = at
        self._packets.append(packet.opus)
        self._due = at + PACKET
        if len(self._packets) >= CHUNK:
            chunks += self.flush()
        return chunks

    def flush(self) -> list[bytes]:
        """What was gathered and is not yet complete, as a chunk."""
        packets, self._packets = self._packets, []
        return [self._form.chunk(packets, self._began)] if packets else []

    def _placed(self, at: int) -> int:
        """Where the packet goes: a clock that began anew goes on where the old one was."""
        if self._due is not None and at + self._shift < self._due:
            self._shift = self._due - at
        return at + self._shift
