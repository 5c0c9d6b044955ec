"""What only the operator can mend ends the program with what to do about it; and what it is made of."""

import asyncio
import gc
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import cast

import pytest

from app import wiring
from app.settings import Settings, read_settings
from app.supervision import CannotRun
from app.wiring import _House, _refuse_foreign_recordings, _run_bot, _run_pool, _store, run
from bot.application import Bot
from bot.erasing import mark
from bot.errors import WrongToken
from bot.pictures import Draws
from tests.fakes.clock import settle
from voice.errors import AccountRefused
from voice.pool.pool import Pool


class Stranger:
    """A bot whom Telegram does not know."""

    async def run(self, _atelier: Draws) -> None:
        raise WrongToken("Telegram knows no bot with this token.")


async def test_a_token_that_telegram_does_not_know_is_not_tried_for_ever() -> None:
    with pytest.raises(CannotRun) as refused:
        await _run_bot(cast(Bot, Stranger()))
    said = str(refused.value)
    assert said.startswith("LOGGIONE_BOT_TOKEN: Telegram knows no bot with this token. Write the token")


class LoggedOut:
    """A pool whose only account was logged out."""

    def __init__(self) -> None:
        self.is_up = asyncio.Event()
        self.refused = {"second": "SESSION_REVOKED"}

    async def run(self) -> None:
        raise AccountRefused("SESSION_REVOKED")


async def test_an_account_that_telegram_does_not_accept_is_not_tried_for_ever() -> None:
    with pytest.raises(CannotRun) as refused:
        await _run_pool(cast(Pool, LoggedOut()))
    said = str(refused.value)
    assert said.startswith("The relay account second cannot work (SESSION_REVOKED): its session was ended")
    assert "run `loggione logout second`, then `loggione login --name second`" in said


async def test_where_the_last_account_is_lost_in_mid_life_the_rest_goes_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    pool = LoggedOut()
    pool.is_up.set()
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(_run_pool(cast(Pool, pool)))
        await settle()
        assert not running.done()
        assert "there are no calls any more" in caplog.text
        running.cancel()


def test_recordings_of_a_lost_database_are_not_taken_for_new_ones(tmp_path: Path) -> None:
    settings = read_settings(data=tmp_path)
    _refuse_foreign_recordings(settings)
    (settings.recordings / "1").mkdir(parents=True)
    with pytest.raises(CannotRun, match="bring it back, or move the recordings"):
        _refuse_foreign_recordings(settings)
    settings.database.write_text("")
    _refuse_foreign_recordings(settings)


async def test_what_was_left_of_an_erased_group_is_swept_before_anything_runs(tmp_path: Path) -> None:
    settings = read_settings(data=tmp_path)
    (settings.recordings / "7").mkdir(parents=True)
    mark([settings.recordings / "7" / "talk.ogg"])
    async with _store(settings):
        assert list(settings.recordings.iterdir()) == []


async def test_data_of_a_newer_version_are_left_alone_with_a_sentence(tmp_path: Path) -> None:
    settings = read_settings(data=tmp_path)
    with closing(sqlite3.connect(settings.database)) as database, database:
        database.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        database.execute("INSERT INTO alembic_version VALUES ('9999')")
    with pytest.raises(CannotRun, match=r"loggione\.db: the data is of a newer version \(9999\); update"):
        async with _store(settings):
            pass


@pytest.mark.parametrize(
    ("kept", "found"), [(0, "file is not a database"), (5000, "database disk image is malformed")]
)
async def test_data_that_cannot_be_read_are_left_alone_with_a_sentence(
    tmp_path: Path, kept: int, found: str
) -> None:
    settings = read_settings(data=tmp_path)
    async with _store(settings):
        pass
    damaged = settings.database.read_bytes()[:kept] or b"hello " * 8000
    settings.database.write_bytes(damaged)
    with pytest.raises(CannotRun, match=rf"loggione\.db: it cannot be read \({found}\); bring a backup back"):
        async with _store(settings):
            pass
    assert settings.database.read_bytes() == damaged


async def test_nothing_that_it_starts_inherits_a_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGGIONE_BOT_TOKEN", "7:a-secret")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings = read_settings(data=tmp_path, web_port=taken.getsockname()[1])
        with pytest.raises(CannotRun, match="LOGGIONE_WEB_PORT"):
            await run(settings)
    assert "LOGGIONE_BOT_TOKEN" not in os.environ


async def test_what_it_is_made_of_is_not_looked_through_for_garbage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That would hold up the sound of all who listen for a fifth of a second, again and again."""
    there_already, is_looked_through = list[object](), list[bool]()

    async def look() -> None:
        is_looked_through.append(any(thing is there_already for thing in gc.get_objects()))
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.Event().wait()

    @asynccontextmanager
    async def house(_: Settings) -> AsyncIterator[_House]:
        yield _House({"look": look}, [], cast(Pool, LoggedOut()))

    monkeypatch.setattr(wiring, "_house", house)
    monkeypatch.setattr(wiring, "check_voice_interface", lambda: None)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    await run(read_settings(data=tmp_path, web_port=port))
    assert is_looked_through == [False]


def test_the_main_process_is_light() -> None:
    """What works with sound, with Telegram's own protocol or with pictures, is in a process of its own."""
    heavy = ("numpy", "av", "PIL", "matplotlib", "pyrogram", "ntgcalls", "pytgcalls")
    asked = "import sys, app.cli, app.demo, app.wiring; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "app.wiring" in loaded
    assert not loaded.intersection(heavy)
