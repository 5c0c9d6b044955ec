"""The relay process finds its account by name; what will never open is told once, when it is its turn."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from app.settings import PREFIX
from tests.app.sessions import a_session
from voice.accounts.session_keys import KeyFile
from voice.accounts.sessions import Sessions
from voice.errors import AccountRefused
from voice.pool.relay import Relay


def environment(data: Path) -> dict[str, str]:
    bare = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    ours = {"LOGGIONE_DATA": str(data), "LOGGIONE_API_ID": "7", "LOGGIONE_API_HASH": "0" * 32}
    return {**bare, **ours}


def sessions_in(data: Path) -> Sessions:
    return Sessions(data / "accounts", KeyFile(data / "session.key"))


@pytest.mark.parametrize("account", ["relay", "second"])
async def test_an_account_whose_session_does_not_open_ends_the_relay_with_the_reason(
    tmp_path: Path, account: str
) -> None:
    sessions_in(tmp_path).write("relay", a_session())
    (tmp_path / "session.key").chmod(0o644)
    expected = "chmod 600" if account == "relay" else "'second': there is relay"
    relay = Relay([sys.executable, "-m", "app.relay_process", "--account", account], environment(tmp_path))
    with pytest.raises(AccountRefused, match=expected):
        await relay.run()


def test_a_process_that_never_got_its_turn_ends_with_its_parent(tmp_path: Path) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", "app.relay_process", str(theirs.fileno())],
            env=environment(tmp_path),
            pass_fds=[theirs.fileno()],
            stderr=subprocess.PIPE,
        )
        theirs.close()
        ours.close()
        _, said = process.communicate(timeout=60)
    assert process.returncode == 0
    assert said == b""


def test_what_it_starts_inherits_no_secret(tmp_path: Path) -> None:
    """Such as the program that speaks."""
    asked = "import os, sys, app.relay_process as it; it.main(sys.argv[1:]); print(*os.environ)"
    ours, theirs = socket.socketpair()
    with ours, theirs:
        process = subprocess.Popen(
            [sys.executable, "-c", asked, str(theirs.fileno())],
            env=environment(tmp_path),
            pass_fds=[theirs.fileno()],
            stdout=subprocess.PIPE,
        )
        theirs.close()
        ours.close()
        inherited, _ = process.communicate(timeout=60)
    assert b"PATH" in inherited
    assert PREFIX.encode() not in inherited


@pytest.mark.parametrize("words", [[], ["--account"], ["three"]])
def test_arguments_that_are_none_are_refused(tmp_path: Path, words: list[str]) -> None:
    command = [sys.executable, "-m", "app.relay_process", *words]
    ended = subprocess.run(command, env=environment(tmp_path), capture_output=True, timeout=60)
    assert ended.returncode == 2
    assert b"Traceback" not in ended.stderr
