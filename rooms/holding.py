"""Holding back: a change is told a minute after it was made, and can be taken back until then."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import dropwhile

from rooms.announcing import close_thread, tell, tell_guests
from rooms.before import UNDO, Before
from rooms.errors.talks import NothingToUndo
from rooms.ids import SeriesId
from rooms.jobs import JobKind
from rooms.notices import NoticeKind
from rooms.plan import Plan
from rooms.records import Records
from rooms.room import AHEAD, Room, RoomState
from rooms.seating import reseat
from rooms.series import Series
from rooms.timetable import Timing, announced_at


async def hold(
    records: Records, were: Sequence[Room], now: datetime, timing: Timing, series: Series | None = None
) -> bool:
    """Keep what a talk was that is on record in another form now, and have that told in a minute.

    With `series`, as it was, it may be several of its talks. They stay together: what is done to one of them
    later holds all of them back, and they are told, or restored, at once.

    A change within the minute of another joins it: what is kept is what people were told last, and the minute
    begins anew. Where a talk is opened, or was to begin, before the minute is over, all is told at once and
    nothing can be taken back.

    Returns:
        Whether it joins a change that was held back already, and is taken back with it.
    """
    held_before = [await records.rooms.before(room.id) for room in were]
    kept = [one or _before(room, now) for one, room in zip(held_before, were, strict=True)]
    mates = await _mates(records, were[0]) if series is not None or kept[0].former is not None else []
    if series is not None:
        former = mates[0].former if mates else await _set_aside(records, series)
        kept = [replace(one, former=former) for one in kept]
    held = {one.room: replace(one, until=now + UNDO) for one in (*mates, *kept)}
    for one in held.values():
        await records.rooms.keep_before(one)
        await records.jobs.drop(one.room, [JobKind.TELL])
    if any([await _is_soon(records, one, timing) for one in held.values()]):
        await _stand(records, held.values(), now)
    else:
        for one in held.values():
            await records.jobs.add(one.room, JobKind.TELL, one.until)
    return any(held_before)


async def let_stand(records: Records, room: Room, now: datetime) -> None:
    """Tell of a change whose minute is over, if there is one; from now on it stands for good."""
    before = await records.rooms.before(room.id)
    if before is not None and before.until <= now:
        await _stand(records, await _together(records, room, before), now)


async def held_back(records: Records, room: Room, now: datetime) -> Before:
    """What the talk was before the change that can still be taken back; raises `NothingToUndo`."""
    before = await records.rooms.before(room.id)
    if before is None or before.until <= now or not _can_return(room):
        raise NothingToUndo
    return before


async def take_back(records: Records, room: Room, before: Before, now: datetime) -> list[Room]:
    """The talk as it was, and those that were changed together with it, to be saved; the series is saved.

    A talk that is on, or over, meanwhile stays as it is, but is the occurrence again that it was. Nor does a
    series go back to the host whom it had: whoever takes a change back does not take it back from another.
    """
    restored, opening = [], []
    was = await records.series.find(before.former) if before.former is not None else None
    for one in await _together(records, room, before):
        present = await records.rooms.get(one.room)
        if _can_return(present):
            restored.append(_restored(present, one, now))
            await _let_go(records, one)
        else:
            await records.rooms.save(_counted_as(present, one))
            opening.append(one)
    if was is not None:
        await _restore_series(records, room, was)
    await _stand(records, opening, now)
    return restored


async def overtake(records: Records, room: Room, now: datetime) -> None:
    """The talk begins or is over: a change of it needs no telling, but what was changed together with it."""
    before = await records.rooms.before(room.id)
    if before is not None:
        together = await _together(records, room, before)
        await _let_go(records, before)
        await _stand(records, [one for one in together if one.room != room.id], now)


def _before(room: Room, now: datetime) -> Before:
    at = room.occurrence.at if room.occurrence is not None else None
    return Before(room.id, room.plan, room.state, now + UNDO, at)


def _restored(room: Room, before: Before, now: datetime) -> Room:
    restored = room.restored(replace(room, plan=before.plan, state=before.state), now)
    return _counted_as(restored, before)


def _counted_as(room: Room, before: Before) -> Room:
    """The room as the occurrence of its series that it was."""
    if room.occurrence is None or before.occurrence_at is None:
        return room
    return replace(room, occurrence=replace(room.occurrence, at=before.occurrence_at))


async def _restore_series(records: Records, room: Room, was: Series) -> None:
    present = await records.series.find(room.occurrence.series) if room.occurrence is not None else None
    if present is None:
        return
    plan = replace(was.plan, host=present.plan.host, host_name=present.plan.host_name)
    # Whether it is over shows when it is tended.
    await records.series.save(replace(was, id=present.id, plan=plan, is_over=False))


def _can_return(room: Room) -> bool:
    return room.state in AHEAD | {RoomState.CANCELLED}


async def _together(records: Records, room: Room, before: Before) -> list[Before]:
    """What is kept of the talk, and of those that were changed together with it."""
    mates = await _mates(records, room) if before.former is not None else []
    return [before, *(one for one in mates if one.room != room.id)]


async def _mates(records: Records, room: Room) -> list[Before]:
    """What is kept of the talks of a series that were changed together; that is one change at a time."""
    made = await records.rooms.of_series(room.occurrence.series) if room.occurrence is not None else []
    from_first = dropwhile(lambda one: one.is_over and not _can_return(one), made)
    kept = [await records.rooms.before(one.id) for one in from_first]
    return [one for one in kept if one is not None and one.former is not None]


async def _set_aside(records: Records, series: Series) -> SeriesId:
    former = await records.series.add(series.plan, series.recurrence)
    await records.series.save(replace(former, is_over=True))
    return former.id


async def _let_go(records: Records, before: Before) -> None:
    """Keep nothing of what the talk was, nor of its series: those that were changed with it must follow."""
    await records.rooms.forget_before(before.room)
    await records.jobs.drop(before.room, [JobKind.TELL])
    if before.former is not None:
        await records.series.remove(before.former)


async def _is_soon(records: Records, before: Before, timing: Timing) -> bool:
    """Whether the talk is opened, or was to begin, before the minute is over."""
    room = await records.rooms.get(before.room)
    if room.state in AHEAD and room.plan.starts_at - timing.open_early <= before.until:
        return True
    return before.state in AHEAD and before.plan.starts_at <= before.until


async def _stand(records: Records, changes: Iterable[Before], now: datetime) -> None:
    for before in list(changes):
        await _let_go(records, before)
        await _tell(records, before, await records.rooms.get(before.room), now)


async def _tell(records: Records, before: Before, room: Room, now: datetime) -> None:
    """Tell what became of the talk, if anything did that those who come must know."""
    if room.state is RoomState.CANCELLED:
        if before.state is not RoomState.CANCELLED:
            await _tell_all(records, before, room, NoticeKind.CANCELLED, now)
            await close_thread(records, room, now)
    elif not room.is_over and is_told(before.plan, room.plan):
        await _tell_all(records, before, room, NoticeKind.CHANGED, now)
        await reseat(records, replace(room, plan=before.plan), room, now)


async def _tell_all(records: Records, before: Before, room: Room, kind: NoticeKind, now: datetime) -> None:
    """Tell whom it concerns; a group that does not know of the talk yet hears of it when it is announced."""
    was_at = before.plan.starts_at
    is_moved = kind is NoticeKind.CHANGED and was_at != room.plan.starts_at
    detail = was_at.isoformat() if is_moved else ""
    known_at = await announced_at(records, _restored(room, before, now))
    if known_at is None or known_at <= now:
        await tell(records, room, kind, now, detail)
    await tell_guests(records, room, kind, now, detail)


def is_told(was: Plan, plan: Plan) -> bool:
    """Whether those who come must know of the change of a plan; the rest can be read on the card."""
    silent = replace(
        was, thread=plan.thread, description=plan.description, language=plan.language, cover=plan.cover
    )
    return silent != plan
