"""Recordings, the voices in them, and whose voice may be kept."""

from sqlalchemy import Boolean, Column, Integer, Table, Text

from storage.columns import Instant, Milliseconds
from storage.marks import CHAT, Erasure
from storage.purposes import kept
from storage.schema.parts import chat_column, metadata, name_column, person_column, room_column

recordings = Table(
    "recordings",
    metadata,
    room_column(primary_key=True),
    Column("path", Text, nullable=False, comment="file on this machine"),
    Column("duration", Milliseconds, nullable=False, comment="length"),
    Column("gaps", Text, nullable=False, comment="where nothing could be heard"),
    Column("parts", Text, nullable=False, server_default="[]", comment="its files"),
    Column("waveform", Text, comment="picture of its waveform"),
    Column("erase_at", Instant, comment="is deleted"),
    Column("edition", Integer, nullable=False, server_default="0", comment="times made anew"),
    comment="Recordings",
    info=kept(
        "where a recording lies, what was made of it, and when it is deleted",
        until="until its time is over or an admin deletes it",
        seen_by="those who may hear it",
    ),
)

tracks = Table(
    "tracks",
    metadata,
    room_column(primary_key=True),
    person_column(Erasure.ROW, primary_key=True, autoincrement=False),
    name_column(),
    Column("path", Text, nullable=False, comment="file on this machine"),
    comment="Voices on tracks of their own",
    info=kept(
        "whose voice is kept on a track of its own, with their consent",
        until="as long as the recording",
        seen_by="nobody",
    ),
)

turns = Table(
    "turns",
    metadata,
    room_column(primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False, comment="place"),
    person_column(Erasure.NAME, nullable=False, index=True),
    name_column(),
    Column("begins", Milliseconds, nullable=False, comment="from"),
    Column("length", Milliseconds, nullable=False, comment="length"),
    comment="Who spoke when in recordings",
    info=kept(
        "who spoke when in a recording, for its chapters",
        until="as long as the recording",
        seen_by="those who may hear it: the replay names them",
    ),
)

consents = Table(
    "consents",
    metadata,
    chat_column(CHAT, primary_key=True, autoincrement=False),
    person_column(Erasure.ROW, primary_key=True, autoincrement=False),
    name_column(),
    Column("agrees", Boolean, comment="agrees"),
    Column("at", Instant, nullable=False, comment="when"),
    comment="Whose voice may be kept",
    info=kept(
        "whether somebody lets their voice be kept on its own track, wants it in no recording, or was asked",
        until="as long as the group is on record",
        seen_by="nobody: who answers in the group is told alone",
    ),
)
