"""Retention: how long a recording is kept, by what its group wants."""

from dataclasses import replace
from datetime import datetime, timedelta

from rooms.announcing import tell
from rooms.group import Group
from rooms.jobs import JobKind
from rooms.notices import NoticeKind
from rooms.posts import HEAD, OUTDATED
from rooms.recordings import Recording
from rooms.records import Records
from rooms.room import Room

GRACE = timedelta(days=1)
"""What was to be deleted long ago, by what a group wants from now on, has so much longer: for slips."""


async def keep(records: Records, room: Room, recording: Recording, now: datetime) -> None:
    """Put a finished recording on record; it is mastered now, and deleted in its time."""
    group = await records.groups.find(room.plan.chat)
    await _let_end(records, replace(recording, erase_at=_end_of(room, group)))
    await records.jobs.drop(room.id, [JobKind.MASTER])
    await records.jobs.add(room.id, JobKind.MASTER, now)


async def keep_otherwise(records: Records, group: Group, now: datetime) -> None:
    """The group's recordings are kept as long as it wants from now on; see `GRACE`."""
    for recording in await records.recordings.of(group.chat):
        room = await records.rooms.get(recording.room)
        end = _end_of(room, group)
        if end is not None and end < now:
            end = now + GRACE
        if end != recording.erase_at:
            await _let_end(records, replace(recording, erase_at=end))
            await _say_otherwise(records, room, now)


async def let_go(records: Records, recording: Recording, now: datetime) -> None:
    """The recording is deleted now."""
    await _let_end(records, replace(recording, erase_at=now))


def _end_of(room: Room, group: Group | None) -> datetime | None:
    """Counted from when the talk was to end: a moment that every member knows."""
    if group is None or group.keeps_recordings is None:
        return None
    return room.plan.ends_at + group.keeps_recordings


async def _say_otherwise(records: Records, room: Room, now: datetime) -> None:
    """What the chat reads of how long the recording is kept is true no more."""
    for post in await records.posts.of(room.id):
        if post.place == HEAD:
            await records.posts.save(replace(post, edition=OUTDATED))
            await tell(records, room, NoticeKind.REPLAY, now)


async def _let_end(records: Records, recording: Recording) -> None:
    await records.recordings.save(recording)
    await records.jobs.drop(recording.room, [JobKind.ERASE])
    if recording.erase_at is not None:
        await records.jobs.add(recording.room, JobKind.ERASE, recording.erase_at)
