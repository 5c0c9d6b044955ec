"""Following: an occurrence of a series and those after it, as they become when they are changed together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from rooms.plan import Plan
from rooms.programme import in_its_place
from rooms.records import Records
from rooms.recurrence import Recurrence
from rooms.room import AHEAD, Room
from rooms.rule_reading import read_rule_text
from rooms.series import Series

Edit = Callable[[Plan], Plan]
"""Gives a talk another plan."""

_DAY = timedelta(days=1)
_LONGEST_STEP = timedelta(days=800)
"""More than there is between two occurrences that can be planned."""


def edited(plan: Plan, edit: Edit) -> Plan:
    """The plan after an edit, which can give a talk neither to another chat nor to another host."""
    return replace(edit(plan), chat=plan.chat, host=plan.host, host_name=plan.host_name)


async def following(records: Records, room: Room) -> list[Room]:
    """The occurrences of a series that were made from this one on, whatever became of them; itself first."""
    if room.occurrence is None:
        return [room]
    made = await records.rooms.of_series(room.occurrence.series)
    return [one for one in made if one.occurrence is not None and one.occurrence.at >= room.occurrence.at]


def series_edited(series: Series, rooms: Sequence[Room], plan: Plan, edit: Edit) -> Series:
    """The series as it goes on from the first of its rooms, in order, that has another plan now.

    Raises:
        RecurrenceFixed: its days cannot be moved as the room is.
    """
    room, starts_at, recurrence = rooms[0], series.plan.starts_at, series.recurrence
    thread = series.plan.thread if plan.topic == room.plan.topic else plan.thread
    if plan.starts_at != room.plan.starts_at:
        starts_at, recurrence = plan.starts_at, _recurrence_from(recurrence, rooms, plan.starts_at)
    new = replace(edited(series.plan, edit), starts_at=starts_at, thread=thread)
    return replace(series, plan=new, recurrence=recurrence)


def instants_instead(was: Recurrence, now: Recurrence, rooms: Sequence[Room]) -> Mapping[datetime, datetime]:
    """The instant of a series that takes the place of each one that its rooms, in order, have had so far."""
    ats = _instants(rooms)
    old = sorted({*ats, *was.occurrences(ats[0], ats[-1])})
    first = now.first.replace(tzinfo=now.zone).astimezone(UTC)
    new = list(now.occurrences(first - _DAY, first + (ats[-1] - ats[0]) + _LONGEST_STEP))[: len(old)]
    # An end that came nearer leaves some without one: they are moved as far as the first.
    beyond = [at + (first - old[0]) for at in old[len(new) :]]
    return dict(zip(old, new + beyond, strict=True))


def _recurrence_from(was: Recurrence, rooms: Sequence[Room], starts_at: datetime) -> Recurrence:
    """The recurrence with another first instant in the place of the first room's."""
    local = starts_at.astimezone(was.zone).replace(tzinfo=None)
    days = [at.astimezone(was.zone).date() for at in _instants(rooms)]
    earlier = sum(day < was.first.date() for day in days)
    if not earlier:
        return was.continued(local, days[0])
    # Later ones were changed together before, and the rule is theirs alone: now it is that of all.
    rule, all_ = read_rule_text(was.rule), was.continued(local, was.first.date())
    times = None if rule.times is None else rule.times + earlier
    return replace(all_, rule=str(replace(read_rule_text(all_.rule), times=times, until=rule.until)))


def _instants(rooms: Sequence[Room]) -> list[datetime]:
    return [room.occurrence.at for room in rooms if room.occurrence is not None]


async def continued(
    records: Records, series: Series, were: Sequence[Room], edit: Edit, now: datetime
) -> tuple[Series, list[Room]]:
    """A series and its rooms, from one on, as they are after an edit of that one; nothing is saved.

    Where the series keeps its hours, so do the occurrences, even those that were moved alone. Those that will
    not take place are only counted anew.

    Raises:
        RecurrenceFixed, TopicNotAllowed, and what `Plan.check` raises.
    """
    first = await in_its_place(records, edited(were[0].plan, edit), now, were[0])
    new = series_edited(series, were, first, edit)
    is_moved = new.recurrence != series.recurrence
    instead = instants_instead(series.recurrence, new.recurrence, were) if is_moved else {}
    rooms = [_counted(_replanned(were[0], first, now), instead)]
    for room in were[1:]:
        at = instead.get(room.occurrence.at) if room.occurrence is not None else None
        plan = replace(edited(room.plan, edit), starts_at=at or room.plan.starts_at)
        if room.state in AHEAD and plan != room.plan:
            plan = await in_its_place(records, plan, now, room)
            rooms.append(_counted(_replanned(room, plan, now), instead))
        else:
            rooms.append(_counted(room, instead))
    return new, rooms


def _replanned(room: Room, plan: Plan, now: datetime) -> Room:
    return room if plan == room.plan else room.replanned(plan, now)


def _counted(room: Room, instead: Mapping[datetime, datetime]) -> Room:
    if room.occurrence is None:
        return room
    at = instead.get(room.occurrence.at, room.occurrence.at)
    return replace(room, occurrence=replace(room.occurrence, at=at))
