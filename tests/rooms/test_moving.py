"""A rule moves with one of its days, or says that it cannot."""

from datetime import date

import pytest

from rooms.errors.series import RecurrenceFixed
from rooms.moving import moved
from rooms.rule_reading import read_rule_text

THURSDAY = date(2026, 12, 3)


@pytest.mark.parametrize(
    ("rule", "old", "new", "after"),
    [
        ("FREQ=WEEKLY;BYDAY=TH", THURSDAY, date(2026, 12, 4), "FREQ=WEEKLY;BYDAY=FR"),
        ("FREQ=WEEKLY;BYDAY=TH", THURSDAY, date(2026, 12, 10), "FREQ=WEEKLY;BYDAY=TH"),
        ("FREQ=WEEKLY;BYDAY=MO,TH", THURSDAY, date(2026, 12, 2), "FREQ=WEEKLY;BYDAY=MO,WE"),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH",
            THURSDAY,
            date(2026, 12, 5),
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SA",
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH",
            THURSDAY,
            date(2026, 12, 8),
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
        ),
        ("FREQ=DAILY;INTERVAL=3", THURSDAY, date(2026, 12, 4), "FREQ=DAILY;INTERVAL=3"),
        ("FREQ=MONTHLY;BYMONTHDAY=3", THURSDAY, date(2026, 12, 5), "FREQ=MONTHLY;BYMONTHDAY=5"),
        ("FREQ=MONTHLY;BYMONTHDAY=3,20", THURSDAY, date(2026, 12, 5), "FREQ=MONTHLY;BYMONTHDAY=5,20"),
        ("FREQ=MONTHLY;BYMONTHDAY=3", THURSDAY, date(2026, 11, 28), "FREQ=MONTHLY;BYMONTHDAY=28"),
        (
            "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=3",
            THURSDAY,
            date(2027, 1, 8),
            "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=8",
        ),
        ("FREQ=MONTHLY;BYDAY=1TH", THURSDAY, THURSDAY, "FREQ=MONTHLY;BYDAY=1TH"),
    ],
)
def test_the_days_that_follow_move_as_one_did(rule: str, old: date, new: date, after: str) -> None:
    assert str(moved(read_rule_text(rule), old, new)) == after


@pytest.mark.parametrize(
    ("rule", "new"),
    [
        ("FREQ=MONTHLY;BYDAY=1TH", date(2026, 12, 4)),
        ("FREQ=MONTHLY;BYDAY=TH;BYSETPOS=1", date(2026, 12, 4)),
        ("FREQ=WEEKLY;BYDAY=TH,FR", date(2026, 12, 4)),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", date(2026, 12, 8)),
        ("FREQ=WEEKLY;BYMONTH=12;BYDAY=TH", date(2026, 12, 4)),
        ("FREQ=DAILY;BYDAY=TH,FR", date(2026, 12, 5)),
        ("FREQ=MONTHLY;BYMONTHDAY=3", date(2026, 12, 31)),
        ("FREQ=MONTHLY;BYMONTHDAY=3,5", date(2026, 12, 5)),
        ("FREQ=MONTHLY;BYMONTHDAY=3,20", date(2027, 1, 5)),
        ("FREQ=MONTHLY;BYMONTHDAY=-29", date(2026, 12, 5)),
        ("FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=3", date(2027, 1, 5)),
        ("FREQ=YEARLY;BYYEARDAY=337", date(2026, 12, 4)),
    ],
)
def test_days_that_cannot_move_together_are_left_where_they_are(rule: str, new: date) -> None:
    with pytest.raises(RecurrenceFixed):
        moved(read_rule_text(rule), THURSDAY, new)
