"""Purposes: what the schema says of each table to people: why it is kept, how long, and who sees it."""

from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table


@dataclass(frozen=True, slots=True)
class Purpose:
    """What somebody who stands in a table has a right to know; in English, and translated for those who read.

    `hides_few`: how many rows there are could tell whether anybody listens.
    """

    why: str
    until: str
    seen_by: str
    hides_few: bool = False


def kept(why: str, *, until: str, seen_by: str, hides_few: bool = False) -> dict[str, Any]:
    """The table is kept for this, so long, and seen by those; its rows' own description is its `comment`."""
    return {"purpose": Purpose(why, until, seen_by, hides_few)}


def purpose_of(table: Table) -> Purpose:
    """What is said of a table; nothing of one that nobody has described, which `make check` forbids."""
    return cast(Purpose, table.info.get("purpose", Purpose("", "", "")))
