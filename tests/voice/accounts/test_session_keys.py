"""The key is made once, kept from others, and never shown."""

import base64
import os
import stat
from pathlib import Path

import pytest

from voice.accounts.session_keys import SIZE, GivenKey, KeyFile, SessionsRefused, read_key

TEXT = base64.b64encode(bytes(range(200, 232))).decode()


def test_a_new_key_is_random_and_its_owners_alone(tmp_path: Path) -> None:
    keys = [KeyFile(tmp_path / name) for name in ("one", "other")]
    for key in keys:
        assert not key.is_there
        key.make()
        assert stat.S_IMODE(key.path.stat().st_mode) == 0o600
        assert len(key.secret()) == SIZE
    assert keys[0].secret() != keys[1].secret()


def test_a_key_that_is_there_is_kept(tmp_path: Path) -> None:
    key = KeyFile(tmp_path / "session.key")
    key.make()
    before = key.secret()
    key.make()
    assert key.secret() == before


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o601])
def test_a_key_that_others_may_read_is_refused_with_the_command_that_mends_it(
    tmp_path: Path, mode: int
) -> None:
    key = KeyFile(tmp_path / "session.key")
    key.make()
    key.path.chmod(mode)
    with pytest.raises(SessionsRefused, match=f"run `chmod 600 {key.path}`"):
        key.secret()
    key.path.chmod(0o600)
    key.secret()


@pytest.mark.parametrize("content", [b"", b"hunter2", b"\xff" * 44, base64.b64encode(bytes(31)), b"A" * 9999])
def test_what_is_no_key_is_refused_without_repeating_it(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "session.key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(SessionsRefused, match="holds no key") as refused:
        KeyFile(path).secret()
    assert "hunter2" not in str(refused.value)


def test_a_key_that_is_gone_is_told_with_both_ways_out(tmp_path: Path) -> None:
    with pytest.raises(
        SessionsRefused, match="is gone: bring it back from a backup, or log every account out"
    ):
        KeyFile(tmp_path / "session.key").secret()


def test_a_key_that_cannot_be_read_or_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "session.key").mkdir()
    with pytest.raises(SessionsRefused, match="cannot be read"):
        KeyFile(tmp_path / "session.key").secret()
    (tmp_path / "file").write_text("")
    with pytest.raises(SessionsRefused, match="cannot be written"):
        KeyFile(tmp_path / "file" / "session.key").make()


def test_a_key_that_is_no_file_is_a_sentence_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "session.key", 0o600)
    with pytest.raises(SessionsRefused, match=r"session\.key cannot be read \(it is no regular file\)"):
        KeyFile(tmp_path / "session.key").secret()


def test_both_alphabets_of_base64_write_the_same_key() -> None:
    secret = bytes([251, 255]) * 16
    assert read_key(base64.b64encode(secret).decode()) == secret
    assert read_key(base64.urlsafe_b64encode(secret).decode() + "\n") == secret


def test_a_given_key_does_not_show(tmp_path: Path) -> None:
    key = GivenKey(TEXT)
    key.make()
    assert (key.is_there, len(key.secret())) == (True, SIZE)
    assert TEXT not in repr(key)
    assert list(tmp_path.iterdir()) == []
