"""Groups, and what belongs to a group and to no single talk."""

from sqlalchemy import BigInteger, Boolean, Column, Integer, String, Table, Text, false, true

from storage.columns import Instant, Milliseconds
from storage.marks import CHAT, CHATS, SECRET, Erasure, may_mention, name_of, person, words_of
from storage.purposes import kept
from storage.schema.parts import chat_column, metadata, name_column, person_column

groups = Table(
    "groups",
    metadata,
    chat_column(CHAT, primary_key=True, autoincrement=False),
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

bans = Table(
    "bans",
    metadata,
    chat_column(CHAT, primary_key=True, autoincrement=False),
    person_column(Erasure.ROW, primary_key=True, autoincrement=False),
    name_column(),
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
    chat_column(CHAT, nullable=False, index=True),
    Column("at", Instant, nullable=False, comment="when"),
    Column("kind", String(32), nullable=False, comment="kind"),
    Column("actor", BigInteger, nullable=False, info=person(Erasure.NAME), comment="who did it, by number"),
    Column("actor_name", Text, nullable=False, info=name_of("actor"), comment="who did it"),
    Column(
        "subject", Text, nullable=False, info={**words_of("person"), **may_mention("actor")}, comment="about"
    ),
    person_column(Erasure.NAME),
    Column("detail", Text, nullable=False, info=words_of("actor", "person"), comment="what else"),
    comment="The admins' log",
    info=kept(
        "who did what, to whom, and their words: what admins need to judge a quarrel",
        until="as long as the group is on record",
        seen_by="the group's admins, in private",
    ),
)

outlets = Table(
    "outlets",
    metadata,
    chat_column(CHAT, primary_key=True, autoincrement=False),
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
