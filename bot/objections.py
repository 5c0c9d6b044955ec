"""Objections: Telegram says in words alone why it refuses (Bot API, "description"); this is their meaning."""

from collections.abc import Iterator
from contextlib import contextmanager

from telegram.error import BadRequest

UNCHANGED = ("not modified",)
"""The message says so already."""

GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
"""The message was deleted, or cannot be changed any more."""

DELETED = ("message to delete not found", "message_id_invalid")
"""The message was deleted already."""

NO_CAPTION = ("there is no caption",)
"""The message is words alone."""

TOO_LARGE = ("entity too large", "too big")
"""The file has more bytes than may be uploaded."""

TOO_LATE = ("query is too old", "query_id_invalid")
"""Who pressed the button waits for no answer any more."""

TOPIC_GONE = ("thread", "topic")
"""The forum topic was deleted or closed."""

LINK_REFUSED = ("url",)
"""A button's address is none that Telegram lets people open."""

TOO_BIG = ("file is too big",)
"""Bots may not fetch files as large as that."""

NO_PICTURE = (
    "not enough rights to send photos",
    "chat_send_photos_forbidden",
    "chat_send_media_forbidden",
    "photo_invalid_dimensions",
    "image_process_failed",
)
"""No pictures may be sent there, or not this one."""


def is_about(objection: BadRequest, *words: str) -> bool:
    """Whether Telegram objects in any of these words."""
    return any(word in objection.message.lower() for word in words)


@contextmanager
def overlooking(*words: str) -> Iterator[None]:
    """No error when Telegram objects in these words."""
    try:
        yield
    except BadRequest as objection:
        if not is_about(objection, *words):
            raise
