"""The tables, as SQLAlchemy Core knows them; `migrations/` brings a file of data to this shape.

Each column about a person or a group is marked (`storage.marks`): erasing and renumbering walk the marks.
Each table and each column says by its `comment` what it holds, and each table by its purpose
(`storage.purposes`) why, how long and for whom: that is the receipt that people see (`storage.receipt`).
"""

# in the order in which receipts show the tables:
# isort: off
from storage.schema.groups import groups, bans, log, outlets
from storage.schema.talks import series, rooms, befores
from storage.schema.people import people, dialogues, guests, appointments
from storage.schema.calls import hands, bridges, measures, talk_times
from storage.schema.recordings import recordings, tracks, turns, consents
from storage.schema.messages import cards, boards, posts, outbox
from storage.schema.jobs import jobs
from storage.schema.gallery import ticket_keys, ticket_holders, dead_links, questions
from storage.schema.parts import metadata

# isort: on

__all__ = [
    "appointments",
    "bans",
    "befores",
    "boards",
    "bridges",
    "cards",
    "consents",
    "dead_links",
    "dialogues",
    "groups",
    "guests",
    "hands",
    "jobs",
    "log",
    "measures",
    "metadata",
    "outbox",
    "outlets",
    "people",
    "posts",
    "questions",
    "recordings",
    "rooms",
    "series",
    "talk_times",
    "ticket_holders",
    "ticket_keys",
    "tracks",
    "turns",
]
