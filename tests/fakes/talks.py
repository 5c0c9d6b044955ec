"""People and plans that many tests begin with."""

from datetime import datetime, timedelta

from rooms.ids import ChatId, PersonId, RoomId, ThreadId
from rooms.plan import Plan
from rooms.roles import Asker
from rooms.room import Room, RoomState
from rooms.timetable import Timing
from tests.fakes.clock import NOON

CHAT = ChatId(-1001000000001)
OTHER_CHAT = ChatId(-1001000000002)
ADA = Asker(PersonId(42), "Ada", is_admin=True)
BRUNO = Asker(PersonId(43), "Bruno", is_admin=True)
CHIARA = Asker(PersonId(44), "Chiara", is_admin=False)

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
TIMING = Timing(open_early=MINUTE)


def a_plan(
    title: str = "Careers after 40",
    starts_at: datetime = NOON + HOUR,
    duration: timedelta = 45 * MINUTE,
    chat: ChatId = CHAT,
) -> Plan:
    """A talk in an hour, of 45 minutes, by Ada."""
    return Plan(chat, ThreadId(7), title, "careers", ADA.person, ADA.name, starts_at, duration)


def a_room(state: RoomState = RoomState.SCHEDULED, plan: Plan | None = None) -> Room:
    """Ada's talk as it may be on record."""
    return Room(RoomId(1), plan or a_plan(), state, "the-key", NOON)
