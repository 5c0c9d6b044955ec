"""Edits of plans and moments that the tests of changes share."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from rooms.ids import PersonId
from rooms.notices import NoticeKind
from rooms.plan import Plan
from rooms.roles import Asker
from tests.fakes.clock import NOON
from tests.fakes.talks import HOUR
from tests.rooms.conftest import House

Edit = Callable[[Plan], Plan]

DARIO = Asker(PersonId(45), "Dario", is_admin=False)
EVENING = NOON + 7 * HOUR
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
WAS_AT = (NOON + HOUR).isoformat()


def titled(title: str) -> Edit:
    return lambda plan: replace(plan, title=title)


def moved_to(at: datetime) -> Edit:
    return lambda plan: replace(plan, starts_at=at)


def kinds(house: House) -> list[NoticeKind]:
    """What the group was told, in order."""
    return [kind for kind, _ in house.told()]
