"""The sound is tried with a tone, the call library in a process of its own."""

from pathlib import Path

import pytest

from app.doctor import sound
from app.doctor.sound import check_library, check_sound, check_speech
from tests.app.doctor.cases import case_of


async def test_a_tone_comes_out_as_it_went_in(tmp_path: Path) -> None:
    (finding,) = await check_sound(case_of(tmp_path))
    assert finding.line == "ok  sound: a tone of 440 Hz comes out of Opus at 440 Hz"


@pytest.mark.parametrize("heard", [(443.0 * 48 / 44.1, 8000.0), (440.0, 100.0), (440.0, 30_000.0)])
async def test_a_tone_that_comes_out_otherwise_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, heard: tuple[float, float]
) -> None:
    monkeypatch.setattr(sound, "_tone_through", lambda: heard)
    (finding,) = await check_sound(case_of(tmp_path))
    assert not finding.is_well


async def test_the_library_that_is_installed_loads(tmp_path: Path) -> None:
    (finding,) = await check_library(case_of(tmp_path))
    assert finding.is_well
    assert "ntgcalls" in finding.found


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("import os; os.abort()", "it does not load (status -6)"),
        ("import nowhere", "No module named 'nowhere'"),
    ],
)
async def test_a_library_that_ends_its_process_ends_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, said: str
) -> None:
    monkeypatch.setattr(sound, "_LIBRARY", source)
    (finding,) = await check_library(case_of(tmp_path))
    assert said in finding.line
    assert "make install" in finding.advice


async def test_talks_do_without_a_voice_for_notices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (finding,) = await check_speech(case_of(tmp_path))
    assert finding.is_well
    assert "apt-get install espeak-ng" in finding.found
