"""The schema that migrations make is the schema that the code expects."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, create_engine, text

from storage.database import open_database
from storage.migrations import NewerSchema, upgrade
from storage.schema import metadata


def migrated(path: Path) -> Connection:
    connection = create_engine(f"sqlite:///{path}").connect()
    upgrade(connection)
    connection.commit()
    return connection


def test_migrations_lead_to_the_schema_of_the_code(tmp_path: Path) -> None:
    with migrated(tmp_path / "loggione.db") as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        connection.engine.dispose()


def test_upgrading_twice_changes_nothing(tmp_path: Path) -> None:
    with migrated(tmp_path / "loggione.db") as connection:
        before = connection.execute(text("select name, sql from sqlite_master order by name")).all()
        upgrade(connection)
        assert connection.execute(text("select name, sql from sqlite_master order by name")).all() == before
        connection.engine.dispose()


async def test_data_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    with migrated(tmp_path / "loggione.db") as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
        connection.commit()
        connection.engine.dispose()
    with pytest.raises(NewerSchema, match="9999"):
        async with open_database(tmp_path / "loggione.db"):
            pass
