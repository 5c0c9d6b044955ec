"""Telegram's errors say for how long it wants to be left alone."""

import pytest

from voice.telegram.floods import flood_wait


@pytest.mark.parametrize(
    ("reason", "seconds"),
    [("FLOOD_WAIT_37", 37), ("FLOOD_PREMIUM_WAIT_7", 7), ("FLOOD_WAIT_0", 1)],
)
def test_floods_name_their_seconds(reason: str, seconds: int) -> None:
    assert flood_wait(reason) == seconds


@pytest.mark.parametrize("reason", ["FLOOD_WAIT_X", "SESSION_REVOKED", "GROUPCALL_FORBIDDEN", ""])
def test_other_errors_are_no_floods(reason: str) -> None:
    assert flood_wait(reason) == 0
