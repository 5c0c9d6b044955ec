"""Records: what the use cases keep and find again, as protocols that a store fulfils."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from rooms.appointments import Answer, Appointment, Invited
from rooms.before import Before
from rooms.bell import Bell
from rooms.boards import Board
from rooms.bridges import Bridge
from rooms.cards import Card
from rooms.consents import Consent
from rooms.dialogues import Dialogue
from rooms.group import Group
from rooms.guests import Guest
from rooms.hands import Hand
from rooms.ids import AppointmentId, ChatId, MessageId, PersonId, RoomId, SeriesId
from rooms.jobs import Job, JobKind
from rooms.measures import Measure
from rooms.moderation import Ban, Deed
from rooms.notices import Letter, Notice
from rooms.outlets import Outlet
from rooms.people import Person
from rooms.plan import Plan
from rooms.posts import Post
from rooms.questions import Question, QuestionId
from rooms.recordings import Recording, Track, Turn
from rooms.recurrence import Recurrence
from rooms.roles import Role
from rooms.room import Occurrence, Room, RoomState
from rooms.series import Series
from rooms.ticket_keys import TicketKey


class Rooms(Protocol):
    """The rooms on record."""

    async def add(
        self, plan: Plan, listen_key: str, at: datetime, occurrence: Occurrence | None = None
    ) -> Room:
        """Put a new draft on record and number it."""
        ...

    async def get(self, room: RoomId) -> Room:
        """The room as it is now; raises `NoSuchRoom`."""
        ...

    async def find(self, room: RoomId) -> Room | None:
        """The room as it is now, if it is on record."""
        ...

    async def by_listen_key(self, key: str) -> Room:
        """The room whose gallery link has this key.

        Raises:
            NoSuchRoom: there is none; `GalleryClosed`: there was, and its gallery was closed.
        """
        ...

    async def let_die(self, room: RoomId, key: str) -> None:
        """Remember of a link that it led to a room and does so no more."""
        ...

    async def save(self, room: Room) -> None:
        """Replace the room on record by this value."""
        ...

    async def remove(self, room: RoomId) -> None:
        """Forget the room and all that hangs on it; no error when it is gone already."""
        ...

    async def in_states(
        self,
        states: Collection[RoomState],
        chat: ChatId | None = None,
        limit: int = 100,
        *,
        topic: str | None = None,
    ) -> Sequence[Room]:
        """Rooms in any of the states, of one chat or of all, of one topic or any, earliest start first."""
        ...

    async def topics(self, states: Collection[RoomState], chat: ChatId, limit: int = 100) -> Sequence[str]:
        """The topics of a chat's first rooms in any of the states, those of most rooms first.

        Of two that as many rooms have, the one that comes earlier is first.
        """
        ...

    async def between(
        self, chat: ChatId, states: Collection[RoomState], begin: datetime, end: datetime
    ) -> Sequence[Room]:
        """A chat's rooms in any of the states some part of which lies within, earliest start first."""
        ...

    async def latest(self, chat: ChatId, states: Collection[RoomState], limit: int) -> Sequence[Room]:
        """A chat's rooms in any of the states, latest start first."""
        ...

    async def of_series(self, series: SeriesId) -> Sequence[Room]:
        """The occurrences of a series that were made, whatever became of them, in the order of the rule."""
        ...

    async def keep_before(self, before: Before) -> None:
        """Keep what a room was, in the place of what was kept of it."""
        ...

    async def before(self, room: RoomId) -> Before | None:
        """What the room was before its last change, if that is kept."""
        ...

    async def forget_before(self, room: RoomId) -> None:
        """The change stands."""
        ...


class Groups(Protocol):
    """The groups on record."""

    async def save(self, group: Group) -> None:
        """Put the group on record, or replace what was known of it."""
        ...

    async def find(self, chat: ChatId) -> Group | None:
        """The group of this chat, if it is known."""
        ...

    async def by_programme_key(self, key: str) -> Group | None:
        """The group whose programme page has this key."""
        ...

    async def titled(self, title: str) -> Sequence[Group]:
        """The groups of exactly this title."""
        ...

    async def next_digest(self) -> Group | None:
        """The group whose digest is due first, due already or not."""
        ...

    async def renumber(self, old: ChatId, new: ChatId) -> None:
        """The group became a supergroup, which is another chat: all that is on record of it follows.

        Only its cards do not: messages stay behind in the old chat.
        """
        ...

    async def remove(self, chat: ChatId) -> None:
        """Forget the group and everything about it: talks, series, bans, log, notices."""
        ...


class AllSeries(Protocol):
    """The series on record."""

    async def add(self, plan: Plan, recurrence: Recurrence) -> Series:
        """Put a series on record and number it."""
        ...

    async def find(self, series: SeriesId) -> Series | None:
        """The series, if it is on record."""
        ...

    async def save(self, series: Series) -> None:
        """Replace the series on record by this value."""
        ...

    async def remove(self, series: SeriesId) -> None:
        """Forget the series; its occurrences stay as talks of their own."""
        ...

    async def going_on(self, chat: ChatId | None = None) -> Sequence[Series]:
        """The series that are not over, of one chat or of all."""
        ...


class Cards(Protocol):
    """Where the announcements stand."""

    async def save(self, card: Card) -> None:
        """Put a card on record, in the place of an earlier one of the same room and chat."""
        ...

    async def find(self, room: RoomId, chat: ChatId) -> Card | None:
        """The card of a room in a chat."""
        ...

    async def of(self, room: RoomId) -> Sequence[Card]:
        """All cards of a room."""
        ...

    async def remove(self, room: RoomId, chat: ChatId) -> None:
        """The card is no more."""
        ...


class Guests(Protocol):
    """Who comes, and who wants to be reminded."""

    async def save(self, guest: Guest) -> None:
        """Put on record what somebody asked of a room; one who asks for nothing is forgotten."""
        ...

    async def find(self, room: RoomId, person: PersonId) -> Guest | None:
        """What somebody asked of a room."""
        ...

    async def of(self, room: RoomId) -> Sequence[Guest]:
        """Everybody who asked something of a room."""
        ...

    async def coming(self, room: RoomId) -> int:
        """How many come to a room, the waiting list included."""
        ...


class Appointments(Protocol):
    """Who was asked to speak, to mind a talk, or to listen to it."""

    async def add(self, room: RoomId, role: Role, invited: Invited, answer: Answer) -> Appointment:
        """Put an appointment on record and number it."""
        ...

    async def find(self, appointment: AppointmentId) -> Appointment | None:
        """The appointment, if it is on record."""
        ...

    async def save(self, appointment: Appointment) -> None:
        """Replace the appointment on record by this value."""
        ...

    async def remove(self, appointment: AppointmentId) -> None:
        """The appointment is withdrawn."""
        ...

    async def of(self, room: RoomId) -> Sequence[Appointment]:
        """A room's appointments, in the order in which they were made."""
        ...


class Bans(Protocol):
    """Who is banned from a group's talks."""

    async def save(self, ban: Ban) -> None:
        """Put a ban on record, in the place of an earlier one of the same person."""
        ...

    async def find(self, chat: ChatId, person: PersonId, now: datetime) -> Ban | None:
        """The ban that holds now."""
        ...

    async def of(self, chat: ChatId, now: datetime) -> Sequence[Ban]:
        """The bans of a group that hold now."""
        ...

    async def lift(self, chat: ChatId, person: PersonId) -> None:
        """The person is banned no more."""
        ...


class Log(Protocol):
    """The moderation log of each group."""

    async def add(self, deed: Deed) -> None:
        """Put a line at the end."""
        ...

    async def of(self, chat: ChatId, limit: int = 20) -> Sequence[Deed]:
        """The latest lines, the newest first."""
        ...


class People(Protocol):
    """Whom the bot may write to."""

    async def save(self, person: Person) -> None:
        """Put somebody on record, or replace what was known."""
        ...

    async def find(self, person: PersonId) -> Person | None:
        """Somebody who may be written to."""
        ...

    async def by_username(self, username: str) -> Person | None:
        """Somebody by user name, in small letters without @."""
        ...

    async def remove(self, person: PersonId) -> None:
        """The person does not want to be written to any more."""
        ...


class Dialogues(Protocol):
    """Conversations on their way, one a person."""

    async def save(self, dialogue: Dialogue) -> None:
        """Put a dialogue on record, in the place of the person's earlier one."""
        ...

    async def find(self, person: PersonId) -> Dialogue | None:
        """The person's dialogue."""
        ...

    async def end(self, person: PersonId) -> None:
        """The dialogue is over."""
        ...

    async def forget_older(self, instant: datetime) -> None:
        """Forget dialogues in which nothing was said since the instant."""
        ...


class Measures(Protocol):
    """What was seen of talks' calls."""

    async def save(self, measure: Measure) -> None:
        """Put a measure on record, in the place of an earlier one of the same room."""
        ...

    async def find(self, room: RoomId) -> Measure | None:
        """The measure of a room."""
        ...

    async def speakers(self, chat: ChatId) -> frozenset[PersonId]:
        """Everybody who was heard in any talk of a chat."""
        ...


@dataclass(frozen=True, slots=True)
class Trace:
    """Something on record about a person or a group: `where` is the table, `what` its columns and values."""

    where: str
    what: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a table: its name, and in words what it holds."""

    name: str
    what: str


@dataclass(frozen=True, slots=True)
class Holding:
    """What a table holds, why, how long, and who gets to see it; in English, to be translated.

    `fate` is what becomes of a row when the person whom it is about is erased, empty if it is about nobody.
    `hides_few`: how many rows there are could tell whether anybody listens.
    """

    table: str
    what: str
    why: str
    until: str
    seen_by: str
    fate: str
    fields: tuple[Field, ...]
    hides_few: bool = False


class Traces(Protocol):
    """All that is on record about somebody, found by the schema itself."""

    def holdings(self) -> Sequence[Holding]:
        """Every table there is, as the schema describes it."""
        ...

    async def counts(self) -> Mapping[str, int]:
        """How many rows each table has."""
        ...

    async def of_person(self, person: PersonId) -> Sequence[Trace]:
        """Every row that names the person."""
        ...

    async def of_group(self, chat: ChatId) -> Sequence[tuple[str, int]]:
        """How many rows each table holds about a group; tables without any are left out."""
        ...

    async def erase_person(self, person: PersonId) -> None:
        """No row names the person any more: what is theirs goes, what is the group's stays without a name."""
        ...


class Jobs(Protocol):
    """Due work on record. A job whose lease has expired is due again."""

    async def add(self, room: RoomId, kind: JobKind, due_at: datetime) -> None:
        """Put a job on record."""
        ...

    async def lease(self, now: datetime, until: datetime) -> Job | None:
        """Take the earliest due job of a room none of whose jobs is leased; ours alone before `until`."""
        ...

    async def reclaim(self) -> None:
        """Take back every lease; only for a process that knows it is the only one left."""
        ...

    async def finish(self, job: int) -> None:
        """The job is done and forgotten."""
        ...

    async def postpone(self, job: int, due_at: datetime) -> None:
        """Give the lease back; the job is due again at the instant."""
        ...

    async def drop(self, room: RoomId, kinds: Collection[JobKind], until: datetime | None = None) -> None:
        """Forget a room's jobs of these kinds, all of them or those due until an instant."""
        ...

    async def has(self, room: RoomId, kind: JobKind) -> bool:
        """Whether such a job is on record for a room, leased or not."""
        ...

    async def next_due(self) -> datetime | None:
        """When to look again: the earliest instant at which a job may be leased."""
        ...


class Outbox(Protocol):
    """Notices on record until they were delivered, in order within each chat."""

    async def put(self, notice: Notice, not_before: datetime) -> None:
        """Put a notice on record; an equal one that still waits is not doubled."""
        ...

    async def lease(self, now: datetime, until: datetime) -> Letter | None:
        """Take the first waiting notice of a chat none of whose notices is leased or put off."""
        ...

    async def reclaim(self) -> None:
        """Take back every lease; only for a process that knows it is the only one left."""
        ...

    async def forget(self, letter: int) -> None:
        """The notice was sent, or never can be."""
        ...

    async def put_off(self, letter: int, until: datetime) -> None:
        """Give the lease back; the notice, and its chat's later ones, wait until the instant."""
        ...

    async def next_due(self) -> datetime | None:
        """When to look again: the earliest instant at which a notice may be leased."""
        ...


class Recordings(Protocol):
    """The recordings on record."""

    async def save(self, recording: Recording) -> None:
        """Put the recording of a room on record, replacing an earlier one."""
        ...

    async def find(self, room: RoomId) -> Recording | None:
        """The recording of a room."""
        ...

    async def of(self, chat: ChatId) -> Sequence[Recording]:
        """The recordings of a chat's talks, latest first."""
        ...

    async def remove(self, room: RoomId) -> None:
        """Forget the recording of a room, its tracks and its turns; no error when it is gone already."""
        ...

    async def save_track(self, track: Track) -> None:
        """Put a track on record, replacing an earlier one of the same person."""
        ...

    async def tracks(self, room: RoomId) -> Sequence[Track]:
        """The tracks of a room's recording, by their people's names."""
        ...

    async def remove_track(self, room: RoomId, person: PersonId) -> None:
        """Forget somebody's track; no error when there is none."""
        ...

    async def save_turns(self, room: RoomId, turns: Sequence[Turn]) -> None:
        """Put on record who spoke when, in the place of what was known."""
        ...

    async def turns(self, room: RoomId) -> Sequence[Turn]:
        """Who spoke when, in order."""
        ...

    async def with_voice(self, chat: ChatId | None, person: PersonId) -> Sequence[RoomId]:
        """The recorded talks of a chat, or of all, in which somebody spoke, latest first.

        Of a recording that was never mastered nobody knows who speaks in it: it is among them.
        """
        ...


class Posts(Protocol):
    """Where recordings stand in chats."""

    async def of(self, room: RoomId) -> Sequence[Post]:
        """A room's posts, by place."""
        ...

    async def at(self, chat: ChatId, message: MessageId) -> Post | None:
        """What of a recording this message holds, if it does."""
        ...

    async def save(self, post: Post) -> None:
        """Put a post on record, in the place of the room's one of the same place."""
        ...

    async def remove(self, room: RoomId, place: int) -> None:
        """The post is no more; no error when it is gone already."""
        ...


class Hands(Protocol):
    """Who asks to speak."""

    async def of(self, room: RoomId) -> Sequence[Hand]:
        """A talk's raised hands, in the order in which they were raised."""
        ...

    async def save(self, room: RoomId, hand: Hand) -> None:
        """Put a hand on record, or replace what was known of it."""
        ...

    async def remove(self, room: RoomId, person: PersonId) -> None:
        """Somebody's hand is down; no error when it was."""
        ...


class Consents(Protocol):
    """Who lets their voice be kept."""

    async def find(self, chat: ChatId, person: PersonId) -> Consent | None:
        """What somebody answered, if they did."""
        ...

    async def of(self, chat: ChatId) -> Sequence[Consent]:
        """All answers in a group, by people's names."""
        ...

    async def by(self, person: PersonId) -> Sequence[Consent]:
        """All answers of somebody, in the order of the groups' numbers."""
        ...

    async def save(self, consent: Consent) -> None:
        """Put an answer on record, in the place of an earlier one."""
        ...


class Boards(Protocol):
    """Where stage boards stand."""

    async def of(self, room: RoomId) -> Sequence[Board]:
        """A talk's boards, one in a chat at most."""
        ...

    async def everywhere(self) -> Sequence[Board]:
        """All boards that stand, of talks that are on or were when they were last edited."""
        ...

    async def save(self, board: Board) -> None:
        """Put a board on record, or replace the one in its chat."""
        ...

    async def remove(self, room: RoomId, chat: ChatId) -> None:
        """Forget a board; no error when it is gone already."""
        ...


class Outlets(Protocol):
    """Where groups' talks are passed on to."""

    async def of(self, chat: ChatId) -> Sequence[Outlet]:
        """A group's outlets, by name."""
        ...

    async def save(self, chat: ChatId, outlet: Outlet, by: PersonId) -> None:
        """Put an outlet on record, with who added it, or replace the group's one of this name."""
        ...

    async def added_by(self, chat: ChatId, name: str) -> PersonId | None:
        """Who added an outlet, `NOBODY` once they were forgotten; None when there is none."""
        ...

    async def remove(self, chat: ChatId, name: str) -> None:
        """Forget an outlet; no error when it is gone already."""
        ...


class Bridges(Protocol):
    """In which other groups talks are carried."""

    async def of(self, room: RoomId) -> Sequence[Bridge]:
        """A talk's bridges, by chat."""
        ...

    async def into(self, chat: ChatId) -> Sequence[Bridge]:
        """The bridges into a chat, of the latest talk first."""
        ...

    async def save(self, bridge: Bridge) -> None:
        """Put a bridge on record, or replace what was known of it."""
        ...

    async def remove(self, room: RoomId, chat: ChatId) -> None:
        """The talk is not carried there any more; no error when it was not."""
        ...


class Tickets(Protocol):
    """The keys of rooms that are heard with a ticket, and who took one: not when, and not which."""

    async def key(self, room: RoomId) -> TicketKey | None:
        """The room's key, if it was made."""
        ...

    async def save_key(self, key: TicketKey) -> None:
        """Put a room's key on record; a room has one for all its life."""
        ...

    async def give(self, room: RoomId, person: PersonId) -> bool:
        """Put on record that somebody takes their ticket; False if they took it before."""
        ...

    async def over(self) -> Sequence[RoomId]:
        """The rooms with keys that are over, and whose end can no more be taken back."""
        ...

    async def forget(self, room: RoomId) -> None:
        """Erase the room's key and all that is known of who took a ticket for it."""
        ...


class Questions(Protocol):
    """What the gallery asks: not who, and not when."""

    async def of(self, room: RoomId) -> Sequence[Question]:
        """A room's questions, whatever became of them, in the order of their numbers, which tell nothing."""
        ...

    async def find(self, room: RoomId, question: QuestionId) -> Question | None:
        """A question, if it is on record."""
        ...

    async def save(self, question: Question) -> None:
        """Put a question on record, or replace what was known of it, but for its votes."""
        ...

    async def add_votes(self, room: RoomId, question: QuestionId, votes: int) -> None:
        """So many more want it answered, or fewer; no error when it is gone."""
        ...

    async def remove(self, room: RoomId, question: QuestionId) -> None:
        """Forget a question; no error when it is gone already."""
        ...

    async def unread(self) -> Sequence[Question]:
        """What waits to be read in rooms that are over, and whose end can no more be taken back."""
        ...


class Records(Protocol):
    """All that is on record, seen within one transaction."""

    @property
    def rooms(self) -> Rooms:
        """The talks."""
        ...

    @property
    def series(self) -> AllSeries:
        """The recurring talks."""
        ...

    @property
    def groups(self) -> Groups:
        """The groups."""
        ...

    @property
    def cards(self) -> Cards:
        """Where the announcements stand."""
        ...

    @property
    def guests(self) -> Guests:
        """Who comes."""
        ...

    @property
    def appointments(self) -> Appointments:
        """Who speaks and minds."""
        ...

    @property
    def bans(self) -> Bans:
        """Who may not."""
        ...

    @property
    def log(self) -> Log:
        """Who did what."""
        ...

    @property
    def people(self) -> People:
        """Whom the bot may write to."""
        ...

    @property
    def dialogues(self) -> Dialogues:
        """Conversations on their way."""
        ...

    @property
    def measures(self) -> Measures:
        """What was seen of the calls."""
        ...

    @property
    def traces(self) -> Traces:
        """What is on record about somebody."""
        ...

    @property
    def jobs(self) -> Jobs:
        """Due work."""
        ...

    @property
    def outbox(self) -> Outbox:
        """Undelivered notices."""
        ...

    @property
    def recordings(self) -> Recordings:
        """Finished recordings."""
        ...

    @property
    def posts(self) -> Posts:
        """Where recordings stand in chats."""
        ...

    @property
    def hands(self) -> Hands:
        """Who asks to speak."""
        ...

    @property
    def consents(self) -> Consents:
        """Whose voice may be kept."""
        ...

    @property
    def boards(self) -> Boards:
        """Where stage boards stand."""
        ...

    @property
    def outlets(self) -> Outlets:
        """Where talks are passed on to."""
        ...

    @property
    def bridges(self) -> Bridges:
        """Where talks are carried as well."""
        ...

    @property
    def tickets(self) -> Tickets:
        """Who took a ticket, and the keys that signed them."""
        ...

    @property
    def questions(self) -> Questions:
        """What the gallery asks."""
        ...


class Store(Protocol):
    """What is remembered. One writer at a time; a transaction is kept whole or, on an exception, dropped."""

    committed: Bell
    """Rung after every commit."""

    def writing(self) -> AbstractAsyncContextManager[Records]:
        """A transaction that may change the records; committed when the block ends without an exception."""
        ...

    def reading(self) -> AbstractAsyncContextManager[Records]:
        """A view of the records that must not change them."""
        ...
