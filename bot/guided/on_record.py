"""A sheet on record: as JSON, so that a restart in the middle of a dialogue forgets nothing."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.aspects import Aspect
from bot.guided.sheet import Sheet
from bot.times import Doubt, Every, Question, When
from bot.wishes import Wish
from rooms.appointments import Invited
from rooms.ids import PersonId, ThreadId
from rooms.plan import Admission
from rooms.recurrence import Recurrence
from rooms.roles import Role

Json = dict[str, Any]


def to_json(sheet: Sheet) -> str:
    """The sheet as text."""
    shape = {
        "thread": sheet.thread,
        "wish": _wish(sheet.wish),
        "asks": sheet.asks,
        "said": sheet.said,
        "is_whole": sheet.is_whole,
        "pending": [_invited(one) for one in sheet.pending],
        "doubt": _doubt(sheet.doubt),
        "is_paused": sheet.is_paused,
    }
    return json.dumps(shape, ensure_ascii=False)


def from_json(text: str) -> Sheet:
    """The sheet of a text that `to_json` gave, in an older version, too."""
    shape = json.loads(text)
    return Sheet(
        thread=ThreadId(shape["thread"]) if shape["thread"] is not None else None,
        wish=_read_wish(shape["wish"]),
        asks=Aspect(shape["asks"]) if shape["asks"] is not None else None,
        said=tuple(Aspect(one) for one in shape["said"]),
        is_whole=shape["is_whole"],
        pending=tuple(_read_invited(one) for one in shape["pending"]),
        doubt=_read_doubt(shape["doubt"]),
        is_paused=shape.get("is_paused", False),
    )


def _wish(wish: Wish) -> Json:
    return {
        "title": wish.title,
        "topic": wish.topic,
        "when": _moment(wish.when) if isinstance(wish.when, When) else None,
        "minutes": wish.duration.total_seconds() / 60,
        "description": wish.description,
        "people": [[role, _invited(one)] for role, one in wish.people],
        "admission": wish.admission,
        "seats": wish.seats,
        "is_recorded": wish.is_recorded,
        "language": wish.language,
        "cover": wish.cover,
    }


def _read_wish(shape: Mapping[str, Any]) -> Wish:
    return Wish(
        title=shape["title"],
        topic=shape["topic"],
        when=_read_moment(shape["when"]) if shape["when"] is not None else None,
        duration=timedelta(minutes=shape["minutes"]),
        description=shape["description"],
        people=tuple((Role(role), _read_invited(one)) for role, one in shape["people"]),
        admission=Admission(shape["admission"]) if shape["admission"] is not None else None,
        seats=shape["seats"],
        is_recorded=shape["is_recorded"],
        language=shape["language"],
        cover=shape["cover"],
    )


def _doubt(doubt: Question | None) -> Json | None:
    return {"kind": doubt.kind, "options": [_moment(one) for one in doubt.options]} if doubt else None


def _read_doubt(shape: Mapping[str, Any] | None) -> Question | None:
    if shape is None:
        return None
    return Question(Doubt(shape["kind"]), tuple(_read_moment(one) for one in shape["options"]))


def _moment(when: When) -> Json:
    shape: Json = {"at": when.instant.isoformat(), "zone": when.zone.key}
    if isinstance(when, Every):
        series = when.recurrence
        shape |= {"rule": series.rule, "first": series.first.isoformat(), "clock": series.zone.key}
    return shape


def _read_moment(shape: Mapping[str, Any]) -> When:
    instant, zone = datetime.fromisoformat(shape["at"]), ZoneInfo(shape["zone"])
    if "rule" not in shape:
        return When(instant, zone)
    first = datetime.fromisoformat(shape["first"])
    return Every(instant, zone, Recurrence(shape["rule"], first, ZoneInfo(shape["clock"])))


def _invited(one: Invited) -> Json:
    return {"name": one.name, "person": one.person, "username": one.username}


def _read_invited(shape: Mapping[str, Any]) -> Invited:
    person = PersonId(shape["person"]) if shape["person"] is not None else None
    return Invited(shape["name"], person, shape["username"])
