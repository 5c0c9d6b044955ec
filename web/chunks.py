"""Chunks: a room's packets gathered into pieces, a new piece wherever something is missing."""

from web.forms import Form


class Chunker:
    """Gathers packets; a chunk never reaches across a gap, and time never runs backwards."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._packets: list[bytes] = []
        self._began = 0
        self._due: int | None = None
        self._shift = 0

    def take(self, at: int, packet: bytes) -> list[bytes]:
        """Add a packet that begins at this sample; gives the chunks that it completes: at most two."""
        chunks = []
        at = self._placed(at)
        if at != self._due:
            chunks += self.flush()
        if not self._packets:
            self._began = at
        self._packets.append(packet)
        self._due = at + self._form.packet
        if len(self._packets) >= self._form.length:
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
