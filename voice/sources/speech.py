"""Speech: a written notice read aloud by espeak-ng, where that is installed."""

import asyncio
import io
import re
import shutil

import numpy as np

from rooms.errors.sounds import SoundRefused, VoiceMissing
from voice.mixing.sound import Block
from voice.processes import run_to_end
from voice.sources.sounds import decode

PROGRAM = "espeak-ng"

VOICES = {"en": "en-gb", "it": "it"}

LONGEST = 500
"""Characters that are read aloud; what is longer ends there."""

PATIENCE = 15.0
"""Seconds that reading may take."""

LARGEST = 64 << 20
"""Bytes of speech: ten minutes, which no notice of that length takes."""

WORDS_A_MINUTE = "150"

PEAK = 16_000.0
"""The loudest sample of a notice, about -6 dB of full scale."""

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+|\[\[|\]\]")


async def synthesize(text: str, language: str, program: str = PROGRAM) -> Block:
    """A notice as samples: mono, `RATE`, int16, as loud as its loudest sample may be.

    Raises:
        VoiceMissing: the program is not installed or does not work, or has no voice for the language.
        SoundRefused: there is nothing to be read.
    """
    words = " ".join(_CONTROLS.sub(" ", text).split())[:LONGEST]
    if not words:
        raise SoundRefused(words, "nothing to be read")
    executable, voice = shutil.which(program), VOICES.get(language.partition("-")[0].lower())
    if executable is None or voice is None:
        raise VoiceMissing(words, "no voice")
    wave = await _spoken(
        words, [executable, "-v", voice, "-s", WORDS_A_MINUTE, "-b", "1", "--stdin", "--stdout"]
    )
    if not wave:
        raise VoiceMissing(words, "it does not work")
    samples = await asyncio.to_thread(_levelled, wave)
    if samples is None:
        raise SoundRefused(words, "nothing to be read")
    return samples


async def _spoken(words: str, command: list[str]) -> bytes:
    """The WAV file that the program makes; nothing when it fails or is too slow."""
    try:
        ended = await run_to_end(command, PATIENCE, words.encode())
    except (OSError, TimeoutError):
        return b""
    return ended.output if not ended.code and len(ended.output) <= LARGEST else b""


def _levelled(wave: bytes) -> Block | None:
    try:
        samples = decode(io.BytesIO(wave))
    except (OSError, ValueError, IndexError):
        return None
    peak = float(np.abs(samples.astype(np.float32)).max(initial=0.0))
    if peak < 1.0:
        return None
    levelled: Block = (samples * np.float32(PEAK / peak)).astype(np.int16)
    return levelled
