"""Talking back: what the gallery asks, and galleries that are closed."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the data to this version."""
    _add("rooms", sa.Column("is_gallery_open", sa.Boolean(), nullable=False, server_default=sa.true()))
    _add("rooms", sa.Column("first_key", sa.String(length=64), nullable=True))
    op.create_table(
        "dead_links",
        sa.Column("key", sa.String(length=64), nullable=False),
        _room(),
        _goes_with_room("dead_links"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_dead_links")),
    )
    op.create_index(op.f("ix_dead_links_room"), "dead_links", ["room"], unique=False)
    op.create_table(
        "questions",
        _room(),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False, server_default="0"),
        _goes_with_room("questions"),
        sa.PrimaryKeyConstraint("room", "id", name=op.f("pk_questions")),
        sqlite_with_rowid=False,
    )


def _add(table: str, column: sa.Column[Any]) -> None:
    op.add_column(table, column)


def _room() -> sa.Column[Any]:
    return sa.Column("room", sa.Integer(), nullable=False)


def _goes_with_room(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["room"], ["rooms.id"], name=op.f(f"fk_{table}_room"), ondelete="CASCADE")
