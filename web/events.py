"""Events: what a page shows of a room, as server-sent events (HTML, section 9.2)."""

import json
from typing import Any

from rooms.listening import View
from rooms.stage import Stage

RETRY = 2000
"""Milliseconds after which a page whose connection was lost asks again."""

HEARTBEAT = b":\n\n"
"""A comment, by which both ends see that the other is there."""


def shown(view: View) -> dict[str, Any]:
    """What everybody with the link may know of the room, and no more: names, but no numbers of people.

    Who is on stage in a room that is not open is for those who are in its call.
    """
    plan = view.room.plan
    stage = view.stage if view.is_admitted else Stage()
    return {
        "state": view.room.state.value,
        "title": plan.title,
        "topic": plan.topic,
        "admission": plan.admission.value,
        "host": plan.host_name,
        "group": view.group.title if view.group else None,
        "starts_at": plan.starts_at.isoformat(),
        "ends_at": plan.ends_at.isoformat(),
        "stage": [
            {
                "name": person.name,
                "is_speaking": person.is_speaking,
                "is_muted": person.is_muted,
                "has_hand_up": person.has_hand_up,
            }
            for person in stage.people
        ],
    }


def event(view: View) -> bytes:
    """The event that tells how the room is now."""
    data = json.dumps(shown(view), ensure_ascii=False, separators=(",", ":"))
    return f"event: room\nretry: {RETRY}\ndata: {data}\n\n".encode()
