"""Returning: how often is often enough."""

import pytest

from rooms.errors.calls import CallRefused, CallUnreachable, RelayLacksRights, RelayNotInChat, RelayResting
from rooms.ids import ChatId
from voice.call.returning import FORGIVEN_AFTER, MOST_REFUSALS, Returning

CHAT = ChatId(-1001)


def test_the_call_is_taken_back_a_few_times_each_time_later_and_then_no_more() -> None:
    returning = Returning()
    assert [returning.displaced(now) for now in (0, 10, 60, 130)] == [2.0, 10.0, 30.0, None]


def test_what_was_long_ago_counts_no_more() -> None:
    returning = Returning()
    for now in (0, 10, 60):
        returning.displaced(now)
    assert returning.displaced(60 + FORGIVEN_AFTER + 1) == 2.0


def test_a_place_that_was_taken_just_now_is_left_to_the_other_for_a_while() -> None:
    returning = Returning()
    assert not returning.is_too_soon(100)
    returning.displaced(100)
    assert [returning.is_too_soon(now) for now in (100, 129, 130)] == [True, True, False]


def test_a_place_that_is_taken_again_and_again_is_left_to_the_other_for_longer_and_longer() -> None:
    returning = Returning()
    patience = []
    for begun in range(0, 20 * 7, 20):
        returning.displaced(begun)
        patience.append(sum(returning.is_left_to_other(begun + wait) for wait in range(1000)))
    assert patience == [0, 0, 0, 30, 60, 120, 240]


@pytest.mark.parametrize(
    "refusal",
    [
        RelayNotInChat(CHAT, "CHANNEL_PRIVATE"),
        RelayLacksRights(CHAT, "CHAT_ADMIN_REQUIRED"),
        CallUnreachable(CHAT, "GROUPCALL_FORBIDDEN"),
        CallUnreachable(CHAT, "GROUPCALL_INVALID"),
    ],
)
def test_a_no_that_is_meant_is_taken_for_one_after_a_few_times(refusal: CallRefused) -> None:
    returning = Returning()
    returning.began()
    asked = [returning.is_hopeless(refusal) for _ in range(MOST_REFUSALS)]
    assert asked == [False] * (MOST_REFUSALS - 1) + [True]


def test_a_wait_that_is_longer_than_another_account_needs_is_not_sat_out() -> None:
    returning = Returning()
    assert returning.is_hopeless(RelayResting(CHAT, "FLOOD_WAIT_60"))
    assert not returning.is_hopeless(RelayResting(CHAT, "FLOOD_WAIT_12"))


@pytest.mark.parametrize("reason", ["Telegram did not answer in time", "FLOOD_WAIT_12", "TELEGRAM_SERVER"])
def test_want_of_an_answer_is_never_hopeless(reason: str) -> None:
    returning = Returning()
    assert not any(returning.is_hopeless(CallUnreachable(CHAT, reason)) for _ in range(100))


def test_refusals_count_only_in_a_row_and_within_one_return() -> None:
    returning, forbidden = Returning(), CallUnreachable(CHAT, "GROUPCALL_FORBIDDEN")
    for _ in range(MOST_REFUSALS - 1):
        returning.is_hopeless(forbidden)
    assert not returning.is_hopeless(CallUnreachable(CHAT, "TimeoutError"))
    for _ in range(MOST_REFUSALS - 1):
        assert not returning.is_hopeless(forbidden)
    returning.began()
    assert not returning.is_hopeless(forbidden)
