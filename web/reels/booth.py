"""The booth: answers who fetches a room's sound in pieces, and says what may be kept on the way, how long."""

from collections.abc import Mapping

from aiohttp import web

from containers import fmp4
from rooms.errors.recording import NotRecorded
from rooms.listening import View
from rooms.room import Room
from web.reels.playlists import MASTER
from web.reels.reel import LIFETIME
from web.reels.reels import Reels

MASTER_NAME = "stream"
"""The playlist that leads to the other one, whose address stands beside it."""

HEAD_NAME = "head.mp4"
"""What every player fetches before the first piece."""

_PLAYLIST_TYPE = "application/vnd.apple.mpegurl"

_FOR_A_MOMENT: Mapping[str, str] = {"Cache-Control": "public, max-age=1"}
_FOR_ITS_LIFE: Mapping[str, str] = {"Cache-Control": f"public, max-age={LIFETIME}, immutable"}


class Booth:
    """Every answer is the same for all; what only ticket holders fetch is kept by nobody on the way.

    Args:
        reels: the rooms'.
        dress: the headers of every answer.
    """

    def __init__(self, reels: Reels, dress: Mapping[str, str]) -> None:
        self._reels = reels
        self._dress = dress

    def has_end(self, view: View) -> bool:
        """Whether the end of a talk that is over is still there for all with the link."""
        return not view.has_ticket and self._reels.of(view.room) is not None

    async def playlist(self, view: View, name: str) -> web.Response:
        """A playlist of a room for somebody who may hear it; raises `NothingHeard`."""
        content = MASTER if name == MASTER_NAME else await self._reels.playlist(view)
        kept = {} if view.has_ticket else _FOR_A_MOMENT
        return web.Response(body=content, headers={**self._dress, **kept, "Content-Type": _PLAYLIST_TYPE})

    def piece(self, room: Room, folder: str, name: str) -> web.Response:
        """A piece, or what comes before all pieces, for whoever learnt its address from the playlist.

        Raises:
            NotRecorded: there is none, not yet or not any more.
        """
        reel = self._reels.of(room)
        if reel is None or reel.name != folder:
            raise NotRecorded
        content = fmp4.head() if name == HEAD_NAME else reel.piece(int(name.partition(".")[0]))
        if content is None:
            raise NotRecorded
        headers = {**self._dress, **_FOR_ITS_LIFE, "Content-Type": "audio/mp4"}
        return web.Response(body=content, headers=headers)
