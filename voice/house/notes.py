"""Notes beside a room's recording: which calls belong to it, for whoever must end them after a crash."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from rooms.ids import ChatId
from voice.telegram.calls import ListedCall

NOTE = "call.json"
"""The note of a room's own call."""


class Note(msgspec.Struct, frozen=True):
    """Which call belongs to a room; both numbers are Telegram's."""

    chat: ChatId
    call: int


def write_note(folder: Path, call: ListedCall, *, is_bridged: bool) -> None:
    """Note that a call is to be ended with the room; what stands there already asks nothing of the disk."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / (f"call.{call.chat}.json" if is_bridged else NOTE)
    note = msgspec.json.encode(Note(call.chat, call.id))
    if path.exists() and path.read_bytes() == note:
        return
    unfinished = path.with_suffix(".part")
    unfinished.write_bytes(note)
    unfinished.rename(path)


def read_notes(folder: Path) -> list[Note]:
    """The calls that are to be ended; the bridged ones before the room's own."""
    return [msgspec.json.decode(path.read_bytes(), type=Note) for path in _paths(folder)]


def read_bridged_notes(folder: Path) -> list[Note]:
    """Those of them that are other chats'."""
    paths = [path for path in _paths(folder) if path.name != NOTE]
    return [msgspec.json.decode(path.read_bytes(), type=Note) for path in paths]


def tear_up(folder: Path, note: Note) -> None:
    """Forget a call that was ended, and the folder when there is nothing else in it."""
    for path in _paths(folder):
        if msgspec.json.decode(path.read_bytes(), type=Note) == note:
            path.unlink()
    if not any(folder.iterdir()):
        folder.rmdir()


def _paths(folder: Path) -> Iterator[Path]:
    return iter(sorted(folder.glob("call*.json"), key=lambda path: (path.name == NOTE, path.name)))
