"""The tables, as SQLAlchemy Core knows them; `migrations/` brings a file of data to this shape.

Each column about a person or a group is marked (`storage.marks`): erasing and renumbering walk the marks.
Each table and each column says by its `comment` what it holds, and each table by its purpose
(`storage.purposes`) why, how long and for whom: that is the receipt that people see (`storage.receipt`).
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
    LargeBinary,
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
from storage.purposes import kept

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
        _chat(CHAT, nullable=False),
        Column("thread", BigInteger, comment="forum topic"),
        Column("title", Text, nullable=False, info=may_mention("host"), comment="title"),
        Column("topic", String(64), comment="topic"),
        Column("host", BigInteger, nullable=False, info=person(Erasure.NAME), comment="host, by number"),
        Column("host_name", Text, nullable=False, info=name_of("host"), comment="host"),
        Column("starts_at", Instant, nullable=False, comment="begins"),
        Column("duration", Milliseconds, nullable=False, comment="length"),
        Column("description", Text, nullable=False, info=may_mention("host"), comment="description"),
        Column("admission", String(16), nullable=False, comment="who may listen"),
        Column("seats", Integer, comment="seats"),
        Column("is_recorded", Boolean, nullable=False, comment="is recorded"),
        Column("language", String(16), comment="language"),
        Column("cover", Text, info=words_of("host"), comment="cover picture"),
    ]


def _room(**of_column: Any) -> Column[Any]:
    """The room that a row hangs on, and with which it goes."""
    return Column(
        "room", ForeignKey("rooms.id", ondelete="CASCADE"), comment="number of the talk", **of_column
    )


def _chat(mark: dict[str, Any], **of_column: Any) -> Column[Any]:
    """The chat that a row is about, or to which something was sent."""
    return Column("chat", BigInteger, info=mark, comment="chat, by number", **of_column)


def _person(erasure: Erasure, **of_column: Any) -> Column[Any]:
    """The person whom a row is about."""
    return Column("person", BigInteger, info=person(erasure), comment="person, by number", **of_column)


def _name() -> Column[Any]:
    """That person's name."""
    return Column("name", Text, nullable=False, info=name_of("person"), comment="name")


groups = Table(
    "groups",
    metadata,
    _chat(CHAT, primary_key=True, autoincrement=False),
    Column("title", Text, nullable=False, comment="title"),
    Column("zone", String(64), nullable=False, comment="time zone"),
    Column("language", String(8), nullable=False, comment="language"),
    Column("programme_key", String(64), nullable=False, unique=True, comment="end of the programme's link"),
    Column("topics", Text, nullable=False, comment="which topics it allows"),
    Column("reminders", Text, nullable=False, comment="when it is reminded of talks"),
    Column("quiet_begin", String(8), comment="quiet from"),
    Column("quiet_end", String(8), comment="quiet until"),
    Column("digest", Integer, comment="weekday of the digest"),
    Column("digest_at", Instant, index=True, comment="when the next digest is due"),
    Column("schedulers", String(16), nullable=False, comment="who may schedule talks"),
    Column("admission", String(16), nullable=False, comment="who may listen"),
    Column("records_talks", Boolean, nullable=False, comment="whether talks are recorded"),
    Column("makes_threads", Boolean, nullable=False, comment="whether talks get forum topics of their own"),
    Column("copies", Text, nullable=False, info=CHATS, comment="other chats that are told of talks"),
    Column("is_present", Boolean, nullable=False, comment="whether the bot is in the group"),
    Column(
        "joins_muted",
        Boolean,
        nullable=False,
        server_default=true(),
        comment="whether who comes only listens at first",
    ),
    Column(
        "first_timers_first",
        Boolean,
        nullable=False,
        server_default=false(),
        comment="whether first-time speakers come first",
    ),
    Column("turn", Milliseconds, comment="how long turns last"),
    Column("keeps_recordings", Milliseconds, comment="how long recordings are kept"),
    comment="The group's settings",
    info=kept(
        "what its admins chose for the group, so that talks are held their way",
        until="until an admin erases the group",
        seen_by="its admins",
    ),
)

series = Table(
    "series",
    metadata,
    Column("id", Integer, primary_key=True, comment="number"),
    *_plan(),
    Column("rule", Text, nullable=False, comment="rule"),
    Column("first", DateTime, nullable=False, comment="first time"),
    Column("zone", String(64), nullable=False, comment="time zone"),
    Column("is_over", Boolean, nullable=False, comment="is over"),
    Index(None, "is_over", "chat"),
    sqlite_autoincrement=True,
    comment="Series of talks",
    info=kept(
        "how a talk recurs, and who minds it, so that its occurrences are made by themselves",
        until="as long as the group is on record",
        seen_by="everybody: card, page, calendars",
    ),
)

rooms = Table(
    "rooms",
    metadata,
    Column("id", Integer, primary_key=True, comment="number"),
    *_plan(),
    Column("state", String(16), nullable=False, comment="state"),
    Column("listen_key", String(64), nullable=False, unique=True, comment="end of the link"),
    Column("changed_at", Instant, nullable=False, comment="changed"),
    Column("revision", Integer, nullable=False, comment="times changed"),
    Column("series", ForeignKey("series.id", ondelete="SET NULL"), comment="number of the series"),
    Column("occurrence_at", Instant, comment="its time in the series"),
    Column("own_thread", BigInteger, comment="its own forum topic"),
    Column("planned_call", BigInteger, comment="its planned voice chat"),
    Column("turn", Milliseconds, comment="how long turns last"),
    Column(
        "is_gallery_open",
        Boolean,
        nullable=False,
        server_default=true(),
        comment="whether the gallery is open",
    ),
    Column("first_key", String(64), comment="end of the first link"),
    Index(None, "chat", "state", "starts_at"),
    Index(None, "chat", "topic", "state", "starts_at"),
    Index(None, "state", "starts_at"),
    Index(None, "series", "occurrence_at"),
    sqlite_autoincrement=True,
    comment="Talks",
    info=kept(
        "what a talk is, who minds it, and the picture that they gave it",
        until="as long as the group is on record",
        seen_by="everybody: card, page, calendars",
    ),
)

befores = Table(
    "befores",
    metadata,
    _room(primary_key=True),
    *_plan(),
    Column("state", String(16), nullable=False, comment="state"),
    Column("until", Instant, nullable=False, comment="until"),
    Column("occurrence_at", Instant, comment="its time in the series"),
    Column("former", ForeignKey("series.id", ondelete="SET NULL"), comment="number of the series before"),
    comment="Changes that can be taken back",
    info=kept(
        "what a talk was before it was changed, so that the change can be taken back",
        until="a minute",
        seen_by="nobody",
    ),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", Integer, primary_key=True, comment="number"),
    _room(nullable=False, index=True),
    Column("kind", String(32), nullable=False, comment="kind"),
    Column("due_at", Instant, nullable=False, index=True, comment="when it is due"),
    Column("leased_until", Instant, comment="being done until"),
    Column("attempts", Integer, nullable=False, comment="attempts"),
    Index(None, "leased_until", sqlite_where=text("leased_until IS NOT NULL")),
    sqlite_autoincrement=True,
    comment="What is to be done in its time",
    info=kept(
        "when talks open, reminders are due and recordings are deleted, so that a restart forgets none of it",
        until="until it is done",
        seen_by="nobody",
    ),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True, comment="number"),
    _chat({**CHAT, **person(Erasure.ROW)}, nullable=False, index=True),
    Column("thread", BigInteger, comment="forum topic"),
    _room(),
    Column("kind", String(32), nullable=False, comment="kind"),
    Column("detail", Text, nullable=False, info=words_of("person"), comment="what else"),
    _person(Erasure.ROW),
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

cards = Table(
    "cards",
    metadata,
    _room(primary_key=True),
    _chat(CHAT_OF_MESSAGE, primary_key=True, autoincrement=False, index=True),
    Column("message", BigInteger, nullable=False, comment="message, by number"),
    Column("picture", Text, comment="mark of its picture"),
    comment="Announcements",
    info=kept(
        "which messages announce a talk, so that they can be edited as it changes",
        until="as long as the group is on record",
        seen_by="nobody",
    ),
)

guests = Table(
    "guests",
    metadata,
    _room(primary_key=True),
    _person(Erasure.ROW, primary_key=True, autoincrement=False),
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
    _room(nullable=False, index=True),
    Column("role", String(16), nullable=False, comment="part"),
    _name(),
    _person(Erasure.ROW),
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

bans = Table(
    "bans",
    metadata,
    _chat(CHAT, primary_key=True, autoincrement=False),
    _person(Erasure.ROW, primary_key=True, autoincrement=False),
    _name(),
    Column("reason", Text, nullable=False, info=words_of("person"), comment="reason"),
    Column("until", Instant, comment="until"),
    comment="Bans",
    info=kept(
        "who is banned from a group's talks, why and until when",
        until="until pardoned; what ran out stays without effect",
        seen_by="the group, where bans are told and listed",
    ),
)

log = Table(
    "log",
    metadata,
    Column("id", Integer, primary_key=True, comment="number"),
    _chat(CHAT, nullable=False, index=True),
    Column("at", Instant, nullable=False, comment="when"),
    Column("kind", String(32), nullable=False, comment="kind"),
    Column("actor", BigInteger, nullable=False, info=person(Erasure.NAME), comment="who did it, by number"),
    Column("actor_name", Text, nullable=False, info=name_of("actor"), comment="who did it"),
    Column(
        "subject", Text, nullable=False, info={**words_of("person"), **may_mention("actor")}, comment="about"
    ),
    _person(Erasure.NAME),
    Column("detail", Text, nullable=False, info=words_of("actor", "person"), comment="what else"),
    comment="The admins' log",
    info=kept(
        "who did what, to whom, and their words: what admins need to judge a quarrel",
        until="as long as the group is on record",
        seen_by="the group's admins, in private",
    ),
)

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
    _person(Erasure.ROW, primary_key=True, autoincrement=False),
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

measures = Table(
    "measures",
    metadata,
    _room(primary_key=True),
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
    _room(primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False, comment="place"),
    _person(Erasure.NAME, nullable=False),
    _name(),
    Column("spoken", Milliseconds, nullable=False, comment="spoke for"),
    comment="Who spoke how long",
    info=kept(
        "how long somebody was heard in a talk",
        until="as long as the group is on record",
        seen_by="members, as shares in the statistics",
    ),
)

recordings = Table(
    "recordings",
    metadata,
    _room(primary_key=True),
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

posts = Table(
    "posts",
    metadata,
    _room(primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False, comment="place"),
    _chat(CHAT_OF_MESSAGE, nullable=False, index=True),
    Column("message", BigInteger, nullable=False, comment="message, by number"),
    Column("edition", Integer, comment="times made anew"),
    comment="Replays and clips in the chat",
    info=kept(
        "which messages hold a recording, so that it can be replaced and taken down",
        until="as long as they stand in the chat",
        seen_by="nobody",
    ),
)

tracks = Table(
    "tracks",
    metadata,
    _room(primary_key=True),
    _person(Erasure.ROW, primary_key=True, autoincrement=False),
    _name(),
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
    _room(primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False, comment="place"),
    _person(Erasure.NAME, nullable=False, index=True),
    _name(),
    Column("begins", Milliseconds, nullable=False, comment="from"),
    Column("length", Milliseconds, nullable=False, comment="length"),
    comment="Who spoke when in recordings",
    info=kept(
        "who spoke when in a recording, for its chapters",
        until="as long as the recording",
        seen_by="those who may hear it: the replay names them",
    ),
)

hands = Table(
    "hands",
    metadata,
    _room(primary_key=True),
    _person(Erasure.ROW, primary_key=True, autoincrement=False),
    _name(),
    Column("raised_at", Instant, nullable=False, comment="hand up since"),
    Column("is_in_call", Boolean, nullable=False, comment="raised in the voice chat"),
    comment="Raised hands",
    info=kept(
        "who asked to speak, and since when, because turns go in that order",
        until="until they speak, think better of it, or the talk is over",
        seen_by="everybody on the stage, and who minds it",
    ),
)

consents = Table(
    "consents",
    metadata,
    _chat(CHAT, primary_key=True, autoincrement=False),
    _person(Erasure.ROW, primary_key=True, autoincrement=False),
    _name(),
    Column("agrees", Boolean, comment="agrees"),
    Column("at", Instant, nullable=False, comment="when"),
    comment="Whose voice may be kept",
    info=kept(
        "whether somebody lets their voice be kept on its own track, wants it in no recording, or was asked",
        until="as long as the group is on record",
        seen_by="nobody: who answers in the group is told alone",
    ),
)

boards = Table(
    "boards",
    metadata,
    _room(primary_key=True),
    _chat(CHAT_OF_MESSAGE, primary_key=True, autoincrement=False, index=True),
    Column("message", BigInteger, nullable=False, comment="message, by number"),
    comment="Stage boards",
    info=kept(
        "which messages show the stage, so that they can be edited in place",
        until="until the talk is over",
        seen_by="nobody",
    ),
)

outlets = Table(
    "outlets",
    metadata,
    _chat(CHAT, primary_key=True, autoincrement=False),
    Column("label", Text, primary_key=True, comment="name of the server"),
    Column("url", Text, nullable=False, info=SECRET, comment="its address, which is secret"),
    Column(
        "added_by", BigInteger, nullable=False, info=person(Erasure.NAME), comment="who added it, by number"
    ),
    comment="Servers to which the talks go out",
    info=kept(
        "to which servers elsewhere talks go out, and who added each, so that they hear how it does",
        until="until an admin takes it off the list",
        seen_by="admins, without its address",
    ),
)

bridges = Table(
    "bridges",
    metadata,
    _room(primary_key=True),
    _chat(CHAT, primary_key=True, autoincrement=False, index=True),
    Column("is_agreed", Boolean, nullable=False, comment="whether they agreed"),
    comment="Groups that carry a talk too",
    info=kept(
        "which other groups carry a talk in their calls, if their admins agree",
        until="as long as the group is on record",
        seen_by="the admins of both groups",
    ),
)

ticket_keys = Table(
    "ticket_keys",
    metadata,
    _room(primary_key=True),
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
    _room(primary_key=True),
    _person(Erasure.ROW, primary_key=True, autoincrement=False),
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
    _room(nullable=False, index=True),
    comment="Links that were closed",
    info=kept(
        "which links lead nowhere any more since an admin closed the gallery",
        until="as long as the group is on record",
        seen_by="nobody",
    ),
)

questions = Table(
    "questions",
    metadata,
    _room(primary_key=True),
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
