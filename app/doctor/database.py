"""The database: whether it is whole, and of which version."""

import asyncio
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from alembic.script import ScriptDirectory

from app.doctor.findings import Case, Finding
from app.doctor.known import reading
from storage.migrations import configuration

BACKUP = "Stop Loggione and bring a backup back."


async def check_database(case: Case) -> Sequence[Finding]:
    """Whether SQLite finds nothing wrong, and this program can read what is there."""
    return await asyncio.to_thread(_look, case.settings.database)


def _look(database: Path) -> Sequence[Finding]:
    if not database.exists():
        return [Finding("database", f"{database} is made at the first start")]
    try:
        with reading(database) as connection:
            problems = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
            orphans = len(connection.execute("PRAGMA foreign_key_check").fetchmany(100))
            version = _version(connection)
    except sqlite3.Error as error:
        return [Finding("database", f"{database} cannot be read ({error}).", BACKUP)]
    if problems != ["ok"]:
        return [Finding("database", f"{database} is damaged ({'; '.join(problems):.200}).", BACKUP)]
    if orphans:
        return [Finding("database", f"{database} has {orphans} rows that refer to nothing.", BACKUP)]
    return [Finding("database", f"{database} is whole"), _of_version(version)]


def _version(connection: sqlite3.Connection) -> str | None:
    known = "SELECT name FROM sqlite_master WHERE name = 'alembic_version'"
    if connection.execute(known).fetchone() is None:
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if row is None else str(row[0])


def _of_version(version: str | None) -> Finding:
    script = ScriptDirectory.from_config(configuration())
    present = script.get_current_head()
    if version == present:
        return Finding("database", f"it has this program's schema ({present})")
    if version is None or version in {revision.revision for revision in script.walk_revisions()}:
        was = f"it has an older schema ({version})" if version else "it has no schema yet"
        return Finding("database", f"{was}; the next start brings it up to date")
    found = f"it was written by a newer version of the program ({version})."
    return Finding("database", found, "Update the program, or bring a backup back.")
