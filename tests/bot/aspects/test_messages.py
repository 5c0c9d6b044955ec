"""A message answers what was asked for: with words, or with a picture."""

from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Chat, Document, Message, PhotoSize

from bot.aspects import Aspect, Change
from bot.aspects.messages import read_message
from bot.errors import PictureWanted, WordsWanted

PHOTO = (PhotoSize("small", "s", 90, 60), PhotoSize("large", "l", 900, 600))


def a_message(**content: Any) -> Message:
    return Message(1, datetime(2026, 11, 24, tzinfo=UTC), Chat(1, "private"), **content)


def read(words: str) -> Change:
    return {"title": words}


def a_file(mime_type: str | None) -> Message:
    return a_message(document=Document("file", "f", mime_type=mime_type))


def test_words_are_read_as_what_was_asked_for() -> None:
    assert read_message(Aspect.TITLE, a_message(text="Careers"), read) == {"title": "Careers"}


def test_a_cover_is_the_largest_size_of_a_photo_or_a_file_with_a_picture() -> None:
    assert read_message(Aspect.COVER, a_message(photo=PHOTO), read) == {"cover": "large"}
    assert read_message(Aspect.COVER, a_file("image/png"), read) == {"cover": "file"}


@pytest.mark.parametrize("message", [a_message(text="a cat"), a_file("text/plain"), a_file(None)])
def test_anything_else_is_no_cover(message: Message) -> None:
    with pytest.raises(PictureWanted):
        read_message(Aspect.COVER, message, read)


def test_a_picture_says_nothing_in_words() -> None:
    with pytest.raises(WordsWanted):
        read_message(Aspect.TITLE, a_message(photo=PHOTO), read)
