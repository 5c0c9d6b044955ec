"""What the memory store keeps: a dictionary for each kind of thing, copied whole for each transaction."""

from collections import Counter
from dataclasses import dataclass, field, fields
from typing import Any

from rooms.appointments import Appointment
from rooms.before import Before
from rooms.boards import Board
from rooms.bridges import Bridge
from rooms.cards import Card
from rooms.consents import Consent
from rooms.dialogues import Dialogue
from rooms.group import Group
from rooms.guests import Guest
from rooms.hands import Hand
from rooms.ids import AppointmentId, ChatId, PersonId, RoomId, SeriesId
from rooms.measures import Measure
from rooms.moderation import Ban, Deed
from rooms.outlets import Outlet
from rooms.people import Person
from rooms.posts import Post
from rooms.questions import Question, QuestionId
from rooms.recordings import Recording, Track, Turn
from rooms.room import Room
from rooms.series import Series
from rooms.ticket_keys import TicketKey
from tests.fakes.memory.waiting import Waiting


@dataclass(frozen=True)
class RoomTurn:
    """A turn, and whose talk's it is."""

    room: RoomId
    turn: Turn

    @property
    def person(self) -> PersonId:
        """Who spoke."""
        return self.turn.person


@dataclass(frozen=True)
class RoomHand:
    """A hand, and in which talk it is up."""

    room: RoomId
    hand: Hand

    @property
    def person(self) -> PersonId:
        """Whose it is."""
        return self.hand.person


@dataclass(frozen=True)
class GroupOutlet:
    """An outlet, whose it is, and who added it."""

    chat: ChatId
    outlet: Outlet
    added_by: PersonId

    @property
    def person(self) -> PersonId:
        """Who added it."""
        return self.added_by


@dataclass(frozen=True)
class TicketHolder:
    """Who took a ticket, and for which talk."""

    room: RoomId
    person: PersonId


@dataclass
class Tables:
    """All that is on record. Rows are immutable: a copy of the dictionaries is a copy of everything."""

    groups: dict[ChatId, Group] = field(default_factory=dict)
    rooms: dict[RoomId, Room] = field(default_factory=dict)
    series: dict[SeriesId, Series] = field(default_factory=dict)
    befores: dict[RoomId, Before] = field(default_factory=dict)
    jobs: dict[int, Waiting] = field(default_factory=dict)
    outbox: dict[int, Waiting] = field(default_factory=dict)
    cards: dict[tuple[RoomId, ChatId], Card] = field(default_factory=dict)
    guests: dict[tuple[RoomId, PersonId], Guest] = field(default_factory=dict)
    appointments: dict[AppointmentId, Appointment] = field(default_factory=dict)
    bans: dict[tuple[ChatId, PersonId], Ban] = field(default_factory=dict)
    log: dict[int, Deed] = field(default_factory=dict)
    people: dict[PersonId, Person] = field(default_factory=dict)
    dialogues: dict[PersonId, Dialogue] = field(default_factory=dict)
    measures: dict[RoomId, Measure] = field(default_factory=dict)
    recordings: dict[RoomId, Recording] = field(default_factory=dict)
    tracks: dict[tuple[RoomId, PersonId], Track] = field(default_factory=dict)
    turns: dict[tuple[RoomId, int], RoomTurn] = field(default_factory=dict)
    posts: dict[tuple[RoomId, int], Post] = field(default_factory=dict)
    hands: dict[tuple[RoomId, PersonId], RoomHand] = field(default_factory=dict)
    consents: dict[tuple[ChatId, PersonId], Consent] = field(default_factory=dict)
    boards: dict[tuple[RoomId, ChatId], Board] = field(default_factory=dict)
    outlets: dict[tuple[ChatId, str], GroupOutlet] = field(default_factory=dict)
    bridges: dict[tuple[RoomId, ChatId], Bridge] = field(default_factory=dict)
    ticket_keys: dict[tuple[RoomId], TicketKey] = field(default_factory=dict)
    ticket_holders: dict[tuple[RoomId, PersonId], TicketHolder] = field(default_factory=dict)
    dead_links: dict[str, RoomId] = field(default_factory=dict)
    questions: dict[tuple[RoomId, QuestionId], Question] = field(default_factory=dict)
    last: Counter[str] = field(default_factory=Counter)
    """The last number given in each table; none is given twice."""

    def number(self, table: str) -> int:
        """The next number of a table."""
        self.last[table] += 1
        return self.last[table]

    def copied(self) -> "Tables":
        """The same, to be changed without changing this one."""
        return Tables(**{each.name: getattr(self, each.name).copy() for each in fields(self)})

    def forget_room(self, room: RoomId) -> None:
        """Forget a room and all that hangs on it."""
        self.rooms.pop(room, None)
        self.befores.pop(room, None)
        self.measures.pop(room, None)
        self.recordings.pop(room, None)
        hangs = (self.cards, self.guests, self.tracks, self.turns, self.posts, self.hands, self.boards)
        self.dead_links = {key: led_to for key, led_to in self.dead_links.items() if led_to != room}
        for rows in (*hangs, self.bridges, self.ticket_keys, self.ticket_holders, self.questions):
            hanging: dict[Any, Any] = rows
            for key in [key for key in hanging if key[0] == room]:
                del hanging[key]
        for id_ in [id_ for id_, appointment in self.appointments.items() if appointment.room == room]:
            del self.appointments[id_]
        for line in (self.jobs, self.outbox):
            for number in [number for number, row in line.items() if row.room == room]:
                del line[number]
