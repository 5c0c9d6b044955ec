"""Groups, their bans and their log, in memory."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from rooms.group import Group
from rooms.ids import ChatId, PersonId
from rooms.moderation import Ban, Deed
from tests.fakes.memory.tables import Tables


class MemoryGroups:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self.rows = tables.groups

    async def save(self, group: Group) -> None:
        self.rows[group.chat] = group

    async def find(self, chat: ChatId) -> Group | None:
        return self.rows.get(chat)

    async def by_programme_key(self, key: str) -> Group | None:
        return next((group for group in self.rows.values() if group.programme_key == key), None)

    async def titled(self, title: str) -> Sequence[Group]:
        found = [group for group in self.rows.values() if group.title == title]
        return sorted(found, key=lambda group: group.chat)

    async def next_digest(self) -> Group | None:
        due = [(row.digest_at, row.chat) for row in self.rows.values() if row.digest_at is not None]
        return self.rows[min(due)[1]] if due else None

    async def renumber(self, old: ChatId, new: ChatId) -> None:
        tables = self._tables
        for key in [key for key in tables.cards if key[1] == old]:
            del tables.cards[key]
        _drop(tables.posts, lambda post: post.chat == old)
        for consent in [consent for consent in tables.consents.values() if consent.chat == old]:
            del tables.consents[old, consent.person]
            tables.consents[new, consent.person] = replace(consent, chat=new)
        for passages in (tables.bridges, tables.outlets):
            _rekey(passages, old, new)
        if old in self.rows:
            self.rows[new] = replace(self.rows.pop(old), chat=new)
        for group in list(self.rows.values()):
            copies = dict.fromkeys(new if copy == old else copy for copy in group.copies)
            self.rows[group.chat] = replace(group, copies=tuple(copies))
        for planned in (tables.rooms, tables.series, tables.befores):
            _replace(planned, lambda row: row.plan.chat == old, lambda row: _planned_in(row, new))
        for ban in [ban for ban in tables.bans.values() if ban.chat == old]:
            del tables.bans[old, ban.person]
            tables.bans[new, ban.person] = replace(ban, chat=new)
        _replace(tables.log, lambda deed: deed.chat == old, lambda deed: replace(deed, chat=new))
        _replace(tables.dialogues, lambda row: row.group == old, lambda row: replace(row, group=new))
        _replace(
            tables.outbox,
            lambda row: row.line == old,
            lambda row: replace(row, line=new, what=replace(row.what, chat=new)),
        )

    async def remove(self, chat: ChatId) -> None:
        tables = self._tables
        for room in [room.id for room in tables.rooms.values() if room.plan.chat == chat]:
            tables.forget_room(room)
        _drop(tables.groups, lambda group: group.chat == chat)
        _drop(tables.series, lambda series: series.plan.chat == chat)
        _drop(tables.cards, lambda card: card.chat == chat)
        _drop(tables.posts, lambda post: post.chat == chat)
        _drop(tables.consents, lambda consent: consent.chat == chat)
        _drop(tables.bridges, lambda bridge: bridge.chat == chat)
        _drop(tables.outlets, lambda row: row.chat == chat)
        _drop(tables.bans, lambda ban: ban.chat == chat)
        _drop(tables.log, lambda deed: deed.chat == chat)
        _drop(tables.outbox, lambda row: row.line == chat)
        _drop(tables.dialogues, lambda dialogue: dialogue.group == chat)
        for group in list(self.rows.values()):
            copies = tuple(copy for copy in group.copies if copy != chat)
            self.rows[group.chat] = replace(group, copies=copies)


class MemoryBans:
    def __init__(self, tables: Tables) -> None:
        self.rows = tables.bans

    async def save(self, ban: Ban) -> None:
        self.rows[ban.chat, ban.person] = ban

    async def find(self, chat: ChatId, person: PersonId, now: datetime) -> Ban | None:
        ban = self.rows.get((chat, person))
        return ban if ban is not None and _holds(ban, now) else None

    async def of(self, chat: ChatId, now: datetime) -> Sequence[Ban]:
        found = [ban for ban in self.rows.values() if ban.chat == chat and _holds(ban, now)]
        return sorted(found, key=lambda ban: (ban.name, ban.person))

    async def lift(self, chat: ChatId, person: PersonId) -> None:
        self.rows.pop((chat, person), None)


class MemoryLog:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    @property
    def rows(self) -> list[Deed]:
        """All lines, the oldest first."""
        return list(self._tables.log.values())

    async def add(self, deed: Deed) -> None:
        self._tables.log[self._tables.number("log")] = deed

    async def of(self, chat: ChatId, limit: int = 20) -> Sequence[Deed]:
        return [deed for deed in reversed(self.rows) if deed.chat == chat][:limit]


def _holds(ban: Ban, now: datetime) -> bool:
    return ban.until is None or ban.until > now


def _planned_in(row: Any, chat: ChatId) -> Any:
    return replace(row, plan=replace(row.plan, chat=chat))


def _rekey(rows: Any, old: ChatId, new: ChatId) -> None:
    """Let rows follow in whose keys the chat stands."""
    for key in [key for key in rows if old in key]:
        rows[tuple(new if part == old else part for part in key)] = replace(rows.pop(key), chat=new)


def _replace(rows: dict[Any, Any], fits: Callable[[Any], bool], change: Callable[[Any], Any]) -> None:
    for key, row in rows.items():
        if fits(row):
            rows[key] = change(row)


def _drop(rows: dict[Any, Any], fits: Callable[[Any], bool]) -> None:
    for key in [key for key, row in rows.items() if fits(row)]:
        del rows[key]
