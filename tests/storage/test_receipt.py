"""The schema speaks to people: every table and column says what it is for, and no new one can be silent."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import BigInteger, Column, MetaData, Table

from app import catalogues
from storage.purposes import kept
from storage.receipt import GOES, HOLDINGS, STAYS, STAYS_STRUCK, texts, undescribed
from storage.schema import metadata

ROOT = Path(__file__).parents[2]


def test_every_table_and_column_is_described() -> None:
    assert list(undescribed(list(metadata.tables.values()))) == []


@pytest.mark.parametrize(
    ("described", "complaints"),
    [
        ({}, ["new", "new.person"]),
        ({"comment": "New things"}, ["new", "new.person"]),
        ({"comment": "New things", "info": kept("why", until="a day", seen_by="nobody")}, ["new.person"]),
    ],
)
def test_what_is_new_and_not_described_is_named(described: dict[str, Any], complaints: list[str]) -> None:
    table = Table("new", MetaData(), Column("person", BigInteger), **described)
    assert list(undescribed([table])) == complaints


def test_the_receipt_has_every_column_of_the_schema() -> None:
    said = {one.table: [field.name for field in one.fields] for one in HOLDINGS}
    assert said == {table.name: list(table.columns.keys()) for table in metadata.tables.values()}


@pytest.mark.parametrize(
    ("table", "fate"),
    [
        ("guests", GOES),
        ("dialogues", GOES),
        ("outbox", GOES),
        ("talk_times", STAYS),
        ("rooms", STAYS_STRUCK),
        ("jobs", ""),
        ("questions", ""),
    ],
)
def test_what_becomes_of_a_row_follows_from_the_marks(table: str, fate: str) -> None:
    assert next(one.fate for one in HOLDINGS if one.table == table) == fate


def test_everything_is_said_in_italian_too() -> None:
    italian = catalogues.load(catalogues.STORAGE_TEXTS)["it"]
    same = {text for text in texts() if italian.gettext(text) == text}
    assert same == set()


def test_the_privacy_page_says_what_the_schema_says() -> None:
    check = [sys.executable, str(ROOT / "scripts" / "check-receipt")]
    assert subprocess.run(check, capture_output=True, text=True).stderr == ""
