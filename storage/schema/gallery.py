"""The gallery: which tickets were taken, which links are dead, what it asks; never who listens."""

from sqlalchemy import Column, Integer, LargeBinary, String, Table, Text

from storage.marks import SECRET, Erasure
from storage.purposes import kept
from storage.schema.parts import metadata, person_column, room_column

ticket_keys = Table(
    "ticket_keys",
    metadata,
    room_column(primary_key=True),
    Column("public", LargeBinary, nullable=False, comment="public key"),
    Column("private", LargeBinary, nullable=False, info=SECRET, comment="private key, which is secret"),
    comment="Keys that sign tickets",
    info=kept(
        "what signs the tickets of a talk that is not open, and tells them from forged ones",
        until="until the talk is over",
        seen_by="the public key everybody, the private one nobody",
        hides_few=True,
    ),
)

ticket_holders = Table(
    "ticket_holders",
    metadata,
    room_column(primary_key=True),
    person_column(Erasure.ROW, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,  # it would number the rows in the order in which they came
    comment="Who took a ticket, and not which",
    info=kept(
        "who took a ticket for a talk that is not open, so that nobody takes two: not when, and not which",
        until="until the talk is over",
        seen_by="nobody",
        hides_few=True,
    ),
)

dead_links = Table(
    "dead_links",
    metadata,
    Column("key", String(64), primary_key=True, comment="end of the link"),
    room_column(nullable=False, index=True),
    comment="Links that were closed",
    info=kept(
        "which links lead nowhere any more since the gallery was closed",
        until="as long as the group is on record",
        seen_by="nobody",
    ),
)

questions = Table(
    "questions",
    metadata,
    room_column(primary_key=True),
    Column("id", Integer, primary_key=True, autoincrement=False, comment="number"),
    Column("text", Text, nullable=False, comment="its words"),
    Column("state", String(16), nullable=False, comment="state"),
    Column("votes", Integer, nullable=False, server_default="0", comment="votes"),
    sqlite_with_rowid=False,  # it would number the rows in the order in which they came
    comment="Questions from the gallery",
    info=kept(
        "what was asked from the gallery, to be shown by the host and voted for; nothing of who asked",
        until="what nobody read, until the talk is over; the rest as long as the talk is on record",
        seen_by="who minds the talk; everybody, once it is shown",
        hides_few=True,
    ),
)
