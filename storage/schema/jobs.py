"""Jobs: what is due, and who has it in hand."""

from sqlalchemy import Column, Index, Integer, String, Table, text

from storage.columns import Instant
from storage.purposes import kept
from storage.schema.parts import metadata, room_column

jobs = Table(
    "jobs",
    metadata,
    Column("id", Integer, primary_key=True, comment="number"),
    room_column(nullable=False, index=True),
    Column("kind", String(32), nullable=False, comment="kind"),
    Column("due_at", Instant, nullable=False, index=True, comment="when it is due"),
    Column("leased_until", Instant, comment="being done until"),
    Column("attempts", Integer, nullable=False, comment="attempts"),
    Index(None, "leased_until", sqlite_where=text("leased_until IS NOT NULL")),
    sqlite_autoincrement=True,
    comment="What is to be done in its time",
    info=kept(
        "when talks open, reminders are due and recordings are deleted, so that a restart forgets none of it",
        until="until it is done",
        seen_by="nobody",
    ),
)
