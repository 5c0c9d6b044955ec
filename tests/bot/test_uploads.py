"""A talk's recording is posted, or what became of it is said."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from telegram.error import RetryAfter

from bot.replays import UPLOAD_LIMIT
from rooms.notices import NoticeKind
from rooms.records import Gap
from rooms.room import RoomState
from tests.bot.desk import Desk, open_desk
from tests.bot.flaky import refusal

OPUS = b"OggS" + bytes(1000)


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with open_desk() as desk:
        yield desk


async def test_a_recording_is_posted_as_a_file_that_people_can_keep(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "talk.ogg").write_bytes(OPUS)
    await desk.is_now(RoomState.ENDED)
    await desk.recorded(tmp_path / "talk.ogg", Gap(timedelta(seconds=3), timedelta(seconds=2)))
    await desk.deliver(NoticeKind.REPLAY)
    [sent] = desk.telegram.fields("sendAudio")
    assert sent["audio"] == OPUS
    assert (sent["title"], sent["performer"], sent["duration"]) == ("Careers after 40", "Ada", "2640")
    assert (sent["chat_id"], sent["message_thread_id"]) == ("-1001000000001", "7")
    assert "Replay of Tuesday 24 November 2026, 14:00 Europe/Rome, 44 minutes, Ada" in sent["caption"]
    assert "In 1 place nothing could be heard" in sent["caption"]


async def test_a_recording_too_large_for_bots_becomes_a_sentence(desk: Desk, tmp_path: Path) -> None:
    with (tmp_path / "talk.ogg").open("wb") as file:
        file.truncate(UPLOAD_LIMIT + 1)
    await desk.is_now(RoomState.ENDED)
    await desk.recorded(tmp_path / "talk.ogg")
    await desk.deliver(NoticeKind.REPLAY)
    assert desk.telegram.fields("sendAudio") == []
    [sent] = desk.telegram.fields("sendMessage")
    assert "at 51 MB it is larger than the 50 MB" in sent["text"]


async def test_a_server_that_finds_a_recording_too_large_is_believed(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "talk.ogg").write_bytes(OPUS)
    await desk.is_now(RoomState.ENDED)
    await desk.recorded(tmp_path / "talk.ogg")
    desk.telegram.next("sendAudio", refusal(413, "Request Entity Too Large"))
    await desk.deliver(NoticeKind.REPLAY)
    assert "larger than" in desk.telegram.fields("sendMessage")[0]["text"]
    assert desk.waiting == []


async def test_a_recording_that_is_lost_is_owned_up_to(desk: Desk, tmp_path: Path) -> None:
    await desk.is_now(RoomState.ENDED)
    await desk.recorded(tmp_path / "nowhere.ogg")
    await desk.deliver(NoticeKind.REPLAY)
    assert "cannot be found" in desk.telegram.fields("sendMessage")[0]["text"]


async def test_a_talk_without_a_recording_posts_nothing(desk: Desk) -> None:
    await desk.is_now(RoomState.ENDED)
    await desk.deliver(NoticeKind.REPLAY)
    assert desk.telegram.fields("sendAudio") == desk.telegram.fields("sendMessage") == []
    assert desk.waiting == []


async def test_a_flood_keeps_the_recording_for_later(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "talk.ogg").write_bytes(OPUS)
    await desk.is_now(RoomState.ENDED)
    await desk.recorded(tmp_path / "talk.ogg")
    desk.telegram.next("sendAudio", refusal(429, "Too Many Requests: retry after 3", retry_after=3))
    with pytest.raises(RetryAfter):
        await desk.deliver(NoticeKind.REPLAY)
    assert desk.waiting == [NoticeKind.REPLAY]
