"""Letters opened: the notice with all that it speaks of as it now is, and the words to write it in."""

from collections.abc import Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardMarkup

from bot import keyboards
from bot.refusals import Speech
from bot.seals import Seal
from bot.settings import BotSettings
from bot.words import Languages
from rooms.appointments import Appointment
from rooms.cards import Card
from rooms.digests import SPAN
from rooms.group import Group
from rooms.guests import GuestList, guest_list
from rooms.ids import ChatId, MessageId, PersonId, ThreadId
from rooms.notices import Letter, Notice, NoticeKind
from rooms.people import Person
from rooms.ports import Clock
from rooms.records import Recording, Records, Store
from rooms.recurrence import Recurrence
from rooms.room import AHEAD, ON_AIR, Room


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
class Opened(Addressed):
    """A letter about a room."""

    room: Room
    card: Card | None
    guests: GuestList
    cast: Sequence[Appointment]
    recording: Recording | None
    recurrence: Recurrence | None = None
    """When its series takes place, if it belongs to one that goes on."""

    @property
    def is_at_home(self) -> bool:
        """Whether it goes to the room's own chat, not to a person or to where its card is copied."""
        return self.chat == self.room.plan.chat

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

    async def open(self, letter: Letter) -> Opened | Digest | None:
        """The letter with all that belongs to it; None when its subject was forgotten, or the bot left."""
        async with self._store.reading() as records:
            if letter.notice.kind is NoticeKind.DIGEST:
                return await self._digest(records, letter)
            return await self._opened(records, letter)

    async def _digest(self, records: Records, letter: Letter) -> Digest | None:
        chat, now = letter.notice.chat, self._clock.now()
        group = await records.groups.find(chat)
        if group is None or not group.is_present:
            return None
        rooms = await records.rooms.between(chat, AHEAD | ON_AIR, now, now + SPAN)
        speech = self._speech(group, None)
        return Digest(
            letter, group, speech, self._settings.public_url, self._seal, group.is_quiet(now), rooms
        )

    async def _opened(self, records: Records, letter: Letter) -> Opened | None:
        notice = letter.notice
        room = await records.rooms.find(notice.room) if notice.room is not None else None
        if room is None:
            return None
        group = await records.groups.find(room.plan.chat)
        if group is not None and not group.is_present:
            return None
        person = await records.people.find(PersonId(notice.chat)) if notice.chat > 0 else None
        is_silent = notice.chat < 0 and group is not None and group.is_quiet(self._clock.now())
        speech = self._speech(group, person)
        return Opened(
            letter, group, speech, self._settings.public_url, self._seal, is_silent, room,
            await records.cards.find(room.id, notice.chat),
            guest_list(await records.guests.of(room.id), room.plan.seats),
            await records.appointments.of(room.id),
            await records.recordings.find(room.id) if notice.kind is NoticeKind.REPLAY else None,
            await _recurrence(records, room),
        )  # fmt: skip

    def _speech(self, group: Group | None, person: Person | None) -> Speech:
        """A person's own words, in the group's zone; else the group's words."""
        zone = group.zone if group else self._settings.zone
        language = group.language if group else self._settings.language
        return Speech(self._languages.of(person.language if person else language), zone)


async def _recurrence(records: Records, room: Room) -> Recurrence | None:
    series = await records.series.find(room.occurrence.series) if room.occurrence is not None else None
    return None if series is None or series.is_over else series.recurrence
