"""Migrations: bring a file of data to the present schema, whatever version wrote it."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection


class NewerSchema(Exception):
    """The data was written by a newer version of the program than this one."""

    def __init__(self, revision: str) -> None:
        super().__init__(f"the data is of a newer version ({revision}); update the program")
        self.revision = revision


def upgrade(connection: Connection) -> None:
    """Run every migration that the data has not seen yet, within the connection's transaction.

    The connection must not mind foreign keys: tables are made anew, and when the old one is dropped SQLite
    would delete all that refers to it (https://www.sqlite.org/lang_altertable.html, section 7).

    Raises:
        NewerSchema: a newer version of the program wrote the data.
        ValueError: the connection minds foreign keys.
    """
    config = configuration()
    present = MigrationContext.configure(connection).get_current_revision()
    script = ScriptDirectory.from_config(config)
    if present == script.get_current_head():
        return
    if present is not None:
        try:
            script.get_revision(present)
        except CommandError as error:
            raise NewerSchema(present) from error
    if connection.exec_driver_sql("PRAGMA foreign_keys").scalar():
        raise ValueError("foreign keys must be off while tables are made anew")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def configuration() -> Config:
    """Alembic's configuration; it lives in code, so that no file has to be found at run time."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    return config
