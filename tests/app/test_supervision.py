"""A crash is loud and survived; what cannot run is not tried for ever."""

import logging

import pytest

from app import supervision
from app.supervision import CannotRun, supervise


async def test_an_activity_that_crashes_is_started_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(supervision, "FIRST_PAUSE", 0.0)
    runs = 0

    async def stumble() -> None:
        nonlocal runs
        runs += 1
        if runs == 3:
            raise CannotRun("enough")
        raise ZeroDivisionError

    with caplog.at_level(logging.ERROR), pytest.raises(CannotRun, match="enough"):
        await supervise("juggling", stumble)
    assert runs == 3
    assert caplog.text.count("juggling crashed") == 2
    assert "ZeroDivisionError" in caplog.text
