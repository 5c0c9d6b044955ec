"""A replay for tests: real Ogg Opus on disk, on record with its turns."""

import json
from datetime import timedelta
from pathlib import Path

from containers.ogg import PageWriter
from containers.opus import PRE_SKIP
from rooms.recordings import PEAKS, Part, Recording, Turn
from rooms.room import RoomState
from tests.fakes.talks import ADA, BRUNO
from tests.web.house import House, opus

LENGTH = 40
"""Seconds of each part."""


def write_part(path: Path, seconds: int = LENGTH) -> None:
    pages = PageWriter(1, PRE_SKIP)
    sound = opus(440, 1)
    path.write_bytes(pages.head({}) + b"".join(pages.page(sound) for _ in range(seconds)))


async def keep_replay(house: House, folder: Path, parts: int = 1) -> Recording:
    """The talk is over, and its recording mastered: Ada opens each part, and Bruno goes on."""
    paths = [folder / f"replay-{number}.ogg" for number in range(1, parts + 1)]
    for path in paths:
        write_part(path)
    (folder / PEAKS).write_text(json.dumps([0.5, 1.0] * 400))
    length = timedelta(seconds=LENGTH)
    recording = Recording(
        house.room.id,
        folder / "talk.ogg",
        length * parts,
        parts=tuple(Part(path, length * number, length) for number, path in enumerate(paths)),
        waveform=folder / "waveform.png",
        edition=1,
    )
    async with house.store.writing() as records:
        await records.recordings.save(recording)
        await records.recordings.save_turns(house.room.id, [*_turns(parts)])
    await house.become(RoomState.ENDED)
    return recording


def _turns(parts: int) -> list[Turn]:
    half = timedelta(seconds=LENGTH // 2)
    who = (ADA, BRUNO) * parts
    return [Turn(one.person, one.name, half * number, half) for number, one in enumerate(who)]
