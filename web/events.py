"""Events: what a page shows of a room, as server-sent events (HTML, section 9.2)."""

import json
from typing import Any

from rooms.audience import SILENCE
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
        "takes_questions": view.takes_questions,
        "takes_reactions": view.takes_reactions,
        "starts_at": plan.starts_at.isoformat(),
        "ends_at": plan.ends_at.isoformat(),
        "replay": "there" if view.replay else "due" if view.is_replay_due else None,
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


def asked(view: View) -> list[dict[str, Any]]:
    """The questions from the gallery, as everybody with a place in it may know them."""
    questions = view.questions if view.is_admitted else ()
    return [
        {"id": one.id, "text": one.text, "state": one.state.value, "votes": one.votes} for one in questions
    ]


def murmured(view: View) -> dict[str, Any]:
    """What is heard of the gallery itself: the same when nobody listens, and when few do."""
    murmur = view.murmur if view.is_admitted else SILENCE
    return {"crowd": murmur.crowd, "reactions": dict(murmur.reactions)}


def events(view: View) -> tuple[bytes, ...]:
    """The events that tell how the room is now, each of which is told again when it is another one."""
    return (
        event("room", shown(view), f"retry: {RETRY}\n"),
        event("questions", asked(view)),
        event("murmur", murmured(view)),
    )


def event(name: str, data: Any, more: str = "") -> bytes:
    """One event, its data as JSON; `more` are whole lines."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"event: {name}\n{more}data: {written}\n\n".encode()


CLOSED = event("closed", {})
"""The gallery is closed, and the link is dead."""
