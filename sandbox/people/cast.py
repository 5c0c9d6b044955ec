"""The cast: who plays in the demo, and who of the world's people they are."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody a newcomer may be: `role` is admin, speaker or member; `about` a line for the choice."""

    key: str
    name: str
    role: str
    about: str
    language_code: str = "en"


PARTS = (
    Part("ada", "Ada", "admin", "Owns the group, schedules talks and minds them"),
    Part("bruno", "Bruno", "speaker", "Drove a lorry, became a nurse, and tells about it"),
    Part("chiara", "Chiara", "member", "Keeps books, wants to write code, has questions"),
    Part("daniele", "Daniele", "member", "Repairs bicycles and writes Italian", "it"),
)


@dataclass(frozen=True, slots=True)
class Cast:
    """Ids of the world: the bot, the relay accounts, and people and chats by their keys.

    `relay` is the one that is there in any case, `spare` one that may be used beside it.
    """

    bot: int
    relay: int
    spare: int
    people: Mapping[str, int] = field(default_factory=dict)
    chats: Mapping[str, int] = field(default_factory=dict)

    @property
    def programs(self) -> frozenset[int]:
        """Those who are no people, but a program's."""
        return frozenset({self.bot, self.relay, self.spare})

    def part(self, person: int) -> Part | None:
        """The part that somebody plays; None for whoever plays none."""
        return next((part for part in PARTS if self.people.get(part.key) == person), None)

    def role(self, person: int) -> str:
        """What somebody is in the demo, in a word."""
        if person in self.programs:
            return "bot" if person == self.bot else "relay"
        part = self.part(person)
        return "member" if part is None else part.role
