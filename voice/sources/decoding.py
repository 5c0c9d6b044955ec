"""The decoder: a process of its own that makes samples of whatever FFmpeg can read.

Bytes on standard input, which may be a file or a pipe; on standard output first the length in samples as a
little-endian int64 (-1: nobody knows), as soon as there is something to be heard, then mono s16le at `RATE`.
Files come from strangers, and decoders were written for friends: one that crashes, spins or eats memory is
this process's end and nothing else's. The process has no descriptor but these two, opens no file and no
address, and is ended by the kernel when it works long without a sample or when whoever started it dies.
"""

import ctypes
import os
import resource
import signal
import struct
import sys
from collections.abc import Iterator
from typing import Any, Never

import av
from av.stream import Discard

from voice.sources.pcm import LENGTH, LIVE_ARGUMENT, RATE, UNKNOWN

UNDECODABLE = 65
"""Exit status (EX_DATAERR): no sound in it, or none any more."""

MEMORY = 1 << 30
"""Bytes of address space, of which Python and FFmpeg take an eighth."""

FRUITLESS = 20.0
"""Seconds of the processor's time without a sample, at most."""

RATES = range(2_000, 768_001)
"""Samples a second that sound can have; elsewhere a few bytes would become hours."""

PR_SET_PDEATHSIG = 1

LIVE = {"formatprobesize": "16384", "analyzeduration": "1000000"}
"""Options by which a live stream is recognised after a second or two: FFmpeg would wait for ten of them."""

FORMATS = (
    "aac,ac3,aiff,amr,amrnb,amrwb,ape,asf,au,avi,caf,dsf,dts,eac3,flac,flv,gsm,iff,live_flv,loas,matroska,webm,"
    "mov,mp4,m4a,3gp,3g2,mp3,mpc,mpc8,mpeg,mpegts,ogg,oma,rm,shn,spx,tak,tta,voc,w64,wav,wv,xwma"
)
"""Demuxers that hold sound within themselves: none of them leads on to other files or addresses."""


def main() -> int:
    """Decode standard input to its end; the exit status."""
    _confine()
    try:
        with (
            open(0, "rb", buffering=0) as source,
            av.open(
                source,
                options={
                    "format_whitelist": FORMATS,
                    "protocol_whitelist": "none",
                    **(LIVE if LIVE_ARGUMENT in sys.argv else {}),
                },
                metadata_errors="replace",
                io_open=_refuse,
            ) as container,
        ):
            return _decode(container)
    except BrokenPipeError:
        return 0
    except (av.FFmpegError, OSError, ValueError, MemoryError, OverflowError):
        return UNDECODABLE


def _confine() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    _go_on()


def _go_on() -> None:
    """Wind the kernel's watch anew; when it runs out, SIGPROF ends the process, also within native code."""
    signal.setitimer(signal.ITIMER_PROF, FRUITLESS)


def _refuse(url: str, _flags: int, _options: dict[str, str]) -> Never:
    raise OSError(f"not to be opened: {url!r}")


def _decode(container: Any) -> int:
    blocks = _blocks(container)
    first = next(blocks, b"")
    if not first:
        return UNDECODABLE
    _write(struct.pack(LENGTH, _length(container)))
    _write(first)
    for block in blocks:
        _go_on()
        _write(block)
    return 0


def _length(container: Any) -> int:
    """In samples of what will be written."""
    if container.duration is None or container.duration <= 0:
        return UNKNOWN
    return int(container.duration * RATE // av.time_base)


def _blocks(container: Any) -> Iterator[bytes]:
    """What is heard, piece by piece, none of them empty; broken packets are passed over, as ears would."""
    resampler, shape = None, None
    for frame in _frames(container):
        frame.pts = None
        if shape != (shape := (frame.format.name, frame.layout.name, frame.sample_rate)):
            yield from _drained(resampler)
            resampler = av.AudioResampler("s16", "mono", RATE)
        for piece in resampler.resample(frame) if resampler else ():
            yield _samples(piece)
    yield from _drained(resampler)


def _frames(container: Any) -> Iterator[Any]:
    if not container.streams.audio:
        return
    stream = container.streams.best("audio") or container.streams.audio[0]
    for other in container.streams:
        if other is not stream:
            other.discard = Discard.all
    for packet in container.demux(stream):
        try:
            frames = packet.decode()
        except av.InvalidDataError:
            continue
        for frame in frames:
            if frame.samples and frame.sample_rate in RATES:
                yield frame


def _drained(resampler: Any) -> Iterator[bytes]:
    if resampler is not None:
        yield from (_samples(piece) for piece in resampler.resample(None))


def _samples(piece: Any) -> bytes:
    return bytes(memoryview(piece.planes[0])[: piece.samples * 2])


def _write(block: bytes) -> None:
    view = memoryview(block)
    while view:
        view = view[os.write(1, view) :]


if __name__ == "__main__":
    sys.exit(main())
