"""Local dates and hours to instants, honest about the hours that summer time skips or doubles."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.times.answers import Doubt, TimeImpossible


def instants(local: datetime, zone: ZoneInfo) -> tuple[tuple[datetime, ...], Doubt | None]:
    """The UTC instants at which clocks in `zone` show the naive `local`, and the doubt when they are two.

    For a skipped hour they lie as far before and after the gap. Raises TimeImpossible outside the calendar's
    years.
    """
    try:
        both = sorted({local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)})
        shown = [instant.astimezone(zone).replace(tzinfo=None) for instant in both]
    except OverflowError as error:
        raise TimeImpossible(local.isoformat()) from error
    if len(both) == 1:
        return tuple(both), None
    return tuple(both), Doubt.DOUBLED_HOUR if shown[0] == local else Doubt.SKIPPED_HOUR
