"""A group's hall: talks put on record as they are wanted, and who is told what about them."""

from dataclasses import replace

from rooms.appointments import Answer, Appointment, Invited
from rooms.group import Group
from rooms.guests import Guest
from rooms.ids import ChatId, PersonId, private_chat
from rooms.moderation import Ban, Deed
from rooms.notices import Notice, NoticeKind
from rooms.people import Person
from rooms.plan import Plan
from rooms.roles import Asker, Role
from rooms.room import Room, RoomState
from tests.fakes.clock import FakeClock
from tests.fakes.groups import CAREERS
from tests.fakes.store import MemoryStore
from tests.fakes.talks import a_plan

DARIO = Asker(PersonId(45), "Dario", is_admin=False, username="Dario_B")
ELENA = Asker(PersonId(46), "Elena", is_admin=False)
STRANGER = Asker(PersonId(47), "Stranger", is_admin=False, is_member=False)


def invited(asker: Asker) -> Invited:
    """Somebody as their number names them."""
    return Invited(asker.name, asker.person)


class Hall:
    """A store and a clock, and short words for what tests look at in them."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.clock = FakeClock()

    async def know(self, group: Group = CAREERS) -> Group:
        async with self.store.writing() as records:
            await records.groups.save(group)
        return group

    async def talk(self, plan: Plan | None = None, state: RoomState = RoomState.SCHEDULED) -> Room:
        async with self.store.writing() as records:
            key = f"key-{len(self.store.records.rooms.rows)}"
            room = await records.rooms.add(plan or a_plan(), key, self.clock.now())
            room = replace(room, state=state)
            await records.rooms.save(room)
        return room

    async def become(self, room: Room, state: RoomState) -> None:
        async with self.store.writing() as records:
            await records.rooms.save(replace(await records.rooms.get(room.id), state=state))

    async def meet(self, *askers: Asker) -> None:
        """They open the bot's private chat."""
        async with self.store.writing() as records:
            for asker in askers:
                username = asker.username.lower() if asker.username else None
                await records.people.save(Person(asker.person, asker.name, username, "en"))

    async def ban(self, asker: Asker) -> None:
        async with self.store.writing() as records:
            await records.bans.save(Ban(a_plan().chat, asker.person, asker.name, "noise", None))

    async def appoint(self, room: Room, role: Role, asker: Asker, answer: Answer) -> Appointment:
        async with self.store.writing() as records:
            return await records.appointments.add(room.id, role, invited(asker), answer)

    def room(self, room: Room) -> Room:
        return self.store.records.rooms.rows[room.id]

    def guest(self, room: Room, asker: Asker) -> Guest | None:
        return self.store.records.guests.rows.get((room.id, asker.person))

    def appointments(self, room: Room) -> list[tuple[Role, str, Answer]]:
        rows = [row for row in self.store.records.appointments.rows.values() if row.room == room.id]
        return [(row.role, row.invited.name, row.answer) for row in rows]

    def told(self, asker: Asker) -> list[tuple[NoticeKind, str]]:
        """What waits for somebody's private chat."""
        return self.heard(private_chat(asker.person))

    def heard(self, chat: ChatId = CAREERS.chat) -> list[tuple[NoticeKind, str]]:
        """What waits for a chat."""
        return [(notice.kind, notice.detail) for notice in self.notices if notice.chat == chat]

    @property
    def notices(self) -> list[Notice]:
        """All that waits to be told."""
        return [row.what for row in self.store.records.outbox.rows if isinstance(row.what, Notice)]

    def log(self) -> list[Deed]:
        return self.store.records.log.rows
