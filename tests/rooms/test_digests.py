"""A digest is due on its weekday at nine by the group's clocks, or when its quiet hours are over."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from rooms.digests import next_digest
from rooms.quiet import QuietHours
from tests.fakes.groups import CAREERS

TUESDAY = 1
WEEKLY = replace(CAREERS, digest=TUESDAY)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_group_without_a_digest_has_none_due() -> None:
    assert next_digest(CAREERS, at("2026-11-24T12:00")) is None


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-24T07:59:59", "2026-11-24T08:00"),
        ("2026-11-24T08:00", "2026-12-01T08:00"),
        ("2026-11-24T12:00", "2026-12-01T08:00"),
        ("2026-11-25T00:00", "2026-12-01T08:00"),
    ],
)
def test_it_is_due_at_nine_on_its_weekday_strictly_after_now(now: str, due: str) -> None:
    assert next_digest(WEEKLY, at(now)) == at(due)


def test_summer_time_keeps_the_hour_of_the_clocks() -> None:
    assert next_digest(WEEKLY, at("2026-03-27T12:00")) == at("2026-03-31T07:00")


def test_it_waits_for_the_end_of_the_quiet_hours() -> None:
    quiet = replace(WEEKLY, quiet=QuietHours(time(22), time(10, 30)))
    assert next_digest(quiet, at("2026-11-24T08:30")) == at("2026-11-24T09:30")
    assert next_digest(quiet, at("2026-11-24T09:30")) == at("2026-12-01T09:30")


def test_quiet_hours_that_pass_midnight_can_make_it_the_next_day() -> None:
    quiet = replace(WEEKLY, quiet=QuietHours(time(8), time(7)))
    assert next_digest(quiet, at("2026-11-24T12:00")) == at("2026-11-25T06:00")


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu"])
@pytest.mark.parametrize("weekday", range(7))
def test_it_falls_on_the_weekday_of_the_groups_own_calendar(zone: str, weekday: int) -> None:
    group = replace(CAREERS, zone=ZoneInfo(zone), digest=weekday)
    now = at("2026-11-24T12:00")
    due = next_digest(group, now)
    assert due is not None
    assert (due.astimezone(group.zone).weekday(), due.astimezone(group.zone).time()) == (weekday, time(9))
    assert timedelta(0) < due - now <= timedelta(days=7)
