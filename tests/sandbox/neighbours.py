"""A small neighbourhood: a group, those who are in it, and an ear that keeps every change in order."""

from datetime import UTC, datetime, timedelta
from typing import TypeVar

from sandbox.world.changes import Change
from sandbox.world.entities import Chat, GroupCall, Membership, Person, Status
from sandbox.world.world import World

ADA, BRUNO, CHIARA, DANIELE, STRANGER, BOT = 1, 2, 3, 4, 5, 6
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)

C = TypeVar("C")


class Neighbourhood:
    """Ada's group: Bruno may manage its calls, Daniele is an admin who may not, Chiara is a member."""

    def __init__(self) -> None:
        self.now = NOON
        self.world = World(lambda: self.now)
        self.society, self.messages, self.calls = self.world.society, self.world.messages, self.world.calls
        for id_, name in enumerate(("Ada", "Bruno", "Chiara", "Daniele", "Stranger"), ADA):
            self.society.add(Person(id_, name, username=f"{name.lower()}_{id_}"))
        self.society.add(Person(BOT, "Loggione", is_bot=True, token="6:secret"))
        self.group = self.society.create_group("Careers", ADA)
        calls, pins = frozenset({"can_manage_video_chats"}), frozenset({"can_pin_messages"})
        self.group.members |= {
            BRUNO: Membership(BRUNO, Status.ADMINISTRATOR, calls),
            CHIARA: Membership(CHIARA),
            DANIELE: Membership(DANIELE, Status.ADMINISTRATOR, pins),
        }
        self.told: list[Change] = []
        self.society.watch(self.told.append)

    def seat(self, person: int, status: Status = Status.MEMBER, *rights: str) -> None:
        self.society.set_member(self.group, Membership(person, status, frozenset(rights)), ADA)

    def wait(self, **length: float) -> None:
        self.now += timedelta(**length)

    def start_call(self) -> GroupCall:
        return self.calls.create(self.group, ADA, "Talk")

    def heard(self, kind: type[C]) -> list[C]:
        """What was told of this kind so far."""
        return [change for change in self.told if isinstance(change, kind)]

    def service(self, chat: Chat | None = None) -> list[tuple[str, object]]:
        """The service messages of a chat, oldest first."""
        messages = (chat or self.group).messages.values()
        return [message.service for message in messages if message.service is not None]
