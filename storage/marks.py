"""Marks: what the schema says of columns about people and groups, for all that walks the schema."""

from collections.abc import Iterator
from enum import Enum, auto
from typing import Any

from sqlalchemy import Column, Table


class Erasure(Enum):
    """What becomes of a row when the person that it names is erased."""

    ROW = auto()
    """It is theirs alone, and goes."""
    NAME = auto()
    """It is the group's, and stays without their number, their name and their words."""


def person(erasure: Erasure) -> dict[str, Any]:
    """The column holds a person's number."""
    return {"person": erasure}


def name_of(number: str) -> dict[str, Any]:
    """The column holds the name of the person whose number is in that column of the row."""
    return {"whose": (number,), "is_name": True}


def words_of(*numbers: str) -> dict[str, Any]:
    """The column holds words by or about the people whose numbers are in those columns; they go too."""
    return {"whose": numbers}


def may_mention(number: str) -> dict[str, Any]:
    """The column holds the group's text; the name of that column's person is struck out of it."""
    return {"mentions": number}


USERNAME = {"username": True}
"""The column holds a person's user name, maybe without their number; the row is theirs."""

STATE = {"state": True}
"""The column holds JSON, in which a person is an object with their `person` or `username`; the row goes then.

What else stands in it is no person, even if it reads like the name of one.
"""

SECRET = {"secret": True}
"""The column holds a password or the like: whoever is shown the row is not shown this."""

CHAT = {"chat": True}
"""The column holds the number of the group's chat, and follows when it changes."""

CHAT_OF_MESSAGE = {"chat": True, "stays": True}
"""The column holds the chat of a message, which stays behind when the group gets another number."""

CHATS = {"chats": True}
"""The column holds the numbers of several chats, as a JSON list."""

ABOUT_PEOPLE = frozenset({"person", "whose", "username", "state"})
"""The marks of columns in which somebody can be named."""


def marked(table: Table, mark: str) -> Iterator[Column[Any]]:
    """The table's columns with a mark."""
    return (column for column in table.columns if mark in column.info)


def companions(number: Column[Any]) -> list[Column[Any]]:
    """The columns with the name and the words that go with a person's number."""
    return [column for column in marked(number.table, "whose") if number.name in column.info["whose"]]
