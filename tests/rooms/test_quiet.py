"""Quiet hours begin and end by the group's clock."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.quiet import QuietHours

ROME = ZoneInfo("Europe/Rome")
NIGHT = QuietHours(time(22), time(8))
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
SIESTA = QuietHours(time(13), time(15, 30))


def rome(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ROME).astimezone(UTC)


@pytest.mark.parametrize(
    ("quiet", "hour", "is_covered"),
    [
        (NIGHT, "21:59:59", False),
        (NIGHT, "22:00", True),
        (NIGHT, "00:00", True),
        (NIGHT, "07:59:59", True),
        (NIGHT, "08:00", False),
        (SIESTA, "12:59", False),
        (SIESTA, "13:00", True),
        (SIESTA, "15:29", True),
        (SIESTA, "15:30", False),
    ],
)
def test_the_beginning_is_quiet_and_the_end_is_not(quiet: QuietHours, hour: str, is_covered: bool) -> None:
    assert quiet.covers(rome(f"2026-11-24T{hour}"), ROME) is is_covered


@pytest.mark.parametrize(
    ("quiet", "instant", "end"),
    [
        (NIGHT, "2026-11-24T23:00", "2026-11-25T08:00"),
        (NIGHT, "2026-11-25T01:00", "2026-11-25T08:00"),
        (NIGHT, "2026-11-25T12:00", "2026-11-25T12:00"),
        (SIESTA, "2026-11-25T14:00", "2026-11-25T15:30"),
        (NIGHT, "2027-03-27T23:00", "2027-03-28T08:00"),
        (NIGHT, "2026-10-24T23:00", "2026-10-25T08:00"),
    ],
)
def test_what_falls_into_quiet_hours_waits_for_their_end(quiet: QuietHours, instant: str, end: str) -> None:
    assert quiet.end_after(rome(instant), ROME) == rome(end)


@given(
    st.times(),
    st.times(),
    st.integers(0, 2 * 366 * 24 * 60).map(lambda minutes: NEW_YEAR + timedelta(minutes=minutes)),
    st.sampled_from(["Europe/Rome", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kathmandu"]),
)
def test_the_end_of_quiet_hours_is_never_before_and_never_a_day_later(
    begin: time, end: time, instant: datetime, zone: str
) -> None:
    later = QuietHours(begin, end).end_after(instant, ZoneInfo(zone))
    assert 0 <= (later - instant).total_seconds() <= 25.5 * 3600
