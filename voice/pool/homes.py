"""Homes: which relay account has which call, and which accounts may be asked about one, best first."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from typing import Generic, Protocol, TypeVar

from rooms.errors.calls import CallRefused, NoAccount, RelayNotInChat
from rooms.ids import ChatId, RoomId


class Candidate(Protocol):
    """An account, as far as it matters for who is asked."""

    name: str
    is_up: asyncio.Event

    @property
    def rests_for(self) -> float:
        """Seconds for which Telegram wants it to be quiet yet; 0 when it does not."""
        ...


C = TypeVar("C", bound=Candidate)


class Homes(Generic[C]):
    """Who has the call of each open room, who had a chat's call last, and who cannot be in a room's call."""

    def __init__(self, accounts: Mapping[str, C]) -> None:
        self._accounts = accounts
        self.refused: dict[str, str] = {}
        """The accounts that Telegram refuses, and why."""
        self._home: dict[RoomId, str] = {}
        self._latest: dict[ChatId, str] = {}
        self._ousted: defaultdict[RoomId, set[str]] = defaultdict(set)

    @property
    def known(self) -> Mapping[RoomId, str]:
        """Which account has the call of each room that is open."""
        return dict(self._home)

    def home(self, room: RoomId) -> str | None:
        """The account that has the room's call."""
        return self._home.get(room)

    def settle(self, room: RoomId, chat: ChatId, name: str) -> None:
        """An account has the room's call, which is in this chat."""
        self._home[room] = self._latest[chat] = name

    def prefer(self, chat: ChatId, name: str) -> None:
        """An account has done something for a chat, and is asked first the next time."""
        self._latest[chat] = name

    def vacate(self, name: str) -> bool:
        """An account has no calls any more; gives whether it had any."""
        rooms = [room for room, home in self._home.items() if home == name]
        for room in rooms:
            del self._home[room]
        return bool(rooms)

    def oust(self, room: RoomId, name: str) -> None:
        """An account is in a room's call no more, and is not asked to be; one that rests may be, later."""
        if self._home.get(room) == name:
            del self._home[room]
        if not self._accounts[name].rests_for:
            self._ousted[room].add(name)

    def readmit(self, room: RoomId) -> None:
        """Whoever was ousted from the room's call may be asked again."""
        self._ousted.pop(room, None)

    def close(self, room: RoomId) -> None:
        """The room has no call any more."""
        self._home.pop(room, None)
        self.readmit(room)

    def fit(self, room: RoomId | None = None, chat: ChatId | None = None) -> list[C]:
        """Who may be asked, best first: who has it; those who are up, and need not rest; who had it last."""
        ousted = self._ousted.get(room, set()) if room is not None else set()
        able = [a for a in self._accounts.values() if a.name not in self.refused and a.name not in ousted]
        latest = self._latest.get(chat) if chat is not None else None
        home = self._home.get(room) if room is not None else None

        def rank(one: C) -> tuple[bool, bool, bool, bool]:
            return one.name != home, not one.is_up.is_set(), one.rests_for > 0, one.name != latest

        return sorted(able, key=rank)

    def holder(self, room: RoomId, chat: ChatId) -> C:
        """Who has the room's call; what is to be closed after a restart, anybody can close.

        Raises:
            CallRefused: nobody may be asked; see `nobody`.
        """
        home = self._home.get(room)
        if home is not None and home not in self.refused:
            return self._accounts[home]
        able = self.fit(room, chat)
        if not able:
            raise self.nobody(chat)
        return able[0]

    def nobody(self, chat: ChatId) -> CallRefused:
        """Why none of the accounts may be asked."""
        if len(self.refused) == len(self._accounts):
            return NoAccount(chat, next(reversed(self.refused.values())))
        return RelayNotInChat(chat, "USER_NOT_PARTICIPANT")
