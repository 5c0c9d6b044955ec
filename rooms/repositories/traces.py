"""All that is on record, as the schema itself tells it: about somebody, about a group, table by table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from rooms.ids import ChatId, PersonId


@dataclass(frozen=True, slots=True)
class Trace:
    """Something on record about a person or a group: `where` is the table, `what` its columns and values."""

    where: str
    what: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a table: its name, and in words what it holds."""

    name: str
    what: str


@dataclass(frozen=True, slots=True)
class Holding:
    """What a table holds, why, how long, and who gets to see it; in English, to be translated.

    `fate` is what becomes of a row when the person whom it is about is erased, empty if it is about nobody.
    `hides_few`: how many rows there are could tell whether anybody listens.
    """

    table: str
    what: str
    why: str
    until: str
    seen_by: str
    fate: str
    fields: tuple[Field, ...]
    hides_few: bool = False


class Traces(Protocol):
    """All that is on record about somebody, found by the schema itself."""

    def holdings(self) -> Sequence[Holding]:
        """Every table there is, as the schema describes it."""
        ...

    async def counts(self) -> Mapping[str, int]:
        """How many rows each table has."""
        ...

    async def of_person(self, person: PersonId) -> Sequence[Trace]:
        """Every row that names the person."""
        ...

    async def of_group(self, chat: ChatId) -> Sequence[tuple[str, int]]:
        """How many rows each table holds about a group; tables without any are left out."""
        ...

    async def erase_person(self, person: PersonId) -> None:
        """No row names the person any more: what is theirs goes, what is the group's stays without a name."""
        ...
