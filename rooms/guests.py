"""Guests: who said that they come to a talk, who waits for a seat, and who wants to be reminded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rooms.ids import PersonId, RoomId


@dataclass(frozen=True, slots=True)
class Guest:
    """What somebody asked of a talk; `coming_since` is None for who only wants to be reminded."""

    room: RoomId
    person: PersonId
    coming_since: datetime | None = None
    wants_reminder: bool = False

    @property
    def is_nobody(self) -> bool:
        """Whether nothing is left that would have to be kept."""
        return self.coming_since is None and not self.wants_reminder


@dataclass(frozen=True, slots=True)
class GuestList:
    """Those who come, in the order in which they said so: seats first, then the waiting list.

    The cast, who have a part in the talk, have their places beside the seats.
    """

    coming: tuple[PersonId, ...]
    seats: int | None
    cast: frozenset[PersonId] = frozenset()

    @property
    def seated(self) -> tuple[PersonId, ...]:
        """Those with a place, in a seat or in the cast."""
        waiting = set(self.waiting)
        return tuple(person for person in self.coming if person not in waiting)

    @property
    def waiting(self) -> tuple[PersonId, ...]:
        """Those who wait for a seat."""
        if self.seats is None:
            return ()
        return tuple(person for person in self.coming if person not in self.cast)[self.seats :]


def guest_list(
    guests: Sequence[Guest], seats: int | None, cast: frozenset[PersonId] = frozenset()
) -> GuestList:
    """The list of those who come to a talk with so many seats and this cast."""
    coming = [(guest.coming_since, guest.person) for guest in guests if guest.coming_since is not None]
    return GuestList(tuple(person for _since, person in sorted(coming)), seats, cast)
