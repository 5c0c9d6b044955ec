"""When a series comes round: by the clocks of its zone, whatever summer time does to them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rooms.errors.series import RecurrenceFixed, RecurrenceMalformed
from rooms.recurrence import Recurrence, read_rule
from rooms.rule_reading import Flaw

ROME = ZoneInfo("Europe/Rome")
SAO_PAULO = ZoneInfo("America/Sao_Paulo")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
APIA = ZoneInfo("Pacific/Apia")


def local(text: str) -> datetime:
    """A naive local time: "2026-11-26 18:30"."""
    return datetime.fromisoformat(text)


def instant(text: str, zone: ZoneInfo = ROME) -> datetime:
    return local(text).replace(tzinfo=zone).astimezone(UTC)


def series(rule: str, first: str = "2026-11-26 18:30", zone: ZoneInfo = ROME) -> Recurrence:
    return read_rule(rule, local(first), zone)


def shown(recurrence: Recurrence, after: str, until: str) -> list[str]:
    """The occurrences between two local times, each as the clocks of the zone show it."""
    zone = recurrence.zone
    found = recurrence.occurrences(instant(after, zone), instant(until, zone))
    return [f"{one.astimezone(zone):%m-%d %H:%M}" for one in found]


def test_an_hour_stays_the_same_across_summer_time() -> None:
    thursdays = series("FREQ=WEEKLY;BYDAY=TH")
    found = list(thursdays.occurrences(instant("2027-03-20 00:00"), instant("2027-04-03 00:00")))
    assert [f"{one:%d %H:%M %Z}" for one in found] == ["25 17:30 UTC", "01 16:30 UTC"]
    assert shown(thursdays, "2027-03-20 00:00", "2027-04-03 00:00") == ["03-25 18:30", "04-01 18:30"]


def test_a_skipped_hour_happens_after_the_jump_and_moves_nothing_else() -> None:
    nightly = series("FREQ=DAILY", "2027-01-01 02:30")
    assert shown(nightly, "2027-03-27 00:00", "2027-03-30 00:00") == [
        "03-27 02:30",
        "03-28 03:30",
        "03-29 02:30",
    ]


def test_an_hour_that_comes_twice_happens_the_first_time_and_once() -> None:
    nightly = series("FREQ=DAILY", "2026-10-01 02:30")
    found = list(nightly.occurrences(instant("2026-10-24 12:00"), instant("2026-10-26 12:00")))
    assert [f"{one:%d %H:%M}" for one in found] == ["25 00:30", "26 01:30"]


@pytest.mark.parametrize(
    ("zone", "first", "eve", "seen"),
    [
        (SAO_PAULO, "2018-10-01 00:00", "2018-11-03 12:00", ["11-04 01:00", "11-05 00:00"]),
        (LORD_HOWE, "2026-09-01 02:15", "2026-10-03 12:00", ["10-04 02:45", "10-05 02:15"]),
    ],
)
def test_jumps_are_as_long_as_the_zone_makes_them(
    zone: ZoneInfo, first: str, eve: str, seen: list[str]
) -> None:
    daily = series("FREQ=DAILY", first, zone)
    found = daily.occurrences(instant(eve, zone), instant(eve, zone) + timedelta(days=2))
    assert [f"{one.astimezone(zone):%m-%d %H:%M}" for one in found] == seen


def test_a_day_that_a_zone_leaves_out_brings_no_talk_twice() -> None:
    daily = series("FREQ=DAILY", "2011-12-28 18:00", APIA)
    assert shown(daily, "2011-12-28 20:00", "2012-01-01 20:00") == [
        "12-29 18:00",
        "12-31 18:00",
        "01-01 18:00",
    ]


def test_occurrences_lie_after_one_bound_and_up_to_the_other() -> None:
    thursdays = series("FREQ=WEEKLY;BYDAY=TH")
    first, second = instant("2026-11-26 18:30"), instant("2026-12-03 18:30")
    assert list(thursdays.occurrences(first, second)) == [second]
    assert list(thursdays.occurrences(first - timedelta(seconds=1), second)) == [first, second]
    assert list(thursdays.occurrences(second, first)) == []


def test_years_later_the_next_one_is_found_at_once() -> None:
    daily = series("FREQ=DAILY", "1990-01-01 18:30")
    assert daily.next_after(instant("2990-01-01 18:30")) == instant("2990-01-02 18:30")


@pytest.mark.parametrize(
    ("rule", "times"),
    [
        ("FREQ=WEEKLY;BYDAY=TH;COUNT=3", 3),
        ("FREQ=WEEKLY;BYDAY=TH;UNTIL=20261210", 3),
        ("FREQ=WEEKLY;BYDAY=TH;UNTIL=20261210T183000", 3),
        ("FREQ=WEEKLY;BYDAY=TH;UNTIL=20261210T182959", 2),
        ("FREQ=WEEKLY;BYDAY=TH;UNTIL=20261210T173000Z", 3),
        ("FREQ=WEEKLY;BYDAY=TH;UNTIL=20261210T172959Z", 2),
    ],
)
def test_a_series_ends_after_so_many_times_or_at_an_instant(rule: str, times: int) -> None:
    recurrence = series(rule)
    found = list(recurrence.occurrences(instant("2026-01-01 00:00"), instant("2036-01-01 00:00")))
    assert len(found) == times
    assert recurrence.next_after(found[-1]) is None


def test_times_are_counted_from_the_first_wherever_one_looks() -> None:
    assert shown(series("FREQ=DAILY;COUNT=3"), "2026-11-27 20:00", "2027-01-01 00:00") == ["11-28 18:30"]


def test_the_end_is_kept_in_utc() -> None:
    assert series("FREQ=WEEKLY;UNTIL=20270630").rule == "FREQ=WEEKLY;BYDAY=TH;UNTIL=20270630T215959Z"


def test_the_first_occurrence_is_the_first_day_that_fits() -> None:
    mondays = series("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO")
    assert mondays.first == local("2026-11-30 18:30")
    assert shown(mondays, "2026-11-26 00:00", "2026-12-20 00:00") == ["11-30 18:30", "12-14 18:30"]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",
        "FREQ=DAILY;UNTIL=20261125",
        "FREQ=DAILY;UNTIL=20261126T172959Z",
    ],
)
def test_a_rule_that_never_comes_round_is_refused(rule: str) -> None:
    with pytest.raises(RecurrenceMalformed) as refused:
        series(rule)
    assert refused.value.flaw == Flaw.NEVER


def test_at_the_end_of_the_calendar_a_series_ends_too() -> None:
    last = read_rule("FREQ=DAILY", local("9999-12-29 18:30"), ROME)
    assert last.next_after(instant("9999-12-30 18:30")) is None
    with pytest.raises(RecurrenceMalformed):
        read_rule("FREQ=DAILY", local("9999-12-31 18:30"), ZoneInfo("America/New_York"))


def test_a_series_is_ended_before_an_instant() -> None:
    ended = series("FREQ=WEEKLY;BYDAY=TH").until(instant("2026-12-10 18:30"))
    assert shown(ended, "2026-11-01 00:00", "2027-01-01 00:00") == ["11-26 18:30", "12-03 18:30"]
    assert series("FREQ=WEEKLY;COUNT=9").until(instant("2026-12-10 18:30")) == ended


def test_a_series_that_ends_earlier_keeps_its_end() -> None:
    for rule in ("FREQ=WEEKLY;COUNT=2", "FREQ=WEEKLY;UNTIL=20261205"):
        assert series(rule).until(instant("2027-01-01 00:00")) == series(rule)


def test_a_series_ended_before_its_first_is_empty() -> None:
    ended = series("FREQ=WEEKLY").until(instant("2026-11-26 18:30"))
    assert ended.next_after(instant("2026-01-01 00:00")) is None


def test_those_that_follow_take_the_new_hour() -> None:
    later = series("FREQ=WEEKLY;BYDAY=TH").continued(local("2026-12-03 21:00"))
    assert later == Recurrence("FREQ=WEEKLY;BYDAY=TH", local("2026-12-03 21:00"), ROME)


def test_those_that_follow_take_the_new_weekday() -> None:
    fridays = series("FREQ=WEEKLY;BYDAY=TH").continued(local("2026-12-04 18:30"), date(2026, 12, 3))
    assert shown(fridays, "2026-11-01 00:00", "2026-12-12 00:00") == ["12-04 18:30", "12-11 18:30"]


def test_without_a_word_which_one_moves_it_is_the_nearest() -> None:
    both = series("FREQ=WEEKLY;BYDAY=MO,TH")
    assert both.continued(local("2026-12-04 18:30")).rule == "FREQ=WEEKLY;BYDAY=MO,FR"
    assert both.continued(local("2026-12-01 18:30")).rule == "FREQ=WEEKLY;BYDAY=TU,TH"


def test_what_is_left_of_the_times_is_left() -> None:
    rest = series("FREQ=WEEKLY;BYDAY=TH;COUNT=5").continued(local("2026-12-11 18:30"), date(2026, 12, 10))
    assert rest.rule == "FREQ=WEEKLY;BYDAY=FR;COUNT=3"


@pytest.mark.parametrize("until", ["20261217", "20261217T173000Z", "20261223T120000Z", "20261224T120000Z"])
@pytest.mark.parametrize("start", ["2026-12-03 10:00", "2026-12-03 23:00", "2026-12-04 18:30"])
def test_an_end_moves_along_so_that_none_is_lost_or_won(until: str, start: str) -> None:
    rest = series(f"FREQ=WEEKLY;BYDAY=TH;UNTIL={until}").continued(local(start), date(2026, 12, 3))
    assert len(shown(rest, "2026-12-01 00:00", "2027-06-01 00:00")) == 3


def test_a_series_of_first_mondays_keeps_its_days() -> None:
    first_mondays = series("FREQ=MONTHLY;BYDAY=1MO")
    assert first_mondays.continued(local("2026-12-07 20:00")).rule == first_mondays.rule
    with pytest.raises(RecurrenceFixed):
        first_mondays.continued(local("2026-12-08 20:00"), date(2026, 12, 7))


@settings(deadline=None)
@given(
    rule=st.sampled_from(
        [
            "FREQ=DAILY",
            "FREQ=DAILY;INTERVAL=3;COUNT=40",
            "FREQ=WEEKLY;BYDAY=MO,SU",
            "FREQ=MONTHLY;BYDAY=-1SU",
            "FREQ=MONTHLY;BYMONTHDAY=31",
        ]
    ),
    zone=st.sampled_from(
        [ROME, SAO_PAULO, LORD_HOWE, ZoneInfo("Asia/Kathmandu"), ZoneInfo("America/St_Johns")]
    ),
    first=st.datetimes(local("2015-01-01 00:00"), local("2019-12-31 00:00")).map(
        lambda moment: moment.replace(second=0, microsecond=0)
    ),
    days=st.integers(0, 900),
)
def test_one_instant_each_day_in_order_at_the_hour_or_within_the_jump(
    rule: str, zone: ZoneInfo, first: datetime, days: int
) -> None:
    recurrence = read_rule(rule, first, zone)
    begin = recurrence.first.replace(tzinfo=zone).astimezone(UTC) + timedelta(days=days)
    found = list(recurrence.occurrences(begin, begin + timedelta(days=400)))
    assert found == sorted(set(found))
    for one in found:
        off = one.astimezone(zone).replace(tzinfo=None) - datetime.combine(
            one.astimezone(zone).date(), recurrence.first.time()
        )
        assert off in (timedelta(0), timedelta(minutes=30), timedelta(hours=1), timedelta(hours=-23))
        assert recurrence.next_after(one - timedelta(microseconds=1)) == one
