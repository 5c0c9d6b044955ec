"""What the payloads of deep links name."""

import pytest

from bot.deep_links import address, chat_in, place_in, room_in
from bot.errors import OnlyInGroups
from rooms.errors.talks import NoSuchRoom

NONE = ["", "-", "--7", "seven", "7 ", "+7", "1_000", "\u0667", "²", "7.5", "9" * 19]


def test_an_address_starts_the_bot_with_its_payload() -> None:
    assert address("loggione_bot", "log--100") == "https://t.me/loggione_bot?start=log--100"


def test_a_talk_and_a_group_are_named_by_their_numbers() -> None:
    assert room_in("7") == 7
    assert chat_in("-1001000000001") == -1001000000001
    assert place_in("-100_7") == (-100, 7)
    assert place_in("-100_0") == (-100, None)


@pytest.mark.parametrize("text", NONE)
def test_anything_else_is_no_number_of_ours(text: str) -> None:
    with pytest.raises(NoSuchRoom):
        room_in(text)
    with pytest.raises(OnlyInGroups):
        chat_in(text)
    for place in (f"{text}_7", f"-100_{text}"):
        with pytest.raises(OnlyInGroups):
            place_in(place)


def test_a_group_alone_is_no_place() -> None:
    with pytest.raises(OnlyInGroups):
        place_in("-100")


def test_no_talk_is_below_zero() -> None:
    with pytest.raises(NoSuchRoom):
        room_in("-7")
