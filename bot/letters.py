"""Letters opened: the notice with its room and group as they now are, and the words to write it in."""

from dataclasses import dataclass

from telegram import InlineKeyboardMarkup

from bot import keyboards
from bot.refusals import Speech
from bot.settings import BotSettings
from bot.words import Languages
from rooms.group import Group
from rooms.ids import ChatId, ThreadId
from rooms.notices import Letter, Notice
from rooms.ports import Recording, Store
from rooms.room import Room


@dataclass(frozen=True, slots=True)
class Opened:
    """All that is needed to write a letter; it goes where the room is, wherever it was when it was told."""

    letter: Letter
    room: Room
    group: Group | None
    recording: Recording | None
    speech: Speech
    public_url: str

    @property
    def notice(self) -> Notice:
        """What is to be told."""
        return self.letter.notice

    @property
    def chat(self) -> ChatId:
        """Where it goes."""
        return self.room.plan.chat

    @property
    def thread(self) -> ThreadId | None:
        """The forum topic in which the talk was planned."""
        return self.room.plan.thread

    @property
    def way_in(self) -> InlineKeyboardMarkup | None:
        """The buttons that lead to the gallery and the programme."""
        return keyboards.listening(self.room, self.group, self.public_url, self.speech.words)


class Opener:
    """Opens letters."""

    def __init__(self, settings: BotSettings, store: Store, languages: Languages) -> None:
        self._settings = settings
        self._store = store
        self._languages = languages

    async def open(self, letter: Letter) -> Opened | None:
        """The letter with all that belongs to it; None when its room was forgotten."""
        async with self._store.reading() as records:
            room = await records.rooms.find(letter.notice.room)
            if room is None:
                return None
            group = await records.groups.find(room.plan.chat)
            recording = await records.recordings.find(room.id)
        language = group.language if group else self._settings.language
        zone = group.zone if group else self._settings.zone
        speech = Speech(self._languages.of(language), zone)
        return Opened(letter, room, group, recording, speech, self._settings.public_url)
