"""Renditions: a part of a replay once more as MP3, for podcast apps and players that know no Opus."""

from collections.abc import Iterator
from pathlib import Path

import av

from rooms.recordings import Part

BIT_RATE = 64_000
"""Bits a second, constant, one channel: a voice sounds as it does at Opus' 40 000."""


_HASTE = {"compression_level": "7"}
"""LAME's least effort that does not skip steps: an hour costs about a minute of a core."""


def write_renditions(parts: list[Part], title: str, artist: str) -> None:
    """Write each part beside itself as MP3, with its own title. Raises `OSError`."""
    for number, part in enumerate(parts, 1):
        called = title if len(parts) == 1 else f"{title} ({number}/{len(parts)})"
        unfinished = part.as_mp3.with_name(f"{part.as_mp3.name}.part")
        try:
            _write(part.path, unfinished, {"title": called, "artist": artist})
        except av.FFmpegError as error:
            raise OSError(error.errno, str(error)) from error
        unfinished.rename(part.as_mp3)


def _write(source: Path, target: Path, tags: dict[str, str]) -> None:
    with av.open(str(source)) as opus, av.open(str(target), "w", format="mp3") as mp3:
        stream = mp3.add_stream("libmp3lame", rate=48_000, layout="mono", bit_rate=BIT_RATE, options=_HASTE)
        mp3.metadata.update(tags)
        for frame in _frames(opus):
            mp3.mux(stream.encode(frame))
        mp3.mux(stream.encode(None))


def _frames(opus: av.container.InputContainer) -> Iterator[av.AudioFrame]:
    """The sound as the encoder takes it."""
    resampler = av.AudioResampler(format="s16p", layout="mono", rate=48_000)
    for frame in opus.decode(audio=0):
        yield from resampler.resample(frame)
    yield from resampler.resample(None)
