"""`make bench`: what is missing is told before anything is measured, and what was measured is never lost."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from benchmarks import __main__ as program
from benchmarks.equipment import Missing
from benchmarks.measuring import Row


def part(*outcomes: Row | Exception) -> SimpleNamespace:
    """A benchmark that comes to these rows, or fails."""

    async def rows() -> AsyncIterator[Row]:
        for outcome in outcomes:
            if isinstance(outcome, Exception):
                raise outcome
            yield outcome

    return SimpleNamespace(rows=rows)


@pytest.fixture(autouse=True)
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "bench" / "results.json"
    monkeypatch.setattr(program, "RESULTS", path)
    monkeypatch.setattr(program, "studio", SimpleNamespace(rows=lambda: [Row("first", 0.5, 1.0, "well")]))
    monkeypatch.setattr(program, "PARTS", (part(Row("second", 0.9, 1.0, "well")),))
    monkeypatch.setattr(program, "look_for_equipment", lambda: None)
    return path


def test_all_rows_within_their_bounds_are_success(results: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main() == 0
    assert [row["name"] for row in json.loads(results.read_text())] == ["first", "second"]
    assert "TOO MUCH" not in capsys.readouterr().out


def test_a_row_beyond_its_bound_is_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(program, "PARTS", (part(Row("second", 1.1, 1.0, "ill")),))
    assert program.main() == 1
    assert capsys.readouterr().out.count("TOO MUCH") == 1


def test_a_program_that_is_not_there_is_told_before_anything_is_measured(
    results: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(program, "RESULTS", results)
    monkeypatch.setenv("PATH", "")
    assert program.main() == 2
    assert "apt-get install icecast2 gcc chromium-headless-shell." in capsys.readouterr().err
    assert not results.exists()


@pytest.mark.parametrize("error", [Missing("Icecast does not serve"), RuntimeError("a fault")])
def test_what_was_measured_before_a_failure_is_kept(
    results: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    monkeypatch.setattr(program, "PARTS", (part(Row("second", 0.9, 1.0, "well"), error),))
    if isinstance(error, Missing):
        assert program.main() == 2
    else:
        with pytest.raises(RuntimeError):
            program.main()
    assert [row["name"] for row in json.loads(results.read_text())] == ["first"]
