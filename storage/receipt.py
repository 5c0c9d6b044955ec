"""The receipt: the schema in the words of people, for all who show it, and for those who translate it."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Table

from rooms.repositories.traces import Field, Holding
from storage.marks import ABOUT_PEOPLE, Erasure, marked
from storage.purposes import purpose_of
from storage.schema import metadata

GOES = "the row goes"
STAYS = "the row stays; number, name and words go"
STAYS_STRUCK = "the row stays; number, name and words go, and the name is struck out of texts"


def undescribed(tables: Sequence[Table]) -> Iterator[str]:
    """The tables and columns that do not say what they hold, and why."""
    for table in tables:
        if not table.comment or "purpose" not in table.info:
            yield table.name
        yield from (str(column) for column in table.columns if not column.comment)


def texts() -> Iterator[str]:
    """Every text that a receipt says, to be translated."""
    for holding in HOLDINGS:
        yield from filter(None, (holding.what, holding.why, holding.until, holding.seen_by, holding.fate))
        yield from (field.what for field in holding.fields)


def _holding(table: Table) -> Holding:
    purpose = purpose_of(table)
    return Holding(
        table.name,
        table.comment or table.name,
        purpose.why,
        purpose.until,
        purpose.seen_by,
        _fate(table),
        tuple(Field(column.name, column.comment or column.name) for column in table.columns),
        purpose.hides_few,
    )


def _fate(table: Table) -> str:
    """What becomes of a row when its person is erased, by the marks of its columns."""
    if not any(ABOUT_PEOPLE & column.info.keys() for column in table.columns):
        return ""
    if {column.info["person"] for column in marked(table, "person")} != {Erasure.NAME}:
        return GOES
    return STAYS_STRUCK if list(marked(table, "mentions")) else STAYS


HOLDINGS: Sequence[Holding] = tuple(_holding(table) for table in metadata.tables.values())
"""Every table, in the order of the schema."""
