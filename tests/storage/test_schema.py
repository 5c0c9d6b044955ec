"""The schema says of each column whether it is about somebody: a new one cannot come in unnoticed."""

import re

import pytest
from sqlalchemy import BigInteger, Column, Integer, MetaData, String, Table, Text

from storage.marks import ABOUT_PEOPLE, companions, marked
from storage.schema import metadata

SUGGESTS_A_PERSON = re.compile(
    r"person|people|host|actor|user|member|speaker|guest|admin|author|owner|_by$|name|who"
)
SUGGESTS_A_CHAT = re.compile(r"chat|group|copies|channel")

COLUMNS = [column for table in metadata.sorted_tables for column in table.columns]


def unmarked(columns: list[Column[object]]) -> list[str]:
    """The columns that may be about somebody and do not say so."""
    return [
        str(column)
        for column in columns
        if SUGGESTS_A_PERSON.search(column.name)
        and isinstance(column.type, Integer | String)
        and not ABOUT_PEOPLE & column.info.keys()
    ]


def test_every_column_whose_name_suggests_a_person_is_marked() -> None:
    assert unmarked(COLUMNS) == []


@pytest.mark.parametrize("name", ["host", "person", "asked_by", "owner_name"])
def test_a_new_column_about_a_person_would_be_seen(name: str) -> None:
    table = Table("new", MetaData(), Column(name, BigInteger), Column("at", Text))
    assert unmarked(list(table.columns)) == [f"new.{name}"]


def test_every_table_of_people_has_a_column_with_their_number() -> None:
    assert list(marked(metadata.tables["people"], "person")) == [metadata.tables["people"].c.id]


def test_every_column_whose_name_suggests_a_chat_is_marked() -> None:
    suspicious = [column for column in COLUMNS if SUGGESTS_A_CHAT.search(column.name)]
    assert [str(column) for column in suspicious if not {"chat", "chats"} & column.info.keys()] == []


def test_marks_point_to_columns_with_a_person_s_number() -> None:
    for column in COLUMNS:
        for number in (*column.info.get("whose", ()), *filter(None, [column.info.get("mentions")])):
            assert "person" in column.table.c[number].info, f"{column} is marked as of {number}"


def test_what_goes_with_a_number_is_text_that_can_be_blank() -> None:
    for column in COLUMNS:
        if "person" in column.info:
            assert all(isinstance(companion.type, String) for companion in companions(column))


def test_everything_that_hangs_on_a_room_goes_with_it() -> None:
    for column in COLUMNS:
        for key in column.foreign_keys:
            if key.column.table.name == "rooms":
                assert key.ondelete == "CASCADE", str(column)
