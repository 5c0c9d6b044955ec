"""What a chat has of a talk's recording is brought to what is on record, message by message."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from telegram.error import NetworkError, RetryAfter

from bot.replays import UPLOAD_LIMIT
from rooms.keeping import AS_IT_IS, WITHHELD
from rooms.notices import NoticeKind
from rooms.posts import HEAD, OUTDATED, Post
from rooms.recordings import Gap, Part
from rooms.room import RoomState
from tests.bot.desk import Desk, open_desk
from tests.bot.flaky import refusal
from tests.deadline import DEADLINE
from tests.fakes.talks import MINUTE
from tests.sandbox.waiting import until

OPUS = b"OggS" + bytes(1000)


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with open_desk() as desk:
        await desk.is_now(RoomState.ENDED)
        yield desk


async def mastered(desk: Desk, folder: Path, parts: int = 1, edition: int = 1, **more: Any) -> None:
    """The talk has a mastered recording, every file of which says what it is."""
    waveform = folder / "waveform.png"
    waveform.write_bytes(b"waveform %d" % edition)
    made = []
    for number in range(1, parts + 1):
        path = folder / f"replay-{number}.ogg"
        path.write_bytes(b"part %d, %d" % (number, edition))
        made.append(Part(path, (number - 1) * 15 * MINUTE, 15 * MINUTE))
    await desk.recorded(folder / "talk.ogg", parts=tuple(made), waveform=waveform, edition=edition, **more)


def posts(desk: Desk) -> list[tuple[int, int, int | None]]:
    """What is noted: the place, the message, the edition."""
    return [
        (post.place, post.message, post.edition)
        for _key, post in sorted(desk.store.records.posts.rows.items())
    ]


async def note(desk: Desk, *noted: tuple[int, int, int | None]) -> None:
    async with desk.store.writing() as records:
        for place, message, edition in noted:
            post = Post(desk.room.id, place, desk.room.plan.chat, message, edition)  # type: ignore[arg-type]
            await records.posts.save(post)


def media(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """What an edit puts into a message, with the file that it brings."""
    described: dict[str, Any] = json.loads(fields["media"])
    return described | {"file": fields[described["media"].removeprefix("attach://")]}


async def test_a_replay_is_a_picture_that_tells_and_the_sound_under_it(desk: Desk, tmp_path: Path) -> None:
    await mastered(desk, tmp_path)
    await desk.deliver(NoticeKind.REPLAY)
    [head], [sound] = desk.telegram.fields("sendPhoto"), desk.telegram.fields("sendAudio")
    assert head["photo"] == b"waveform 1"
    assert "Replay of Tuesday 24 November 2026, 14:00 Europe/Rome, 44 minutes, Ada" in head["caption"]
    assert json.loads(head["reply_parameters"])["message_id"] == 7, "the card"
    assert (sound["audio"], sound["title"], sound["performer"]) == (b"part 1, 1", "Careers after 40", "Ada")
    assert (sound["duration"], "caption" in sound) == ("900", False)
    assert json.loads(sound["reply_parameters"])["message_id"] == 101, "the picture"
    assert sound["disable_notification"] == "true", "one sound is enough"
    assert posts(desk) == [(HEAD, 101, 1), (1, 102, 1)]


async def test_a_long_talk_is_posted_in_numbered_parts(desk: Desk, tmp_path: Path) -> None:
    await mastered(desk, tmp_path, parts=3)
    await desk.deliver(NoticeKind.REPLAY)
    sounds = desk.telegram.fields("sendAudio")
    assert [sound["title"] for sound in sounds] == [f"Careers after 40 {number}/3" for number in (1, 2, 3)]
    assert [sound["caption"] for sound in sounds] == [
        "0:00\u201315:00", "15:00\u201330:00", "30:00\u201345:00",
    ]  # fmt: skip


@pytest.mark.parametrize("sent", [0, 1, 2, 3])
async def test_killed_between_two_messages_none_is_sent_twice(desk: Desk, tmp_path: Path, sent: int) -> None:
    await mastered(desk, tmp_path, parts=3)
    letter = await desk.write(NoticeKind.REPLAY)
    await note(desk, *((place, 101 + place, 1) for place in range(sent)))
    await desk.carry(letter)
    assert len(desk.telegram.fields("sendPhoto")) == (0 if sent else 1)
    titles = [sound["title"][-3:] for sound in desk.telegram.fields("sendAudio")]
    assert titles == [f"{number}/3" for number in range(max(sent, 1), 4)]


async def test_killed_in_the_midst_of_an_upload_only_that_one_is_sent_again(
    desk: Desk, tmp_path: Path
) -> None:
    await mastered(desk, tmp_path, parts=2)
    letter = await desk.write(NoticeKind.REPLAY)
    async with asyncio.TaskGroup() as group:
        carrying = group.create_task(desk.carry(letter))
        await until(lambda: len(posts(desk)) >= 1, DEADLINE)
        desk.telegram.gate.clear()
        await until(lambda: len(desk.telegram.fields("sendAudio")) >= 1, DEADLINE)
        carrying.cancel()
        with suppress(asyncio.CancelledError):
            await carrying
    desk.telegram.gate.set()
    noted = [place for place, _message, _edition in posts(desk)]
    asked_before = len(desk.telegram.fields("sendAudio"))
    await desk.carry(letter)
    assert len(desk.telegram.fields("sendPhoto")) == 1
    assert len(desk.telegram.fields("sendAudio")) == asked_before + 3 - len(noted)
    assert [place for place, _message, _edition in posts(desk)] == [HEAD, 1, 2]


async def test_what_could_not_be_noted_is_not_sent_again(desk: Desk, tmp_path: Path) -> None:
    await mastered(desk, tmp_path)
    letter = await desk.write(NoticeKind.REPLAY)
    desk.store.is_broken = True
    with pytest.raises(OSError, match="disk"):
        await desk.carry(letter)
    desk.store.is_broken = False
    await desk.carry(letter)
    assert len(desk.telegram.fields("sendPhoto")) == len(desk.telegram.fields("sendAudio")) == 1
    assert [place for place, _message, _edition in posts(desk)] == [HEAD, 1]


async def test_a_recording_made_anew_replaces_what_stands_in_the_chat(desk: Desk, tmp_path: Path) -> None:
    await mastered(desk, tmp_path, parts=3, edition=2)
    await note(desk, (HEAD, 50, 1), (1, 51, 1), (2, 52, 1))
    await desk.deliver(NoticeKind.REPLAY)
    edits = desk.telegram.fields("editMessageMedia")
    assert [edit["message_id"] for edit in edits] == ["50", "51", "52"]
    assert [media(edit)["file"] for edit in edits] == [b"waveform 2", b"part 1, 2", b"part 2, 2"]
    assert "Replay of" in media(edits[0])["caption"]
    assert media(edits[1])["title"] == "Careers after 40 1/3"
    assert [sound["audio"] for sound in desk.telegram.fields("sendAudio")] == [b"part 3, 2"]
    assert posts(desk)[:3] == [(HEAD, 50, 2), (1, 51, 2), (2, 52, 2)]
    assert [(place, edition) for place, _message, edition in posts(desk)[3:]] == [(3, 2)]


async def test_parts_that_there_are_no_more_are_taken_down(desk: Desk, tmp_path: Path) -> None:
    await mastered(desk, tmp_path, edition=2)
    await note(desk, (HEAD, 50, 1), (1, 51, 1), (2, 52, 1))
    await desk.deliver(NoticeKind.REPLAY)
    assert [gone["message_id"] for gone in desk.telegram.fields("deleteMessage")] == ["52"]
    assert posts(desk) == [(HEAD, 50, 2), (1, 51, 2)]


async def test_a_message_that_somebody_deleted_stays_deleted(desk: Desk, tmp_path: Path) -> None:
    await mastered(desk, tmp_path, edition=2)
    await note(desk, (HEAD, 50, 1), (1, 51, 1))
    gone = refusal(400, "Bad Request: message to edit not found")
    desk.telegram.next("editMessageMedia", gone, refusal(400, "Bad Request: message to edit not found"))
    await desk.deliver(NoticeKind.REPLAY)
    assert desk.telegram.fields("sendAudio") == desk.telegram.fields("sendPhoto") == []
    assert desk.waiting == []


async def test_a_recording_kept_long_enough_goes_from_the_chat_and_its_head_says_so(desk: Desk) -> None:
    await note(desk, (-1, 49, 0), (HEAD, 50, 1), (1, 51, 1))
    too_old = refusal(400, "Bad Request: message can't be deleted for everyone")
    desk.telegram.next("deleteMessage", too_old)
    await desk.deliver(NoticeKind.REPLAY)
    assert [gone["message_id"] for gone in desk.telegram.fields("deleteMessage")] == ["49", "51"]
    [silenced] = desk.telegram.fields("editMessageMedia")
    assert (silenced["message_id"], media(silenced)["type"]) == ("49", "document")
    assert media(silenced)["file"] == b"This sound was deleted."
    [head] = desk.telegram.fields("editMessageCaption")
    assert head["message_id"] == "50"
    assert "The recording of this talk is deleted" in head["caption"]
    assert posts(desk) == []
    await desk.deliver(NoticeKind.REPLAY)
    assert len(desk.telegram.fields("deleteMessage")) == 2


async def test_clips_of_a_talk_that_is_on_are_taken_down_alone(desk: Desk) -> None:
    await desk.is_now(RoomState.LIVE)
    await note(desk, (-2, 48, None), (-1, 49, 0))
    await desk.deliver(NoticeKind.REPLAY)
    assert [gone["message_id"] for gone in desk.telegram.fields("deleteMessage")] == ["48"]
    assert posts(desk) == [(-1, 49, 0)]


async def test_before_it_is_mastered_nothing_is_posted(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "talk.ogg").write_bytes(OPUS)
    await desk.recorded(tmp_path / "talk.ogg")
    await note(desk, (-1, 49, None))
    await desk.deliver(NoticeKind.REPLAY)
    assert desk.telegram.fields("sendAudio") == []
    assert posts(desk) == []


async def test_a_recording_that_cannot_be_mastered_is_posted_as_it_is(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "talk.ogg").write_bytes(OPUS)
    await desk.recorded(tmp_path / "talk.ogg", Gap(timedelta(seconds=3), timedelta(seconds=2)))
    await desk.deliver(NoticeKind.REPLAY, AS_IT_IS)
    [sent] = desk.telegram.fields("sendAudio")
    assert sent["audio"] == OPUS
    assert (sent["title"], sent["performer"], sent["duration"]) == ("Careers after 40", "Ada", "2640")
    assert (sent["chat_id"], sent["message_thread_id"]) == ("-1001000000001", "7")
    assert "here it is as it was recorded" in sent["caption"]
    assert "In 1 place nothing could be heard" in sent["caption"]
    await desk.deliver(NoticeKind.REPLAY)
    assert posts(desk) == [(1, 101, 0)], "it stays"


async def test_a_recording_that_must_not_be_heard_leaves_the_chat_until_it_may(
    desk: Desk, tmp_path: Path
) -> None:
    await mastered(desk, tmp_path)
    await note(desk, (HEAD, 50, 1), (1, 51, 1))
    for _ in range(2):
        await desk.deliver(NoticeKind.REPLAY, WITHHELD)
    assert [gone["message_id"] for gone in desk.telegram.fields("deleteMessage")] == ["51"]
    [head] = desk.telegram.fields("editMessageCaption")
    assert "cannot be heard for now" in head["caption"]
    assert posts(desk) == [(HEAD, 50, OUTDATED)]
    await mastered(desk, tmp_path, edition=2)
    await desk.deliver(NoticeKind.REPLAY)
    assert [media(edit)["file"] for edit in desk.telegram.fields("editMessageMedia")] == [b"waveform 2"]
    assert [sound["audio"] for sound in desk.telegram.fields("sendAudio")] == [b"part 1, 2"]


async def test_what_was_never_posted_and_must_not_be_heard_is_a_sentence(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "talk.ogg").write_bytes(OPUS)
    await desk.recorded(tmp_path / "talk.ogg")
    await desk.deliver(NoticeKind.REPLAY, WITHHELD)
    await desk.deliver(NoticeKind.REPLAY, WITHHELD)
    [sent] = desk.telegram.fields("sendMessage")
    assert "cannot be heard for now" in sent["text"]
    assert desk.telegram.fields("sendAudio") == []


async def test_where_no_pictures_may_be_sent_the_head_is_words_and_changes_as_such(
    desk: Desk, tmp_path: Path
) -> None:
    objection = "Bad Request: not enough rights to send photos to the chat"
    desk.telegram.next("sendPhoto", refusal(400, objection))
    await mastered(desk, tmp_path)
    await desk.deliver(NoticeKind.REPLAY)
    [head] = desk.telegram.fields("sendMessage")
    assert "Replay of" in head["text"]
    assert len(desk.telegram.fields("sendAudio")) == 1
    await mastered(desk, tmp_path, edition=2)
    desk.telegram.next("editMessageMedia", refusal(400, objection))
    desk.telegram.next("editMessageCaption", refusal(400, "Bad Request: there is no caption in the message"))
    await desk.deliver(NoticeKind.REPLAY)
    [edited] = desk.telegram.fields("editMessageText")
    assert edited["text"] == head["text"]


async def test_a_recording_too_large_for_bots_becomes_a_sentence(desk: Desk, tmp_path: Path) -> None:
    with (tmp_path / "talk.ogg").open("wb") as file:
        file.truncate(UPLOAD_LIMIT + 1)
    await desk.recorded(tmp_path / "talk.ogg")
    await desk.deliver(NoticeKind.REPLAY, AS_IT_IS)
    assert desk.telegram.fields("sendAudio") == []
    [sent] = desk.telegram.fields("sendMessage")
    assert "at 51 MB it is larger than the 50 MB" in sent["text"]


async def test_a_server_that_finds_a_recording_too_large_is_believed(desk: Desk, tmp_path: Path) -> None:
    await mastered(desk, tmp_path)
    desk.telegram.next("sendAudio", refusal(413, "Request Entity Too Large"))
    await desk.deliver(NoticeKind.REPLAY)
    assert "larger than" in desk.telegram.fields("sendMessage")[0]["text"]
    assert desk.waiting == []


async def test_a_recording_that_is_lost_is_owned_up_to_once(desk: Desk, tmp_path: Path) -> None:
    await mastered(desk, tmp_path)
    (tmp_path / "replay-1.ogg").unlink()
    for _ in range(2):
        await desk.deliver(NoticeKind.REPLAY)
    [sent] = desk.telegram.fields("sendMessage")
    assert "cannot be found" in sent["text"]
    assert desk.telegram.fields("sendPhoto") == []


async def test_a_talk_without_a_recording_posts_nothing(desk: Desk) -> None:
    await desk.deliver(NoticeKind.REPLAY)
    assert desk.telegram.fields("sendAudio") == desk.telegram.fields("sendMessage") == []
    assert desk.waiting == []


@pytest.mark.parametrize(
    ("error", "answer"),
    [
        (RetryAfter, (429, "Too Many Requests: retry after 3", {"retry_after": 3})),
        (NetworkError, (502, "Bad Gateway", {})),
    ],
)
async def test_a_flood_or_an_outage_keeps_the_rest_for_later(
    desk: Desk, tmp_path: Path, error: type[Exception], answer: Sequence[Any]
) -> None:
    await mastered(desk, tmp_path)
    status, words, more = answer
    desk.telegram.next("sendAudio", refusal(status, words, **more))
    with pytest.raises(error):
        await desk.deliver(NoticeKind.REPLAY)
    assert desk.waiting == [NoticeKind.REPLAY]
    await desk.deliver(NoticeKind.REPLAY)
    assert len(desk.telegram.fields("sendPhoto")) == 1
