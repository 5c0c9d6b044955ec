"""/recordings: what is kept, until when, and a way for admins to delete it before."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from rooms.ids import ChatId
from rooms.jobs import JobKind
from rooms.recordings import Recording
from rooms.room import Room, RoomState
from sandbox.world.entities import Membership
from tests.bot.forum import Forum, labels
from tests.fakes.talks import HOUR


@pytest.fixture
async def forum() -> AsyncIterator[Forum]:
    forum = Forum()
    async with forum.open():
        yield forum


async def a_recording(forum: Forum, *, is_for_ever: bool = True) -> Room:
    room = replace(await forum.schedule(), state=RoomState.ENDED)
    erase_at = None if is_for_ever else room.plan.ends_at + timedelta(days=7)
    async with forum.store.writing() as records:
        await records.rooms.save(room)
        recording = Recording(room.id, Path("talk.ogg"), HOUR, erase_at=erase_at, edition=1)
        await records.recordings.save(recording)
    return room


def is_due_to_go(forum: Forum, room: Room) -> bool:
    rows = forum.store.records.jobs.rows
    return any(row.room == room.id and row.what[1] is JobKind.ERASE for row in rows)  # type: ignore[index]


async def test_everybody_sees_what_is_kept_and_admins_get_buttons(forum: Forum) -> None:
    assert (await forum.ask(forum.chiara, "/recordings")).text == "No recording is kept."
    await a_recording(forum, is_for_ever=False)
    shown = await forum.ask(forum.chiara, "/recordings")
    assert shown.text == (
        "Recordings\n\nCareers after 40\nWednesday 25 November 2026, 18:30 · 1 hour\n"
        "kept until Wednesday 2 December 2026, 19:15"
    )
    assert labels(shown) == []
    shown = await forum.ask(forum.ada, "/recordings")
    assert labels(shown) == ["🗑 Careers after 40, 25 Nov"]


async def test_an_admin_deletes_a_recording_once_that_is_meant_for_sure(forum: Forum) -> None:
    room = await a_recording(forum)
    shown = await forum.ask(forum.ada, "/recordings")
    assert "kept until an admin deletes it" in shown.text
    await forum.tap(forum.ada, shown, "🗑 Careers after 40")
    asked = forum.group.messages[shown.id]
    assert asked.text.startswith("Delete the recording of Careers after 40 now")
    await forum.tap(forum.ada, asked, "← Back")
    await forum.tap(forum.ada, forum.group.messages[shown.id], "🗑 Careers after 40")
    assert not is_due_to_go(forum, room)
    await forum.tap(forum.ada, forum.group.messages[shown.id], "Yes, delete it")
    assert forum.group.messages[shown.id].text == "🗑 The recording of Careers after 40 is being deleted."
    assert is_due_to_go(forum, room)


async def test_rights_are_looked_at_with_every_tap(forum: Forum) -> None:
    room = await a_recording(forum)
    shown = await forum.ask(forum.bruno, "/recordings")
    await forum.tap(forum.chiara, shown, "🗑 Careers after 40")
    assert forum.group.messages[shown.id].text == shown.text
    await forum.tap(forum.bruno, shown, "🗑 Careers after 40")
    forum.group.members[forum.bruno] = Membership(forum.bruno)
    await forum.tap(forum.bruno, forum.group.messages[shown.id], "Yes, delete it")
    assert not is_due_to_go(forum, room)


async def test_what_was_deleted_by_somebody_else_is_a_sentence(forum: Forum) -> None:
    room = await a_recording(forum)
    shown = await forum.ask(forum.ada, "/recordings")
    await forum.tap(forum.ada, shown, "🗑 Careers after 40")
    async with forum.store.writing() as records:
        await records.recordings.remove(room.id)
    told = await forum.tap(forum.ada, forum.group.messages[shown.id], "Yes, delete it")
    assert "Nothing is recorded there." in told.text
    assert ChatId(forum.group.id) == room.plan.chat
