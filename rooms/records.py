"""Records: what the use cases keep and find again, within one transaction of a store."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from rooms.bell import Bell
from rooms.repositories.calls import Bridges, Hands, Measures
from rooms.repositories.gallery import Questions, Tickets
from rooms.repositories.groups import Bans, Groups, Log, Outlets
from rooms.repositories.jobs import Jobs
from rooms.repositories.messages import Boards, Cards, Outbox, Posts
from rooms.repositories.people import Appointments, Dialogues, Guests, People
from rooms.repositories.recordings import Consents, Recordings
from rooms.repositories.talks import AllSeries, Rooms
from rooms.repositories.traces import Traces


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
