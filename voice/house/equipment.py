"""The equipment of the relay process: what all its rooms share, and what is made of it for each of them."""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

from rooms.ids import ChatId, PersonId, RoomId
from rooms.outlets import Outlet, OutletState
from voice.call.presence import Presence
from voice.call.switchboard import Switchboard
from voice.house.disk import WatchedDisk
from voice.outlets.restream import Restream, restream
from voice.sources.player import Player
from voice.sources.sounds import Sounds
from voice.studio.tape import Tape
from voice.telegram.calls import GroupCalls


@dataclass(frozen=True, slots=True)
class Equipment:
    """What all rooms share. `disk` has one thread; `recordings` holds one folder for each room.

    `allows_private` is whether sounds may be fetched from, and passed on to, private networks.
    """

    recordings: Path
    disk: Executor
    sounds: Sounds
    own_id: PersonId
    group_calls: GroupCalls
    switchboard: Switchboard
    allows_private: bool = False

    def folder(self, room: RoomId) -> Path:
        """Where a room's recording is."""
        return self.recordings / str(room)

    def presence(self, chat: ChatId) -> Presence:
        """A presence in a chat's call, which it has not joined yet."""
        return Presence(chat, self.own_id, self.group_calls, self.switchboard)

    def player(self) -> Player:
        """A player that knows the house's own sounds."""
        return Player(self.sounds, allows_private=self.allows_private)

    def tape(self, room: RoomId, began: float, torn: Callable[[], object]) -> Tape:
        """A tape for a room whose clock began at this second of the monotonic clock.

        `torn` is called, by the disk's thread, each time that the disk does not take something of it.
        """
        began_at = datetime.now(UTC) - timedelta(seconds=monotonic() - began)
        return Tape(self.folder(room), WatchedDisk(self.disk, torn), began_at)

    def restream(self, outlet: Outlet, changed: Callable[[OutletState], None], title: str) -> Restream:
        """What passes a talk of this title on to an outlet."""
        return restream(outlet, changed, title=title, allows_private=self.allows_private)
