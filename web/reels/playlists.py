"""Playlists: what HTTP Live Streaming is told of a room's pieces (RFC 8216)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from containers.fmp4 import AAC_FRAME
from containers.opus import RATE

FRAMES = 94
"""Frames of AAC in a piece: two seconds, and a bit."""

_DURATION = FRAMES * AAC_FRAME / RATE
_PEAK = 96_000
_AVERAGE = 68_000
"""Bits a second, everything included."""

MASTER = f"""#EXTM3U
#EXT-X-VERSION:7
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-STREAM-INF:BANDWIDTH={_PEAK},AVERAGE-BANDWIDTH={_AVERAGE},CODECS="mp4a.40.2"
sound.m3u8
""".encode()
"""The master playlist, the same for every room: it leads to the playlist beside it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a room's sound.

    `number` is its place in the sequence; `frames` is how many frames of AAC it holds; `heard_at` is when it
    was said; `leaps` is whether its time does not go on from the piece before.
    """

    number: int
    content: bytes
    frames: int
    heard_at: datetime
    leaps: bool


def media(pieces: Sequence[Piece], folder: str, leaps_gone: int, *, is_over: bool) -> bytes:
    """The playlist of these pieces (section 4.3.3), and of no more if it is over.

    Args:
        pieces: one after the other, at least one.
        folder: the address beneath which they are, with what they begin with.
        leaps_gone: how many pieces that leapt have left the playlist.
        is_over: whether none comes any more.
    """
    lines = [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        f"#EXT-X-TARGETDURATION:{round(_DURATION)}",
        f"#EXT-X-MEDIA-SEQUENCE:{pieces[0].number}",
        f"#EXT-X-DISCONTINUITY-SEQUENCE:{leaps_gone}",
        f'#EXT-X-MAP:URI="{folder}/head.mp4"',
    ]
    for piece in pieces:
        lines += ["#EXT-X-DISCONTINUITY"] if piece.leaps else []
        lines += [
            f"#EXT-X-PROGRAM-DATE-TIME:{_written(piece.heard_at)}",
            f"#EXTINF:{piece.frames * AAC_FRAME / RATE:.5f},",
            f"{folder}/{piece.number}.m4s",
        ]
    lines += ["#EXT-X-ENDLIST"] if is_over else []
    return "".join(f"{line}\n" for line in lines).encode()


def _written(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
