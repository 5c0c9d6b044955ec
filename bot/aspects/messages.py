"""Reads a message that answers the question about one aspect of a talk: words, or a picture."""

from collections.abc import Callable

from telegram import Message

from bot.aspects.aspect import Aspect, Change
from bot.errors import PictureWanted, WordsWanted


def read_message(aspect: Aspect, message: Message, read: Callable[[str], Change]) -> Change:
    """The picture, where a cover was asked for, else what `read` makes of the words.

    Raises:
        PictureWanted, WordsWanted: it is of the other kind. And what `read` raises.
    """
    if aspect is Aspect.COVER:
        picture = _picture_in(message)
        if picture is None:
            raise PictureWanted
        return {"cover": picture}
    if not message.text:
        raise WordsWanted
    return read(message.text)


def _picture_in(message: Message) -> str | None:
    """The `file_id` of a picture that was sent as a photo or as a file."""
    if message.photo:
        return message.photo[-1].file_id
    document = message.document
    is_picture = document is not None and (document.mime_type or "").startswith("image/")
    return document.file_id if document is not None and is_picture else None
