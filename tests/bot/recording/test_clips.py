"""/clip: what hosts write, and what the chat gets."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from rooms.clipping import Clip
from rooms.ids import ChatId, MessageId
from rooms.notices import NoticeKind
from rooms.posts import HEAD, Post
from rooms.recordings import Part, Recording
from rooms.room import Room, RoomState
from sandbox.world.entities import Message
from tests.bot.desk import Desk, open_desk
from tests.bot.forum import Forum
from tests.fakes.clock import NOON
from tests.fakes.talks import HOUR, MINUTE

SECOND = timedelta(seconds=1)


@pytest.fixture
async def forum(tmp_path: Path) -> AsyncIterator[Forum]:
    forum = Forum()
    forum.tapes.folder = tmp_path
    async with forum.open():
        yield forum


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with open_desk() as desk:
        await desk.is_now(RoomState.LIVE)
        yield desk


async def a_talk(forum: Forum, state: RoomState) -> Room:
    """A recorded talk; when it is over its replay stands as the message it is told by."""
    room = replace(await forum.schedule(), state=state)
    async with forum.store.writing() as records:
        await records.rooms.save(room)
        if room.is_over:
            parts = (Part(Path("1.ogg"), timedelta(0), HOUR),)
            await records.recordings.save(Recording(room.id, Path("talk.ogg"), HOUR, (), parts, edition=1))
    return room


@pytest.mark.parametrize(
    ("words", "length", "title"),
    [
        ("30s", 30 * SECOND, ""),
        ("30", 30 * SECOND, ""),
        ("2 minutes A fine answer", 2 * MINUTE, "A fine answer"),
        ("1m 40 years later", MINUTE, "40 years later"),
        ("90 sec   what  a   line", 90 * SECOND, "what a line"),
    ],
)
async def test_a_length_and_maybe_a_title_cut_the_latest_of_the_talk_that_is_on(
    forum: Forum, words: str, length: timedelta, title: str
) -> None:
    room = await a_talk(forum, RoomState.LIVE)
    file = forum.tapes.folder / str(room.id) / "clips" / "1.ogg"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"OggS a clip")
    said = await forum.ask(forum.ada, f"/clip {words}")
    assert said.text == "✂️ The clip of Careers after 40 comes in a moment."
    assert forum.tapes.clips == [(room.id, length, None)]
    posted = await forum.heard(_is_a_sound)
    assert posted.text.splitlines()[0] == f"✂️ {title or 'Careers after 40'}"


async def test_an_answer_to_the_replay_cuts_a_stretch_of_it(forum: Forum) -> None:
    room = await a_talk(forum, RoomState.ENDED)
    replay = await forum.heard(lambda _message: True)
    async with forum.store.writing() as records:
        await records.posts.save(Post(room.id, 1, ChatId(forum.group.id), MessageId(replay.id), 1))
    await forum.ask(forum.ada, "/clip 12:30-13:10 The point", reply_to=replay.id)
    assert forum.tapes.clips == [(room.id, 40 * SECOND, 12 * MINUTE + 30 * SECOND)]
    refused = await forum.ask(forum.ada, "/clip 59:00 \u2013 1:01:00", reply_to=replay.id)
    assert refused.text == "The recording is over before that: it lasts 1 hour."


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ("", "Write how long it is to be"),
        ("please", "Write how long it is to be"),
        ("12:30-13:10", "answer its replay with"),
        ("3s", "A clip lasts from 5 seconds to 5 minutes."),
        ("1 hour", "A clip lasts from 5 seconds to 5 minutes."),
        ("999999", "A clip lasts from 5 seconds to 5 minutes."),
        (f"30s {'x' * 201}", "201"),
    ],
)
async def test_what_is_no_clip_is_explained(forum: Forum, words: str, refusal: str) -> None:
    await a_talk(forum, RoomState.LIVE)
    assert refusal in (await forum.ask(forum.ada, f"/clip {words}")).text
    assert forum.tapes.clips == []


async def test_where_nothing_is_recorded_there_is_nothing_to_clip(forum: Forum) -> None:
    assert "Nothing is recorded there." in (await forum.ask(forum.ada, "/clip 30s")).text


async def test_who_only_listens_may_not(forum: Forum) -> None:
    await a_talk(forum, RoomState.LIVE)
    await forum.ask(forum.chiara, "/clip 30s")
    assert forum.tapes.clips == []


async def test_a_clip_is_posted_with_its_title_and_when_it_was_and_noted_once(
    desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "0-1500.ogg"
    file.write_bytes(b"OggS a clip")
    clip = Clip(file, 30 * SECOND, "A <fine> answer", NOON + HOUR)
    letter = await desk.write(NoticeKind.CLIP, clip.as_text())
    desk.store.is_broken = True
    with pytest.raises(OSError, match="disk"):
        await desk.carry(letter)
    desk.store.is_broken = False
    await desk.carry(letter)
    [sent] = desk.telegram.fields("sendAudio")
    assert (sent["audio"], sent["title"], sent["performer"]) == (
        b"OggS a clip", "A <fine> answer", "Careers after 40",
    )  # fmt: skip
    assert sent["caption"] == (
        "✂️ <b>A &lt;fine&gt; answer</b>\nCareers after 40\nTuesday 24 November 2026, 13:59 · 30 seconds"
    )
    [post] = desk.store.records.posts.rows.values()
    assert (post.place, post.message, post.edition) == (-1, 101, 0)
    await desk.deliver(NoticeKind.CLIP, replace(clip, title="", at=750 * SECOND).as_text())
    assert [post.place for post in desk.store.records.posts.rows.values()] == [-1, -2]
    assert desk.telegram.fields("sendAudio")[-1]["caption"] == (
        "✂️ <b>Careers after 40</b>\n12:30\u201313:00 · 30 seconds"
    )


async def test_a_clip_that_was_deleted_meanwhile_is_not_posted(desk: Desk, tmp_path: Path) -> None:
    clip = Clip(tmp_path / "gone.ogg", 30 * SECOND, "", NOON)
    await desk.deliver(NoticeKind.CLIP, clip.as_text())
    assert desk.telegram.fields("sendAudio") == []
    assert desk.waiting == []
    assert HEAD not in {post.place for post in desk.store.records.posts.rows.values()}


def _is_a_sound(message: Message) -> bool:
    return message.media is not None and message.media.kind == "audio"
