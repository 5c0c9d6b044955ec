"""The terminal is asked without stopping the loop, and what is secret is not shown, whatever happens."""

import asyncio
import io
import os
import pty
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.supervision import CannotRun
from app.terminal import Terminal


@pytest.fixture
def ends() -> Iterator[tuple[int, int]]:
    """A terminal: who sits before it, and the program."""
    master, slave = pty.openpty()
    yield master, slave
    for end in (master, slave):
        os.close(end)


class Screen(io.StringIO):
    """What is shown; says when something is."""

    def __init__(self) -> None:
        super().__init__()
        self.is_written = asyncio.Event()

    def write(self, text: str) -> int:
        self.is_written.set()
        return super().write(text)


def echoes(slave: int) -> bool:
    return bool(termios.tcgetattr(slave)[3] & termios.ECHO)


async def test_others_go_on_while_somebody_thinks(ends: tuple[int, int]) -> None:
    master, slave = ends
    screen = Screen()
    async with asyncio.TaskGroup() as tasks:
        asking = tasks.create_task(Terminal(slave, screen).ask("Who?"))
        await screen.is_written.wait()
        assert not asking.done()
        os.write(master, b"  Ada \n")
    assert asking.result() == "Ada"
    assert screen.getvalue() == "Who? "


async def test_a_secret_is_not_shown_and_what_follows_is(ends: tuple[int, int]) -> None:
    master, slave = ends
    screen = Screen()
    async with asyncio.TaskGroup() as tasks:
        asking = tasks.create_task(Terminal(slave, screen).ask_secretly("Password?"))
        await screen.is_written.wait()
        assert not echoes(slave)
        os.write(master, b" secret \n")
    assert asking.result() == " secret "
    assert echoes(slave)
    os.set_blocking(master, False)
    with pytest.raises(BlockingIOError):
        os.read(master, 100)


async def test_the_terminal_is_as_before_when_somebody_goes_away(ends: tuple[int, int]) -> None:
    _, slave = ends
    screen = Screen()
    async with asyncio.TaskGroup() as tasks:
        asking = tasks.create_task(Terminal(slave, screen).ask_secretly("Password?"))
        await screen.is_written.wait()
        asking.cancel()
    assert echoes(slave)


async def test_lines_that_come_at_once_answer_one_question_each() -> None:
    source, theirs = os.pipe()
    os.write(theirs, "39\nperché\r\nlast".encode())
    terminal = Terminal(source, io.StringIO())
    assert [await terminal.ask("1"), await terminal.ask_secretly("2")] == ["39", "perché"]
    os.close(theirs)
    with pytest.raises(CannotRun, match="run this in a terminal"):
        await terminal.ask("3")
    os.close(source)


async def test_a_plain_file_can_answer(tmp_path: Path) -> None:
    (tmp_path / "answers").write_text("Ada\n")
    with (tmp_path / "answers").open() as file:
        assert await Terminal(file.fileno(), io.StringIO()).ask("Who?") == "Ada"
