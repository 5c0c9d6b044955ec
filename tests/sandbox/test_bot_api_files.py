"""Files: kept by id, told apart by kind, found by path once getFile told it."""

import pytest

from sandbox.bot_api.files import Files
from sandbox.bot_api.parameters import Upload
from sandbox.world.entities import StoredFile
from sandbox.world.errors import ApiError
from sandbox.world.world import World


@pytest.fixture
def files() -> Files:
    return Files(World().messages)


def upload(name: str = "a.txt", mime_type: str = "text/plain", content: bytes = b"a") -> Upload:
    return Upload(name, mime_type, content)


@pytest.mark.parametrize(("kind", "prefix"), [("photo", "AgAC"), ("document", "BQAC"), ("voice", "AwAC")])
def test_an_id_tells_the_kind(files: Files, kind: str, prefix: str) -> None:
    assert files.keep(kind, upload()).file_id.startswith(prefix)


def test_equal_contents_are_different_files(files: Files) -> None:
    one, other = files.keep("document", upload()), files.keep("document", upload())
    assert one.file_id != other.file_id
    assert one.unique_id != other.unique_id


def test_a_file_is_used_again_as_what_it_is(files: Files) -> None:
    photo = files.keep("photo", upload())
    assert files.find(photo.file_id, "photo") is photo
    with pytest.raises(ApiError, match="Bad Request: can't use file of type Photo as VoiceNote"):
        files.find(photo.file_id, "voice")


def test_there_is_nothing_behind_an_id_that_was_made_up(files: Files) -> None:
    with pytest.raises(ApiError, match="Bad Request: invalid file_id"):
        files.find("nothing")
    with pytest.raises(ApiError, match="Bad Request: wrong file identifier/HTTP URL specified"):
        files.find("nothing", "photo")


def test_nothing_is_no_file(files: Files) -> None:
    with pytest.raises(ApiError, match="Bad Request: file must be non-empty"):
        files.keep("photo", upload(content=b""))


@pytest.mark.parametrize(
    ("kind", "name", "mime_type", "path"),
    [
        ("photo", "", "image/png", "photos/file_0.png"),
        ("photo", "", "image/jpeg", "photos/file_0.jpg"),
        ("document", "my notes.txt", "text/plain", "documents/file_0.txt"),
        ("document", "a.b c?x=../..", "application/x-unheard", "documents/file_0"),
        ("audio", "talk.ogg", "audio/ogg", "music/file_0.ogg"),
        ("voice", "", "audio/ogg", "voice/file_0.oga"),
    ],
)
def test_a_path_shows_what_it_is(files: Files, kind: str, name: str, mime_type: str, path: str) -> None:
    file = files.keep(kind, upload(name, mime_type))
    assert files.path(file) == files.path(file) == path
    assert files.at(path) is file


@pytest.mark.parametrize(
    ("kind", "name", "mime_type", "kept"),
    [
        ("document", "a.txt", "text/csv", "text/csv"),
        ("document", "a.txt", "", "text/plain"),
        ("audio", "a.mp3", "application/octet-stream", "audio/mpeg"),
        ("voice", "", "application/octet-stream", "audio/ogg"),
        ("document", "a", "application/octet-stream", "application/octet-stream"),
    ],
)
def test_a_type_is_told_or_guessed(files: Files, kind: str, name: str, mime_type: str, kept: str) -> None:
    assert files.keep(kind, upload(name, mime_type)).mime_type == kept


def test_paths_are_known_only_when_told(files: Files) -> None:
    files.keep("document", upload())
    assert files.at("documents/file_0.txt") is None


def test_a_file_that_people_sent_is_found_as_well(files: Files) -> None:
    voice = files.messages.keep(StoredFile("v1", "u1", b"opus", "", "audio/ogg"))
    assert files.find("v1", "voice") is voice
    assert files.path(voice) == "voice/file_0.oga"


def test_what_is_too_big_is_not_offered(files: Files) -> None:
    file = files.keep("document", upload(content=bytes((20 << 20) + 1)))
    with pytest.raises(ApiError, match="Bad Request: file is too big"):
        files.path(file)
