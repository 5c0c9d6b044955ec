"""A recording's name and bytes."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.replays import fetch_replay, file_name
from bot.tidings import UPLOAD_LIMIT
from rooms.ids import RoomId
from rooms.ports import Recording


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Careers after 40", "Careers after 40.ogg"),
        ("../../etc/passwd", "etc passwd.ogg"),
        ('What? "This": a/b\\c*', "What This a b c.ogg"),
        ("...", "Replay.ogg"),
        ("Perché no? 👩‍💻", "Perché no 👩‍💻.ogg"),
        ("a\x00b\nc", "a b c.ogg"),
    ],
)
def test_a_recording_is_named_after_its_talk(title: str, name: str) -> None:
    assert file_name(title) == name


async def test_what_may_not_be_uploaded_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "talk.ogg"
    path.write_bytes(b"OggS")
    recording = Recording(RoomId(1), path, timedelta(1))
    replay = await fetch_replay(recording, "Talk")
    assert replay is not None
    assert (replay.content, replay.size) == (b"OggS", 4)
    with path.open("wb") as file:
        file.truncate(UPLOAD_LIMIT + 1)
    replay = await fetch_replay(recording, "Talk")
    assert replay is not None
    assert (replay.content, replay.size) == (None, UPLOAD_LIMIT + 1)
    path.unlink()
    assert await fetch_replay(recording, "Talk") is None
