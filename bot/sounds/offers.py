"""Offers: what of a message could be played: a file that it carries, or an address that it names."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from urllib.parse import unquote, urlsplit

from telegram import Message, MessageOriginUser

from bot.words import Words
from rooms.errors.sounds import AddressForbidden

LONGEST_TITLE = 100
"""Characters of a sound's title at most."""

LONGEST_ADDRESS = 2000
"""Characters of an address at most."""

_SOUNDING = ("audio/", "video/", "application/ogg", "application/octet-stream")
"""The beginnings of MIME types that documents with sound in them have."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of Telegram's; `size` in bytes, where known; `is_sound` unless it is surely something else."""

    file_id: str
    unique_id: str
    title: str
    size: int | None
    is_sound: bool = True


def attached(message: Message, words: Words) -> Attachment | None:
    """The file that a message carries, if it is of a kind that may hold sound."""
    for file, title in _files(message, words):
        mime_type = getattr(file, "mime_type", None) or _SOUNDING[-1]
        is_sound = message.document is None or mime_type.startswith(_SOUNDING)
        return Attachment(file.file_id, file.file_unique_id, in_a_line(title), file.file_size, is_sound)
    return None


def address_in(words: str) -> tuple[str, str] | None:
    """The address with which somebody's words begin, and the title that follows it, or else a part of it.

    Raises:
        AddressForbidden: it is of no kind that is fetched.
    """
    address, _, rest = words.partition(" ")
    scheme, separator, _ = address.partition("://")
    if not separator:
        return None
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        parts, host = urlsplit(""), None
    if scheme.lower() not in ("http", "https") or not host or len(address) > LONGEST_ADDRESS:
        raise AddressForbidden(in_a_line(host or scheme), "not an address that is fetched")
    last = unquote(PurePath(parts.path).name)  # neither a password before the host nor a key after "?"
    return address, in_a_line(rest or (f"{last} · {host}" if last else host))


def in_a_line(title: str) -> str:
    """A title as people read it, on one line and not too long."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in title).split())
    return line if len(line) <= LONGEST_TITLE else f"{line[: LONGEST_TITLE - 1].rstrip()}…"


def _files(message: Message, words: Words) -> Iterator[tuple[Any, str]]:
    """The file, and what it is called: by what is known of it, else by who sent it."""
    gettext, name = words.gettext, _sender(message)
    if audio := message.audio:
        called = " · ".join(part for part in (audio.performer, audio.title) if part)
        yield audio, called or _stem(audio.file_name) or gettext("Sound from {name}").format(name=name)
    if message.voice:
        yield message.voice, gettext("Voice message from {name}").format(name=name)
    if message.video_note:
        yield message.video_note, gettext("Video message from {name}").format(name=name)
    if video := message.video:
        yield video, _stem(video.file_name) or gettext("Video from {name}").format(name=name)
    if document := message.document:
        yield document, _stem(document.file_name) or gettext("Sound from {name}").format(name=name)


def _stem(file_name: str | None) -> str:
    return PurePath(file_name).stem if file_name else ""


def _sender(message: Message) -> str:
    if isinstance(message.forward_origin, MessageOriginUser):
        return message.forward_origin.sender_user.full_name
    if message.sender_chat is not None:
        return message.sender_chat.effective_name or "…"
    return message.from_user.full_name if message.from_user is not None else "…"
