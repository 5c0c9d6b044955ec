"""The call: stages, consents, what was made of recordings, and where talks go besides their group."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the data to this version."""
    _widen_groups()
    _widen_rooms()
    _widen_recordings()
    _make_posts()
    _make_what_hangs_on_rooms()
    _make_what_groups_have()


def _add(table: str, column: sa.Column[Any]) -> None:
    op.add_column(table, column)


def _widen_groups() -> None:
    _add("groups", sa.Column("joins_muted", sa.Boolean(), nullable=False, server_default=sa.true()))
    _add("groups", sa.Column("first_timers_first", sa.Boolean(), nullable=False, server_default=sa.false()))
    _add("groups", sa.Column("turn", sa.BigInteger(), nullable=True))
    _add("groups", sa.Column("keeps_recordings", sa.BigInteger(), nullable=True))


def _widen_rooms() -> None:
    _add("rooms", sa.Column("planned_call", sa.BigInteger(), nullable=True))
    _add("rooms", sa.Column("turn", sa.BigInteger(), nullable=True))


def _widen_recordings() -> None:
    _add("recordings", sa.Column("parts", sa.Text(), nullable=False, server_default="[]"))
    _add("recordings", sa.Column("waveform", sa.Text(), nullable=True))
    _add("recordings", sa.Column("erase_at", sa.DateTime(timezone=True), nullable=True))
    _add("recordings", sa.Column("edition", sa.Integer(), nullable=False, server_default="0"))


def _room() -> sa.Column[Any]:
    return sa.Column("room", sa.Integer(), nullable=False)


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=False)


def _goes_with_room(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["room"], ["rooms.id"], name=op.f(f"fk_{table}_room"), ondelete="CASCADE")


def _make_posts() -> None:
    op.create_table(
        "posts",
        _room(),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("message", sa.BigInteger(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=True),
        _goes_with_room("posts"),
        sa.PrimaryKeyConstraint("room", "place", name=op.f("pk_posts")),
    )
    op.create_index(op.f("ix_posts_chat"), "posts", ["chat"], unique=False)


def _make_what_hangs_on_rooms() -> None:
    op.create_table(
        "tracks",
        _room(),
        _number("person"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        _goes_with_room("tracks"),
        sa.PrimaryKeyConstraint("room", "person", name=op.f("pk_tracks")),
    )
    op.create_table(
        "turns",
        _room(),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("begins", sa.BigInteger(), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        _goes_with_room("turns"),
        sa.PrimaryKeyConstraint("room", "place", name=op.f("pk_turns")),
    )
    op.create_index(op.f("ix_turns_person"), "turns", ["person"], unique=False)
    op.create_table(
        "hands",
        _room(),
        _number("person"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_in_call", sa.Boolean(), nullable=False),
        _goes_with_room("hands"),
        sa.PrimaryKeyConstraint("room", "person", name=op.f("pk_hands")),
    )
    op.create_table(
        "boards",
        _room(),
        _number("chat"),
        sa.Column("message", sa.BigInteger(), nullable=False),
        _goes_with_room("boards"),
        sa.PrimaryKeyConstraint("room", "chat", name=op.f("pk_boards")),
    )
    op.create_index(op.f("ix_boards_chat"), "boards", ["chat"], unique=False)
    op.create_table(
        "bridges",
        _room(),
        _number("chat"),
        sa.Column("is_agreed", sa.Boolean(), nullable=False),
        _goes_with_room("bridges"),
        sa.PrimaryKeyConstraint("room", "chat", name=op.f("pk_bridges")),
    )
    op.create_index(op.f("ix_bridges_chat"), "bridges", ["chat"], unique=False)


def _make_what_groups_have() -> None:
    op.create_table(
        "consents",
        _number("chat"),
        _number("person"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("chat", "person", name=op.f("pk_consents")),
    )
    op.create_table(
        "outlets",
        _number("chat"),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("chat", "label", name=op.f("pk_outlets")),
    )
