"""Appointments: who was asked to speak in a talk, to mind it, or to listen to it, and what they answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rooms.ids import AppointmentId, PersonId, RoomId
from rooms.roles import Asker, Role

MOST = 30
"""Appointments of one talk at most."""


class Answer(StrEnum):
    """What somebody who was asked has answered."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody as the inviter named them: by number where Telegram tells it, else by user name alone.

    `username` is in small letters, without @; `is_bot` is whether they are known to be a bot.
    """

    name: str
    person: PersonId | None = None
    username: str | None = None
    is_bot: bool = False

    def is_me(self, asker: Asker) -> bool:
        """Whether the asker is meant."""
        if self.person is not None:
            return self.person == asker.person
        return self.username is not None and self.username == (asker.username or "").lower()

    def is_same(self, other: "Invited") -> bool:
        """Whether two mean one person, as far as they tell: by their numbers, else by their user names."""
        if self.person is not None and other.person is not None:
            return self.person == other.person
        return self.username is not None and self.username == other.username

    def is_host(self, host: PersonId, asker: Asker) -> bool:
        """Whether a talk's host is meant, whose user name is known if it is they who ask."""
        return self.person == host or (asker.person == host and self.is_me(asker))


@dataclass(frozen=True, slots=True)
class Appointment:
    """A role in one talk (co-host, speaker, or listener of an invite-only one), offered to somebody."""

    id: AppointmentId
    room: RoomId
    role: Role
    invited: Invited
    answer: Answer = Answer.WAITING


def cast(host: PersonId, appointments: Sequence[Appointment]) -> frozenset[PersonId]:
    """Those with a part in a talk: its host, and who accepted to mind it or to speak."""
    accepted = (
        one.invited.person
        for one in appointments
        if one.answer is Answer.ACCEPTED and one.role is not Role.LISTENER
    )
    return frozenset({host, *(person for person in accepted if person is not None)})
