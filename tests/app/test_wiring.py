"""What only the operator can mend ends the program with what to do about it."""

from pathlib import Path
from typing import cast

import pytest

from app.settings import read_settings
from app.supervision import CannotRun
from app.wiring import _refuse_foreign_recordings, _run_bot
from bot.application import Bot
from bot.errors import WrongToken


class Stranger:
    """A bot whom Telegram does not know."""

    async def run(self) -> None:
        raise WrongToken("Telegram knows no bot with this token.")


async def test_a_token_that_telegram_does_not_know_is_not_tried_for_ever() -> None:
    with pytest.raises(CannotRun) as refused:
        await _run_bot(cast(Bot, Stranger()))
    said = str(refused.value)
    assert said.startswith("LOGGIONE_BOT_TOKEN: Telegram knows no bot with this token. Write the token")


def test_recordings_of_a_lost_database_are_not_taken_for_new_ones(tmp_path: Path) -> None:
    settings = read_settings(data=tmp_path)
    _refuse_foreign_recordings(settings)
    (settings.recordings / "1").mkdir(parents=True)
    with pytest.raises(CannotRun, match="bring it back, or move the recordings"):
        _refuse_foreign_recordings(settings)
    settings.database.write_text("")
    _refuse_foreign_recordings(settings)
