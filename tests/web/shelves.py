"""Replays as they lie on disk and on record, for whatever shows them."""

from datetime import timedelta
from pathlib import Path

from rooms.ids import PersonId
from rooms.recordings import Part, Recording, Turn
from rooms.room import RoomState
from tests.web.house import KEY, House

MINUTE = timedelta(minutes=1)
SOUND = bytes(range(256)) * 16
ADA_AND_BRUNO = (
    Turn(PersonId(1), "Ada", timedelta(0), 5 * MINUTE),
    Turn(PersonId(2), "Bruno & <co>", 20 * MINUTE, 10 * MINUTE),
)


async def put_replay(
    house: House,
    folder: Path,
    key: str = KEY,
    parts: int = 1,
    has_mp3: bool = False,
) -> Recording:
    """The room of this key is over, and its recording of half an hour can be heard again."""
    room = await house.room_behind(key, RoomState.ENDED)
    own = folder / str(room.id)
    own.mkdir(exist_ok=True)
    length = 30 * MINUTE / parts
    paths = [own / ("replay.ogg" if parts == 1 else f"replay-{number + 1}.ogg") for number in range(parts)]
    for path in paths:
        path.write_bytes(SOUND)
        if has_mp3:
            path.with_suffix(".mp3").write_bytes(SOUND * 2)
    made = tuple(Part(path, number * length, length) for number, path in enumerate(paths))
    recording = Recording(room.id, own / "talk.ogg", 30 * MINUTE, parts=made, edition=1)
    async with house.store.writing() as records:
        await records.recordings.save(recording)
        await records.recordings.save_turns(room.id, ADA_AND_BRUNO)
    return recording
