"""The disk is tried by writing to it, and is left as it was."""

from pathlib import Path

import pytest

from app.doctor import disk
from app.doctor.disk import check_disk
from tests.app.doctor.cases import case_of


async def test_a_good_disk_is_told_with_its_room_and_speed(tmp_path: Path) -> None:
    written, room, speed = await check_disk(case_of(tmp_path))
    assert written.line == f"ok  disk: {tmp_path} can be written"
    assert "GiB are free" in room.found
    assert "ms" in speed.found
    assert list(tmp_path.iterdir()) == []


async def test_a_folder_that_is_not_there_yet_is_not_made(tmp_path: Path) -> None:
    findings = await check_disk(case_of(tmp_path / "a" / "b"))
    assert findings[0].line == f"ok  disk: {tmp_path / 'a' / 'b'} is made at the first start"
    assert list(tmp_path.iterdir()) == []


async def test_what_is_no_folder_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (finding,) = await check_disk(case_of(tmp_path / "file"))
    assert "cannot be written (Not a directory)" in finding.line
    assert "LOGGIONE_DATA" in finding.advice


@pytest.mark.parametrize(
    ("limit", "value", "said"), [("ROOM", 1 << 60, "Free some"), ("SLOW", -1.0, "local disk")]
)
async def test_too_little_room_and_slow_writes_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: float, said: str
) -> None:
    monkeypatch.setattr(disk, limit, value)
    (ill,) = [finding for finding in await check_disk(case_of(tmp_path)) if not finding.is_well]
    assert said in ill.advice
