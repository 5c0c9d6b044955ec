"""Fills a database with more talks than repositories would put there in a minute."""

import sqlite3
from contextlib import closing
from pathlib import Path

_TALKS = """
with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < :talks - 1)
insert into rooms ({others}, chat, listen_key, starts_at)
select {others}, chat - n % :groups, id || '-' || n,
    strftime('%Y-%m-%d %H:%M:%f000', starts_at, n || ' minutes')
from rooms, numbers
"""

_DUE = """
insert into jobs (room, kind, due_at, attempts)
select id, :kind, strftime('%Y-%m-%d %H:%M:%f000', starts_at, :moved), 0 from rooms
"""

JOBS = {
    "announce": "-10 hours",
    "remind": "-1 hours",
    "open": "-10 minutes",
    "start": "+0 minutes",
    "warn": "+55 minutes",
    "end": "+60 minutes",
}
"""The jobs of a talk, and when they are due as SQLite adds to its start."""


def multiply_talks(path: Path, talks: int, groups: int = 1) -> None:
    """Let every talk on record be so many, a minute apart, in its group and those whose ids follow."""
    with closing(sqlite3.connect(path)) as connection, connection:
        columns = [name for _, name, *_ in connection.execute("pragma table_info(rooms)")]
        own = {"id", "chat", "listen_key", "starts_at"}
        others = ", ".join(f'"{name}"' for name in columns if name not in own)
        if talks > 1:
            connection.execute(_TALKS.format(others=others), {"talks": talks, "groups": groups})


def give_jobs(path: Path) -> None:
    """Put the jobs of all talks on record."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for kind, moved in JOBS.items():
            connection.execute(_DUE, {"kind": kind, "moved": moved})
