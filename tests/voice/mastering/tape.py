"""Tapes: what a room's recorders leave on disk when tones speak in place of people."""

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from rooms.ids import PersonId
from rooms.ports import Packet
from tests.voice.sounds import cut, tone
from voice.mastering.hearing import heard, in_integers
from voice.mixing.encoder import Encoder
from voice.mixing.mixer import Mixer
from voice.mixing.sound import Block
from voice.mixing.units import RATE, SLOT
from voice.recording.recorder import Recorder
from voice.recording.spliced import read_slotwise

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)

HOUSE_HERTZ = 300.0
ADA, BEA, CIA = PersonId(5), PersonId(7), PersonId(9)
HERTZ = {ADA: 500.0, BEA: 900.0, CIA: 1700.0}
"""By which an ear tells who speaks."""

Spans = Iterable[tuple[float, float]]
"""When somebody sounds: from and to, in seconds of the room's clock."""


def record(folder: Path, packets: Iterable[Packet], clock: datetime = NOON) -> None:
    """Let a recorder write the packets."""
    with ThreadPoolExecutor(1) as disk:
        recorder = Recorder(folder, disk, clock)
        for packet in packets:
            recorder.take(packet)
        recorder.stop()


def sounding(hertz: float, spans: Spans, seconds: float, amplitude: float = 6000) -> list[Block | None]:
    """A tone slot by slot, None where it is not heard."""
    blocks: list[Block | None] = [None] * round(seconds * 50)
    for begin, end in spans:
        for number, block in enumerate(cut(tone(hertz, end - begin, amplitude))):
            blocks[round(begin * 50) + number] = block
    return blocks


def encode(blocks: Iterable[Block | None]) -> list[Packet]:
    """The packets of what is heard, at their places."""
    encoder = Encoder()
    return [
        Packet(slot * SLOT, encoder.encode(block), 0)
        for slot, block in enumerate(blocks)
        if block is not None
    ]


def tape_talk(
    folder: Path, seconds: float, voices: Mapping[PersonId, Spans], house: Spans = ()
) -> dict[PersonId, list[Block | None]]:
    """Record a talk as the studio does: the mix, what the house played, each voice while it is heard."""
    spoken = {person: sounding(HERTZ[person], spans, seconds) for person, spans in voices.items()}
    played = sounding(HOUSE_HERTZ, house, seconds)
    mixer = Mixer()
    everything = [played, *spoken.values()]
    mix = [
        mixer.mix([blocks[slot] for blocks in everything if blocks[slot] is not None])  # type: ignore[misc]
        for slot in range(round(seconds * 50))
    ]
    record(folder, encode(mix))
    record(folder / "house", encode(played))
    for person, blocks in spoken.items():
        record(folder / "voices" / str(person), encode(blocks))
    return spoken


def hear(path: Path) -> Block:
    """The sound of a spliced file, in the talk's true time."""
    return np.concatenate([in_integers(chunk) for chunk in heard(read_slotwise(path))])


def between(sound: Block, begin: float, end: float) -> Block:
    return sound[round(begin * RATE) : round(end * RATE)]
