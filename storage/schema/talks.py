"""Talks and series, and what a talk was before its latest change."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    true,
)

from storage.columns import Instant, Milliseconds
from storage.purposes import kept
from storage.schema.parts import metadata, plan_columns, room_column

series = Table(
    "series",
    metadata,
    Column("id", Integer, primary_key=True, comment="number"),
    *plan_columns(),
    Column("rule", Text, nullable=False, comment="rule"),
    Column("first", DateTime, nullable=False, comment="first time"),
    Column("zone", String(64), nullable=False, comment="time zone"),
    Column("is_over", Boolean, nullable=False, comment="is over"),
    Index(None, "is_over", "chat"),
    sqlite_autoincrement=True,
    comment="Series of talks",
    info=kept(
        "how a talk recurs, and who minds it, so that its occurrences are made by themselves",
        until="as long as the group is on record",
        seen_by="everybody: card, page, calendars",
    ),
)

rooms = Table(
    "rooms",
    metadata,
    Column("id", Integer, primary_key=True, comment="number"),
    *plan_columns(),
    Column("state", String(16), nullable=False, comment="state"),
    Column("listen_key", String(64), nullable=False, unique=True, comment="end of the link"),
    Column("changed_at", Instant, nullable=False, comment="changed"),
    Column("revision", Integer, nullable=False, comment="times changed"),
    Column("series", ForeignKey("series.id", ondelete="SET NULL"), comment="number of the series"),
    Column("occurrence_at", Instant, comment="its time in the series"),
    Column("own_thread", BigInteger, comment="its own forum topic"),
    Column("planned_call", BigInteger, comment="its planned voice chat"),
    Column("turn", Milliseconds, comment="how long turns last"),
    Column(
        "is_gallery_open",
        Boolean,
        nullable=False,
        server_default=true(),
        comment="whether the gallery is open",
    ),
    Column("first_key", String(64), comment="end of the first link"),
    Index(None, "chat", "state", "starts_at"),
    Index(None, "chat", "topic", "state", "starts_at"),
    Index(None, "state", "starts_at"),
    Index(None, "series", "occurrence_at"),
    sqlite_autoincrement=True,
    comment="Talks",
    info=kept(
        "what a talk is, who minds it, and the picture that they gave it",
        until="as long as the group is on record",
        seen_by="everybody: card, page, calendars",
    ),
)

befores = Table(
    "befores",
    metadata,
    room_column(primary_key=True),
    *plan_columns(),
    Column("state", String(16), nullable=False, comment="state"),
    Column("until", Instant, nullable=False, comment="until"),
    Column("occurrence_at", Instant, comment="its time in the series"),
    Column("former", ForeignKey("series.id", ondelete="SET NULL"), comment="number of the series before"),
    comment="Changes that can be taken back",
    info=kept(
        "what a talk was before it was changed, so that the change can be taken back",
        until="a minute",
        seen_by="nobody",
    ),
)
