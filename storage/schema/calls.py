"""Talks' calls: who asks to speak, where they are carried, what was seen of them."""

from sqlalchemy import Boolean, Column, Integer, Table, Text

from storage.columns import Instant, Milliseconds
from storage.marks import CHAT, Erasure
from storage.purposes import kept
from storage.schema.parts import chat_column, metadata, name_column, person_column, room_column

hands = Table(
    "hands",
    metadata,
    room_column(primary_key=True),
    person_column(Erasure.ROW, primary_key=True, autoincrement=False),
    name_column(),
    Column("raised_at", Instant, nullable=False, comment="hand up since"),
    Column("is_in_call", Boolean, nullable=False, comment="raised in the voice chat"),
    comment="Raised hands",
    info=kept(
        "who asked to speak, and since when, because turns go in that order",
        until="until they speak, think better of it, or the talk is over",
        seen_by="everybody on the stage, and who minds it",
    ),
)

bridges = Table(
    "bridges",
    metadata,
    room_column(primary_key=True),
    chat_column(CHAT, primary_key=True, autoincrement=False, index=True),
    Column("is_agreed", Boolean, nullable=False, comment="whether they agreed"),
    comment="Groups that carry a talk too",
    info=kept(
        "which other groups carry a talk in their calls, if their admins agree",
        until="as long as the group is on record",
        seen_by="the admins of both groups",
    ),
)

measures = Table(
    "measures",
    metadata,
    room_column(primary_key=True),
    Column("audience", Text, nullable=False, comment="how many, over time"),
    comment="How many were in the call",
    info=kept(
        "how many were in a talk's call over time, where everybody sees everybody; never the gallery",
        until="as long as the group is on record",
        seen_by="members, in the statistics",
    ),
)

talk_times = Table(
    "talk_times",
    metadata,
    room_column(primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False, comment="place"),
    person_column(Erasure.NAME, nullable=False),
    name_column(),
    Column("spoken", Milliseconds, nullable=False, comment="spoke for"),
    comment="Who spoke how long",
    info=kept(
        "how long somebody was heard in a talk",
        until="as long as the group is on record",
        seen_by="members, as shares in the statistics",
    ),
)
