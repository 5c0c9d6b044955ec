"""The conventions of loose speech, each by its name."""

import pytest

from tests.bot.times.saying import TUESDAY, Scene, scene

FRIDAY = scene("2026-11-27 10:00 Europe/Rome")
LATE = scene("2026-11-24 23:30 Europe/Rome")


def hears(words: str, language: str = "en", where: Scene = TUESDAY) -> str:
    return where.hears(words, language)


def test_a_bare_weekday_is_its_next_occurrence() -> None:
    assert hears("Thursday 18:30") == "11-26 18:30"
    assert hears("monday 18:30") == "11-30 18:30"
    assert hears("lunedì alle 18:30", "it") == "11-30 18:30"


def test_todays_weekday_is_in_the_future_once_its_hour_has_gone_by() -> None:
    assert hears("tuesday 08:00") == "12-01 08:00"


def test_todays_weekday_is_asked_about_while_its_hour_is_ahead() -> None:
    assert hears("tuesday 18:30") == "? which_week 11-24 18:30, 12-01 18:30"
    assert hears("martedì alle 18:30", "it") == "? which_week 11-24 18:30, 12-01 18:30"


def test_next_thursday_is_asked_about_when_two_weeks_are_possible() -> None:
    assert hears("next Thursday 18:30") == "? which_week 11-26 18:30, 12-03 18:30"
    assert hears("giovedì prossimo alle 18:30", "it") == "? which_week 11-26 18:30, 12-03 18:30"
    assert hears("il prossimo giovedì alle 18:30", "it") == "? which_week 11-26 18:30, 12-03 18:30"


def test_next_thursday_is_plain_when_both_weeks_agree() -> None:
    assert hears("next Thursday 18:30", where=FRIDAY) == "12-03 18:30"
    assert hears("giovedì prossimo alle 18:30", "it", FRIDAY) == "12-03 18:30"


def test_where_weeks_begin_on_sunday_matters_in_english_only() -> None:
    assert hears("sunday of next week 18:30") == "? which_week 11-29 18:30, 12-06 18:30"
    assert hears("domenica della prossima settimana alle 18:30", "it") == "12-06 18:30"


def test_last_thursday_has_gone_by_even_on_its_own_weekday() -> None:
    assert hears("last thursday at 18:30") == "! past"
    assert hears("last tuesday at 18:30") == "! past"
    assert hears("martedì scorso alle 18:30", "it") == "! past"


@pytest.mark.parametrize(
    "words", ["thursday next week at 6pm", "next week, thursday 6pm", "6pm thursday of next week"]
)
def test_a_week_may_stand_apart_from_its_weekday(words: str) -> None:
    assert hears(words) == "12-03 18:00"


@pytest.mark.parametrize("words", ["thursday in two weeks 6pm", "in two weeks, thursday at 6pm"])
def test_a_weekday_in_so_many_weeks_is_one_day(words: str) -> None:
    assert hears(words) == "12-10 18:00"
    assert hears(words, where=FRIDAY) == "? which_week 12-10 18:00, 12-17 18:00"


def test_an_hour_from_1_to_12_alone_is_asked_about() -> None:
    assert hears("friday at 9") == "? am_or_pm 11-27 09:00, 11-27 21:00"
    assert hears("friday at 9:30") == "? am_or_pm 11-27 09:30, 11-27 21:30"
    assert hears("venerdì alle 12", "it") == "? am_or_pm 11-27 00:00, 11-27 12:00"
    assert hears("venerdì alle nove e mezza", "it") == "? am_or_pm 11-27 09:30, 11-27 21:30"


@pytest.mark.parametrize(
    "words", ["friday at 9pm", "friday evening at 9", "9 in the evening on friday", "friday at 21"]
)
def test_am_pm_and_parts_of_the_day_settle_the_hour(words: str) -> None:
    assert hears(words) == "11-27 21:00"


def test_this_evening_at_nine_is_21() -> None:
    assert hears("stasera alle 9", "it") == "11-24 21:00"
    assert hears("tonight at nine") == "11-24 21:00"


def test_an_hour_with_its_zero_is_of_the_24_hour_clock() -> None:
    assert hears("friday 02:30") == "11-27 02:30"
    assert hears("friday 2:30") == "? am_or_pm 11-27 02:30, 11-27 14:30"
    assert hears("venerdì alle 09", "it") == "11-27 09:00"


def test_a_machines_date_brings_an_hour_of_24() -> None:
    assert hears("2026-11-27T10:30") == "11-27 10:30"
    assert hears("2026-11-27 10:30:00") == "11-27 10:30"


def test_a_part_of_the_day_that_does_not_hold_the_hour_is_asked_about() -> None:
    assert hears("friday morning at 16:00") == "? part_of_day 11-27 16:00"
    assert hears("venerdì sera alle 10 di mattina", "it") == "? part_of_day 11-27 10:00, 11-27 22:00"


@pytest.mark.parametrize(
    "words", ["friday", "tomorrow evening", "tonight", "in 3 days", "26 november", "evening"]
)
def test_a_day_or_a_part_of_one_without_a_time_is_asked_about(words: str) -> None:
    assert hears(words) == "? missing_time"


@pytest.mark.parametrize("words", ["next week", "next month at 6pm"])
def test_a_week_or_month_without_a_day_is_asked_about(words: str) -> None:
    assert hears(words) == "? missing_day"


def test_two_days_at_once_are_asked_about() -> None:
    assert hears("thursday or friday 6pm") == "? two_days 11-26 18:00, 11-27 18:00"
    assert hears("domani e giovedì alle 18", "it") == "? two_days 11-25 18:00, 11-26 18:00"
    assert hears("26-27 novembre alle 18", "it") == "? two_days 11-26 18:00, 11-27 18:00"


def test_two_hours_at_once_are_asked_about() -> None:
    assert hears("friday 6-8pm") == "? two_times 11-27 18:00, 11-27 20:00"
    assert hears("venerdì dalle 18 alle 20", "it") == "? two_times 11-27 18:00, 11-27 20:00"
    assert hears("venerdì 18-20", "it") == "? two_times 11-27 18:00, 11-27 20:00"
    assert hears("friday at 6 and 7 pm").startswith("? two_times")


def test_a_weekday_that_contradicts_its_date_is_asked_about() -> None:
    assert hears("monday 26 november 18:30") == "? weekday_mismatch 11-26 18:30, 11-30 18:30"
    assert hears("lunedì 26 alle 18:30", "it") == "? weekday_mismatch 11-26 18:30, 11-30 18:30"


def test_a_date_without_a_year_is_its_next_occurrence() -> None:
    assert hears("3 january 18:00") == "2027-01-03 18:00"
    assert hears("il 3 alle 18", "it") == "12-03 18:00"
    assert hears("29 february 18:00") == "2028-02-29 18:00"
    assert hears("the 31st at 18:00") == "12-31 18:00"


def test_digits_are_day_and_month_in_italian() -> None:
    assert hears("3/12 ore 18", "it") == "12-03 18:00"
    assert hears("12/3 ore 18", "it") == "2027-03-12 18:00"
    assert hears("11/27 ore 18", "it") == "! impossible"


def test_digits_are_whichever_order_is_forced_in_english_else_asked_about() -> None:
    assert hears("27/11 18:00") == hears("11/27 18:00") == "11-27 18:00"
    assert hears("3/12 18:00") == "? which_order 12-03 18:00, 2027-03-12 18:00"
    assert hears("12/12 18:00") == "12-12 18:00"


def test_a_zone_in_the_phrase_wins() -> None:
    assert hears("friday 18:30 New York time") == "11-28 00:30"
    assert hears("venerdì alle 18:30 ora di Londra", "it") == "11-27 19:30"
    assert hears("friday 18:30 Asia/Kathmandu") == "11-27 13:45"


def test_a_place_is_a_zone_wherever_it_stands() -> None:
    for words in (
        "London, friday 6pm",
        "friday in London at 6pm",
        "6pm London on friday",
        "friday 6pm, London",
    ):
        assert hears(words) == "11-27 19:00"


def test_a_name_that_may_be_a_persons_is_no_zone_unless_said_to_be_one() -> None:
    assert hears("friday 18:30 Sofia") == "! not understood"
    assert hears("friday 18:30 Sofia time") == "11-27 17:30"
    assert hears("venerdì alle 18:30 ora di Sofia", "it") == "11-27 17:30"


def test_places_have_summer_time_and_abbreviations_do_not() -> None:
    assert hears("2 july 2027 18:00 London") == "2027-07-02 19:00"
    assert hears("2 july 2027 18:00 CET") == "2027-07-02 19:00"
    assert hears("2 july 2027 18:00 CEST") == "2027-07-02 18:00"
    assert hears("2 july 2027 18:00 UTC") == "2027-07-02 20:00"


def test_tomorrow_is_asked_about_when_it_is_another_day_in_the_zone_that_was_named() -> None:
    assert hears("tomorrow at 9am tokyo time", where=LATE) == "? which_day 11-25 01:00, 11-26 01:00"


def test_hours_from_now_are_elapsed_time() -> None:
    eve = scene("2027-03-27 20:00 Europe/Rome")
    assert hears("in 12 hours", where=eve) == "03-28 09:00"
    assert hears("tra 12 ore", "it", eve) == "03-28 09:00"


def test_days_from_now_are_calendar_days() -> None:
    eve = scene("2027-03-27 20:00 Europe/Rome")
    assert hears("in 1 day at 20:00", where=eve) == "03-28 20:00"
    assert hears("tra 3 giorni alle 21", "it") == "11-27 21:00"
    assert hears("in 3 days 9pm") == "11-27 21:00"


def test_days_and_hours_are_asked_about_when_summer_time_makes_a_difference() -> None:
    eve = scene("2027-03-27 20:00 Europe/Rome")
    assert hears("in 1 day and 2 hours", where=eve) == "? which_day 03-28 22:00, 03-28 23:00"
    assert hears("in 1 day and 2 hours") == "11-25 11:00"


@pytest.mark.parametrize("words", ["midnight", "tonight at midnight", "today at 24:00", "12am"])
def test_the_coming_midnight_needs_no_question(words: str) -> None:
    assert hears(words) == "11-25 00:00"


def test_midnight_of_another_day_is_asked_about() -> None:
    assert hears("midnight on friday") == "? which_night 11-27 00:00, 11-28 00:00"
    assert hears("domani a mezzanotte", "it") == "? which_night 11-25 00:00, 11-26 00:00"


def test_an_hour_that_has_gone_by_today_is_asked_about_and_tomorrow_offered() -> None:
    assert hears("18:30", where=LATE) == "? which_day 11-25 18:30"


@pytest.mark.parametrize(
    "words", ["yesterday 6pm", "2 hours ago", "today at 08:00", "24/11/2025 18:30", "in 0 minutes"]
)
def test_the_past_is_refused(words: str) -> None:
    assert hears(words) == "! past"


@pytest.mark.parametrize(
    "words", ["31 june 6pm", "30/2 6pm", "feb 29 2027 6pm", "the 32nd at 6pm", "2026-13-01 18:00"]
)
def test_a_date_that_no_calendar_has_is_refused(words: str) -> None:
    assert hears(words) == "! impossible"


@pytest.mark.parametrize("words", ["25:00", "friday 18:75", "friday 24:30", "friday 13pm", "friday at 2575"])
def test_an_hour_that_no_clock_shows_is_refused(words: str) -> None:
    assert hears(words) == "! impossible"


@pytest.mark.parametrize(
    "words", ["", " ", "…", "banana", "friday banana 18:30", "at", "x" * 10_000, "🎉", "1/2/3/4 18:30"]
)
def test_nonsense_is_refused(words: str) -> None:
    assert hears(words) == hears(words, "it") == "! not understood"


@pytest.mark.parametrize(
    "words", ["every friday 6pm", "fridays at 6pm", "fortnightly on friday 6pm", "weekends at 6pm"]
)
def test_what_comes_round_is_no_single_talk(words: str) -> None:
    assert hears(words) == "! not understood"


@pytest.mark.parametrize(
    "words", ["ogni venerdì alle 18", "tutti i venerdì alle 18", "i venerdì alle 18", "sabati alle 18"]
)
def test_what_comes_round_is_no_single_talk_in_italian_either(words: str) -> None:
    assert hears(words, "it") == "! not understood"


@pytest.mark.parametrize(
    "words", ["not friday 6pm", "before friday 6pm", "friday after 6pm", "friday by 6pm"]
)
def test_words_that_turn_the_meaning_are_never_skipped(words: str) -> None:
    assert hears(words) == "! not understood"


def test_the_third_thursday_of_a_month_is_a_day() -> None:
    assert hears("the third thursday of december at 6pm") == "12-17 18:00"
    assert hears("last friday of the month 6pm") == "11-27 18:00"
    assert hears("la prima domenica del mese prossimo alle 18", "it") == "12-06 18:00"
    assert hears("the fifth friday of december 6pm") == "! not understood"


@pytest.mark.parametrize(
    "hour", ["1830", "18.30", "18,30", "18:30", "18h30", "18h 30", "6.30pm", "630 pm", "6:30 p.m."]
)
def test_hours_are_written_in_many_ways(hour: str) -> None:
    assert hears(f"friday {hour}") == hears(f"{hour} friday") == "11-27 18:30"
    assert hears(f"venerdì alle {hour}", "it") == "11-27 18:30"


def test_four_figures_after_a_date_are_a_year_where_they_can_be_one() -> None:
    assert hears("27 november 1830") == "11-27 18:30"
    assert hears("27 november 2030") == "? missing_time"
    assert hears("friday 2030") == "11-27 20:30"
    assert hears("2030") == "! not understood"


def test_a_minus_after_the_minutes_is_an_offset_only_where_it_can_be_no_range() -> None:
    assert hears("2026-11-27 18:30 -05:00") == "11-28 00:30"
    assert hears("2026-11-27T08:00-10:00") == "11-27 19:00"
    assert hears("2026-11-27 08:00-10:00").startswith("? two_times")
    assert hears("friday 18:30+02:00") == "11-27 17:30"


@pytest.mark.parametrize(
    "words",
    [
        "friday \uff11\uff18:\uff13\uff10",
        "friday 18\uff1a30",
        "🎙️ friday 18:30 ❤️",
        "\u200ffriday 1\u200b8:30",
        "“friday”, 18:30!",
    ],
)
def test_strange_signs_do_not_matter(words: str) -> None:
    assert hears(words) == "11-27 18:30"


@pytest.mark.parametrize("words", ["thursady 6pm", "THURSDAY 6 PM", "thusday 6pm", "thurs. 6pm"])
def test_typing_slips_are_normal(words: str) -> None:
    assert hears(words) == "11-26 18:00"


@pytest.mark.parametrize(
    "words", ["giovedi alle 18", "giovedi' alle 18", "giovedí alle 18", "gioved alle 18", "giov. h18"]
)
def test_missing_and_wrong_accents_are_normal(words: str) -> None:
    assert hears(words, "it") == "11-26 18:00"


def test_a_slip_that_may_be_two_words_is_refused() -> None:
    assert hears("tursday 6pm") == "! not understood"  # Tuesday or Thursday
