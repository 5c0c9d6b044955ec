"""A group's customs begin as most groups want them."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from rooms.group import REMINDERS, Schedulers
from rooms.plan import Admission
from rooms.quiet import QuietHours
from tests.fakes.clock import NOON
from tests.fakes.groups import CAREERS


def test_a_group_that_chose_nothing_is_reminded_and_lets_admins_schedule_what_all_may_hear() -> None:
    assert CAREERS.reminders == REMINDERS
    assert timedelta(0) in REMINDERS
    assert CAREERS.schedulers is Schedulers.ADMINS
    assert CAREERS.admission is Admission.OPEN
    assert CAREERS.is_present
    assert CAREERS.digest is None


def test_no_hour_is_quiet_unless_somebody_said_so() -> None:
    assert not CAREERS.is_quiet(NOON)


def test_quiet_hours_are_read_by_the_groups_clock() -> None:
    quiet = replace(CAREERS, quiet=QuietHours(time(13), time(14)))
    assert quiet.is_quiet(NOON)
    assert not quiet.is_quiet(datetime(2026, 7, 24, 12, tzinfo=NOON.tzinfo))
