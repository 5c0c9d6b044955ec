"""What of a message could be played, and what it is called."""

from typing import Any

import pytest
from telegram import Message

from bot.sounds.offers import LONGEST_TITLE, address_in, attached, in_a_line
from rooms.errors.sounds import AddressForbidden
from tests.bot.speeches import ENGLISH

FILE = {"file_id": "f", "file_unique_id": "u", "file_size": 7}
CHIARA = {"id": 5, "is_bot": False, "first_name": "Chiara"}


def message(**fields: Any) -> Message:
    shape = {"message_id": 1, "date": 0, "chat": {"id": -1, "type": "group"}, "from": CHIARA, **fields}
    read = Message.de_json(shape, None)
    assert read is not None
    return read


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        (
            {"audio": {**FILE, "duration": 1, "performer": "Bill Evans", "title": "Peace"}},
            "Bill Evans · Peace",
        ),
        ({"audio": {**FILE, "duration": 1, "title": "Peace"}}, "Peace"),
        ({"audio": {**FILE, "duration": 1, "file_name": "peace piece.mp3"}}, "peace piece"),
        ({"audio": {**FILE, "duration": 1}}, "Sound from Chiara"),
        ({"voice": {**FILE, "duration": 1}}, "Voice message from Chiara"),
        ({"video_note": {**FILE, "duration": 1, "length": 9}}, "Video message from Chiara"),
        ({"video": {**FILE, "duration": 1, "width": 1, "height": 1, "file_name": "talk.mp4"}}, "talk"),
        ({"document": {**FILE, "file_name": "a\nb\u202e.flac"}}, "a b"),
    ],
)
def test_a_file_is_called_by_what_is_known_of_it(fields: dict[str, Any], title: str) -> None:
    found = attached(message(**fields), ENGLISH.words)
    assert found is not None
    assert (found.title, found.file_id, found.unique_id, found.size) == (title, "f", "u", 7)


def test_a_forwarded_voice_is_called_by_who_spoke_it() -> None:
    origin = {"type": "user", "date": 1, "sender_user": {"id": 6, "is_bot": False, "first_name": "Dora"}}
    found = attached(message(voice={**FILE, "duration": 1}, forward_origin=origin), ENGLISH.words)
    assert found is not None
    assert found.title == "Voice message from Dora"


@pytest.mark.parametrize(
    ("mime_type", "is_sound"),
    [
        ("audio/flac", True),
        ("video/mp4", True),
        (None, True),
        ("application/pdf", False),
        ("image/png", False),
    ],
)
def test_of_documents_it_is_known_which_are_surely_no_sound(mime_type: str | None, is_sound: bool) -> None:
    document = {**FILE, "file_name": "x", **({"mime_type": mime_type} if mime_type else {})}
    found = attached(message(document=document), ENGLISH.words)
    assert found is not None
    assert found.is_sound is is_sound


def test_words_alone_carry_nothing() -> None:
    assert attached(message(text="hello"), ENGLISH.words) is None


@pytest.mark.parametrize(
    ("words", "url", "title"),
    [
        ("https://radio.example/live", "https://radio.example/live", "live · radio.example"),
        ("HTTP://radio.example", "HTTP://radio.example", "radio.example"),
        ("http://me:secret@radio.example:8000/a%20b?key=s", None, "a b · radio.example"),
        ("https://radio.example/x Night radio", "https://radio.example/x", "Night radio"),
    ],
)
def test_an_address_is_called_by_what_follows_it_or_by_its_public_parts(
    words: str, url: str | None, title: str
) -> None:
    assert address_in(words) == (url or words, title)


@pytest.mark.parametrize("words", ["", "jazz", "radio.example/live", "play https://radio.example"])
def test_words_that_begin_with_no_address_name_none(words: str) -> None:
    assert address_in(words) is None


@pytest.mark.parametrize(
    "words",
    [
        "file:///etc/passwd",
        "ftp://radio.example/a",
        "https://",
        "https://[::1",
        f"https://a.example/{'x' * 2000}",
    ],
)
def test_other_kinds_of_addresses_are_refused(words: str) -> None:
    with pytest.raises(AddressForbidden):
        address_in(words)


def test_a_title_is_one_line_and_not_too_long() -> None:
    assert in_a_line(" a\t\nb\0 ") == "a b"
    assert len(in_a_line("word " * 100)) <= LONGEST_TITLE
