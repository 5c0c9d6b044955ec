"""What kurigram does not list leaves nothing on disk."""

from pathlib import Path

import pytest
from pyrogram import raw
from pyrogram.errors import BadRequest, RPCError

from tests.app.sessions import a_session
from voice.telegram.account import make_client

UNLISTED = raw.types.RpcError(error_code=400, error_message="SOMETHING_NEW")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where we run, with a client of a real account."""
    make_client(1, "0" * 32, a_session())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_an_unlisted_error_is_noted_nowhere(folder: Path) -> None:
    with pytest.raises(BadRequest, match="SOMETHING_NEW"):
        RPCError.raise_it(UNLISTED, raw.functions.auth.SendCode)
    assert list(folder.iterdir()) == []


def test_where_no_file_can_be_the_error_itself_is_raised(folder: Path) -> None:
    folder.rmdir()
    with pytest.raises(BadRequest, match="SOMETHING_NEW"):
        RPCError.raise_it(UNLISTED, raw.functions.auth.SendCode)
