"""Notes: which calls are to be ended with a room survives whatever happens."""

from pathlib import Path
from typing import Any

from pyrogram import raw

from rooms.ids import ChatId
from voice.house.notes import Note, read_notes, tear_up, write_note
from voice.telegram.calls import ListedCall

CHAT, EAST = ChatId(-1001), ChatId(-1002)


def call(chat: ChatId, number: int) -> ListedCall:
    handle: Any = raw.types.InputGroupCall(id=number, access_hash=0)
    return ListedCall(chat, handle, "Talk")


def test_nothing_is_noted_where_nothing_is(tmp_path: Path) -> None:
    assert read_notes(tmp_path / "7") == []


def test_the_bridged_calls_are_ended_before_the_room_s_own(tmp_path: Path) -> None:
    write_note(tmp_path / "7", call(CHAT, 1), is_bridged=False)
    write_note(tmp_path / "7", call(EAST, 2), is_bridged=True)
    assert read_notes(tmp_path / "7") == [Note(EAST, 2), Note(CHAT, 1)]


def test_a_call_that_takes_another_s_place_is_noted_in_its_place(tmp_path: Path) -> None:
    write_note(tmp_path, call(CHAT, 1), is_bridged=False)
    write_note(tmp_path, call(CHAT, 3), is_bridged=False)
    assert read_notes(tmp_path) == [Note(CHAT, 3)]


def test_the_last_note_takes_an_empty_folder_with_it(tmp_path: Path) -> None:
    folder = tmp_path / "7"
    for note, is_bridged in ((call(CHAT, 1), False), (call(EAST, 2), True)):
        write_note(folder, note, is_bridged=is_bridged)
    tear_up(folder, Note(CHAT, 1))
    assert read_notes(folder) == [Note(EAST, 2)]
    tear_up(folder, Note(EAST, 2))
    assert not folder.exists()


def test_a_recording_stays(tmp_path: Path) -> None:
    folder = tmp_path / "7"
    write_note(folder, call(CHAT, 1), is_bridged=False)
    (folder / "001.ogg").write_bytes(b"OggS")
    tear_up(folder, Note(CHAT, 1))
    assert (folder / "001.ogg").exists()
