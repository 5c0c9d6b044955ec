"""The sound: a tone through resampler and codec, the native call library, and a voice for notices."""

import asyncio
import shutil
import sys
from collections.abc import Sequence

from app.doctor.findings import Case, Finding
from voice.processes import run_to_end

RATE, TONE = 48_000, 440.0
"""Of the calls, and of the test: hertz."""

STRENGTH, TOLERANCE = 8000.0, 5.0
"""The tone's amplitude, and how far from it in hertz the strongest one may be that comes out."""

LOADING = 60.0
"""Seconds that the native library may take to load."""

_LIBRARY = "import ntgcalls, tgcrypto; ntgcalls.NTgCalls(); print(ntgcalls.__version__)"
_REINSTALL = "Install Loggione anew: `make install`."


async def check_sound(case: Case) -> Sequence[Finding]:  # noqa: ARG001
    """Whether a tone of 44.1 kHz comes out of Opus as it went in; needs no other program."""
    try:
        hertz, amplitude = await asyncio.to_thread(_tone_through)
    except (ImportError, OSError, ValueError) as error:
        return [Finding("sound", f"the codecs do not work ({type(error).__name__}).", _REINSTALL)]
    if abs(hertz - TONE) > TOLERANCE or not STRENGTH / 2 < amplitude < STRENGTH * 2:
        found = (
            f"a tone of {TONE:.0f} Hz came out at {hertz:.0f} Hz, {amplitude / STRENGTH:.2f} times as strong."
        )
        return [Finding("sound", found, _REINSTALL)]
    return [Finding("sound", f"a tone of {TONE:.0f} Hz comes out of Opus at {hertz:.0f} Hz")]


async def check_library(case: Case) -> Sequence[Finding]:  # noqa: ARG001
    """Whether the native call library loads, in a process of its own since it may abort it."""
    try:
        ended = await run_to_end([sys.executable, "-c", _LIBRARY], LOADING)
    except TimeoutError:
        return [Finding("call library", f"it does not load within {LOADING:.0f} seconds.", _REINSTALL)]
    if ended.code:
        reason = ended.reason.rpartition("\n")[2] or f"status {ended.code}"
        advice = f"{_REINSTALL} It needs Linux on x86-64 or ARM64."
        return [Finding("call library", f"it does not load ({reason:.120}).", advice)]
    return [Finding("call library", f"ntgcalls {ended.output.decode(errors='replace').strip()} loads")]


async def check_speech(case: Case) -> Sequence[Finding]:  # noqa: ARG001
    """Whether notices can be spoken; talks do without."""
    if shutil.which("espeak-ng") is None:
        found = "espeak-ng is not installed, so notices are written and not spoken; to hear them: "
        return [Finding("spoken notices", f"{found}`apt-get install espeak-ng`")]
    return [Finding("spoken notices", "espeak-ng is installed")]


def _tone_through() -> tuple[float, float]:
    """The frequency and the amplitude of the strongest tone that comes back, a second after it went in."""
    import av
    import numpy as np

    times = np.arange(44_100) / 44_100
    samples = (STRENGTH * np.sin(2 * np.pi * TONE * times)).astype(np.int16)[np.newaxis]
    frame = av.AudioFrame.from_ndarray(samples, "s16", "mono")
    frame.sample_rate = 44_100
    resampler = av.AudioResampler("s16", "mono", RATE, frame_size=RATE // 50)
    encoder = av.CodecContext.create("libopus", "w")
    encoder.sample_rate, encoder.layout, encoder.format = RATE, "mono", "s16"
    decoder = av.CodecContext.create("libopus", "r")
    decoder.sample_rate, decoder.layout = RATE, "mono"
    packets = [packet for block in resampler.resample(frame) for packet in encoder.encode(block)]
    flat = av.AudioResampler("s16", "mono", RATE)
    heard = np.concatenate(
        [
            block.to_ndarray()[0]
            for packet in packets
            for sound in decoder.decode(av.Packet(bytes(packet)))
            for block in flat.resample(sound)
        ]
    )[RATE // 10 :]
    spectrum = np.abs(np.fft.rfft(heard * np.hanning(len(heard)))) * 4 / len(heard)
    peak = int(spectrum.argmax())
    return peak * RATE / len(heard), float(spectrum[peak])
