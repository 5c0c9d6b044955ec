"""A courier's desk: a real bot on a flaky Bot API, with a room in memory to write about."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.acquaintances import Acquaintances
from bot.connection import make_bot
from bot.courier import Courier
from bot.letters import Opener
from rooms.cards import Card
from rooms.ids import ChatId, MessageId, private_chat
from rooms.notices import Letter, Notice, NoticeKind, notice_of, notice_to
from rooms.planning import Planning
from rooms.recordings import Gap, Recording
from rooms.room import Room, RoomState
from tests.bot.breakable import BreakableStore
from tests.bot.easel import Easel
from tests.bot.flaky import Flaky
from tests.bot.forum import LANGUAGES, settings_for
from tests.fakes.clock import FakeClock
from tests.fakes.groups import CAREERS
from tests.fakes.talks import ADA, CHAT, TIMING, a_plan


class Desk:
    """One scheduled room, and letters about it."""

    def __init__(self, telegram: Flaky) -> None:
        self.telegram = telegram
        self.store = BreakableStore()
        self.clock = FakeClock()
        self.settings = settings_for(telegram.address)
        self.planning = Planning(self.store, self.clock, TIMING)
        self.bot = make_bot(self.settings)
        self.easel = Easel()
        self.acquaintances = Acquaintances(self.settings, self.planning, self.store, self.clock)
        opener = Opener(self.settings, self.store, LANGUAGES, self.clock)
        self.courier = Courier(self.bot, self.easel, opener, self.acquaintances, self.store)

    async def prepare(self) -> None:
        await self.planning.know(CAREERS)
        draft = await self.planning.propose(a_plan(), ADA)
        await self.planning.confirm(draft.id, ADA)

    @property
    def room(self) -> Room:
        return next(iter(self.store.records.rooms.rows.values()))

    @property
    def waiting(self) -> list[NoticeKind]:
        return [row.what.kind for row in self.store.records.outbox.rows]  # type: ignore[union-attr]

    @property
    def card(self) -> int | None:
        """The message of the room's card."""
        shown = self.store.records.cards.rows.get((self.room.id, CHAT))
        return shown.message if shown is not None else None

    async def is_now(self, state: RoomState, card: int | None = 7, picture: str | None = None) -> None:
        """The room is in this state, its card pinned as this message, with or without a picture."""
        async with self.store.writing() as records:
            await records.rooms.save(replace(self.room, state=state))
            await records.cards.remove(self.room.id, CHAT)
            if card is not None:
                await records.cards.save(Card(self.room.id, CHAT, MessageId(card), picture, is_on_top=True))

    async def recorded(self, path: Path, *gaps: Gap, **more: Any) -> None:
        """The talk has a recording; `parts`, `waveform`, `edition` and so on, once it was mastered."""
        recording = Recording(self.room.id, path, timedelta(minutes=44), gaps, **more)
        async with self.store.writing() as records:
            await records.recordings.save(recording)

    async def write(self, kind: NoticeKind, detail: str = "", chat: ChatId | None = None) -> Letter:
        """A letter of this kind, leased; the announcement that waited is put aside."""
        async with self.store.writing() as records:
            for waiting in records.outbox.rows:
                await records.outbox.forget(waiting.id)
            own = notice_of(self.room, kind, detail)
            notice = own if chat is None else notice_to(chat, self.room, kind, detail)
            await records.outbox.put(notice, self.clock.now())
            letter = await records.outbox.lease(self.clock.now(), self.clock.now() + timedelta(minutes=5))
        assert letter is not None
        return letter

    async def alarm(self, sentence: str) -> Letter:
        """A letter to Ada, who runs the house, leased; nothing else waits."""
        async with self.store.writing() as records:
            for waiting in records.outbox.rows:
                await records.outbox.forget(waiting.id)
        alarm = Notice(private_chat(ADA.person), None, None, NoticeKind.ALARM, sentence)
        async with self.store.writing() as records:
            await records.outbox.put(alarm, self.clock.now())
            letter = await records.outbox.lease(self.clock.now(), self.clock.now() + timedelta(minutes=5))
        assert letter is not None
        return letter

    async def carry(self, letter: Letter) -> None:
        """Deliver a letter, and pin its card, as the outbox does."""
        card = await self.courier.deliver(letter)
        if card is not None:
            await self.courier.pin(card)

    async def deliver(self, kind: NoticeKind, detail: str = "") -> None:
        await self.carry(await self.write(kind, detail))


@asynccontextmanager
async def open_desk() -> AsyncIterator[Desk]:
    async with Flaky().served() as telegram:
        desk = Desk(telegram)
        async with desk.bot:
            await desk.prepare()
            yield desk
