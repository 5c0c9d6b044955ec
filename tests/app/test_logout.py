"""Logging out ends the session at Telegram, and forgets it here only then, or when it is asked to."""

from pathlib import Path

import pytest

from app.logout import log_out
from app.supervision import CannotRun
from tests.app.sessions import a_session
from voice.accounts.arrivals import GateRefused
from voice.accounts.session_keys import KeyFile
from voice.accounts.sessions import Sessions


@pytest.fixture
def sessions(tmp_path: Path) -> Sessions:
    sessions = Sessions(tmp_path / "accounts", KeyFile(tmp_path / "session.key"))
    sessions.write("relay", a_session())
    return sessions


class Telegram:
    """Ends sessions, or answers with an error."""

    def __init__(self, answer: bool | Exception) -> None:
        self._answer = answer
        self.ended: list[str] = []

    async def end(self, session: str) -> bool:
        if isinstance(self._answer, Exception):
            raise self._answer
        self.ended.append(session)
        return self._answer


@pytest.mark.parametrize(
    ("was_open", "said"), [(True, "has ended at Telegram"), (False, "had ended at Telegram already")]
)
async def test_a_session_ends_at_telegram_and_is_forgotten(
    sessions: Sessions, was_open: bool, said: str
) -> None:
    telegram = Telegram(was_open)
    assert said in await log_out(sessions, "relay", telegram.end, is_local=False)
    assert telegram.ended == [a_session()]
    assert sessions.names() == []


@pytest.mark.parametrize("name", ["UNREACHABLE", "FLOOD_WAIT_60"])
async def test_a_session_that_telegram_did_not_end_stays(sessions: Sessions, name: str) -> None:
    with pytest.raises(CannotRun, match=rf"\({name}\), so relay stays.*`loggione logout relay --local`"):
        await log_out(sessions, "relay", Telegram(GateRefused(name)).end, is_local=False)
    assert sessions.names() == ["relay"]


async def test_an_account_can_be_forgotten_here_alone(sessions: Sessions) -> None:
    telegram = Telegram(True)
    assert "Settings, Devices" in await log_out(sessions, "relay", telegram.end, is_local=True)
    assert (telegram.ended, sessions.names()) == ([], [])


async def test_a_session_that_does_not_open_can_be_forgotten(sessions: Sessions) -> None:
    Path(sessions.key.source).unlink()
    said = await log_out(sessions, "relay", Telegram(True).end, is_local=False)
    assert "could not be opened" in said
    assert "Settings, Devices" in said
    assert sessions.names() == []


async def test_a_session_that_opens_once_the_key_is_mended_stays(sessions: Sessions) -> None:
    telegram, key = Telegram(True), Path(sessions.key.source)
    key.chmod(0o640)
    with pytest.raises(CannotRun, match=f"run `chmod 600 {key}`"):
        await log_out(sessions, "relay", telegram.end, is_local=False)
    assert (telegram.ended, sessions.names()) == ([], ["relay"])
    await log_out(sessions, "relay", telegram.end, is_local=True)
    assert (telegram.ended, sessions.names()) == ([], [])


@pytest.mark.parametrize("key", [b"", b"hunter2"])
async def test_a_session_whose_key_is_lost_can_be_forgotten(sessions: Sessions, key: bytes) -> None:
    Path(sessions.key.source).write_bytes(key)
    assert "could not be opened" in await log_out(sessions, "relay", Telegram(True).end, is_local=False)
    assert sessions.names() == []


async def test_an_unknown_account_is_refused(sessions: Sessions) -> None:
    with pytest.raises(CannotRun, match="'second': there is relay"):
        await log_out(sessions, "second", Telegram(True).end, is_local=False)
