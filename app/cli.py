"""The command line: each command says in one sentence what is wrong, and imports only what it needs."""

import asyncio
import logging
import sys
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Annotated

import typer

from app.accounts import end_session, gate_of, sessions_of
from app.settings import Settings, WrongSettings, read_settings
from app.supervision import CannotRun
from voice.accounts.session_keys import SessionsRefused

CANNOT_RUN = 2
"""Exit status when the operator must change something first."""

INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells have it."""

NO_ACCOUNT = "No relay account is logged in here: run `loggione login`"

app = typer.Typer(
    help="An audio theatre for Telegram groups.", no_args_is_help=True, pretty_exceptions_enable=False
)


def main() -> None:
    """Run the command that the arguments name."""
    app()


@app.command()
def run() -> None:
    """Serve your groups: the bot, the calls and the gallery, until Ctrl-C."""
    with _complaining():
        settings = _set_up()
        _require_account(settings)
        from app.wiring import run as run_house

        _loop(run_house(settings))


@app.command()
def demo(
    web_port: Annotated[int, typer.Option(min=1, max=65535, help="The port of the gallery.")] = 8080,
    console_port: Annotated[
        int, typer.Option(min=1, max=65535, help="The port of the sandbox's chat page.")
    ] = 8090,
) -> None:
    """Live one evening offline: a sandbox plays Telegram's part, and addresses to open are printed."""
    with _complaining():
        from app.demo import run_demo

        _loop(run_demo(web_port, console_port))


@app.command()
def login(
    name: Annotated[str, typer.Option(help="What the account is called here.")] = "relay",
    qr: Annotated[bool, typer.Option("--qr", help="By a QR code, with the account's phone.")] = False,
) -> None:
    """Log a relay account in on this machine; its session is kept encrypted."""
    with _complaining():
        settings = _set_up_to_talk()
        _require_application(settings)
        from app.login import log_in
        from app.terminal import Terminal

        asyncio.run(log_in(Terminal(), sessions_of(settings), partial(gate_of, settings), name, by_qr=qr))


@app.command()
def accounts() -> None:
    """List the relay accounts that are logged in here, by their names."""
    with _complaining():
        names = sessions_of(read_settings()).names()
        for name in names:
            typer.echo(name)
        if not names:
            typer.echo(f"{NO_ACCOUNT}.", err=True)


@app.command()
def logout(
    name: Annotated[str, typer.Argument(help="What the account is called here; see `loggione accounts`.")],
    local: Annotated[
        bool, typer.Option("--local", help="Forget it here, and leave Telegram out of it.")
    ] = False,
) -> None:
    """Log a relay account out: its session ends at Telegram, and is forgotten here."""
    with _complaining():
        settings = _set_up_to_talk()
        from app.logout import log_out

        end = partial(end_session, settings)
        typer.echo(asyncio.run(log_out(sessions_of(settings), name, end, is_local=local)))


@app.command()
def doctor() -> None:
    """Examine all that a talk depends on, and say what to mend; 0 when all is well, else 1."""
    with _complaining():
        settings = _set_up_to_talk()
        from app.doctor.examination import examine

        sys.exit(asyncio.run(examine(settings, typer.echo)))


@app.command()
def settings() -> None:
    """Show every setting, its value (secrets hidden) and what to write."""
    with _complaining():
        present = read_settings()
        for name, field in Settings.model_fields.items():
            typer.echo(f"{Settings.variable(name)}={present.written(name)}\n    {field.description}")


@app.command()
def when(
    words: Annotated[str, typer.Argument(help="Words about a moment, such as: giovedì alle 18:30")],
    zone: Annotated[str | None, typer.Option(help="The zone they are said in; else LOGGIONE_ZONE.")] = None,
    now: Annotated[str | None, typer.Option(help="When they are said, such as 2026-11-24T09:00.")] = None,
    lang: Annotated[str | None, typer.Option(help="en or it; else LOGGIONE_LANGUAGE.")] = None,
) -> None:
    """Print the moment that the bot would take words for; 3 is a question it would ask, 4 a refusal."""
    with _complaining():
        given = {"zone": zone, "language": lang}
        settings = read_settings(**{name: value for name, value in given.items() if value is not None})
        from app.when import Scene, parse_now, tell

        try:
            scene = Scene(settings.zone, settings.language, parse_now(now, settings.zone))
        except ValueError:
            raise WrongSettings([f"--now cannot be {now!r}: write, for example, 2026-11-24T09:00."]) from None
        status, answer = tell(words, scene)
        typer.echo(answer)
        sys.exit(status)


def _set_up() -> Settings:
    from app.logs import set_up_logs

    settings = read_settings()
    set_up_logs(settings.log_level, settings.log_format)
    return settings


def _set_up_to_talk() -> Settings:
    """For a command with a reader before it: what the libraries try in vain it says itself, in the end."""
    settings = _set_up()
    if settings.log_level != "debug":
        logging.getLogger("pyrogram").setLevel(logging.CRITICAL)
    return settings


def _require_account(settings: Settings) -> None:
    complaints = _missing(settings, "bot_token")
    if settings.sandbox_mtproto is None:
        complaints += _missing(settings, "api_id", "api_hash")
        sessions = sessions_of(settings)
        names = sessions.names()
        for name in names:
            sessions.read(name)
        if not names:
            complaints.append(f"{NO_ACCOUNT}.")
    if complaints:
        raise WrongSettings(complaints)


def _require_application(settings: Settings) -> None:
    complaints = _missing(settings, "api_id", "api_hash") if settings.sandbox_mtproto is None else []
    if complaints:
        raise WrongSettings(complaints)


def _missing(settings: Settings, *names: str) -> list[str]:
    return [
        f"{Settings.variable(name)} is missing: write {Settings.model_fields[name].description}."
        for name in names
        if not settings.written(name)
    ]


def _loop(main: Coroutine[None, None, None]) -> None:
    import uvloop

    from app.machine import come_first

    come_first()
    try:
        uvloop.run(main)
    except* CannotRun as group:
        raise CannotRun("\n".join(str(error) for error in _leaves(group))) from None


@contextmanager
def _complaining() -> Iterator[None]:
    try:
        yield
    except (WrongSettings, CannotRun, SessionsRefused) as error:
        typer.echo(str(error), err=True)
        sys.exit(CANNOT_RUN)
    except KeyboardInterrupt:
        typer.echo("\nInterrupted.", err=True)
        sys.exit(INTERRUPTED)


def _leaves(group: BaseExceptionGroup[CannotRun]) -> Iterator[BaseException]:
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _leaves(error)
        else:
            yield error
