"""The groups on record, read from the data without touching them, whether or not Loggione runs on them."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

PATIENCE = 10.0
"""Seconds that another process may keep the data to itself."""


@dataclass(frozen=True, slots=True)
class KnownGroup:
    """A group in which the bot is; `copies` are the other chats in which its talks are announced."""

    chat: int
    title: str
    copies: Sequence[int]


@contextmanager
def reading(database: Path) -> Iterator[sqlite3.Connection]:
    """A connection that cannot write; raises `sqlite3.Error`."""
    address = f"file:{quote(str(database.resolve()))}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=PATIENCE)) as connection:
        yield connection


def known_groups(database: Path) -> Sequence[KnownGroup]:
    """The groups on record in which the bot is; none where there are no data, or none of this version."""
    if not database.exists():
        return []
    try:
        with reading(database) as connection:
            rows = connection.execute(
                "SELECT chat, title, copies FROM groups WHERE is_present ORDER BY title"
            )
            return [KnownGroup(chat, title, json.loads(copies)) for chat, title, copies in rows]
    except (sqlite3.Error, ValueError):
        return []  # what is wrong with the data, the examination of the database says
