"""The relay process: the account's client made from the settings, at work on the link it inherited."""

import sys
from typing import TYPE_CHECKING

import uvloop

from app.logs import set_up_logs
from app.settings import Settings, WrongSettings, read_settings

if TYPE_CHECKING:
    from pyrogram import Client


def main() -> None:
    """Serve the main process over the file descriptor that the last argument names."""
    settings = read_settings()
    set_up_logs(settings.log_level, settings.log_format)
    uvloop.run(_work(int(sys.argv[-1]), settings))


async def _work(link: int, settings: Settings) -> None:
    from voice.worker import work

    await work(link, _client(settings), settings.recordings)


def _client(settings: Settings) -> "Client":
    if settings.sandbox_mtproto is not None:
        from sandbox.session import sandbox_client

        return sandbox_client(settings.sandbox_mtproto)
    from voice.account import make_client

    if settings.api_id is None:
        raise WrongSettings([f"{Settings.variable('api_id')} is missing."])
    return make_client(
        settings.api_id, settings.api_hash.get_secret_value(), settings.relay_session.get_secret_value()
    )


if __name__ == "__main__":
    main()
