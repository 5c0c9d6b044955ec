"""What a peer is sent: others' packets, numbered the way its client expects them."""

from dataclasses import dataclass, field

from sandbox.sfu.native import OPUS
from sandbox.sfu.rtp import Rtp

SLOT_FREE_AFTER = 1.0
"""Seconds of silence after which a slot may carry another speaker."""

RATE = 48000
"""Ticks of a timestamp in a second."""


class NativeEars:
    """A native client takes any number of speakers, each by the SSRC that the call lists."""

    payload_type = OPUS

    def address(self, packet: Rtp, now: float) -> bytes | None:  # noqa: ARG002
        """The packet as this client wants it."""
        return packet.pack(OPUS, packet.source, packet.sequence, packet.timestamp)


@dataclass(slots=True)
class _Slot:
    source: int
    """The SSRC that the client was told of."""
    speaker: int | None = None
    heard_at: float = 0.0
    sequence_offset: int = 0
    timestamp_offset: int = 0
    last_sequence: int = 0
    last_timestamp: int = 0


@dataclass(slots=True)
class BrowserEars:
    """A browser has a fixed number of slots, each with an SSRC of ours; speakers take turns in them."""

    sources: tuple[int, ...]
    payload_type: int
    _slots: list[_Slot] = field(init=False)

    def __post_init__(self) -> None:
        self._slots = [_Slot(source) for source in self.sources]

    def address(self, packet: Rtp, now: float) -> bytes | None:
        """The packet in its speaker's slot; None when all slots are taken."""
        slot = self._slot_of(packet, now)
        if slot is None:
            return None
        slot.heard_at = now
        sequence = (packet.sequence + slot.sequence_offset) & 0xFFFF
        timestamp = (packet.timestamp + slot.timestamp_offset) & 0xFFFFFFFF
        if (sequence - slot.last_sequence) & 0x8000 == 0:  # not one that came late
            slot.last_sequence, slot.last_timestamp = sequence, timestamp
        return packet.pack(self.payload_type, slot.source, sequence, timestamp)

    def _slot_of(self, packet: Rtp, now: float) -> _Slot | None:
        for slot in self._slots:
            if slot.speaker == packet.source:
                return slot
        for slot in self._slots:
            if slot.speaker is None or now - slot.heard_at > SLOT_FREE_AFTER:
                slot.speaker = packet.source
                slot.sequence_offset = slot.last_sequence + 1 - packet.sequence
                # True to the time that passed, lest the browser takes a pause for a slow network.
                passed = round((now - slot.heard_at) * RATE)
                slot.timestamp_offset = slot.last_timestamp + passed - packet.timestamp
                return slot
        return None
