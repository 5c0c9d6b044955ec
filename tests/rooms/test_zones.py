"""Zones by their keys, those that the database lacks among them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfoNotFoundError

import pytest

from rooms.zones import zone_of

SUMMER, WINTER = datetime(2027, 7, 1, 12, tzinfo=UTC), datetime(2027, 1, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("key", "winter", "summer"),
    [
        ("Europe/Rome", "13:00", "14:00"),
        ("Etc/UTC+01:00", "13:00", "13:00"),
        ("Etc/UTC+05:45", "17:45", "17:45"),
        ("Etc/UTC-03:30", "08:30", "08:30"),
        ("Etc/UTC", "12:00", "12:00"),
    ],
)
def test_a_zone_is_found_by_the_key_that_it_keeps(key: str, winter: str, summer: str) -> None:
    zone = zone_of(key)
    assert zone.key == key
    assert [f"{when.astimezone(zone):%H:%M}" for when in (WINTER, SUMMER)] == [winter, summer]


def test_a_zone_that_is_none_is_not_found() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        zone_of("Mars/Olympus")
