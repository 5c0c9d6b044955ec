"""What tables are made of: their one collection, and the columns that several of them have."""

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, MetaData, String, Text

from storage.columns import Instant, Milliseconds
from storage.marks import CHAT, Erasure, may_mention, name_of, person, words_of

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def plan_columns() -> list[Column[Any]]:
    """The columns of a plan: the same for a talk, for a series, and for what a talk was before a change."""
    return [
        chat_column(CHAT, nullable=False),
        Column("thread", BigInteger, comment="forum topic"),
        Column("title", Text, nullable=False, info=may_mention("host"), comment="title"),
        Column("topic", String(64), comment="topic"),
        Column("host", BigInteger, nullable=False, info=person(Erasure.NAME), comment="host, by number"),
        Column("host_name", Text, nullable=False, info=name_of("host"), comment="host"),
        Column("starts_at", Instant, nullable=False, comment="begins"),
        Column("duration", Milliseconds, nullable=False, comment="length"),
        Column("description", Text, nullable=False, info=may_mention("host"), comment="description"),
        Column("admission", String(16), nullable=False, comment="who may listen"),
        Column("seats", Integer, comment="seats"),
        Column("is_recorded", Boolean, nullable=False, comment="is recorded"),
        Column("language", String(16), comment="language"),
        Column("cover", Text, info=words_of("host"), comment="cover picture"),
    ]


def room_column(**of_column: Any) -> Column[Any]:
    """The room that a row hangs on, and with which it goes."""
    return Column(
        "room", ForeignKey("rooms.id", ondelete="CASCADE"), comment="number of the talk", **of_column
    )


def chat_column(mark: dict[str, Any], **of_column: Any) -> Column[Any]:
    """The chat that a row is about, or to which something was sent."""
    return Column("chat", BigInteger, info=mark, comment="chat, by number", **of_column)


def person_column(erasure: Erasure, **of_column: Any) -> Column[Any]:
    """The person whom a row is about."""
    return Column("person", BigInteger, info=person(erasure), comment="person, by number", **of_column)


def name_column() -> Column[Any]:
    """That person's name."""
    return Column("name", Text, nullable=False, info=name_of("person"), comment="name")
