"""Repeating: the occurrences of a series are made ahead of their time, and its people come along."""

import logging
import secrets
from collections.abc import Sequence
from datetime import datetime

from rooms.announcing import ask
from rooms.appointments import Answer
from rooms.errors.talks import Clash
from rooms.plan import HORIZON
from rooms.programme import refuse_clash
from rooms.records import Records
from rooms.room import AHEAD, Occurrence, Room, RoomState
from rooms.series import AHEAD_BY, Series
from rooms.timetable import Timing, set_jobs

log = logging.getLogger(__name__)


def new_listen_key() -> str:
    """The unguessable part of a room's link: 128 bits, URL-safe."""
    return secrets.token_urlsafe(16)


async def make_ahead(records: Records, series: Series, now: datetime, timing: Timing) -> None:
    """Make what is to be made of a series, each with its jobs; it is announced in its own time.

    An occurrence whose hour another talk has is left out, and made as soon as that hour is free.
    """
    has_next = await _has_next(records, series)
    for at in await to_be_made(records, series, now):
        if at > now + AHEAD_BY and has_next:
            return
        try:
            await refuse_clash(records, series.plan_at(at))
        except Clash:
            log.info("series %s has no talk at %s: another one has its hour", series.id, at.isoformat())
        else:
            await _make(records, series, at, now, timing)
            has_next = True


async def to_be_made(records: Records, series: Series, now: datetime) -> list[datetime]:
    """The instants of a series that have no room yet: those that are near and, if none is made, those beyond.

    There are none as long as the series is a draft, or was changed a moment ago and may be as before again;
    nor of a series without any room, which nobody has confirmed.
    """
    rooms = await records.rooms.of_series(series.id)
    is_draft = all(room.state is RoomState.DRAFT for room in rooms)
    if is_draft or await _may_be_undone(records, rooms, now):
        return []
    until = now + (AHEAD_BY if await _has_next(records, series) else HORIZON)
    made = {room.occurrence.at for room in rooms if room.occurrence is not None}
    return [at for at in series.recurrence.occurrences(now, until) if at not in made]


async def carry_over(records: Records, room: Room, now: datetime) -> None:
    """Who had a part in the occurrence before has it in this one; who has not answered is asked again."""
    before = await _occurrence_before(records, room)
    if before is None:
        return
    here = {(other.role, other.invited) for other in await records.appointments.of(room.id)}
    for one in await records.appointments.of(before.id):
        is_host = one.invited.person == room.plan.host
        if one.answer is Answer.DECLINED or is_host or (one.role, one.invited) in here:
            continue
        appointment = await records.appointments.add(room.id, one.role, one.invited, one.answer)
        await ask(records, room, appointment, now)


async def forget_draft(records: Records, room: Room) -> None:
    """Forget a draft, and with it the series that it was to begin."""
    if room.state is not RoomState.DRAFT:
        return
    await records.rooms.remove(room.id)
    if room.occurrence is not None:
        await records.series.remove(room.occurrence.series)


async def _make(records: Records, series: Series, at: datetime, now: datetime, timing: Timing) -> None:
    occurrence = Occurrence(series.id, at)
    draft = await records.rooms.add(series.plan_at(at), new_listen_key(), now, occurrence)
    room = draft.scheduled()
    await records.rooms.save(room)
    await set_jobs(records, room, await records.groups.find(room.plan.chat), now, timing)


async def _has_next(records: Records, series: Series) -> bool:
    return any(room.state in AHEAD for room in await records.rooms.of_series(series.id))


async def _may_be_undone(records: Records, rooms: Sequence[Room], now: datetime) -> bool:
    for room in rooms:
        if room.state not in AHEAD | {RoomState.CANCELLED}:
            continue
        before = await records.rooms.before(room.id)
        if before is not None and before.former is not None and before.until > now:
            return True
    return False


async def _occurrence_before(records: Records, room: Room) -> Room | None:
    if room.occurrence is None:
        return None
    made = await records.rooms.of_series(room.occurrence.series)
    earlier = [
        other for other in made if other.occurrence is not None and other.occurrence.at < room.occurrence.at
    ]
    return earlier[-1] if earlier else None
