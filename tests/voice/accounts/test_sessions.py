"""Sessions rest encrypted, open by their own name and key alone, and are written whole."""

import base64
import os
import stat
from pathlib import Path

import pytest

from tests.app.sessions import a_session
from voice.accounts.session_keys import GivenKey, KeyFile, SessionsRefused
from voice.accounts.sessions import Sessions, is_name, person_of

SESSION = a_session(person=4711)
KEY = GivenKey(base64.b64encode(bytes(range(32))).decode())
ANOTHER = GivenKey(base64.b64encode(bytes(range(1, 33))).decode())


@pytest.fixture
def sessions(tmp_path: Path) -> Sessions:
    return Sessions(tmp_path / "accounts", KEY)


def file_of(sessions: Sessions, name: str = "relay") -> Path:
    return sessions.folder / f"{name}.session"


def test_what_was_kept_is_read_again(sessions: Sessions) -> None:
    sessions.write("relay", SESSION)
    assert sessions.read("relay") == SESSION


def test_nothing_of_a_session_can_be_read_in_its_file(sessions: Sessions) -> None:
    sessions.write("relay", SESSION)
    kept = file_of(sessions).read_bytes()
    raw = base64.urlsafe_b64decode(SESSION + "=" * (-len(SESSION) % 4))
    for secret in (SESSION.encode(), SESSION[:40].encode(), raw[-20:], KEY.secret(), KEY.text.encode()):
        assert secret not in kept
    assert stat.S_IMODE(file_of(sessions).stat().st_mode) == 0o600


def test_the_same_session_is_never_locked_twice_alike(sessions: Sessions) -> None:
    sessions.write("relay", SESSION)
    once = file_of(sessions).read_bytes()
    sessions.write("relay", SESSION)
    assert file_of(sessions).read_bytes()[12:] != once[12:]


def test_neither_key_nor_session_shows_in_the_store_s_text(sessions: Sessions) -> None:
    sessions.write("relay", SESSION)
    assert KEY.text not in repr(sessions)
    assert SESSION not in repr(sessions)


def test_another_key_is_told_from_damage(sessions: Sessions) -> None:
    sessions.write("relay", SESSION)
    with pytest.raises(SessionsRefused, match="locked with another key than LOGGIONE_SESSION_KEY"):
        Sessions(sessions.folder, ANOTHER).read("relay")


def test_every_damaged_byte_is_noticed(sessions: Sessions) -> None:
    sessions.write("relay", SESSION)
    whole = file_of(sessions).read_bytes()
    for place in range(0, len(whole), 7):
        file_of(sessions).write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(SessionsRefused, match=r"relay\.session (is damaged|was locked)"):
            sessions.read("relay")


@pytest.mark.parametrize("length", [0, 3, 4, 23, 24, 25, 100])
def test_a_file_that_was_cut_off_is_damaged(sessions: Sessions, length: int) -> None:
    sessions.write("relay", SESSION)
    file_of(sessions).write_bytes(file_of(sessions).read_bytes()[:length])
    with pytest.raises(SessionsRefused, match=r"is damaged.*or run `loggione logout relay`"):
        sessions.read("relay")


def test_a_file_under_another_account_s_name_does_not_open(sessions: Sessions) -> None:
    sessions.write("relay", SESSION)
    file_of(sessions).rename(file_of(sessions, "second"))
    with pytest.raises(SessionsRefused, match="belongs to an account of another name"):
        sessions.read("second")


def test_what_opens_and_is_no_session_is_damaged(sessions: Sessions) -> None:
    sessions.write("relay", "no session at all")
    with pytest.raises(SessionsRefused, match="is damaged"):
        sessions.read("relay")


def test_names_are_sorted_and_need_no_key(tmp_path: Path) -> None:
    folder = tmp_path / "accounts"
    assert Sessions(folder, KEY).names() == []
    for name in ("second", "relay"):
        Sessions(folder, KEY).write(name, SESSION)
    for stranger in (".abc.new", "README", "UPPER.session", ".session"):
        (folder / stranger).write_text("")
    assert Sessions(folder, KeyFile(tmp_path / "gone")).names() == ["relay", "second"]


@pytest.mark.parametrize("name", ["", "..", "../x", "a/b", "Relay", "è", "-a", "a" * 33, "a\n", "a.b", "a b"])
def test_what_is_no_name_leads_to_no_file(sessions: Sessions, name: str) -> None:
    assert not is_name(name)
    for use in (
        sessions.read,
        sessions.remove,
        sessions.demand_new,
        lambda name: sessions.write(name, SESSION),
    ):
        with pytest.raises(SessionsRefused, match="cannot name a relay account"):
            use(name)


def test_an_unknown_account_is_told_with_those_there_are(sessions: Sessions) -> None:
    with pytest.raises(SessionsRefused, match="run `loggione login --name relay`"):
        sessions.read("relay")
    sessions.write("first", SESSION)
    with pytest.raises(SessionsRefused, match="'relay': there is first"):
        sessions.read("relay")


def test_an_account_that_was_removed_is_gone(sessions: Sessions) -> None:
    sessions.write("relay", SESSION)
    with pytest.raises(SessionsRefused, match="'relay' is logged in already"):
        sessions.demand_new("relay")
    sessions.demand_old("relay")
    sessions.remove("relay")
    sessions.remove("relay")
    assert list(sessions.folder.iterdir()) == []
    sessions.demand_new("relay")


def test_the_first_account_makes_the_key_and_no_later_one(tmp_path: Path) -> None:
    sessions = Sessions(tmp_path / "accounts", KeyFile(tmp_path / "session.key"))
    sessions.check()
    assert not (tmp_path / "session.key").exists()
    sessions.write("relay", SESSION)
    key = (tmp_path / "session.key").read_bytes()
    sessions.write("second", SESSION)
    assert (tmp_path / "session.key").read_bytes() == key
    (tmp_path / "session.key").unlink()
    for attempt in (sessions.check, lambda: sessions.write("third", SESSION)):
        with pytest.raises(SessionsRefused, match="is gone"):
            attempt()
    assert sessions.names() == ["relay", "second"]


def test_a_folder_that_takes_no_file_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "accounts").write_text("")
    with pytest.raises(SessionsRefused, match="cannot be"):
        Sessions(tmp_path / "accounts", KEY).write("relay", SESSION)


def test_what_others_may_not_read_is_a_sentence(sessions: Sessions) -> None:
    if os.geteuid() == 0:
        file_of(sessions).mkdir(parents=True)
    else:
        sessions.write("relay", SESSION)
        file_of(sessions).chmod(0)
    with pytest.raises(SessionsRefused, match=r"relay\.session cannot be read"):
        sessions.read("relay")


def test_a_pipe_in_a_session_s_place_is_not_waited_for(sessions: Sessions) -> None:
    sessions.folder.mkdir()
    os.mkfifo(file_of(sessions))
    with pytest.raises(SessionsRefused, match=r"relay\.session cannot be read \(it is no regular file\)"):
        sessions.read("relay")


def test_the_person_of_a_session_is_known() -> None:
    assert person_of(SESSION) == 4711


@pytest.mark.parametrize(
    "text", ["", "hunter2", "A" * 362, a_session(centre=9), a_session(person=0), a_session(is_bot=True), "è"]
)
def test_what_is_no_session_of_an_account_has_no_person(text: str) -> None:
    with pytest.raises(ValueError, match=r"not an account's|of another shape|ASCII"):
        person_of(text)
