"""A plan as columns of a row, the same for rooms, series and what a room was before."""

from dataclasses import fields
from operator import attrgetter
from typing import Any

from sqlalchemy import Row

from rooms.plan import Admission, Plan

_NAMES = tuple(field.name for field in fields(Plan))
_ADMISSION = _NAMES.index("admission")
_values = attrgetter(*_NAMES)


def to_columns(plan: Plan) -> dict[str, Any]:
    """The plan's columns and their values."""
    return dict(zip(_NAMES, _values(plan), strict=True)) | {"admission": plan.admission.value}


def to_plan(row: Row[Any]) -> Plan:
    """The plan in a row."""
    values = list(_values(row))
    values[_ADMISSION] = Admission(values[_ADMISSION])
    return Plan(*values)
