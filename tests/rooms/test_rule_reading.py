"""Rules as people paste them: taken in one form, or refused for one reason."""

import pytest

from rooms.errors.series import RecurrenceMalformed
from rooms.rule_reading import LONGEST_RULE, Flaw, read_rule_text


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("FREQ=WEEKLY;BYDAY=TH", "FREQ=WEEKLY;BYDAY=TH"),
        ("  rrule: freq=weekly ; byday = th, mo ;", "FREQ=WEEKLY;BYDAY=MO,TH"),
        ("BYDAY=TH;FREQ=WEEKLY;INTERVAL=1;WKST=SU", "FREQ=WEEKLY;BYDAY=TH"),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=SU"),
        ("FREQ=WEEKLY;WKST=TH;BYSETPOS=1;BYDAY=MO,TH", "FREQ=WEEKLY;BYDAY=MO,TH;BYSETPOS=1;WKST=TH"),
        ("FREQ=MONTHLY;BYDAY=+1MO,-1FR", "FREQ=MONTHLY;BYDAY=1MO,-1FR"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1,15,15,1", "FREQ=MONTHLY;BYMONTHDAY=1,15,-1"),
        ("FREQ=YEARLY;BYDAY=20MO", "FREQ=YEARLY;BYDAY=20MO"),
        ("FREQ=DAILY;COUNT=010", "FREQ=DAILY;COUNT=10"),
        ("FREQ=DAILY;UNTIL=20270630", "FREQ=DAILY;UNTIL=20270630T235959"),
        ("FREQ=DAILY;UNTIL=20270630T183000Z", "FREQ=DAILY;UNTIL=20270630T183000Z"),
        ("RRULE:FREQ=WEEKLY;\n BYDAY=TH", "FREQ=WEEKLY;BYDAY=TH"),
    ],
)
def test_a_rule_is_written_back_in_one_form(text: str, rule: str) -> None:
    assert str(read_rule_text(text)) == rule
    assert str(read_rule_text(rule)) == rule


@pytest.mark.parametrize(
    ("text", "flaw", "part"),
    [
        ("", Flaw.UNREADABLE, ""),
        ("every thursday", Flaw.UNREADABLE, "EVERYTHURSDAY"),
        ("FREQ=", Flaw.UNREADABLE, "FREQ="),
        ("BYDAY=TH", Flaw.UNREADABLE, "FREQ="),
        ("FREQ=FORTNIGHTLY", Flaw.UNREADABLE, "FREQ=FORTNIGHTLY"),
        ("FREQ=WEEKLY;FREQ=DAILY", Flaw.UNREADABLE, "FREQ=DAILY"),
        ("FREQ=WEEKLY;BYDAY=XX", Flaw.UNREADABLE, "BYDAY=XX"),
        ("FREQ=WEEKLY;BYDAY=1MO", Flaw.UNREADABLE, "BYDAY=1MO"),
        ("FREQ=MONTHLY;BYDAY=6MO", Flaw.UNREADABLE, "BYDAY=6MO"),
        ("FREQ=YEARLY;BYMONTH=5;BYDAY=6MO", Flaw.UNREADABLE, "BYDAY=6MO"),
        ("FREQ=MONTHLY;BYDAY=0MO", Flaw.UNREADABLE, "BYDAY=0MO"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", Flaw.UNREADABLE, "BYMONTHDAY=0"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", Flaw.UNREADABLE, "BYMONTHDAY=32"),
        ("FREQ=YEARLY;BYMONTH=-1", Flaw.UNREADABLE, "BYMONTH=-1"),
        ("FREQ=YEARLY;BYMONTH=13", Flaw.UNREADABLE, "BYMONTH=13"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", Flaw.UNREADABLE, "BYMONTHDAY"),
        ("FREQ=MONTHLY;BYYEARDAY=1", Flaw.UNREADABLE, "BYYEARDAY"),
        ("FREQ=MONTHLY;BYSETPOS=1", Flaw.UNREADABLE, "BYSETPOS"),
        ("FREQ=DAILY;WKST=1", Flaw.UNREADABLE, "WKST=1"),
        ("FREQ=DAILY;COUNT=1_0", Flaw.UNREADABLE, "COUNT=1_0"),
        ("FREQ=DAILY;COUNT=\u0661", Flaw.UNREADABLE, "COUNT=\u0661"),
        ("FREQ=DAILY;COUNT=0", Flaw.UNREADABLE, "COUNT=0"),
        ("FREQ=DAILY;UNTIL=soon", Flaw.UNREADABLE, "UNTIL=SOON"),
        ("FREQ=DAILY;UNTIL=20270631", Flaw.UNREADABLE, "UNTIL=20270631"),
        ("FREQ=DAILY;X-LUNAR=1", Flaw.UNREADABLE, "X-LUNAR=1"),
        ("FREQ=DAILY" + ";BYMONTH=1" * LONGEST_RULE, Flaw.UNREADABLE, ""),
        ("FREQ=YEARLY;BYWEEKNO=20", Flaw.UNSUPPORTED, "BYWEEKNO"),
        ("FREQ=HOURLY", Flaw.TOO_OFTEN, "HOURLY"),
        ("FREQ=SECONDLY;COUNT=999999999", Flaw.TOO_OFTEN, "SECONDLY"),
        ("FREQ=DAILY;BYHOUR=8,9,10", Flaw.HAS_HOUR, "BYHOUR"),
        ("FREQ=DAILY;BYSECOND=0,1,2,3", Flaw.HAS_HOUR, "BYSECOND"),
        ("FREQ=DAILY;INTERVAL=0", Flaw.INTERVAL, "INTERVAL=0"),
        ("FREQ=YEARLY;INTERVAL=1000000", Flaw.INTERVAL, "INTERVAL=1000000"),
        ("FREQ=DAILY;COUNT=99999999999999999999", Flaw.TOO_MANY_TIMES, "COUNT=99999999999999999999"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20270630", Flaw.TWO_ENDS, ""),
        ("DTSTART:20261126T183000\nRRULE:FREQ=DAILY", Flaw.OTHER_LINES, ""),
        ("RRULE:FREQ=DAILY\nEXDATE:20261224", Flaw.OTHER_LINES, ""),
    ],
)
def test_what_is_no_rule_for_talks_is_refused_with_the_reason(text: str, flaw: Flaw, part: str) -> None:
    with pytest.raises(RecurrenceMalformed) as refused:
        read_rule_text(text)
    assert (refused.value.flaw, refused.value.part) == (flaw, part)
