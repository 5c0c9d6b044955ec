"""Digests: when a group is told what comes in the next seven days."""

from datetime import UTC, date, datetime, timedelta

from rooms.group import DIGEST_HOUR, Group

SPAN = timedelta(days=7)
"""What a digest looks ahead."""


def next_digest(group: Group, after: datetime) -> datetime | None:
    """When the group's digest is due next after an instant (aware UTC), by its clock; None if it wants none.

    In quiet hours it waits for their end.
    """
    if group.digest is None:
        return None
    today = after.astimezone(group.zone).date()
    this_week = today + timedelta(days=group.digest - today.weekday())
    dues = [_due(group, this_week + timedelta(weeks=weeks)) for weeks in (-1, 0, 1, 2)]
    return min(due for due in dues if due > after)


def _due(group: Group, day: date) -> datetime:
    due = datetime.combine(day, DIGEST_HOUR, group.zone).astimezone(UTC)
    return due if group.quiet is None else group.quiet.end_after(due, group.zone)
