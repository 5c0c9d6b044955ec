"""Quiet hours: when a group wants no sound of notifications."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Every day from one hour to another of the group's clock; "22:00 to 8:00" passes midnight."""

    begin: time
    end: time

    def covers(self, instant: datetime, zone: ZoneInfo) -> bool:
        """Whether the instant lies within; the end itself does not."""
        hour = instant.astimezone(zone).time()
        if self.begin <= self.end:
            return self.begin <= hour < self.end
        return hour >= self.begin or hour < self.end

    def end_after(self, instant: datetime, zone: ZoneInfo) -> datetime:
        """The same instant, or the end of the quiet hours in which it lies (aware, UTC)."""
        if not self.covers(instant, zone):
            return instant
        local = instant.astimezone(zone)
        day = local.date() if local.time() < self.end else local.date() + timedelta(days=1)
        return datetime.combine(day, self.end, zone).astimezone(UTC)
