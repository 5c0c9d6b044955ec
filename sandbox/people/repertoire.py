"""The repertoire: what scripted people can say, kept as small Opus files beside an index."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import av

VOICES = Path(__file__).parent / "voices"


@dataclass(frozen=True, slots=True)
class Utterance:
    """A sentence or two with its sound; `person` is the key of whose voice it is."""

    id: str
    person: str
    language: str
    text: str
    seconds: float
    path: Path

    def packets(self) -> list[bytes]:
        """Its Opus packets, 20 ms each."""
        with av.open(str(self.path)) as container:
            return [bytes(packet) for packet in container.demux(audio=0) if packet.size]


def load_repertoire(folder: Path = VOICES) -> Mapping[str, Utterance]:
    """Every utterance of the folder's index (scripts/make-voices writes it), by its id."""
    entries = json.loads((folder / "index.json").read_text())
    utterances = (
        Utterance(
            entry["utterance"],
            entry["person"],
            entry["language"],
            entry["text"],
            entry["seconds"],
            folder / f"{entry['utterance']}.ogg",
        )
        for entry in entries
    )
    return {utterance.id: utterance for utterance in utterances}
