"""The command line says in a sentence what is wrong and what to write, and never shows a traceback."""

import asyncio
import base64
import os
import pty
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import CANNOT_RUN, INTERRUPTED, app
from app.settings import PREFIX, Settings
from tests.app.sessions import a_session
from tests.deadline import DEADLINE
from tests.sandbox.account import RELAY, scene_in
from voice.accounts.session_keys import KeyFile
from voice.accounts.sessions import Sessions

TOKEN = "123456789:AAE-abcdefghijklmnopqrstuvwxyz"
HASH = "0123456789abcdef0123456789abcdef"
KEY = base64.b64encode(bytes(range(32))).decode()
ACCOUNT = {"LOGGIONE_BOT_TOKEN": TOKEN, "LOGGIONE_API_ID": "7", "LOGGIONE_API_HASH": HASH}


@dataclass(frozen=True)
class Ended:
    """A command that ended, and what it said."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Ended]
"""A way to run a command."""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which commands run, with no setting in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in os.environ:
        if name.startswith(PREFIX):
            monkeypatch.delenv(name)
    return tmp_path


def loggione(_home: Path, *words: str, **settings: str) -> Ended:
    """Run a command here, with nothing set but this; a start of the program would take the longest."""
    urgency = os.getpriority(os.PRIO_PROCESS, 0)
    ended = CliRunner().invoke(app, words, env=settings, catch_exceptions=False)
    assert os.getpriority(os.PRIO_PROCESS, 0) == urgency, "what comes first is a matter for the program"
    return Ended(ended.exit_code, ended.stdout, ended.stderr)


def program(home: Path, *words: str, **settings: str) -> Ended:
    """The same by the real program, for commands that run a loop, or come first on this machine."""
    command = [sys.executable, "-m", "app", *words]
    environment = {**os.environ, **settings}
    ended = subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True, timeout=60)
    return Ended(ended.returncode, ended.stdout, ended.stderr)


def complaint(home: Path, *words: str, **settings: str) -> str:
    """What a command says that cannot run."""
    return complaint_of(loggione(home, *words, **settings))


def complaint_of(ended: Ended) -> str:
    assert ended.returncode == CANNOT_RUN
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""
    return ended.stderr


@pytest.mark.parametrize("by", [loggione, program])
def test_help_names_every_command(home: Path, by: Run) -> None:
    said = by(home, "--help")
    assert said.returncode == 0
    for command in ("run", "demo", "settings", "login", "logout", "accounts", "doctor"):
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
    said = loggione(home, "settings", LOGGIONE_BOT_TOKEN=TOKEN, LOGGIONE_SESSION_KEY=KEY)
    assert said.stdout.count("=**********\n") == 3
    for secret in (TOKEN, HASH, KEY):
        assert secret not in said.stdout + said.stderr


@pytest.mark.parametrize(("command", "by"), [("run", loggione), ("demo", program), ("settings", loggione)])
def test_a_wrong_setting_is_refused_by_name_with_what_to_write(home: Path, command: str, by: Run) -> None:
    said = complaint_of(by(home, command, LOGGIONE_ZONE="Rome/Europe", LOGGIONE_WEBPORT="80"))
    assert "LOGGIONE_ZONE cannot be 'Rome/Europe': write a time zone" in said
    assert "LOGGIONE_WEBPORT is no setting: did you mean LOGGIONE_WEB_PORT?" in said


def test_a_wrong_secret_is_not_repeated(home: Path) -> None:
    said = complaint_of(program(home, "run", LOGGIONE_BOT_TOKEN="hunter2"))
    assert said.startswith("LOGGIONE_BOT_TOKEN cannot be used as it is: write the token")
    assert "hunter2" not in said


def test_every_missing_account_is_named_at_once(home: Path) -> None:
    said = complaint(home, "run")
    for name in ACCOUNT:
        assert f"{name} is missing: write " in said
    assert said.splitlines()[-1] == "No relay account is logged in here: run `loggione login`."
    assert len(said.splitlines()) == len(ACCOUNT) + 1


def test_the_sandbox_wants_no_account_but_the_bot_s(home: Path) -> None:
    said = complaint(home, "run", LOGGIONE_SANDBOX_MTPROTO="socket")
    assert said.startswith("LOGGIONE_BOT_TOKEN is missing")
    assert len(said.splitlines()) == 1


def sessions_in(home: Path) -> Sessions:
    return Sessions(home / "var" / "accounts", KeyFile(home / "var" / "session.key"))


@pytest.fixture
def logged_in(home: Path) -> Path:
    sessions_in(home).write("relay", a_session())
    return home


def test_a_key_that_others_may_read_keeps_the_house_closed(logged_in: Path) -> None:
    (logged_in / "var" / "session.key").chmod(0o644)
    assert "run `chmod 600 var/session.key`" in complaint(logged_in, "run", **ACCOUNT)


def test_another_key_keeps_the_house_closed(logged_in: Path) -> None:
    said = complaint(logged_in, "run", LOGGIONE_SESSION_KEY=KEY, **ACCOUNT)
    assert "was locked with another key than LOGGIONE_SESSION_KEY" in said


def test_accounts_are_listed_by_their_names_alone(logged_in: Path) -> None:
    sessions_in(logged_in).write("second", a_session(person=5))
    said = loggione(logged_in, "accounts")
    assert (said.returncode, said.stdout, said.stderr) == (0, "relay\nsecond\n", "")


def test_where_nobody_is_logged_in_the_list_is_empty(home: Path) -> None:
    said = loggione(home, "accounts")
    assert (said.returncode, said.stdout) == (0, "")
    assert "run `loggione login`" in said.stderr


def test_an_account_is_forgotten_here_without_any_setting(logged_in: Path) -> None:
    said = loggione(logged_in, "logout", "relay", "--local")
    assert (said.returncode, said.stderr) == (0, "")
    assert "Settings, Devices" in said.stdout
    assert sessions_in(logged_in).names() == []
    assert "No relay account is called 'relay'" in complaint(logged_in, "logout", "relay")


def test_logging_in_wants_an_application_first(home: Path) -> None:
    said = complaint(home, "login")
    assert "LOGGIONE_API_ID is missing" in said
    assert "LOGGIONE_API_HASH is missing" in said


@pytest.mark.parametrize("name", ["../x", "Relay", "a b", ""])
def test_what_cannot_name_an_account_is_refused_before_anything_is_asked(home: Path, name: str) -> None:
    sandbox = {"LOGGIONE_SANDBOX_MTPROTO": str(home / "socket")}
    assert "cannot name a relay account" in complaint(home, "login", "--name", name, **sandbox)


async def test_logging_in_on_a_terminal_keeps_a_session_and_shows_no_secret(tmp_path: Path) -> None:
    async with scene_in(tmp_path) as scene:
        scene.world.society.people[RELAY].password = "hunter2"
        answers = [("phone number", f"+99966 {RELAY:05}"), ("The code", "12345"), ("Its password", "hunter2")]
        status, said = await asyncio.to_thread(on_terminal, tmp_path, scene.socket, answers)
    assert status == 0
    assert "Logged in: Relay, called 'relay' here." in said
    assert "hunter2" not in said
    assert sessions_in(tmp_path).names() == ["relay"]
    assert sessions_in(tmp_path).read("relay") not in said


async def test_an_interrupted_login_leaves_nothing_behind(tmp_path: Path) -> None:
    async with scene_in(tmp_path) as scene:
        answers = [("phone number", f"+99966 {RELAY:05}"), ("The code", "\x03")]
        status, said = await asyncio.to_thread(on_terminal, tmp_path, scene.socket, answers)
    assert status == INTERRUPTED
    assert "Traceback" not in said
    assert not (tmp_path / "var").exists()


def on_terminal(home: Path, socket: Path, answers: Sequence[tuple[str, str]]) -> tuple[int, str]:
    """Log in at a terminal of its own, answering each question; the exit status, and all that was shown."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    pid, master = pty.fork()
    if pid == 0:
        os.chdir(home)
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # tests that run in the background hear no Ctrl-C
        environment = {**bare, "LOGGIONE_SANDBOX_MTPROTO": str(socket)}
        os.execve(sys.executable, [sys.executable, "-m", "app", "login"], environment)  # noqa: S606
    try:
        shown = _conversation(master, answers)
    except BaseException:
        os.kill(pid, signal.SIGKILL)
        raise
    finally:
        _, status = os.waitpid(pid, 0)
        os.close(master)
    return os.waitstatus_to_exitcode(status), shown.decode()


def _conversation(master: int, answers: Sequence[tuple[str, str]]) -> bytes:
    """All that was shown, to the end."""
    shown, answered = b"", 0
    for question, answer in answers:
        while question.encode() not in shown[answered:]:
            more = _shown(master)
            assert more, shown
            shown += more
        answered = len(shown)
        os.write(master, answer.encode() if answer == "\x03" else f"{answer}\n".encode())
    while more := _shown(master):
        shown += more
    return shown


def _shown(master: int) -> bytes:
    """What a terminal shows next; nothing when nobody holds its other end any more."""
    if not select.select([master], [], [], DEADLINE)[0]:
        raise TimeoutError
    try:
        return os.read(master, 4096)
    except OSError:
        return b""


def test_the_doctor_examines_what_it_can_and_says_what_to_do(home: Path) -> None:
    said = loggione(home, "doctor", LOGGIONE_BOT_API_URL="http://127.0.0.1:9")
    assert said.returncode == 1
    for line in said.stdout.splitlines()[:-1]:
        assert line.startswith(("ok  ", "!!  "))
    assert "!!  bot: LOGGIONE_BOT_TOKEN is missing. Write the token" in said.stdout
    assert "ok  sound: a tone of 440 Hz" in said.stdout
    assert "Traceback" not in said.stderr


def test_a_taken_port_is_named_with_the_setting_to_change(logged_in: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        said = complaint_of(program(logged_in, "run", LOGGIONE_WEB_PORT=port, **ACCOUNT))
    assert f"Port {port} is taken" in said
    assert "by LOGGIONE_WEB_PORT" in said


@pytest.mark.parametrize("port", ["0", "65536", "-1", "eighty"])
def test_what_is_no_port_is_refused(home: Path, port: str) -> None:
    assert "--web-port" in complaint(home, "demo", f"--web-port={port}")


def test_an_address_that_is_none_of_this_machine_s_is_refused(logged_in: Path) -> None:
    said = complaint_of(program(logged_in, "run", LOGGIONE_WEB_HOST="no such host", **ACCOUNT))
    assert "LOGGIONE_WEB_HOST" in said
    assert len(said) < 200
