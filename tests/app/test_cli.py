"""The command line says in a sentence what is wrong and what to write, and never shows a traceback."""

import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from app.cli import CANNOT_RUN
from app.settings import PREFIX, Settings
from tests.app.sessions import a_session

TOKEN = "123456789:AAE-abcdefghijklmnopqrstuvwxyz"
HASH = "0123456789abcdef0123456789abcdef"
SESSION = a_session()
ACCOUNT = {
    "LOGGIONE_BOT_TOKEN": TOKEN,
    "LOGGIONE_API_ID": "7",
    "LOGGIONE_API_HASH": HASH,
    "LOGGIONE_RELAY_SESSION": SESSION,
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


def loggione(home: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command in an empty folder, with nothing set but this."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    command = [sys.executable, "-m", "app", *words]
    environment: Mapping[str, str] = {**bare, **settings}
    return subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True, timeout=60)


def complaint(home: Path, *words: str, **settings: str) -> str:
    """What a command says that cannot run."""
    ended = loggione(home, *words, **settings)
    assert ended.returncode == CANNOT_RUN
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""
    return ended.stderr


def test_help_names_every_command(home: Path) -> None:
    said = loggione(home, "--help")
    assert said.returncode == 0
    for command in ("run", "demo", "settings"):
        assert command in said.stdout


def test_no_command_at_all_is_answered_with_help(home: Path) -> None:
    assert "Usage" in (said := loggione(home)).stdout + said.stderr


def test_an_unknown_command_is_named(home: Path) -> None:
    assert "No such command 'perform'" in complaint(home, "perform")


def test_every_setting_is_shown_with_what_to_write(home: Path) -> None:
    said = loggione(home, "settings", LOGGIONE_OPEN_EARLY="90", **ACCOUNT)
    assert said.returncode == 0
    for field, setting in Settings.model_fields.items():
        assert f"{Settings.variable(field)}=" in said.stdout
        assert str(setting.description) in said.stdout
    assert "LOGGIONE_OPEN_EARLY=90\n" in said.stdout


def test_secrets_are_hidden_wherever_they_are_set(home: Path) -> None:
    (home / ".env").write_text(f"LOGGIONE_API_HASH={HASH}\n")
    said = loggione(home, "settings", LOGGIONE_BOT_TOKEN=TOKEN, LOGGIONE_RELAY_SESSION=SESSION)
    assert said.stdout.count("=**********\n") == 3
    for secret in (TOKEN, HASH, SESSION):
        assert secret not in said.stdout + said.stderr


@pytest.mark.parametrize("command", ["run", "demo", "settings"])
def test_a_wrong_setting_is_refused_by_name_with_what_to_write(home: Path, command: str) -> None:
    said = complaint(home, command, LOGGIONE_ZONE="Rome/Europe", LOGGIONE_WEBPORT="80")
    assert "LOGGIONE_ZONE cannot be 'Rome/Europe': write a time zone" in said
    assert "LOGGIONE_WEBPORT is no setting: did you mean LOGGIONE_WEB_PORT?" in said


def test_a_wrong_secret_is_not_repeated(home: Path) -> None:
    said = complaint(home, "run", LOGGIONE_BOT_TOKEN="hunter2")
    assert said.startswith("LOGGIONE_BOT_TOKEN cannot be used as it is: write the token")
    assert "hunter2" not in said


def test_every_missing_account_is_named_at_once(home: Path) -> None:
    said = complaint(home, "run")
    for name in ACCOUNT:
        assert f"{name} is missing: write " in said
    assert len(said.splitlines()) == len(ACCOUNT)


def test_the_sandbox_wants_no_account_but_the_bot_s(home: Path) -> None:
    said = complaint(home, "run", LOGGIONE_SANDBOX_MTPROTO="socket")
    assert said.startswith("LOGGIONE_BOT_TOKEN is missing")
    assert len(said.splitlines()) == 1


def test_a_taken_port_is_named_with_the_setting_to_change(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert f"Port {port} is taken" in complaint(home, "run", LOGGIONE_WEB_PORT=port, **ACCOUNT)
        assert "by --web-port" in complaint(home, "demo", "--web-port", port)
        assert "by --console-port" in complaint(home, "demo", "--console-port", port, "--web-port", "48080")


@pytest.mark.parametrize("port", ["0", "65536", "-1", "eighty"])
def test_what_is_no_port_is_refused(home: Path, port: str) -> None:
    assert "--web-port" in complaint(home, "demo", f"--web-port={port}")


@pytest.mark.parametrize("host", ["x" * 300, "a..b", "[::1]", "no such host", "192.0.2.77"])
def test_an_address_that_is_none_of_this_machine_s_is_refused(home: Path, host: str) -> None:
    said = complaint(home, "run", LOGGIONE_WEB_HOST=host, **ACCOUNT)
    assert "LOGGIONE_WEB_HOST" in said
    assert len(said) < 200
