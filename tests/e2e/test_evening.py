"""The whole evening, as `make evening` plays it."""

from pathlib import Path

from tests.e2e.evening.__main__ import play
from tests.e2e.evening.critics import judge
from tests.interface import needs_interface


@needs_interface
async def test_an_evening_is_planned_played_heard_and_kept(tmp_path: Path) -> None:
    evening, interruption = await play(tmp_path)
    assert interruption == ""
    verdict = judge(evening)
    assert [check for check, holds in verdict.checks.items() if not holds] == []
