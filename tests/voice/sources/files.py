"""Sound files of every kind, made when they are needed."""

from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import av
import numpy as np

ENCODERS = {
    "mp3": "libmp3lame",
    "m4a": "aac",
    "mp4": "aac",
    "aac": "aac",
    "ts": "aac",
    "flac": "flac",
    "wav": "pcm_s16le",
    "ogg": "libopus",
    "mka": "libopus",
    "wv": "wavpack",
    "caf": "pcm_s16be",
}
"""By the end of a file's name."""


FORMATS = {"m4a": "ipod", "aac": "adts", "ts": "mpegts", "mka": "matroska"}
"""What FFmpeg calls them, where it has another name."""


def make(
    path: Path, hertz: float = 440, seconds: float = 2.0, *, rate: int = 48_000, layout: str = "stereo"
) -> Path:
    """A tone as a file of the kind that its name says."""
    path.write_bytes(_content(path.suffix[1:], hertz, seconds, rate, layout))
    return path


@lru_cache(maxsize=32)
def _content(kind: str, hertz: float, seconds: float, rate: int, layout: str) -> bytes:
    """Many tests ask for the same."""
    content = BytesIO()
    with av.open(content, "w", format=FORMATS.get(kind, kind)) as container:
        write(container, ENCODERS[kind], wave(hertz, seconds, rate), rate, layout)
    return content.getvalue()


def make_hls(folder: Path, seconds: float, *, kind: str = "mpegts", over: bool = True) -> Path:
    """A tone of 440 Hz as HLS in pieces of a second; `kind` is `mpegts` or `fmp4`."""
    folder.mkdir()
    options = {"hls_time": "1", "hls_segment_type": kind, "hls_list_size": "0", "hls_playlist_type": "vod"}
    if not over:
        options |= {"hls_flags": "omit_endlist", "hls_playlist_type": "event"}
    with av.open(str(folder / "sound.m3u8"), "w", format="hls", options=options) as container:
        write(container, "aac", wave(440, seconds, 48_000), 48_000, "stereo")
    return folder / "sound.m3u8"


def make_video(path: Path, hertz: float = 440, seconds: float = 2.0) -> Path:
    """A film: grey pictures, and a tone."""
    with av.open(str(path), "w") as container:
        pictures = container.add_stream("mpeg4", rate=25)
        pictures.width, pictures.height, pictures.pix_fmt = 64, 64, "yuv420p"
        sound = _stream(container, "aac", 48_000, "mono")
        for _ in range(round(25 * seconds)):
            picture = av.VideoFrame.from_ndarray(np.full((64, 64, 3), 128, np.uint8), format="rgb24")
            container.mux(pictures.encode(picture))
        container.mux(pictures.encode(None))
        _encode(container, sound, wave(hertz, seconds, 48_000), 48_000)
    return path


def wave(hertz: float, seconds: float, rate: int) -> np.ndarray[Any, np.dtype[np.int16]]:
    time = np.arange(round(seconds * rate)) / rate
    return (8000 * np.sin(2 * np.pi * hertz * time)).astype(np.int16)


def write(
    container: Any, codec: str, samples: np.ndarray[Any, np.dtype[np.int16]], rate: int, layout: str
) -> None:
    _encode(container, _stream(container, codec, rate, layout), samples, rate)


def _stream(container: Any, codec: str, rate: int, layout: str) -> Any:
    stream = container.add_stream(codec, rate=rate)
    stream.layout = layout
    return stream


def _encode(container: Any, stream: Any, samples: np.ndarray[Any, np.dtype[np.int16]], rate: int) -> None:
    channels = stream.layout.nb_channels
    for at in range(0, len(samples), rate // 10):
        part = samples[at : at + rate // 10]
        frame = av.AudioFrame.from_ndarray(
            np.repeat(part, channels).reshape(1, -1), format="s16", layout=stream.layout.name
        )
        frame.sample_rate = rate
        frame.pts = at
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))
