"""Every check is made, whatever the others find, and the status says whether all is well."""

import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.doctor import examination
from app.doctor.examination import CHECKS, examine, is_running
from app.doctor.findings import Case, Finding
from app.lock import LOCK, locked
from app.settings import read_settings


async def well(_: Case) -> Sequence[Finding]:
    return [Finding("one", "fine"), Finding("one", "fine, too")]


async def ill(_: Case) -> Sequence[Finding]:
    return [Finding("other", "broken.", "Mend it.")]


async def crash(_: Case) -> Sequence[Finding]:
    raise RuntimeError("a secret of the library")


async def test_all_is_told_in_order_and_trouble_counts(tmp_path: Path) -> None:
    told: list[str] = []
    checks = {"other": ill, "one": well}
    assert await examine(read_settings(data=tmp_path), told.append, checks) == 1
    expected = ["!!  other: broken. Mend it.", "ok  one: fine", "ok  one: fine, too", "To be mended: 1."]
    assert told == expected


async def test_when_all_is_well_it_says_so(tmp_path: Path) -> None:
    told: list[str] = []
    assert await examine(read_settings(data=tmp_path), told.append, {"one": well}) == 0
    assert told[-1] == "All is well."


async def test_a_check_that_fails_keeps_no_other_from_being_made(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[str] = []
    with caplog.at_level(logging.ERROR):
        assert await examine(read_settings(data=tmp_path), told.append, {"bad": crash, "one": well}) == 1
    assert told[0] == "!!  bad: the examination failed (RuntimeError). See the log above."
    assert told[1] == "ok  one: fine"


async def test_a_check_that_takes_for_ever_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hang(_: Case) -> Sequence[Finding]:
        await asyncio.Event().wait()
        return []

    monkeypatch.setattr(examination, "PATIENCE", 0.01)
    told: list[str] = []
    await examine(read_settings(data=tmp_path), told.append, {"slow": hang, "one": well})
    assert told[0].startswith("!!  slow: no result within")
    assert told[1] == "ok  one: fine"


def test_a_house_that_runs_is_recognised_by_its_lock_and_left_alone(tmp_path: Path) -> None:
    assert not is_running(tmp_path)
    with locked(tmp_path):
        assert is_running(tmp_path)
    assert not is_running(tmp_path)
    with locked(tmp_path):
        pass
    assert (tmp_path / LOCK).exists()


def test_nothing_is_left_out() -> None:
    assert list(CHECKS) == [
        "bot",
        "bot's rights",
        "relay accounts",
        "disk",
        "database",
        "port",
        "public address",
        "certificate",
        "fan-out",
        "clock",
        "time zones",
        "network interface",
        "open files",
        "call library",
        "sound",
        "spoken notices",
    ]
