"""The timetable: which jobs a talk has, and when, by its plan and by the customs of its group."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from rooms.group import REMINDERS, Group
from rooms.ids import RoomId
from rooms.jobs import JobKind
from rooms.plan import Plan
from rooms.records import Records
from rooms.room import Room
from rooms.series import ANNOUNCED_EARLY

COUNTED_DOWN = timedelta(days=8) - timedelta(hours=1)
"""How long before the start Telegram's voice chat is planned at the earliest: it permits 8 days."""

SOONEST = timedelta(minutes=1)
"""How long before the start it is worth while at the latest: Telegram permits 10 s."""

CAN_WAIT = timedelta(hours=1)
"""A reminder waits for the end of the quiet hours if so much is left before the start then."""

_SET_ANEW = frozenset(JobKind) - {JobKind.TELL}


@dataclass(frozen=True, slots=True)
class Timing:
    """How long before the start all is looked at and the call opened, and before the end the group told."""

    open_early: timedelta
    warn_early: timedelta = timedelta(minutes=5)
    look_early: timedelta = timedelta(minutes=15)


async def make_due(records: Records, room: RoomId, kind: JobKind, at: datetime) -> None:
    """Have a job of a room done at an instant, in the place of the one that waits for its time."""
    await records.jobs.drop(room, [kind])
    await records.jobs.add(room, kind, at)


async def set_jobs(records: Records, room: Room, group: Group | None, now: datetime, timing: Timing) -> None:
    """Put a talk's jobs on record in the place of those it had; a change that waits to be told still does."""
    plan = room.plan
    await records.jobs.drop(room.id, _SET_ANEW)
    known_at = await announced_at(records, room)
    if known_at is not None and await records.cards.find(room.id, plan.chat) is None:
        await records.jobs.add(room.id, JobKind.ANNOUNCE, max(now, known_at))
    await _remind(records, room, group, max(now, known_at or now))
    if plan.starts_at - now > SOONEST:
        await records.jobs.add(room.id, JobKind.COUNT_DOWN, max(now, plan.starts_at - COUNTED_DOWN))
        await records.jobs.add(room.id, JobKind.GREEN_ROOM, max(now, plan.starts_at - timing.look_early))
    await records.jobs.add(room.id, JobKind.OPEN, max(now, plan.starts_at - timing.open_early))
    await records.jobs.add(room.id, JobKind.START, plan.starts_at)
    await set_end(records, room, timing)


async def set_end(records: Records, room: Room, timing: Timing) -> None:
    """Put on record when a talk ends and is warned of its end, in the place of what was."""
    plan = room.plan
    await records.jobs.drop(room.id, [JobKind.WARN, JobKind.END])
    if plan.ends_at - timing.warn_early > plan.starts_at:
        await records.jobs.add(room.id, JobKind.WARN, plan.ends_at - timing.warn_early)
    await records.jobs.add(room.id, JobKind.END, plan.ends_at)


async def set_reminders(records: Records, room: Room, group: Group | None, now: datetime) -> None:
    """Put a talk's reminders on record in the place of those it had; none before it is announced."""
    await records.jobs.drop(room.id, [JobKind.REMIND])
    await _remind(records, room, group, max(now, await announced_at(records, room) or now))


def reminders(plan: Plan, group: Group | None) -> list[datetime]:
    """When a talk is reminded of, in order; the start itself is no reminder."""
    lengths = group.reminders if group is not None else REMINDERS
    return sorted({_rather(plan, plan.starts_at - length, group) for length in lengths if length})


async def announced_at(records: Records, room: Room) -> datetime | None:
    """When an occurrence of a series is announced; None for a talk that is announced when it is confirmed.

    It is a week before its start, or when the occurrence before it begins, whichever is later: however close
    they come, not more than one is announced at a time.
    """
    if room.occurrence is None:
        return None
    made = await records.rooms.of_series(room.occurrence.series)
    others = [other.occurrence for other in made if other.id != room.id]
    earlier = [other.at for other in others if other is not None and other.at < room.occurrence.at]
    if not earlier:
        return None
    week_before = room.plan.starts_at - ANNOUNCED_EARLY
    return max(earlier) if week_before < max(earlier) < room.plan.starts_at else week_before


async def _remind(records: Records, room: Room, group: Group | None, after: datetime) -> None:
    for at in reminders(room.plan, group):
        if at > after:
            await records.jobs.add(room.id, JobKind.REMIND, at)


def _rather(plan: Plan, at: datetime, group: Group | None) -> datetime:
    """The instant, or the end of the quiet hours in which it lies."""
    if group is None or group.quiet is None:
        return at
    later = group.quiet.end_after(at, group.zone)
    return later if plan.starts_at - later >= CAN_WAIT else at
