"""By what a person is found on record: the number, and the names and user names that stand beside it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, case, exists, func, or_, select
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
    """The conditions under which a row of the table names the person, by number or user name.

    A name alone is no proof: everybody chooses their own, and many have the same.
    """
    for number in marked(table, "person"):
        yield number == identity.person
    for column in marked(table, "username"):
        yield column.in_(sorted(identity.usernames))
    for column in marked(table, "state"):
        yield _is_in_state(column, identity)


def is_theirs(table: Table, identity: Identity) -> Iterator[ColumnElement[bool]]:
    """The conditions under which a row of the table names the person and is theirs alone."""
    for number in marked(table, "person"):
        if number.info["person"] is Erasure.ROW:
            yield number == identity.person
    for column in marked(table, "username"):
        yield column.in_(sorted(identity.usernames))
    for column in marked(table, "state"):
        yield _is_in_state(column, identity)


def _is_in_state(column: Column[Any], identity: Identity) -> ColumnElement[bool]:
    """Whether the JSON holds an object with the person's number or user name."""
    part = func.json_tree(column).table_valued("type", "value")
    number, username = (
        case((part.c.type == "object", func.json_extract(part.c.value, f"$.{key}")))
        for key in ("person", "username")
    )
    is_meant = or_(number == identity.person, func.lower(username).in_(sorted(identity.usernames)))
    found = exists().select_from(part).where(is_meant)
    return case((func.json_valid(column) == 1, found), else_=False)


async def _beside(connection: AsyncConnection, column: Column[Any], where: ColumnElement[bool]) -> set[str]:
    values = await connection.scalars(select(column).where(where).distinct())
    return {value for value in values if value}
