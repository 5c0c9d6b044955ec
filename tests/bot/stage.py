"""A talk that is live in a forum, with people in its call."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

from rooms.appointments import Answer
from rooms.ids import PersonId
from rooms.roles import Role
from rooms.room import Room
from rooms.stage import OnStage, Stage
from sandbox.world.entities import Message
from tests.bot.forum import Fits, Forum
from tests.deadline import DEADLINE
from tests.fakes.clock import NOON, settle

NAMES = {"ada": "Ada", "bruno": "Bruno", "chiara": "Chiara", "daniele": "Daniele"}


class LiveForum:
    """Ada's talk is on; Chiara and Daniele are members, Bruno is an admin like Ada."""

    def __init__(self, forum: Forum, room: Room) -> None:
        self.forum = forum
        self.room = room

    def standing(self, who: str, *, may_speak: bool = False, **more: object) -> OnStage:
        """Somebody in the call since noon."""
        person = PersonId(getattr(self.forum, who))
        one = OnStage(person, NAMES[who], may_speak=may_speak, joined_at=NOON)
        return replace(one, **more)  # type: ignore[arg-type]

    async def seen(self, *people: OnStage) -> None:
        """The call is so now."""
        self.forum.calls.move(self.room.id, Stage(people))
        await settle()

    async def becomes(self, name: str, **fields: object) -> None:
        """Somebody in the call is different there now."""
        self.forum.calls.change(self.room.id, PersonId(getattr(self.forum, name)), **fields)
        await settle()

    async def pass_time(self, seconds: float = 10) -> None:
        await self.forum.clock.advance(timedelta(seconds=seconds))

    @property
    def on_record(self) -> Room:
        return self.forum.store.records.rooms.rows[self.room.id]

    @property
    def hands(self) -> list[str]:
        rows = [row.hand for row in self.forum.store.records.hands.rows.values()]
        return [hand.name for hand in sorted(rows, key=lambda hand: hand.raised_at)]

    @property
    def speakers(self) -> set[str]:
        rows = self.forum.store.records.appointments.rows.values()
        return {
            one.invited.name for one in rows if one.role is Role.SPEAKER and one.answer is Answer.ACCEPTED
        }

    @property
    def asked(self) -> list[tuple[str, PersonId | None]]:
        return self.forum.calls.floor

    async def board(self, holds: str = "🎙") -> Message:
        """The talk's board, once it says this; time passes until it does."""
        return await self.shown(lambda message: holds in message.text)

    async def shown(self, fits: Fits) -> Message:
        """The board as soon as it fits."""
        async with asyncio.timeout(DEADLINE):
            while not (found := [board for board in self.boards if fits(board)]):
                await self.pass_time(1)
                await asyncio.sleep(0.01)
        return found[-1]

    @property
    def boards(self) -> list[Message]:
        """Every board that stands in the group."""
        messages = self.forum.group.messages.values()
        return [message for message in messages if message.text.startswith("🎙 Careers after 40\n")]


@asynccontextmanager
async def live(
    forum: Forum, words: str = "Careers after 40 | in 10 minutes | 45m"
) -> AsyncIterator[LiveForum]:
    room = await forum.schedule(words)
    async with forum.at_work():
        await forum.clock.advance(timedelta(minutes=10))
        await forum.heard("is on")
        yield LiveForum(forum, room)
