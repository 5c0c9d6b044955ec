"""The tables, as SQLAlchemy Core knows them; `migrations/` brings a file of data to this shape.

Each column about a person or a group is marked (`storage.marks`): erasing and renumbering walk the marks.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    false,
    text,
    true,
)

from storage.columns import Instant, Milliseconds
from storage.marks import (
    CHAT,
    CHAT_OF_MESSAGE,
    CHATS,
    SECRET,
    STATE,
    USERNAME,
    Erasure,
    may_mention,
    name_of,
    person,
    words_of,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _plan() -> list[Column[Any]]:
    """The columns of a plan: the same for a talk, for a series, and for what a talk was before a change."""
    return [
        Column("chat", BigInteger, nullable=False, info=CHAT),
        Column("thread", BigInteger),
        Column("title", Text, nullable=False, info=may_mention("host")),
        Column("topic", String(64)),
        Column("host", BigInteger, nullable=False, info=person(Erasure.NAME)),
        Column("host_name", Text, nullable=False, info=name_of("host")),
        Column("starts_at", Instant, nullable=False),
        Column("duration", Milliseconds, nullable=False),
        Column("description", Text, nullable=False, info=may_mention("host")),
        Column("admission", String(16), nullable=False),
        Column("seats", Integer),
        Column("is_recorded", Boolean, nullable=False),
        Column("language", String(16)),
        Column("cover", Text, info=words_of("host")),
    ]


def _room(**of_column: Any) -> Column[Any]:
    """The room that a row hangs on, and with which it goes."""
    return Column("room", ForeignKey("rooms.id", ondelete="CASCADE"), **of_column)


groups = Table(
    "groups",
    metadata,
    Column("chat", BigInteger, primary_key=True, autoincrement=False, info=CHAT),
    Column("title", Text, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("language", String(8), nullable=False),
    Column("programme_key", String(64), nullable=False, unique=True),
    Column("topics", Text, nullable=False),
    Column("reminders", Text, nullable=False),
    Column("quiet_begin", String(8)),
    Column("quiet_end", String(8)),
    Column("digest", Integer),
    Column("digest_at", Instant, index=True),
    Column("schedulers", String(16), nullable=False),
    Column("admission", String(16), nullable=False),
    Column("records_talks", Boolean, nullable=False),
    Column("makes_threads", Boolean, nullable=False),
    Column("copies", Text, nullable=False, info=CHATS),
    Column("is_present", Boolean, nullable=False),
    Column("joins_muted", Boolean, nullable=False, server_default=true()),
    Column("first_timers_first", Boolean, nullable=False, server_default=false()),
    Column("turn", Milliseconds),
    Column("keeps_recordings", Milliseconds),
)

series = Table(
    "series",
    metadata,
    Column("id", Integer, primary_key=True),
    *_plan(),
    Column("rule", Text, nullable=False),
    Column("first", DateTime, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("is_over", Boolean, nullable=False),
    Index(None, "is_over", "chat"),
    sqlite_autoincrement=True,
)

rooms = Table(
    "rooms",
    metadata,
    Column("id", Integer, primary_key=True),
    *_plan(),
    Column("state", String(16), nullable=False),
    Column("listen_key", String(64), nullable=False, unique=True),
    Column("changed_at", Instant, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("series", ForeignKey("series.id", ondelete="SET NULL")),
    Column("occurrence_at", Instant),
    Column("own_thread", BigInteger),
    Column("planned_call", BigInteger),
    Column("turn", Milliseconds),
    Index(None, "chat", "state", "starts_at"),
    Index(None, "chat", "topic", "state", "starts_at"),
    Index(None, "state", "starts_at"),
    Index(None, "series", "occurrence_at"),
    sqlite_autoincrement=True,
)

befores = Table(
    "befores",
    metadata,
    _room(primary_key=True),
    *_plan(),
    Column("state", String(16), nullable=False),
    Column("until", Instant, nullable=False),
    Column("occurrence_at", Instant),
    Column("former", ForeignKey("series.id", ondelete="SET NULL")),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", Integer, primary_key=True),
    _room(nullable=False, index=True),
    Column("kind", String(32), nullable=False),
    Column("due_at", Instant, nullable=False, index=True),
    Column("leased_until", Instant),
    Column("attempts", Integer, nullable=False),
    Index(None, "leased_until", sqlite_where=text("leased_until IS NOT NULL")),
    sqlite_autoincrement=True,
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("chat", BigInteger, nullable=False, index=True, info={**CHAT, **person(Erasure.ROW)}),
    Column("thread", BigInteger),
    _room(),
    Column("kind", String(32), nullable=False),
    Column("detail", Text, nullable=False, info=words_of("person")),
    Column("person", BigInteger, info=person(Erasure.ROW)),
    Column("ready_at", Instant, nullable=False),
    Column("leased_until", Instant),
    Column("attempts", Integer, nullable=False),
    Index(None, "room", "chat"),
    Index(None, "ready_at", sqlite_where=text("leased_until IS NULL")),
    Index(None, "leased_until", sqlite_where=text("leased_until IS NOT NULL")),
    sqlite_autoincrement=True,
)

cards = Table(
    "cards",
    metadata,
    _room(primary_key=True),
    Column("chat", BigInteger, primary_key=True, autoincrement=False, index=True, info=CHAT_OF_MESSAGE),
    Column("message", BigInteger, nullable=False),
    Column("picture", Text),
)

guests = Table(
    "guests",
    metadata,
    _room(primary_key=True),
    Column("person", BigInteger, primary_key=True, autoincrement=False, info=person(Erasure.ROW)),
    Column("coming_since", Instant),
    Column("wants_reminder", Boolean, nullable=False),
)

appointments = Table(
    "appointments",
    metadata,
    Column("id", Integer, primary_key=True),
    _room(nullable=False, index=True),
    Column("role", String(16), nullable=False),
    Column("name", Text, nullable=False, info=name_of("person")),
    Column("person", BigInteger, info=person(Erasure.ROW)),
    Column("username", String(64), info=USERNAME),
    Column("answer", String(16), nullable=False),
    sqlite_autoincrement=True,
)

bans = Table(
    "bans",
    metadata,
    Column("chat", BigInteger, primary_key=True, autoincrement=False, info=CHAT),
    Column("person", BigInteger, primary_key=True, autoincrement=False, info=person(Erasure.ROW)),
    Column("name", Text, nullable=False, info=name_of("person")),
    Column("reason", Text, nullable=False, info=words_of("person")),
    Column("until", Instant),
)

log = Table(
    "log",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("chat", BigInteger, nullable=False, index=True, info=CHAT),
    Column("at", Instant, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("actor", BigInteger, nullable=False, info=person(Erasure.NAME)),
    Column("actor_name", Text, nullable=False, info=name_of("actor")),
    Column("subject", Text, nullable=False, info={**words_of("person"), **may_mention("actor")}),
    Column("person", BigInteger, info=person(Erasure.NAME)),
    Column("detail", Text, nullable=False, info=words_of("actor", "person")),
)

people = Table(
    "people",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False, info=person(Erasure.ROW)),
    Column("name", Text, nullable=False, info=name_of("id")),
    Column("username", String(64), unique=True, info=USERNAME),
    Column("language", String(8), nullable=False),
)

dialogues = Table(
    "dialogues",
    metadata,
    Column("person", BigInteger, primary_key=True, autoincrement=False, info=person(Erasure.ROW)),
    Column("group", BigInteger, nullable=False, info=CHAT),
    Column("kind", String(32), nullable=False),
    Column("state", Text, nullable=False, info=STATE),
    Column("message", BigInteger),
    Column("changed_at", Instant, nullable=False),
)

measures = Table(
    "measures",
    metadata,
    _room(primary_key=True),
    Column("audience", Text, nullable=False),
)

talk_times = Table(
    "talk_times",
    metadata,
    _room(primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("person", BigInteger, nullable=False, info=person(Erasure.NAME)),
    Column("name", Text, nullable=False, info=name_of("person")),
    Column("spoken", Milliseconds, nullable=False),
)

recordings = Table(
    "recordings",
    metadata,
    _room(primary_key=True),
    Column("path", Text, nullable=False),
    Column("duration", Milliseconds, nullable=False),
    Column("gaps", Text, nullable=False),
    Column("parts", Text, nullable=False, server_default="[]"),
    Column("waveform", Text),
    Column("erase_at", Instant),
    Column("edition", Integer, nullable=False, server_default="0"),
)

posts = Table(
    "posts",
    metadata,
    _room(primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("chat", BigInteger, nullable=False, index=True, info=CHAT_OF_MESSAGE),
    Column("message", BigInteger, nullable=False),
    Column("edition", Integer),
)

tracks = Table(
    "tracks",
    metadata,
    _room(primary_key=True),
    Column("person", BigInteger, primary_key=True, autoincrement=False, info=person(Erasure.ROW)),
    Column("name", Text, nullable=False, info=name_of("person")),
    Column("path", Text, nullable=False),
)

turns = Table(
    "turns",
    metadata,
    _room(primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("person", BigInteger, nullable=False, index=True, info=person(Erasure.NAME)),
    Column("name", Text, nullable=False, info=name_of("person")),
    Column("begins", Milliseconds, nullable=False),
    Column("length", Milliseconds, nullable=False),
)

hands = Table(
    "hands",
    metadata,
    _room(primary_key=True),
    Column("person", BigInteger, primary_key=True, autoincrement=False, info=person(Erasure.ROW)),
    Column("name", Text, nullable=False, info=name_of("person")),
    Column("raised_at", Instant, nullable=False),
    Column("is_in_call", Boolean, nullable=False),
)

consents = Table(
    "consents",
    metadata,
    Column("chat", BigInteger, primary_key=True, autoincrement=False, info=CHAT),
    Column("person", BigInteger, primary_key=True, autoincrement=False, info=person(Erasure.ROW)),
    Column("name", Text, nullable=False, info=name_of("person")),
    Column("agrees", Boolean),
    Column("at", Instant, nullable=False),
)

boards = Table(
    "boards",
    metadata,
    _room(primary_key=True),
    Column("chat", BigInteger, primary_key=True, autoincrement=False, index=True, info=CHAT_OF_MESSAGE),
    Column("message", BigInteger, nullable=False),
)

outlets = Table(
    "outlets",
    metadata,
    Column("chat", BigInteger, primary_key=True, autoincrement=False, info=CHAT),
    Column("label", Text, primary_key=True),
    Column("url", Text, nullable=False, info=SECRET),
    Column("added_by", BigInteger, nullable=False, info=person(Erasure.NAME)),
)

bridges = Table(
    "bridges",
    metadata,
    _room(primary_key=True),
    Column("chat", BigInteger, primary_key=True, autoincrement=False, index=True, info=CHAT),
    Column("is_agreed", Boolean, nullable=False),
)
