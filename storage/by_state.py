"""The query for rooms in several states: an index has one state's rooms in order, never those of several.

So the first few of each state are taken, and merged. However many rooms there are, no more of them are read.
"""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Integer, Select, bindparam, func, select, union_all

from rooms.room import RoomState
from storage import schema

_table = schema.rooms

NO_LIMIT = -1
"""As SQLite takes it."""

_CONDITIONS: dict[str, ColumnElement[bool]] = {
    "chat": _table.c.chat == bindparam("chat"),
    "topic": _table.c.topic == bindparam("topic"),
    "after": _table.c.starts_at > bindparam("after"),
    "before": _table.c.starts_at < bindparam("before"),
}


@cache
def rooms_in(states: frozenset[RoomState], narrowed_by: frozenset[str], *, latest_first: bool) -> Select[Any]:
    """Rooms in any of the states, in the order of their starts; built once, as that takes longest.

    Its parameters are `limit` and what it is narrowed by: `chat`, `topic`, `after` and `before` the start.
    """
    first = _first(states, narrowed_by, latest_first=latest_first)
    rooms = select(_table).where(_table.c.id.in_(first))
    return rooms.order_by(*_order(_table, latest_first=latest_first))


@cache
def topics_in(states: frozenset[RoomState]) -> Select[Any]:
    """The topics of a chat's first rooms in any of the states, by how many have them; parameters as above."""
    first = _first(states, frozenset({"chat"}), latest_first=False)
    topics = select(_table.c.topic).where(_table.c.id.in_(first), _table.c.topic.is_not(None))
    many, earliest = func.count().desc(), func.min(_table.c.starts_at)
    return topics.group_by(_table.c.topic).order_by(many, earliest, func.min(_table.c.id))


def _first(states: frozenset[RoomState], narrowed_by: frozenset[str], *, latest_first: bool) -> Select[Any]:
    """The numbers of the first `limit` rooms."""
    limit = bindparam("limit", type_=Integer)
    where = [_CONDITIONS[name] for name in sorted(narrowed_by)]
    firsts = [
        select(
            select(_table.c.id, _table.c.starts_at)
            .where(_table.c.state == state.value, *where)
            .order_by(*_order(_table, latest_first=latest_first))
            .limit(limit)
            .subquery()
        )
        for state in sorted(states)
    ]
    merged = union_all(*firsts).subquery()
    return select(merged.c.id).order_by(*_order(merged, latest_first=latest_first)).limit(limit)


def _order(rooms: FromClause, *, latest_first: bool) -> list[ColumnElement[Any]]:
    columns: list[ColumnElement[Any]] = [rooms.c.starts_at, rooms.c.id]
    return [column.desc() for column in columns] if latest_first else columns
