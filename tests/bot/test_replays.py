"""A recording's name and bytes, and what is said of it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.replays import (
    UPLOAD_LIMIT,
    fetch_replay,
    file_name,
    replay_caption,
    replay_lost,
    replay_too_large,
)
from rooms.ids import RoomId
from rooms.records import Gap, Recording
from rooms.room import RoomState
from tests.bot.speeches import BOTH, ENGLISH, ITALIAN
from tests.fakes.talks import HOUR, a_plan, a_room

ROOM = a_room(RoomState.ENDED)


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


def test_a_replay_tells_when_it_was_and_what_is_missing() -> None:
    gap = Gap(timedelta(0), timedelta(seconds=2))
    recording = Recording(ROOM.id, Path("talk.ogg"), timedelta(minutes=44, seconds=5))
    assert str(replay_caption(ROOM, recording, ENGLISH)) == (
        "🎧 <b>Careers after 40</b>\n"
        "Replay of Tuesday 24 November 2026, 14:00 Europe/Rome, 44 minutes and 5 seconds, Ada"
    )
    assert "In 1 place nothing" in replay_caption(ROOM, replace(recording, gaps=(gap,)), ENGLISH)
    assert "In 2 punti non si sentiva nulla" in replay_caption(
        ROOM, replace(recording, gaps=(gap, gap)), ITALIAN
    )


def test_a_talk_s_title_is_escaped_wherever_it_is_said() -> None:
    room = replace(ROOM, plan=a_plan("<b>{x}"))
    recording = Recording(room.id, Path("talk.ogg"), HOUR)
    for speech in BOTH:
        for text in (
            replay_caption(room, recording, speech),
            replay_lost(room, speech.words),
            replay_too_large(room, 60_000_000, speech.words),
        ):
            assert "&lt;b&gt;{x}" in text
            assert len(text) <= 1024
