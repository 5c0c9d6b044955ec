"""A talk that is live, with people in its call, raised hands and whoever minds it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from rooms.appointments import Answer, Invited
from rooms.group import Group
from rooms.hands import Hand
from rooms.heeding import Heeding
from rooms.ids import ChatId, PersonId
from rooms.plan import Plan
from rooms.roles import Asker, Role
from rooms.speaking import Speaking
from rooms.stage import OnStage, Stage
from tests.fakes.clock import NOON, settle
from tests.fakes.groups import CAREERS
from tests.fakes.talks import ADA, BRUNO, HOUR, a_plan
from tests.rooms.conftest import House, running

DORA = Asker(PersonId(51), "Dora", is_admin=False)
EMIL = Asker(PersonId(52), "Emil", is_admin=False)
FABIA = Asker(PersonId(53), "Fabia", is_admin=False)


def on_stage(asker: Asker, *, may_speak: bool = False, hand: int | None = None, **more: object) -> OnStage:
    """Somebody in the call since noon."""
    return replace(OnStage(asker.person, asker.name, may_speak=may_speak, hand=hand, joined_at=NOON), **more)  # type: ignore[arg-type]


class LiveTalk:
    """Ada's talk; everything goes its way by itself within `at_work`."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.admins = {ADA.person, BRUNO.person}
        self.speaking: Speaking = house.evenings.speaking
        self.heeding = Heeding(house.store, self.speaking, house.clock, self._is_admin)

    @asynccontextmanager
    async def at_work(self, plan: Plan | None = None, group: Group = CAREERS) -> AsyncIterator["LiveTalk"]:
        await self.house.know(group)
        self.room = await self.house.schedule(plan or a_plan())
        async with self.house.at_work():
            await self.house.clock.advance(HOUR)
            async with self.heeding_anew():
                yield self

    @asynccontextmanager
    async def heeding_anew(self) -> AsyncIterator[None]:
        async with running(self.heeding.run):
            yield

    async def seen(self, *people: OnStage) -> None:
        """The call is so now."""
        self.house.calls.move(self.room.id, Stage(people))
        await settle()

    async def becomes(self, asker: Asker, **fields: object) -> None:
        """Somebody in the call is different there now."""
        self.house.calls.change(self.room.id, asker.person, **fields)
        await settle()

    async def pass_time(self, by: timedelta) -> None:
        await self.house.clock.advance(by)

    @property
    def now(self) -> datetime:
        return self.house.clock.now()

    @property
    def hands(self) -> list[tuple[str, bool]]:
        """Names in the order of raising, and whether in the call."""
        rows = [row.hand for row in self.house.store.records.hands.rows.values() if row.room == self.room.id]
        return [(hand.name, hand.is_in_call) for hand in sorted(rows, key=lambda hand: hand.raised_at)]

    @property
    def speakers(self) -> set[str]:
        """Who speaks by appointment."""
        rows = self.house.store.records.appointments.rows.values()
        return {
            row.invited.name
            for row in rows
            if (row.role, row.answer, row.room) == (Role.SPEAKER, Answer.ACCEPTED, self.room.id)
        }

    @property
    def asked(self) -> list[tuple[str, PersonId | None]]:
        """What was asked of the relay about the floor."""
        return self.house.calls.floor

    def may_speak(self, asker: Asker) -> bool:
        seen = self.speaking.floor.seen(self.room.id, asker.person)
        return seen is not None and seen.may_speak

    async def raised(self, *askers: Asker) -> None:
        """Hands from the chat, one after the other."""
        for asker in askers:
            async with self.house.store.writing() as records:
                await records.hands.save(self.room.id, Hand(asker.person, asker.name, self.now))
            await self.house.clock.advance(timedelta(seconds=1))

    async def appoint(self, asker: Asker, role: Role = Role.SPEAKER) -> None:
        async with self.house.store.writing() as records:
            whom = Invited(asker.name, asker.person)
            await records.appointments.add(self.room.id, role, whom, Answer.ACCEPTED)
        await settle()

    async def _is_admin(self, _chat: ChatId, person: PersonId) -> bool:
        return person in self.admins
