"""The demo: a sandbox and the whole program on it, with addresses to open, and a file for tools."""

import asyncio
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import typer

from app.lock import LOCK, locked
from app.logs import set_up_logs
from app.machine import check_port, check_voice_interface
from app.sandbox_process import SandboxProcess, sandbox_process
from app.settings import Settings, read_settings
from app.wiring import run
from rooms.ports import RelayRestarted
from voice.pool.pool import Pool

TOKEN = "700000001:demo-token-that-is-no-secret"  # noqa: S105  # known to the sandbox alone
STATE = "state.json"
EARLIER = "earlier"
"""The folder with the recordings of the evenings before."""

_INVITATION = """
Loggione is up, and everything on it stays on this machine.

  The group, as a chat app   {console}
  The gallery                {web}

Try it: be Ada, open the group and send
  /schedule Careers after 40 | in 1 minute | 10m
and press Confirm. People come into the voice chat muted, unless /settings says
otherwise: be Bruno, join, and raise your hand; be Ada, and let Bruno speak, by
the stage board or by "Allow" in the voice chat. Speak with your microphone, or
let Bruno speak with his own voice, and follow "Listen anonymously" on the
announcement.

Ctrl-C ends the evening. Recordings stay in {recordings}
"""


async def run_demo(web_port: int, console_port: int) -> None:
    """Run until SIGINT or SIGTERM; raises `CannotRun` with what to do about it."""
    check_port("127.0.0.1", web_port, "--web-port")
    check_port("127.0.0.1", console_port, "--console-port")
    check_voice_interface()
    folder = read_settings().data / "demo"
    with locked(folder):
        _sweep(folder)
    async with AsyncExitStack() as stack:
        # A Unix socket's path holds about a hundred characters, and a checkout may lie deep.
        socket = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="loggione-"))) / "mtproto.sock"
        sandbox = await stack.enter_async_context(sandbox_process(console_port, socket, TOKEN))
        doors = sandbox.doors
        settings = read_settings(
            bot_token=TOKEN,
            bot_api_url=f"{doors['http']}/bot",
            bot_api_file_url=f"{doors['http']}/file/bot",
            sandbox_mtproto=socket,
            data=folder,
            web_host="127.0.0.1",
            web_port=web_port,
            public_url=f"http://127.0.0.1:{web_port}",
        )
        set_up_logs(settings.log_level, settings.log_format)
        stack.callback((folder / STATE).unlink, missing_ok=True)
        async with asyncio.TaskGroup() as evening:
            watching = evening.create_task(sandbox.watch())
            await run(settings, partial(_tell, settings, sandbox))
            watching.cancel()


def _sweep(folder: Path) -> None:
    """The sandbox begins anew each time and knows nothing of earlier evenings; only recordings are kept.

    Rooms are numbered from 1 again, so what earlier rooms of these numbers left must be out of their way.
    """
    recordings = read_settings(data=folder).recordings
    if recordings.is_dir():
        when = datetime.fromtimestamp(recordings.stat().st_mtime, UTC)
        (folder / EARLIER).mkdir(exist_ok=True)
        recordings.rename(folder / EARLIER / f"{when:%Y-%m-%d %H.%M.%S.%f}")
    for path in folder.iterdir():
        if path.name not in (EARLIER, LOCK):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


async def _tell(settings: Settings, sandbox: SandboxProcess, pool: Pool) -> None:
    """Invite people and tools, and keep the tools' file true."""
    async with pool.events() as events:
        _write(settings.data / STATE, _state(settings, sandbox, pool))
        console, web, recordings = sandbox.doors["console"], settings.public_url, settings.recordings
        typer.echo(_INVITATION.format(console=console, web=web, recordings=recordings))
        async for event in events:
            if isinstance(event, RelayRestarted):
                _write(settings.data / STATE, _state(settings, sandbox, pool))


def _state(settings: Settings, sandbox: SandboxProcess, pool: Pool) -> dict[str, Any]:
    return {
        **sandbox.doors,
        "web": settings.public_url,
        "data": str(settings.data.resolve()),
        "bot_token": settings.bot_token.get_secret_value(),
        "pids": {"main": os.getpid(), "sandbox": sandbox.pid, "relay": next(iter(pool.pids.values()), None)},
    }


def _write(path: Path, state: Mapping[str, Any]) -> None:
    new = path.with_suffix(".new")
    new.write_text(json.dumps(state, indent=2))
    new.replace(path)
