"""The programme: customs of groups, series, cards, guests, moderation, dialogues and measures."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_REMINDERS = "[86400000, 3600000, 600000, 0]"
"""24 hours, 1 hour, 10 minutes and the start itself, in milliseconds."""

_NOW = "strftime('%Y-%m-%d %H:%M:%f000', 'now')"
"""The present as SQLAlchemy writes instants into SQLite."""


def upgrade() -> None:
    """Bring the data to this version."""
    _make_series()
    _remake_groups()
    _make_cards()
    _remake_rooms()
    _make_what_hangs_on_rooms()
    _make_society()
    _remake_jobs()
    _remake_outbox()


def _plan() -> list[sa.Column[Any]]:
    return [
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("thread", sa.BigInteger(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("topic", sa.String(length=64), nullable=True),
        sa.Column("host", sa.BigInteger(), nullable=False),
        sa.Column("host_name", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("duration", sa.BigInteger(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("admission", sa.String(length=16), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("is_recorded", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=True),
        sa.Column("cover", sa.Text(), nullable=True),
    ]


def _make_series() -> None:
    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), nullable=False),
        *_plan(),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("first", sa.DateTime(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("is_over", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_series_is_over_chat"), "series", ["is_over", "chat"], unique=False)


def _remake_groups() -> None:
    op.create_table(
        "new_groups",
        sa.Column("chat", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("programme_key", sa.String(length=64), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("reminders", sa.Text(), nullable=False),
        sa.Column("quiet_begin", sa.String(length=8), nullable=True),
        sa.Column("quiet_end", sa.String(length=8), nullable=True),
        sa.Column("digest", sa.Integer(), nullable=True),
        sa.Column("digest_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("schedulers", sa.String(length=16), nullable=False),
        sa.Column("admission", sa.String(length=16), nullable=False),
        sa.Column("records_talks", sa.Boolean(), nullable=False),
        sa.Column("makes_threads", sa.Boolean(), nullable=False),
        sa.Column("copies", sa.Text(), nullable=False),
        sa.Column("is_present", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("chat", name=op.f("pk_groups")),
        sa.UniqueConstraint("programme_key", name=op.f("uq_groups_programme_key")),
    )
    old = ["chat", "title", "zone", "language", "programme_key"]
    _replace(
        "groups",
        {name: name for name in old}
        | {
            "topics": "'[[], false, {}]'",
            "reminders": f"'{_REMINDERS}'",
            "schedulers": "'admins'",
            "admission": "'open'",
            "records_talks": "1",
            "makes_threads": "0",
            "copies": "'[]'",
            "is_present": "1",
        },
    )
    op.create_index(op.f("ix_groups_digest_at"), "groups", ["digest_at"], unique=False)


def _make_cards() -> None:
    op.create_table(
        "cards",
        sa.Column("room", sa.Integer(), nullable=False),
        sa.Column("chat", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message", sa.BigInteger(), nullable=False),
        sa.Column("picture", sa.Text(), nullable=True),
        _of_room("cards"),
        sa.PrimaryKeyConstraint("room", "chat", name=op.f("pk_cards")),
    )
    op.create_index(op.f("ix_cards_chat"), "cards", ["chat"], unique=False)
    op.execute(
        "INSERT INTO cards (room, chat, message) SELECT id, chat, card FROM rooms WHERE card IS NOT NULL"
    )


def _remake_rooms() -> None:
    op.create_table(
        "new_rooms",
        sa.Column("id", sa.Integer(), nullable=False),
        *_plan(),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("listen_key", sa.String(length=64), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("series", sa.Integer(), nullable=True),
        sa.Column("occurrence_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("own_thread", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["series"], ["series.id"], name=op.f("fk_rooms_series"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rooms")),
        sa.UniqueConstraint("listen_key", name=op.f("uq_rooms_listen_key")),
        sqlite_autoincrement=True,
    )
    old = ["id", "chat", "thread", "title", "topic", "host", "host_name", "starts_at", "duration", "state"]
    old.append("listen_key")
    _replace(
        "rooms",
        {name: name for name in old}
        | {
            "description": "''",
            "admission": "'open'",
            "is_recorded": "1",
            # Nobody wrote down when; a talk that is over was not changed after its start.
            "changed_at": f"min(starts_at, {_NOW})",
            "revision": "0",
        },
    )
    _index("rooms", "chat", "state", "starts_at")
    _index("rooms", "chat", "topic", "state", "starts_at")
    _index("rooms", "state", "starts_at")
    _index("rooms", "series", "occurrence_at")


def _make_what_hangs_on_rooms() -> None:
    op.create_table(
        "befores",
        sa.Column("room", sa.Integer(), nullable=False),
        *_plan(),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("occurrence_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("former", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["former"], ["series.id"], name=op.f("fk_befores_former"), ondelete="SET NULL"
        ),
        _of_room("befores"),
        sa.PrimaryKeyConstraint("room", name=op.f("pk_befores")),
    )
    op.create_table(
        "guests",
        sa.Column("room", sa.Integer(), nullable=False),
        sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("coming_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wants_reminder", sa.Boolean(), nullable=False),
        _of_room("guests"),
        sa.PrimaryKeyConstraint("room", "person", name=op.f("pk_guests")),
    )
    op.create_table(
        "appointments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=True),
        sa.Column("username", sa.String(length=64), nullable=True),
        sa.Column("answer", sa.String(length=16), nullable=False),
        _of_room("appointments"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointments")),
        sqlite_autoincrement=True,
    )
    _index("appointments", "room")
    op.create_table(
        "measures",
        sa.Column("room", sa.Integer(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        _of_room("measures"),
        sa.PrimaryKeyConstraint("room", name=op.f("pk_measures")),
    )
    op.create_table(
        "talk_times",
        sa.Column("room", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("spoken", sa.BigInteger(), nullable=False),
        _of_room("talk_times"),
        sa.PrimaryKeyConstraint("room", "place", name=op.f("pk_talk_times")),
    )


def _make_society() -> None:
    op.create_table(
        "bans",
        sa.Column("chat", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("chat", "person", name=op.f("pk_bans")),
    )
    op.create_table(
        "log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("actor", sa.BigInteger(), nullable=False),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log")),
    )
    _index("log", "chat")
    op.create_table(
        "people",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("username", sa.String(length=64), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("username", name=op.f("uq_people_username")),
    )
    op.create_table(
        "dialogues",
        sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("group", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("message", sa.BigInteger(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_dialogues")),
    )


def _remake_jobs() -> None:
    columns: list[sa.Column[Any]] = [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
    ]
    op.create_table(
        "new_jobs",
        *columns,
        _of_room("jobs"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sqlite_autoincrement=True,
    )
    _replace("jobs", {column.name: column.name for column in columns})
    _index("jobs", "room")
    _index("jobs", "due_at")
    _index("jobs", "leased_until", where="leased_until IS NOT NULL")


def _remake_outbox() -> None:
    columns: list[sa.Column[Any]] = [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("thread", sa.BigInteger(), nullable=True),
        sa.Column("room", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=True),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
    ]
    op.create_table(
        "new_outbox",
        *columns,
        _of_room("outbox"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sqlite_autoincrement=True,
    )
    old = [column.name for column in columns if column.name != "person"]
    _replace("outbox", {name: name for name in old})
    _index("outbox", "chat")
    _index("outbox", "room", "chat")
    _index("outbox", "ready_at", where="leased_until IS NULL")
    _index("outbox", "leased_until", where="leased_until IS NOT NULL")


def _of_room(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["room"], ["rooms.id"], name=op.f(f"fk_{table}_room"), ondelete="CASCADE")


def _index(table: str, *columns: str, where: str | None = None) -> None:
    name = op.f(f"ix_{table}_{'_'.join(columns)}")
    op.create_index(
        name, table, columns, unique=False, sqlite_where=None if where is None else sa.text(where)
    )


def _replace(table: str, values: dict[str, str]) -> None:
    """Let `new_<table>` take the place of a table: its rows, and the last number that it gave."""
    new = f"new_{table}"
    rows: Any = sa.select(*(sa.literal_column(value) for value in values.values())).select_from(
        sa.table(table)
    )
    op.execute(sa.insert(sa.table(new, *map(sa.column, values))).from_select(list(values), rows))
    numbers = sa.table("sqlite_sequence", sa.column("name", sa.String))
    numbered = sa.exists().where(numbers.alias("old").c.name == table)
    op.execute(sa.delete(numbers).where(numbers.c.name == new, numbered))
    op.execute(sa.update(numbers).where(numbers.c.name == table).values(name=new))
    op.drop_table(table)
    op.rename_table(new, table)
