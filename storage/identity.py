"""By what a person is found on record: the number, and the names and user names that stand beside it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, Text, case, cast, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rooms.ids import PersonId
from storage import schema
from storage.marks import Erasure, companions, marked


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody's number, and the names and user names that they have on record."""

    person: PersonId
    names: frozenset[str]
    usernames: frozenset[str]

    def struck(self, text: str, mark: str) -> str:
        """The text with a mark in the place of each of the names, where it stands as a word of its own."""
        for name in sorted(self.names, key=len, reverse=True):
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", mark, text)
        return text


async def identify(connection: AsyncConnection, person: PersonId) -> Identity:
    """Gather what is on record beside a person's number."""
    names: set[str] = set()
    usernames: set[str] = set()
    for table in schema.metadata.sorted_tables:
        for number in marked(table, "person"):
            for column in companions(number):
                if "is_name" in column.info:
                    names |= await _beside(connection, column, number == person)
            for column in marked(table, "username"):
                usernames |= await _beside(connection, column, number == person)
    return Identity(person, frozenset(names), frozenset(usernames))


def is_anywhere(table: Table, identity: Identity) -> Iterator[ColumnElement[bool]]:
    """The conditions under which a row of the table names the person."""
    yield from is_theirs(table, identity)
    for number in marked(table, "person"):
        yield number == identity.person


def is_theirs(table: Table, identity: Identity) -> Iterator[ColumnElement[bool]]:
    """The conditions under which a row of the table names the person and is theirs alone."""
    for number in marked(table, "person"):
        if number.info["person"] is Erasure.ROW:
            yield number == identity.person
    for column in marked(table, "username"):
        yield column.in_(sorted(identity.usernames))
    for column in marked(table, "begins_with_name"):
        for name in sorted(identity.names):
            yield _begins(column, name)
    for column in marked(table, "state"):
        yield _is_in_state(column, identity)


def _begins(column: Column[Any], name: str) -> ColumnElement[bool]:
    start = f"{name}: "
    return or_(column == name, func.substr(column, 1, len(start)) == start)


def _is_in_state(column: Column[Any], identity: Identity) -> ColumnElement[bool]:
    """Whether the JSON holds the person's number, name or user name as a value or a key of its own."""
    exactly = [str(identity.person), *sorted(identity.names)]
    in_small_letters = [f"{at}{name}" for name in sorted(identity.usernames) for at in ("", "@")]
    part = func.json_tree(column).table_valued("key", "atom")
    words = [cast(word, Text) for word in (part.c.key, part.c.atom)]
    said = [word.in_(exactly) for word in words] + [func.lower(word).in_(in_small_letters) for word in words]
    found = exists().select_from(part).where(or_(*said))
    return case((func.json_valid(column) == 1, found), else_=False)


async def _beside(connection: AsyncConnection, column: Column[Any], where: ColumnElement[bool]) -> set[str]:
    values = await connection.scalars(select(column).where(where).distinct())
    return {value for value in values if value}
