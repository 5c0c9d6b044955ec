"""Files: what bots uploaded, found again by id, and by path once getFile has told it."""

import mimetypes
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePath

from sandbox.bot_api.parameters import Upload
from sandbox.bot_api.refusals import bad_request
from sandbox.world.entities import StoredFile
from sandbox.world.messages import Messages

DOWNLOAD_LIMIT = 20 * 1024 * 1024
"""Bytes of the largest file that getFile offers."""

_PREFIXES = {"photo": "AgAC", "document": "BQAC", "audio": "CQAC", "voice": "AwAC"}
_TYPES = {"photo": "Photo", "document": "Document", "audio": "Audio", "voice": "VoiceNote"}
_FOLDERS = {"photo": "photos", "document": "documents", "audio": "music", "voice": "voice"}
_SUFFIXES = {"image/jpeg": ".jpg", "audio/ogg": ".oga", "audio/mpeg": ".mp3", "audio/mp4": ".m4a"}

_UNKNOWN = "application/octet-stream"
_PLAIN_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,10}", re.ASCII)


@dataclass(slots=True)
class Files:
    """The world's files as the Bot API hands them out. As in Telegram, an id tells its file's kind."""

    messages: Messages
    _paths: dict[str, str] = field(default_factory=dict)
    _ids: dict[str, str] = field(default_factory=dict)

    def keep(self, kind: str, upload: Upload) -> StoredFile:
        """Put an upload into the world; raises `ApiError` for an empty one."""
        return self.messages.keep(make_file(kind, upload))

    def find(self, file_id: str, kind: str | None = None) -> StoredFile:
        """A file by its id; raises `ApiError` when there is none, or when it is of another kind."""
        file = self.messages.files.get(file_id)
        if file is None:
            raise bad_request(
                "invalid file_id" if kind is None else "wrong file identifier/HTTP URL specified"
            )
        actual = _kind_of(file)
        if kind is not None and actual != kind:
            raise bad_request(f"can't use file of type {_TYPES[actual]} as {_TYPES[kind]}")
        return file

    def path(self, file: StoredFile) -> str:
        """Where a file can be downloaded from now on; raises `ApiError` for one that is too big."""
        if len(file.content) > DOWNLOAD_LIMIT:
            raise bad_request("file is too big")
        if file.file_id not in self._paths:
            path = f"{_FOLDERS[_kind_of(file)]}/file_{len(self._paths)}{_suffix_of(file)}"
            self._paths[file.file_id], self._ids[path] = path, file.file_id
        return self._paths[file.file_id]

    def at(self, path: str) -> StoredFile | None:
        """The file that getFile said is at a path."""
        return self.messages.files.get(self._ids.get(path, ""))


def make_file(kind: str, upload: Upload) -> StoredFile:
    """A file that is not in the world yet; raises `ApiError` for an empty upload."""
    if not upload.content:
        raise bad_request("file must be non-empty")
    return StoredFile(*_new_ids(kind), upload.content, upload.name, _type_of(kind, upload))


def make_copy(make: Callable[[], bytes]) -> StoredFile:
    """A smaller copy of a photo, a JPEG that is made when somebody wants it."""
    return StoredFile(*_new_ids("photo"), make, mime_type="image/jpeg")


def _new_ids(kind: str) -> tuple[str, str]:
    return _PREFIXES[kind] + secrets.token_urlsafe(36), secrets.token_urlsafe(11)


def _type_of(kind: str, upload: Upload) -> str:
    """What the uploader says it is, or else what its name says; a voice is Opus in Ogg."""
    if upload.mime_type not in ("", _UNKNOWN):
        return upload.mime_type
    guessed, _ = mimetypes.guess_type(upload.name)
    return guessed or ("audio/ogg" if kind == "voice" else _UNKNOWN)


def _kind_of(file: StoredFile) -> str:
    for kind, prefix in _PREFIXES.items():
        if file.file_id.startswith(prefix):
            return kind
    if file.mime_type.startswith("image/"):
        return "photo"
    if file.mime_type == "audio/ogg":
        return "voice"
    return "audio" if file.mime_type.startswith("audio/") else "document"


def _suffix_of(file: StoredFile) -> str:
    suffix = PurePath(file.name).suffix
    if _PLAIN_SUFFIX.fullmatch(suffix):
        return suffix
    return _SUFFIXES.get(file.mime_type) or mimetypes.guess_extension(file.mime_type) or ""
