"""A reel: the last half minute of a room's sound in pieces of two seconds, each made once for all."""

import asyncio
import secrets
from collections import deque
from datetime import timedelta

from containers import fmp4
from containers.fmp4 import AAC_FRAME
from containers.opus import RATE
from rooms.ports import Clock
from web.reels.playlists import FRAMES, Piece, media

SHOWN = 8
"""Pieces in the playlist: 16 s, of which players begin some 6 s before the end. More where they are short."""

LEAST = 3 * round(FRAMES * AAC_FRAME / RATE)
"""Seconds in the playlist at least, once pieces leave it (RFC 8216, section 6.2.2)."""

KEPT = SHOWN + 1
"""Pieces that can be fetched though they left the playlist: a player may know of them (section 6.2.2)."""

LIFETIME = 30
"""Seconds for which everybody may keep a piece. It never changes, and is not asked for later."""


class Reel:
    """Gathers frames into pieces, whose addresses are new with each reel and tell nothing of who asks.

    Numbers go on from those of earlier reels, which a restart forgets: they begin with the seconds of the
    clock, and a piece, with the gap after it, takes one second at least.

    Args:
        room: the unguessable part of the room's link.
        clock: says when a piece was said.
    """

    def __init__(self, room: str, clock: Clock) -> None:
        self.name = secrets.token_urlsafe(16)
        self.is_off_air = asyncio.Event()
        """Set when its room is on air no more, for those for whom it was."""
        self.is_over = False
        self.has_news = asyncio.Event()
        """Set when it can be told what is heard, or that nothing will be."""
        self.playlist = b""
        """What is in it now; nothing before the first piece."""
        self._clock = clock
        self._folder = f"/l/{room}/pieces/{self.name}"
        self._shown: deque[Piece] = deque()
        self._gone: deque[Piece] = deque(maxlen=KEPT)
        self._number = self._leaps_gone = int(clock.now().timestamp())
        self._frames: list[bytes] = []
        self._due: int | None = None
        self._began = 0
        self._clock_began = clock.now()
        self._leaps = False

    def take(self, at: int, frame: bytes) -> None:
        """Add a frame of AAC that begins at this sample.

        After a gap, and where the room's clock began anew, another piece begins.
        """
        if at != self._due:
            self._cut()
            self._leaps = self._due is not None
        if self._due is None or at < self._due:
            self._clock_began = self._clock.now() - timedelta(seconds=at / RATE)
        if not self._frames:
            self._began = at
        self._frames.append(frame)
        self._due = at + AAC_FRAME
        if len(self._frames) == FRAMES:
            self._cut()

    def finish(self) -> None:
        """The talk is over: what there is is all there will be."""
        self.is_over = True
        self._cut()
        if self._shown:
            self._tell()
        self.has_news.set()

    def piece(self, number: int) -> bytes | None:
        """The content of a piece; None for one that is not there, not yet or not any more."""
        there = (piece for pieces in (self._shown, self._gone) for piece in pieces)
        return next((piece.content for piece in there if piece.number == number), None)

    def _cut(self) -> None:
        """Make a piece of what was gathered."""
        if not self._frames:
            return
        content = fmp4.segment(self._frames, self._began, self._number)
        heard_at = self._clock_began + timedelta(seconds=self._began / RATE)
        self._shown.append(Piece(self._number, content, len(self._frames), heard_at, self._leaps))
        self._number += 1
        self._frames = []
        self._leaps = False
        self._slide()
        self._tell()

    def _slide(self) -> None:
        """Let the oldest pieces leave the playlist, but never too many of them."""
        frames = sum(piece.frames for piece in self._shown)
        while len(self._shown) > SHOWN and (frames - self._shown[0].frames) * AAC_FRAME >= LEAST * RATE:
            piece = self._shown.popleft()
            frames -= piece.frames
            self._leaps_gone += piece.leaps
            self._gone.append(piece)

    def _tell(self) -> None:
        self.playlist = media([*self._shown], self._folder, self._leaps_gone, is_over=self.is_over)
        self.has_news.set()
