"""The plan: what is asked for when a talk is scheduled, and the bounds of what may be asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from rooms.errors.talks import DescriptionTooLong, SeatsOutOfRange, TitleMissing, TitleTooLong
from rooms.errors.times import DurationOutOfRange, StartsInPast, StartsTooFarAhead
from rooms.ids import ChatId, PersonId, ThreadId

TITLE_LENGTH = 200
"""Characters of a title at most, as the card shows it."""

CALL_TITLE_LENGTH = 64
"""Characters that Telegram shows of a voice chat's title (`phone.editGroupCallTitle`)."""

DESCRIPTION_LENGTH = 2000

SHORTEST = timedelta(minutes=1)
LONGEST = timedelta(hours=12)
HORIZON = timedelta(days=366)
SEATS = (1, 10_000)


class Admission(StrEnum):
    """Who may listen in the gallery."""

    OPEN = "open"
    """Whoever has the link."""
    MEMBERS = "members"
    """Members of the group."""
    INVITED = "invited"
    """Those who were invited, the host and the co-hosts."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked for.

    `seats` is how many may take part in the call, those who come later wait; None: as many as come.
    `language` is the one in which the talk is held, as an IETF code, if somebody said so.
    `cover` is the host's own picture, by its `file_id` (Bot API).
    """

    chat: ChatId
    thread: ThreadId | None
    title: str
    topic: str | None
    host: PersonId
    host_name: str
    starts_at: datetime
    duration: timedelta
    description: str = ""
    admission: Admission = Admission.OPEN
    seats: int | None = None
    is_recorded: bool = True
    language: str | None = None
    cover: str | None = None

    @property
    def ends_at(self) -> datetime:
        """The planned end."""
        return self.starts_at + self.duration

    @property
    def call_title(self) -> str:
        """The title as far as a voice chat shows it."""
        if len(self.title) <= CALL_TITLE_LENGTH:
            return self.title
        return f"{self.title[: CALL_TITLE_LENGTH - 1].rstrip()}…"

    def check(self, now: datetime) -> None:
        """Refuse what cannot be.

        Raises:
            TitleMissing, TitleTooLong, DescriptionTooLong, SeatsOutOfRange, DurationOutOfRange, StartsInPast,
            StartsTooFarAhead.
        """
        if not self.title:
            raise TitleMissing
        if len(self.title) > TITLE_LENGTH:
            raise TitleTooLong(len(self.title), TITLE_LENGTH)
        if len(self.description) > DESCRIPTION_LENGTH:
            raise DescriptionTooLong(len(self.description), DESCRIPTION_LENGTH)
        if self.seats is not None and not SEATS[0] <= self.seats <= SEATS[1]:
            raise SeatsOutOfRange(self.seats, SEATS)
        if not SHORTEST <= self.duration <= LONGEST:
            raise DurationOutOfRange(self.duration, (SHORTEST, LONGEST))
        if self.starts_at <= now:
            raise StartsInPast(self.starts_at)
        if self.starts_at - now > HORIZON:
            raise StartsTooFarAhead(self.starts_at, HORIZON)
