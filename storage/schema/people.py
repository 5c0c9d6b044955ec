"""People: whom the bot may write to, who comes to a talk, who has a part in it."""

from sqlalchemy import BigInteger, Boolean, Column, Integer, String, Table, Text

from storage.columns import Instant
from storage.marks import CHAT, STATE, USERNAME, Erasure, name_of, person
from storage.purposes import kept
from storage.schema.parts import metadata, name_column, person_column, room_column

people = Table(
    "people",
    metadata,
    Column(
        "id", BigInteger, primary_key=True, autoincrement=False, info=person(Erasure.ROW), comment="number"
    ),
    Column("name", Text, nullable=False, info=name_of("id"), comment="name"),
    Column("username", String(64), unique=True, info=USERNAME, comment="user name"),
    Column("language", String(8), nullable=False, comment="language"),
    comment="Who wrote to the bot in private",
    info=kept(
        "who opened the bot's private chat, so that they can be written to, and found by @name",
        until="until they block the bot",
        seen_by="nobody",
    ),
)

dialogues = Table(
    "dialogues",
    metadata,
    person_column(Erasure.ROW, primary_key=True, autoincrement=False),
    Column("group", BigInteger, nullable=False, info=CHAT, comment="group, by number"),
    Column("kind", String(32), nullable=False, comment="kind"),
    Column("state", Text, nullable=False, info=STATE, comment="state"),
    Column("message", BigInteger, comment="message, by number"),
    Column("changed_at", Instant, nullable=False, comment="changed"),
    comment="Dialogues that are not over",
    info=kept(
        "where somebody stands in a guided conversation, so that a restart loses nothing",
        until="until its end, one day at most",
        seen_by="nobody",
    ),
)

guests = Table(
    "guests",
    metadata,
    room_column(primary_key=True),
    person_column(Erasure.ROW, primary_key=True, autoincrement=False),
    Column("coming_since", Instant, comment="comes since"),
    Column("wants_reminder", Boolean, nullable=False, comment="wants a reminder"),
    comment="Who comes, and who wants to be reminded",
    info=kept(
        "who comes to a talk, and since when, because seats go in that order; who wants to be reminded",
        until="as long as the group is on record",
        seen_by="nobody: the card shows how many",
    ),
)

appointments = Table(
    "appointments",
    metadata,
    Column("id", Integer, primary_key=True, comment="number"),
    room_column(nullable=False, index=True),
    Column("role", String(16), nullable=False, comment="part"),
    name_column(),
    person_column(Erasure.ROW),
    Column("username", String(64), info=USERNAME, comment="user name"),
    Column("answer", String(16), nullable=False, comment="answer"),
    sqlite_autoincrement=True,
    comment="Invitations and roles",
    info=kept(
        "who was asked to speak, to mind a talk, or to listen to it, and their answer",
        until="as long as the group is on record",
        seen_by="the group: they are asked there, and those who speak or mind the talk stand on the card",
    ),
)
