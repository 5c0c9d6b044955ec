"""Ears: what a player hears of bytes and of addresses."""

import asyncio
import shutil
import subprocess
import time

import numpy as np
import pytest

from tests.deadline import DEADLINE
from voice.mixing.sound import Block
from voice.mixing.units import RATE

needs_ffmpeg = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="needs ffmpeg")

_RAW = ["-f", "s16le", "-ac", "1", "-ar", str(RATE), "-"]


def heard(data: bytes) -> Block:
    """What ffmpeg plays of a file."""
    done = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", "-", *_RAW], input=data, stdout=subprocess.PIPE, check=True
    )
    return np.frombuffer(done.stdout, np.int16)


async def listen(url: str, seconds: float) -> Block:
    """What ffmpeg plays of a live stream, once there is one."""
    deadline = time.monotonic() + DEADLINE
    while time.monotonic() < deadline:
        sound = await _try_to_listen(url, seconds)
        if len(sound) >= seconds * RATE * 0.9:
            return sound
    raise AssertionError(f"nothing to hear at {url}")


async def _try_to_listen(url: str, seconds: float) -> Block:
    quick = ["-v", "error", "-nostdin", "-analyzeduration", "500000", "-rw_timeout", "5000000"]
    player = await asyncio.create_subprocess_exec(
        "ffmpeg", *quick, "-i", url, "-t", str(seconds), *_RAW, stdout=-1, stderr=-3
    )
    try:
        async with asyncio.timeout(DEADLINE):
            sound, _ = await player.communicate()
    finally:
        if player.returncode is None:
            player.kill()
    return np.frombuffer(sound, np.int16)
