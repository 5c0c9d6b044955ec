"""Bills: what a calendar or a feed shows, the addresses that it names, and ids that outlive them.

An id is a UUID made of an address by a one-way function (RFC 9562, section 5.5): it is the same for ever, and
does not tell the address.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote
from uuid import UUID, uuid5

from rooms.group import Group
from rooms.room import Room
from web.cleaning import one_line

_OURS = UUID("051cc619-e5c5-4c46-9113-0f6441afa643")
"""Never to be changed: calendars would show every talk twice."""


@dataclass(frozen=True, slots=True)
class Bill:
    """A group's talks, or those of one topic, whatever became of them; never drafts."""

    group: Group
    rooms: Sequence[Room]
    topic: str | None = None

    @property
    def title(self) -> str:
        """The group's name, and the topic where it is but one."""
        name = one_line(self.group.title)
        return name if self.topic is None else f"{name} · #{one_line(self.topic)}"

    @property
    def path(self) -> str:
        """The page of the same talks; its calendar and its feed are below it."""
        return self.path_of(self.topic)

    def address_of(self, room: Room, public_url: str) -> str:
        """Where to read more of one of its talks: here, while the talk's gallery is closed."""
        return talk_address(room, public_url) if room.is_gallery_open else f"{public_url}{self.path}"

    def path_of(self, topic: str | None) -> str:
        """The page of one topic of the group, or of all its talks."""
        whole = f"/g/{self.group.programme_key}"
        return whole if topic is None else f"{whole}/topics/{quote(topic, safe='')}"

    @property
    def topics(self) -> Sequence[str]:
        """The topics of its talks, and its own, in order."""
        return sorted({room.plan.topic for room in self.rooms if room.plan.topic} | {self.topic or ""} - {""})

    @property
    def id(self) -> UUID:
        """Lasts as long as the address.

        It is not made of the chat's number, which is so short that it could be found by trying.
        """
        return uuid5(_OURS, self.path)


def talk_id(room: Room) -> UUID:
    """Lasts as long as the talk, whatever is changed of it, and whichever address tells of it."""
    return uuid5(_OURS, f"/l/{room.first_key or room.listen_key}")


def talk_address(room: Room, public_url: str) -> str:
    """The page on which a talk is heard, or which tells who may hear it."""
    return f"{public_url}/l/{room.listen_key}"
