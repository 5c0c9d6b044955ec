"""The groups on record."""

import json
from collections.abc import Sequence
from datetime import time, timedelta
from typing import Any

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rooms.group import Group, Schedulers
from rooms.ids import ChatId, ThreadId
from rooms.plan import Admission
from rooms.quiet import QuietHours
from rooms.topics import TopicPolicy
from rooms.zones import zone_of
from storage import chats, schema
from storage.putting import put

_table = schema.groups
_MS = timedelta(milliseconds=1)
_FIND = select(_table).where(_table.c.chat == bindparam("chat"))
"""Built once, as it is asked most often and building takes longer than asking."""


class SqlGroups:
    """Fulfils the `Groups` port on one connection, within its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.has_removed = False
        self._connection = connection

    async def save(self, group: Group) -> None:
        """Put the group on record, or replace what was known of it."""
        await put(self._connection, _table, _to_row(group))

    async def find(self, chat: ChatId) -> Group | None:
        """The group of this chat, if it is known."""
        return await self._first(_FIND, chat=chat)

    async def by_programme_key(self, key: str) -> Group | None:
        """The group whose programme page has this key."""
        return await self._first(select(_table).where(_table.c.programme_key == key))

    async def titled(self, title: str) -> Sequence[Group]:
        """The groups of exactly this title."""
        query = select(_table).where(_table.c.title == title).order_by(_table.c.chat)
        return [_from_row(row) for row in await self._connection.execute(query)]

    async def next_digest(self) -> Group | None:
        """The group whose digest is due first, due already or not."""
        with_digest = select(_table).where(_table.c.digest_at.is_not(None))
        return await self._first(with_digest.order_by(_table.c.digest_at, _table.c.chat).limit(1))

    async def renumber(self, old: ChatId, new: ChatId) -> None:
        """The group became a supergroup, which is another chat: all that is on record of it follows.

        What was on record of the new chat before, such as a group that was met anew, gives way. The cards of
        the old chat are forgotten: messages stay behind.
        """
        await chats.renumber(self._connection, old, new)

    async def remove(self, chat: ChatId) -> None:
        """Forget the group and everything about it: talks, series, bans, log, notices."""
        self.has_removed = True
        await chats.remove(self._connection, chat)

    async def _first(self, query: Select[Any], **values: Any) -> Group | None:
        row = (await self._connection.execute(query, values)).one_or_none()
        return None if row is None else _from_row(row)


def _to_row(group: Group) -> dict[str, Any]:
    topics, quiet = group.topics, group.quiet
    return {
        "chat": group.chat,
        "title": group.title,
        "zone": group.zone.key,
        "language": group.language,
        "programme_key": group.programme_key,
        "topics": _dump([topics.tags, topics.is_closed, dict(topics.threads)]),
        "reminders": _dump([early // _MS for early in group.reminders]),
        "quiet_begin": None if quiet is None else quiet.begin.isoformat(),
        "quiet_end": None if quiet is None else quiet.end.isoformat(),
        "digest": group.digest,
        "digest_at": group.digest_at,
        "schedulers": group.schedulers.value,
        "admission": group.admission.value,
        "records_talks": group.records_talks,
        "makes_threads": group.makes_threads,
        "copies": _dump(group.copies),
        "is_present": group.is_present,
        "joins_muted": group.joins_muted,
        "first_timers_first": group.first_timers_first,
        "turn": group.turn,
        "keeps_recordings": group.keeps_recordings,
    }


def _from_row(row: Row[Any]) -> Group:
    return Group(
        ChatId(row.chat),
        row.title,
        zone_of(row.zone),
        row.language,
        row.programme_key,
        topics=_topics(row.topics),
        reminders=tuple(early * _MS for early in json.loads(row.reminders)),
        quiet=_quiet(row.quiet_begin, row.quiet_end),
        digest=row.digest,
        digest_at=row.digest_at,
        schedulers=Schedulers(row.schedulers),
        admission=Admission(row.admission),
        records_talks=row.records_talks,
        makes_threads=row.makes_threads,
        copies=tuple(ChatId(chat) for chat in json.loads(row.copies)),
        is_present=row.is_present,
    )


def _topics(text: str) -> TopicPolicy:
    tags, is_closed, threads = json.loads(text)
    return TopicPolicy(tuple(tags), is_closed, {tag: ThreadId(thread) for tag, thread in threads.items()})


def _quiet(begin: str | None, end: str | None) -> QuietHours | None:
    if begin is None or end is None:
        return None
    return QuietHours(time.fromisoformat(begin), time.fromisoformat(end))


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
