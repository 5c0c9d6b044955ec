"""All repositories on one connection, within its transaction."""

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.appointments import SqlAppointments
from storage.cards import SqlCards
from storage.consents import SqlConsents
from storage.dialogues import SqlDialogues
from storage.groups import SqlGroups
from storage.guests import SqlGuests
from storage.jobs import SqlJobs
from storage.measures import SqlMeasures
from storage.moderation import SqlBans, SqlLog
from storage.outbox import SqlOutbox
from storage.passages import SqlBridges, SqlOutlets
from storage.people import SqlPeople
from storage.posts import SqlPosts
from storage.questions import SqlQuestions
from storage.recordings import SqlRecordings
from storage.rooms import SqlRooms
from storage.series import SqlSeries
from storage.stages import SqlBoards, SqlHands
from storage.tickets import SqlTickets
from storage.traces import SqlTraces


class SqlRecords:
    """Fulfils the `Records` port."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.rooms = SqlRooms(connection)
        self.series = SqlSeries(connection)
        self.groups = SqlGroups(connection)
        self.cards = SqlCards(connection)
        self.guests = SqlGuests(connection)
        self.appointments = SqlAppointments(connection)
        self.bans = SqlBans(connection)
        self.log = SqlLog(connection)
        self.people = SqlPeople(connection)
        self.dialogues = SqlDialogues(connection)
        self.measures = SqlMeasures(connection)
        self.traces = SqlTraces(connection)
        self.jobs = SqlJobs(connection)
        self.outbox = SqlOutbox(connection)
        self.recordings = SqlRecordings(connection)
        self.posts = SqlPosts(connection)
        self.hands = SqlHands(connection)
        self.consents = SqlConsents(connection)
        self.boards = SqlBoards(connection)
        self.outlets = SqlOutlets(connection)
        self.bridges = SqlBridges(connection)
        self.tickets = SqlTickets(connection)
        self.questions = SqlQuestions(connection)

    @property
    def is_erased(self) -> bool:
        """Whether a person, a group or who took tickets was erased within the transaction."""
        return self.traces.has_erased or self.groups.has_removed or self.tickets.has_forgotten
