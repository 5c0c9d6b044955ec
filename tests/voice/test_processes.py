"""Processes are run to their end, or killed: none is left behind."""

import asyncio
import sys
from pathlib import Path

import pytest

from tests.sandbox.waiting import until
from voice.processes import Ended, run_to_end


def python(source: str) -> list[str]:
    return [sys.executable, "-c", f"import os, sys, time; {source}"]


def sleeper(folder: Path) -> list[str]:
    """It makes the file `pid` with its number, whole at once, and sleeps."""
    tells = "open('new', 'w').write(str(os.getpid())); os.rename('new', 'pid')"
    return python(f"os.chdir({str(folder)!r}); {tells}; time.sleep(600)")


def is_gone(folder: Path) -> bool:
    return not Path("/proc", (folder / "pid").read_text()).exists()


async def test_what_a_process_says_is_told_with_its_code() -> None:
    command = python("print(sys.stdin.read()); sys.stderr.write(' Oh no\\n'); sys.exit(3)")
    assert await run_to_end(command, 60, b"given") == Ended(3, b"given\n", b" Oh no\n")
    assert (await run_to_end(command, 60)).output == b"\n"
    assert (await run_to_end(command, 60)).reason == "Oh no"


async def test_what_is_added_to_the_environment_is_there_beside_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OURS", "1")
    ended = await run_to_end(python("print(os.environ['OURS'], os.environ['ITS'])"), 60, None, {"ITS": "2"})
    assert ended.output == b"1 2\n"


async def test_who_takes_too_long_is_killed(tmp_path: Path) -> None:
    with pytest.raises(TimeoutError):
        await run_to_end(sleeper(tmp_path), 3)
    assert not (tmp_path / "pid").exists() or is_gone(tmp_path), (
        "on a busy machine it may not even have begun"
    )


async def test_who_is_given_up_is_killed(tmp_path: Path) -> None:
    async with asyncio.TaskGroup() as tasks:
        waiting = tasks.create_task(run_to_end(sleeper(tmp_path), 600))
        await until(lambda: (tmp_path / "pid").exists(), 30)
        assert not is_gone(tmp_path)
        waiting.cancel()
    assert is_gone(tmp_path)


async def test_a_program_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        await run_to_end([str(tmp_path / "nothing")], 60)


async def test_a_killed_process_has_the_signal_as_its_code() -> None:
    assert (await run_to_end(python("os.kill(os.getpid(), 9)"), 60)).code == -9
