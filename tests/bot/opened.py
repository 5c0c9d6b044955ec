"""Letters about a talk, opened as the courier opens them."""

from collections.abc import Sequence
from typing import Any

from bot.letters import Opened
from bot.refusals import Speech
from bot.seals import Seal
from rooms.appointments import Answer, Appointment, Invited
from rooms.cards import Card
from rooms.guests import GuestList
from rooms.ids import AppointmentId, ChatId, MessageId, PersonId
from rooms.notices import Letter, Notice, NoticeKind, notice_of
from rooms.roles import Role
from rooms.room import Room
from tests.bot.speeches import ENGLISH
from tests.fakes.clock import NOON
from tests.fakes.groups import CAREERS
from tests.fakes.talks import a_room

PUBLIC_URL = "https://talks.example"


def opened(
    kind: NoticeKind = NoticeKind.CARD, room: Room | None = None, speech: Speech = ENGLISH, **more: Any
) -> Opened:
    """A letter of this kind.

    `more`: `detail`, `chat`, `group`, `coming`, `cast`, `card` (a message), `recurrence`, `now`, `is_silent`.
    """
    room = room or a_room()
    notice = notice_of(room, kind, more.get("detail", ""))
    if "chat" in more:
        notice = Notice(ChatId(more["chat"]), None, room.id, kind, notice.detail)
    coming = tuple(PersonId(number) for number in more.get("coming", ()))
    card = Card(room.id, notice.chat, MessageId(more["card"])) if "card" in more else None
    return Opened(
        letter=Letter(1, notice, 1),
        group=more.get("group", CAREERS),
        speech=speech,
        public_url=PUBLIC_URL,
        seal=Seal("token"),
        is_silent=more.get("is_silent", False),
        now=more.get("now", NOON),
        room=room,
        card=card,
        guests=GuestList(coming, room.plan.seats),
        cast=more.get("cast", ()),
        recording=None,
        recurrence=more.get("recurrence"),
    )


def cast(*parts: tuple[Role, str, Answer]) -> Sequence[Appointment]:
    """Appointments, numbered from 1."""
    return [
        Appointment(AppointmentId(number), a_room().id, role, Invited(name, username=name.lower()), answer)
        for number, (role, name, answer) in enumerate(parts, 1)
    ]
