"""Speech: notices read aloud, where a synthesizer is installed."""

import asyncio
import shutil
from pathlib import Path

import numpy as np
import pytest

from rooms.errors.sounds import SoundRefused, VoiceMissing
from tests.deadline import DEADLINE
from tests.voice.sounds import rms
from voice.mixing.units import RATE
from voice.sources.speech import LONGEST, PEAK, PROGRAM, synthesize

spoken = pytest.mark.skipif(shutil.which(PROGRAM) is None, reason="espeak-ng is not installed")


@spoken
@pytest.mark.parametrize(
    ("text", "language"),
    [("The talk begins in five minutes.", "en"), ("Mancano cinque minuti.", "it"), ("Ciao", "it-IT")],
)
async def test_a_notice_is_read_aloud(text: str, language: str) -> None:
    speech = await synthesize(text, language)
    assert 0.3 < len(speech) / RATE < 5
    assert np.abs(speech).max() == pytest.approx(PEAK, rel=0.01)
    assert rms(speech) > 500


@spoken
async def test_each_language_has_a_voice_of_its_own() -> None:
    english, italian = [await synthesize("Ciao a tutti, si comincia", one) for one in ("en", "it")]
    assert len(english) != len(italian)


@spoken
@pytest.mark.parametrize(
    "text", ["-h", "--version", "`id`; $(id) 'x", "<break/> a", "[[hello]] you", "a\0b\nc\ud800"]
)
async def test_a_notice_is_only_ever_text(text: str) -> None:
    assert len(await synthesize(text, "en")) > 0


@spoken
async def test_a_long_notice_ends_somewhere() -> None:
    whole, cut = [await synthesize("a " * count, "en") for count in (LONGEST // 2, LONGEST * 2)]
    assert len(cut) == pytest.approx(len(whole), rel=0.05)


@spoken
@pytest.mark.parametrize("text", ["", "  \n", "\0"])
async def test_nothing_is_not_read(text: str) -> None:
    with pytest.raises(SoundRefused) as refusal:
        await synthesize(text, "en")
    assert type(refusal.value) is SoundRefused


async def test_without_a_synthesizer_there_is_no_voice() -> None:
    with pytest.raises(VoiceMissing):
        await synthesize("Hello", "en", program="no-such-program")


@spoken
async def test_for_other_languages_there_is_no_voice() -> None:
    with pytest.raises(VoiceMissing):
        await synthesize("Hallo", "de")


@pytest.mark.parametrize("script", ["exit 1", "cat >/dev/null", "cat; exit 0", "kill -9 $$"])
async def test_a_synthesizer_that_does_not_work_is_none(tmp_path: Path, script: str) -> None:
    program = tmp_path / "speak"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    with pytest.raises(SoundRefused):
        await synthesize("Hello", "en", program=str(program))


async def test_whoever_stops_waiting_leaves_no_process(tmp_path: Path) -> None:
    program, pid = tmp_path / "speak", tmp_path / "pid"
    program.write_text(f"#!/bin/sh\necho $$ > {pid}.part\nmv {pid}.part {pid}\nexec sleep 1000\n")
    program.chmod(0o755)
    async with asyncio.TaskGroup() as tasks:
        speaking = tasks.create_task(synthesize("Hello", "en", program=str(program)))
        async with asyncio.timeout(DEADLINE):
            while not pid.exists():  # noqa: ASYNC110
                await asyncio.sleep(0.005)
        speaking.cancel()
    assert not Path(f"/proc/{pid.read_text().strip()}").exists()
