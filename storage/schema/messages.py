"""Messages: where those stand that are edited, and which are still to be sent."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, Text, text, true

from storage.columns import Instant
from storage.marks import CHAT, CHAT_OF_MESSAGE, Erasure, person, words_of
from storage.purposes import kept
from storage.schema.parts import chat_column, metadata, person_column, room_column

cards = Table(
    "cards",
    metadata,
    room_column(primary_key=True),
    chat_column(CHAT_OF_MESSAGE, primary_key=True, autoincrement=False, index=True),
    Column("message", BigInteger, nullable=False, comment="message, by number"),
    Column("picture", Text, comment="mark of its picture"),
    Column("is_on_top", Boolean, server_default=true(), comment="whether it is pinned"),
    comment="Announcements",
    info=kept(
        "which messages announce a talk, so that they can be edited as it changes",
        until="as long as the group is on record",
        seen_by="nobody",
    ),
)

boards = Table(
    "boards",
    metadata,
    room_column(primary_key=True),
    chat_column(CHAT_OF_MESSAGE, primary_key=True, autoincrement=False, index=True),
    Column("message", BigInteger, nullable=False, comment="message, by number"),
    comment="Stage boards",
    info=kept(
        "which messages show the stage, so that they can be edited in place",
        until="until the talk is over",
        seen_by="nobody",
    ),
)

posts = Table(
    "posts",
    metadata,
    room_column(primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False, comment="place"),
    chat_column(CHAT_OF_MESSAGE, nullable=False, index=True),
    Column("message", BigInteger, nullable=False, comment="message, by number"),
    Column("edition", Integer, comment="times made anew"),
    comment="Replays and clips in the chat",
    info=kept(
        "which messages hold a recording, so that it can be replaced and taken down",
        until="as long as they stand in the chat",
        seen_by="nobody",
    ),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True, comment="number"),
    chat_column({**CHAT, **person(Erasure.ROW)}, nullable=False, index=True),
    Column("thread", BigInteger, comment="forum topic"),
    room_column(),
    Column("kind", String(32), nullable=False, comment="kind"),
    Column("detail", Text, nullable=False, info=words_of("person"), comment="what else"),
    person_column(Erasure.ROW),
    Column("ready_at", Instant, nullable=False, comment="to be sent"),
    Column("leased_until", Instant, comment="being done until"),
    Column("attempts", Integer, nullable=False, comment="attempts"),
    Index(None, "room", "chat"),
    Index(None, "ready_at", sqlite_where=text("leased_until IS NULL")),
    Index(None, "leased_until", sqlite_where=text("leased_until IS NOT NULL")),
    sqlite_autoincrement=True,
    comment="Messages on their way",
    info=kept(
        "letters on their way; a private chat has its person's number, and a report says who reports",
        until="until delivered",
        seen_by="who gets the letter",
    ),
)
