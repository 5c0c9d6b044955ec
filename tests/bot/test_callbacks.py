"""What buttons carry."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.callbacks import Button, Cancel, Choose, Confirm, Discard, pack, unpack
from bot.errors import ButtonUnknown
from rooms.ids import RoomId

LAST = RoomId(10**18 - 1)


@pytest.mark.parametrize(
    "button",
    [
        Confirm(RoomId(1)),
        Discard(RoomId(12)),
        Cancel(LAST),
        Choose(datetime(2027, 12, 31, 23, 59, 59, tzinfo=UTC), timedelta(hours=12)),
        Choose(datetime(9999, 12, 31, tzinfo=UTC), timedelta(hours=24)),
    ],
)
def test_a_button_comes_back_as_it_was_and_fits_in_64_bytes(button: Button) -> None:
    data = pack(button)
    assert unpack(data) == button
    assert len(data.encode()) <= 64


@given(st.text(max_size=64))
def test_whatever_else_comes_is_unknown_and_nothing_worse(data: str) -> None:
    try:
        button = unpack(data)
    except ButtonUnknown:
        return
    assert unpack(pack(button)) == button


@pytest.mark.parametrize(
    "data", [None, "", "confirm:1 ", "choose:1:", "choose::1", "choose:999999999999999999:1"]
)
def test_malformed_data_is_unknown(data: str | None) -> None:
    with pytest.raises(ButtonUnknown):
        unpack(data)
