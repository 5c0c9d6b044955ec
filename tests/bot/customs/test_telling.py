"""When a group is told of its talks."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.customs.telling import DigestDay, Quiet, Reminders
from bot.errors import SettingNotUnderstood
from rooms.quiet import QuietHours
from tests.bot.speeches import BOTH, ENGLISH, ITALIAN
from tests.fakes.groups import CAREERS


def test_each_reminder_is_on_or_off() -> None:
    section = Reminders()
    assert section.shown(CAREERS, ENGLISH.words) == (
        "24 hours before, 1 hour before, 10 minutes before, at the start"
    )
    group = section.chosen("60", CAREERS)
    assert timedelta(hours=1) not in group.reminders
    assert section.chosen("60", group).reminders == CAREERS.reminders
    assert section.shown(replace(CAREERS, reminders=()), ENGLISH.words) == "none"


@pytest.mark.parametrize(
    ("written", "begin", "end"),
    [("22-8", time(22), time(8)), ("22:30-7:00", time(22, 30), time(7)),
     ("22.30 \u2013 7", time(22, 30), time(7)),
     ("from 22 to 8", time(22), time(8)), ("dalle 22 alle 8", time(22), time(8)), ("0-6", time(0), time(6)),
     ("22 a 8", time(22), time(8)), ("21h30-24", time(21, 30), time(0)), ("24-6", time(0), time(6))],
)  # fmt: skip
def test_quiet_hours_are_any_two_hours(written: str, begin: time, end: time) -> None:
    for speech in BOTH:
        assert Quiet().read(written, CAREERS, speech.words).quiet == QuietHours(begin, end)


@pytest.mark.parametrize(
    "written",
    ["25:99", "25-8", "22-25", "22-99", "22:60-8", "24:30-8", "22", "22-", "late", "-22--8", "٢٢-٨"],
)
def test_hours_that_no_clock_shows_are_not_understood(written: str) -> None:
    with pytest.raises(SettingNotUnderstood):
        Quiet().read(written, CAREERS, ENGLISH.words)


def test_quiet_hours_end_by_a_word() -> None:
    quiet = Quiet().read("22-8", CAREERS, ENGLISH.words)
    assert Quiet().shown(quiet, ENGLISH.words) == "from 22:00 to 08:00"
    assert Quiet().shown(quiet, ITALIAN.words) == "dalle 22:00 alle 08:00"
    for written, speech in (("off", ENGLISH), ("none", ENGLISH), ("nessuno", ITALIAN)):
        assert Quiet().read(written, quiet, speech.words).quiet is None


def test_the_digest_goes_out_on_a_weekday() -> None:
    group = DigestDay().chosen("3", CAREERS)
    assert DigestDay().shown(group, ENGLISH.words) == "Thursday at 09:00"
    assert DigestDay().shown(group, ITALIAN.words) == "giovedì alle 09:00"
    assert DigestDay().chosen("off", group).digest is None
