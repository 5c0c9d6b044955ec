"""A group that holds talks, and its customs: what its admins chose for it."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from rooms.ids import ChatId
from rooms.plan import Admission
from rooms.quiet import QuietHours
from rooms.topics import ANY_TOPIC, TopicPolicy

REMINDERS = (timedelta(hours=24), timedelta(hours=1), timedelta(minutes=10), timedelta(0))
"""How long before the start a group may be reminded; nothing before it means the start itself."""

DIGEST_HOUR = time(9)
"""When a digest goes out on its weekday, by the group's clock."""


class Schedulers(StrEnum):
    """Who may schedule talks in a group."""

    ADMINS = "admins"
    MEMBERS = "members"


@dataclass(frozen=True, slots=True)
class Group:
    """A Telegram group known to the bot.

    `language` is "en" or "it"; `programme_key` is the unguessable part of the links to its programme and its
    calendars. `digest` is the weekday of the digest, 0 for Monday, and `digest_at` when the next one is due.
    `copies` are other chats in which its talks are announced too. `admission` and `records_talks` are what a
    talk begins with when nobody says otherwise. `is_present` is whether the bot is in the group now.

    `joins_muted` is whether who comes into the call only listens until somebody lets them speak;
    `first_timers_first` whether hands of those who never spoke in a talk of the group come first; `turn` how
    long a turn to speak lasts, None: as long as it takes; `keeps_recordings` how long after a talk its
    recording is deleted, None: never by itself.
    """

    chat: ChatId
    title: str
    zone: ZoneInfo
    language: str
    programme_key: str
    topics: TopicPolicy = ANY_TOPIC
    reminders: tuple[timedelta, ...] = REMINDERS
    quiet: QuietHours | None = None
    digest: int | None = None
    digest_at: datetime | None = None
    schedulers: Schedulers = Schedulers.ADMINS
    admission: Admission = Admission.OPEN
    records_talks: bool = True
    makes_threads: bool = False
    copies: tuple[ChatId, ...] = ()
    is_present: bool = True
    joins_muted: bool = True
    first_timers_first: bool = False
    turn: timedelta | None = None
    keeps_recordings: timedelta | None = None

    def is_quiet(self, instant: datetime) -> bool:
        """Whether the group wants no sound of notifications at this moment."""
        return self.quiet is not None and self.quiet.covers(instant, self.zone)
