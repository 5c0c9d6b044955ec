"""Tickets: the keys that sign them, and who took one."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the data to this version."""
    op.create_table(
        "ticket_keys",
        _room(),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("private", sa.LargeBinary(), nullable=False),
        _goes_with_room("ticket_keys"),
        sa.PrimaryKeyConstraint("room", name=op.f("pk_ticket_keys")),
    )
    op.create_table(
        "ticket_holders",
        _room(),
        sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
        _goes_with_room("ticket_holders"),
        sa.PrimaryKeyConstraint("room", "person", name=op.f("pk_ticket_holders")),
        sqlite_with_rowid=False,
    )


def _room() -> sa.Column[Any]:
    return sa.Column("room", sa.Integer(), nullable=False)


def _goes_with_room(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["room"], ["rooms.id"], name=op.f(f"fk_{table}_room"), ondelete="CASCADE")
