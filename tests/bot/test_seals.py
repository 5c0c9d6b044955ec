"""Seals on buttons."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.errors import ButtonUnknown
from bot.seals import Seal

CHAT, ELSEWHERE = -1001000000001, -1001000000002
SEAL = Seal("700000001:a-token-of-the-tests")


def test_what_was_sealed_for_a_chat_opens_there_after_a_restart_too() -> None:
    sealed = SEAL.close("yes:1", CHAT)
    assert Seal("700000001:a-token-of-the-tests").open(sealed, CHAT) == "yes:1"


def test_it_opens_nowhere_else() -> None:
    with pytest.raises(ButtonUnknown):
        SEAL.open(SEAL.close("yes:1", CHAT), ELSEWHERE)


def test_another_bot_s_seal_is_none() -> None:
    with pytest.raises(ButtonUnknown):
        SEAL.open(Seal("700000001:another").close("yes:1", CHAT), CHAT)


@given(st.text(max_size=64))
def test_data_that_nobody_sealed_is_unknown(data: str) -> None:
    with pytest.raises(ButtonUnknown):
        SEAL.open(data, CHAT)


@pytest.mark.parametrize("position", [0, 7, 8, 12])
def test_one_character_changed_breaks_the_seal(position: int) -> None:
    sealed = SEAL.close("yes:1", CHAT)
    changed = sealed[:position] + ("A" if sealed[position] != "A" else "B") + sealed[position + 1 :]
    with pytest.raises(ButtonUnknown):
        SEAL.open(changed, CHAT)


def test_no_data_at_all_is_unknown() -> None:
    with pytest.raises(ButtonUnknown):
        SEAL.open(None, CHAT)


def test_a_keyboard_is_sealed_and_its_links_stay() -> None:
    keys = [
        InlineKeyboardButton("Yes", callback_data="yes:1"),
        InlineKeyboardButton("See", url="https://a.example"),
    ]
    sealed = SEAL.keyboard(InlineKeyboardMarkup([keys]), CHAT)
    assert sealed is not None
    yes, see = sealed.inline_keyboard[0]
    assert SEAL.open(str(yes.callback_data), CHAT) == "yes:1"
    assert (yes.text, see.url) == ("Yes", "https://a.example")
    assert len(str(yes.callback_data)) <= 64


def test_no_keyboard_stays_none() -> None:
    assert SEAL.keyboard(None, CHAT) is None
