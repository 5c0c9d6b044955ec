"""Letters opened: the notice with all that it speaks of as it now is, and the words to write it in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from telegram import InlineKeyboardMarkup

from bot import keyboards
from bot.refusals import Speech
from bot.seals import Seal
from bot.settings import BotSettings
from bot.words import Languages
from rooms.appointments import Appointment, cast
from rooms.bridges import Bridge
from rooms.cards import Card
from rooms.consents import Consent
from rooms.digests import SPAN
from rooms.group import Group
from rooms.guests import GuestList, guest_list
from rooms.ids import ChatId, MessageId, PersonId, ThreadId
from rooms.notices import Letter, Notice, NoticeKind
from rooms.people import Person
from rooms.ports import Clock
from rooms.posts import Post
from rooms.questions import Question, QuestionId
from rooms.recordings import Recording, Turn
from rooms.records import Records, Store
from rooms.recurrence import Recurrence
from rooms.room import AHEAD, ON_AIR, Room

_OF_QUESTIONS = (NoticeKind.ASKED, NoticeKind.SHOWN)
_OF_RECORDING = (NoticeKind.STARTED, NoticeKind.RECORDED)
"""What says where the talk can be heard."""


@dataclass(frozen=True, slots=True)
class Addressed:
    """Where a letter goes, and how it is written there."""

    letter: Letter
    group: Group | None
    speech: Speech
    public_url: str
    seal: Seal
    is_silent: bool
    """Whether it may make no sound."""
    now: datetime
    """When it was opened, which is when it is true."""

    @property
    def notice(self) -> Notice:
        """What is to be told."""
        return self.letter.notice

    @property
    def chat(self) -> ChatId:
        """Where it goes."""
        return self.notice.chat

    @property
    def thread(self) -> ThreadId | None:
        """The forum topic in which it goes."""
        return self.notice.thread

    @property
    def answered(self) -> MessageId | None:
        """The message under which it goes."""
        return None


@dataclass(frozen=True, slots=True)
class Digest(Addressed):
    """A letter about what comes next in a group."""

    rooms: Sequence[Room]


@dataclass(frozen=True, slots=True)
class Alarm(Addressed):
    """A letter to the operator, whose `detail` is all that it says."""


@dataclass(frozen=True, slots=True)
class Opened(Addressed):
    """A letter about a room."""

    room: Room
    card: Card | None
    guests: GuestList
    cast: Sequence[Appointment]
    recording: Recording | None
    recurrence: Recurrence | None = None
    """When its series takes place, if it belongs to one that goes on."""
    posts: Sequence[Post] = ()
    """Where its recording stands, for a letter about that."""
    turns: Sequence[Turn] = ()
    """Who speaks in it, likewise."""
    asked: Sequence[Consent] = ()
    """Whose voice the letter asks for."""
    bridge: Bridge | None = None
    """By which the talk is carried, or is to be, in the group to which it goes."""
    is_restreamed: bool = False
    """Whether servers elsewhere get the sound of the group's talks."""
    question: Question | None = None
    """The question from the gallery that the letter is about."""

    @property
    def only_listens(self) -> bool:
        """Whether who comes into the call listens, by the group's custom, until somebody lets them speak."""
        return self.group is None or self.group.joins_muted

    @property
    def is_at_home(self) -> bool:
        """Whether it goes to the room's own chat, not to a person or to where its card is copied."""
        return self.chat == self.room.plan.chat

    @property
    def is_carried_there(self) -> bool:
        """Whether the talk is carried in the call of the chat to which it goes."""
        return self.bridge is not None and self.bridge.is_agreed

    @property
    def thread(self) -> ThreadId | None:
        """The forum topic made for the talk, or the one in which it was planned, wherever that now is."""
        return (self.room.own_thread or self.room.plan.thread) if self.is_at_home else None

    @property
    def answered(self) -> MessageId | None:
        """The card in that chat."""
        return self.card.message if self.card is not None else None

    @property
    def way_in(self) -> InlineKeyboardMarkup | None:
        """The buttons that lead to the gallery and the programme."""
        return keyboards.ways_in(self.room, self.group, self.public_url, self.speech.words)


class Opener:
    """Opens letters."""

    def __init__(self, settings: BotSettings, store: Store, languages: Languages, clock: Clock) -> None:
        self._settings = settings
        self._store = store
        self._languages = languages
        self._clock = clock
        self._seal = Seal(settings.token)

    async def open(self, letter: Letter) -> Opened | Digest | Alarm | None:
        """The letter with all that belongs to it; None when its subject was forgotten, or the bot left."""
        async with self._store.reading() as records:
            if letter.notice.kind is NoticeKind.DIGEST:
                return await self._digest(records, letter)
            if letter.notice.kind is NoticeKind.ALARM:
                return await self._alarm(records, letter)
            return await self._opened(records, letter)

    async def _digest(self, records: Records, letter: Letter) -> Digest | None:
        chat, now = letter.notice.chat, self._clock.now()
        group = await records.groups.find(chat)
        if group is None or not group.is_present:
            return None
        rooms = await records.rooms.between(chat, AHEAD | ON_AIR, now, now + SPAN)
        speech = self._speech(group, None)
        return Digest(
            letter, group, speech, self._settings.public_url, self._seal, group.is_quiet(now), now, rooms
        )

    async def _alarm(self, records: Records, letter: Letter) -> Alarm:
        speech = self._speech(None, await records.people.find(PersonId(letter.notice.chat)))
        url, now = self._settings.public_url, self._clock.now()
        return Alarm(letter, None, speech, url, self._seal, is_silent=False, now=now)

    async def _opened(self, records: Records, letter: Letter) -> Opened | None:
        notice, now = letter.notice, self._clock.now()
        room = await records.rooms.find(notice.room) if notice.room is not None else None
        if room is None:
            return None
        group = await records.groups.find(room.plan.chat)
        if group is not None and not group.is_present:
            return None
        person = await records.people.find(PersonId(notice.chat)) if notice.chat > 0 else None
        bridge = await _bridge_to(records, notice)
        reader = await _reader(records, notice, bridge) or group
        if reader is not None and not reader.is_present:
            return None
        is_silent = notice.chat < 0 and reader is not None and reader.is_quiet(now)
        is_silent = is_silent or notice.kind is NoticeKind.RECORDED
        is_replay = notice.kind is NoticeKind.REPLAY
        speech = self._speech(reader, person)
        appointments = await records.appointments.of(room.id)
        return Opened(
            letter, group, speech, self._settings.public_url, self._seal, is_silent, now, room,
            await records.cards.find(room.id, notice.chat),
            guest_list(
                await records.guests.of(room.id), room.plan.seats, cast(room.plan.host, appointments)
            ),
            appointments,
            await records.recordings.find(room.id) if is_replay else None,
            await _recurrence(records, room),
            await records.posts.of(room.id) if is_replay else (),
            await records.recordings.turns(room.id) if is_replay else (),
            await _asked(records, room, notice) if notice.kind is NoticeKind.ON_STAGE else (),
            bridge,
            notice.kind in _OF_RECORDING and bool(await records.outlets.of(room.plan.chat)),
            await _question(records, room, notice) if notice.kind in _OF_QUESTIONS else None,
        )  # fmt: skip

    def _speech(self, group: Group | None, person: Person | None) -> Speech:
        """A person's own words, in the group's zone; else the group's words."""
        zone = group.zone if group else self._settings.zone
        language = group.language if group else self._settings.language
        return Speech(self._languages.of(person.language if person else language), zone)


async def _recurrence(records: Records, room: Room) -> Recurrence | None:
    series = await records.series.find(room.occurrence.series) if room.occurrence is not None else None
    return None if series is None or series.is_over else series.recurrence


async def _question(records: Records, room: Room, notice: Notice) -> Question | None:
    return await records.questions.find(room.id, QuestionId(int(notice.detail)))


async def _asked(records: Records, room: Room, notice: Notice) -> Sequence[Consent]:
    """In private the person; in a group those asked at that instant who can be written to nowhere else."""
    if notice.chat > 0:
        own = await records.consents.find(room.plan.chat, PersonId(notice.chat))
        return [own] if own is not None else []
    asked = [
        one
        for one in await records.consents.of(room.plan.chat)
        if one.agrees is None and one.at.isoformat() == notice.detail
    ]
    return [one for one in asked if await records.people.find(one.person) is None]


async def _bridge_to(records: Records, notice: Notice) -> Bridge | None:
    """The bridge of the notice's talk into the chat to which it goes."""
    bridges = await records.bridges.of(notice.room) if notice.room is not None and notice.chat < 0 else []
    return next((bridge for bridge in bridges if bridge.chat == notice.chat), None)


async def _reader(records: Records, notice: Notice, bridge: Bridge | None) -> Group | None:
    """The other group that carries a talk, or was asked to: it is written to in its own words."""
    is_about_bridge = bridge is not None or notice.kind is NoticeKind.BRIDGE
    return await records.groups.find(notice.chat) if is_about_bridge else None
