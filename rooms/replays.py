"""Replays: what of a talk that is over may be heard again, by those who might have heard the talk itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from rooms.chapters import Chapter, chapters_of
from rooms.jobs import JobKind
from rooms.recordings import Part, Recording
from rooms.records import Records
from rooms.room import Room, RoomState


@dataclass(frozen=True, slots=True)
class Replay:
    """A recording that was made ready to be heard; `parts` and `chapters` are in order."""

    recording: Recording
    chapters: Sequence[Chapter] = ()

    @property
    def parts(self) -> Sequence[Part]:
        """The files, of which there is at least one."""
        return self.recording.parts


@dataclass(frozen=True, slots=True)
class Shelf:
    """What there is of a talk: a replay; none; or none for now, while it is being made ready, or anew."""

    replay: Replay | None = None
    is_due: bool = False


EMPTY = Shelf()


async def shelf_of(records: Records, room: Room) -> Shelf:
    """What there is of a room.

    A recording that could not be mastered is for the group alone. One that is to be mastered again may hold a
    voice that is to go, and is not heard before that is done.
    """
    recording = await records.recordings.find(room.id)
    if room.state is not RoomState.ENDED or recording is None:
        return EMPTY
    if await records.jobs.has(room.id, JobKind.MASTER):
        return Shelf(is_due=True)
    if not recording.parts:
        return EMPTY
    return Shelf(Replay(recording, chapters_of(await records.recordings.turns(room.id))))
