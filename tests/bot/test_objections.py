"""What Telegram's objections mean."""

import pytest
from telegram.error import BadRequest

from bot.objections import GONE, NO_PICTURE, UNCHANGED, is_about, overlooking


def test_an_objection_is_known_by_its_words_however_they_are_written() -> None:
    assert is_about(BadRequest("Message to edit not found"), *GONE)
    assert is_about(BadRequest("CHAT_SEND_PHOTOS_FORBIDDEN"), *NO_PICTURE)
    assert not is_about(BadRequest("there is no photo in the request"), *NO_PICTURE)


def edit(objection: str) -> None:
    """An edit of a message to which Telegram objects."""
    with overlooking(*UNCHANGED, *GONE):
        raise BadRequest(objection)


def test_only_what_is_expected_is_overlooked() -> None:
    for words in ("message is not modified", "MESSAGE_ID_INVALID"):
        edit(words)
    with pytest.raises(BadRequest, match="chat not found"):
        edit("chat not found")
