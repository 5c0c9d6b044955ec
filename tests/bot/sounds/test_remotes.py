"""One message a talk shows what plays, and is edited without haste."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest
from telegram.ext import ExtBot

from bot.connection import make_bot
from bot.live_pages import PACE
from bot.seals import Seal
from bot.sounds.remotes import Remote, Remotes
from rooms.ids import MessageId
from rooms.listening import Stages
from rooms.playing import Playback
from rooms.room import Room, RoomState
from tests.bot.flaky import Flaky, refusal
from tests.bot.forum import settings_for
from tests.bot.speeches import ENGLISH
from tests.contract.store.talks import new_room
from tests.deadline import DEADLINE
from tests.fakes.clock import FakeClock, settle
from tests.fakes.store import MemoryStore
from tests.fakes.talks import CHAT
from tests.sandbox.waiting import until

ONE = Playback("One", queue=("Two",))


@dataclass
class Cabin:
    """A talk that is on, with a remote as message 7."""

    telegram: Flaky
    bot: ExtBot[bool]
    store: MemoryStore
    stages: Stages
    clock: FakeClock
    remotes: Remotes
    room: Room

    @property
    def texts(self) -> list[str]:
        """What the message was edited to, in order."""
        return [fields["text"] for fields in self.telegram.fields("editMessageText")]

    async def shows(self, words: str) -> None:
        await until(lambda: any(words in text for text in self.texts), DEADLINE)

    async def shows_later(self, words: str) -> None:
        """Time passes until it does."""
        async with asyncio.timeout(DEADLINE):
            while not any(words in text for text in self.texts):
                await self.clock.advance(PACE)
                await asyncio.sleep(0.01)

    async def keep(self, message: int = 7) -> None:
        """It was posted, and then what it says was seen."""
        page = self.remotes.page(self.room.id, ENGLISH, "One")
        place = (self.room.id, CHAT, MessageId(message))
        self.remotes.keep(Remote(*place, ENGLISH, Seal("token"), page))
        await settle()
        self.stages.set_playback(self.room.id, Playback("One"))
        await self.clock.advance(PACE)

    async def is_now(self, state: RoomState) -> None:
        async with self.store.writing() as records:
            room = await records.rooms.get(self.room.id)
            object.__setattr__(room, "state", state)
            await records.rooms.save(room)


@asynccontextmanager
async def open_cabin() -> AsyncIterator[Cabin]:
    async with Flaky().served() as telegram:
        store, stages, clock = MemoryStore(), Stages(), FakeClock()
        remotes = Remotes(store, stages, clock)
        async with make_bot(settings_for(telegram.address)) as bot, asyncio.TaskGroup() as group:
            cabin = Cabin(telegram, bot, store, stages, clock, remotes, await new_room(store))
            await cabin.is_now(RoomState.LIVE)
            task = group.create_task(remotes.run(bot))
            await cabin.keep()
            yield cabin
            task.cancel()


@pytest.fixture
async def cabin() -> AsyncIterator[Cabin]:
    async with open_cabin() as cabin:
        yield cabin


async def test_it_says_what_plays_as_soon_as_that_is_another_sound(cabin: Cabin) -> None:
    cabin.stages.set_playback(cabin.room.id, Playback("Two"))
    await cabin.shows("<b>Two</b>")


async def test_what_it_says_already_is_not_said_again(cabin: Cabin) -> None:
    cabin.stages.set_playback(cabin.room.id, Playback("One"))
    cabin.stages.set_playback(cabin.room.id, Playback("Two"))
    await cabin.shows("Two")
    for second in range(5):
        cabin.stages.set_playback(cabin.room.id, Playback("Two", at=timedelta(seconds=second)))
        await cabin.clock.advance(PACE)
    cabin.stages.set_playback(cabin.room.id, Playback("Three"))
    await cabin.shows_later("Three")
    assert len(cabin.texts) == 2


async def test_changes_that_come_close_together_are_one_edit(cabin: Cabin) -> None:
    cabin.stages.set_playback(cabin.room.id, Playback("Two"))
    await cabin.shows("Two")
    for volume in range(100, 200, 10):
        cabin.stages.set_playback(cabin.room.id, Playback("Two", volume=volume))
        await cabin.clock.advance(timedelta(milliseconds=100))
    assert len(cabin.texts) == 1
    await cabin.shows_later("volume 190")
    assert len(cabin.texts) == 2


async def test_a_flood_is_waited_out(cabin: Cabin) -> None:
    cabin.telegram.next("editMessageText", refusal(429, "Too Many Requests: retry after 20", retry_after=20))
    cabin.stages.set_playback(cabin.room.id, Playback("Two"))
    await until(lambda: len(cabin.texts) == 1, DEADLINE)
    await cabin.telegram.at_rest()
    cabin.stages.set_playback(cabin.room.id, Playback("Three"))
    await cabin.clock.advance(timedelta(seconds=19))
    await cabin.telegram.at_rest()
    assert len(cabin.texts) == 1
    await cabin.clock.advance(timedelta(seconds=1))
    await cabin.shows("Three")


async def test_when_telegram_does_not_answer_it_is_tried_again(cabin: Cabin) -> None:
    cabin.telegram.next("editMessageText", refusal(502, "Bad Gateway"))
    cabin.stages.set_playback(cabin.room.id, Playback("Two"))
    await until(lambda: len(cabin.texts) == 1, DEADLINE)
    await cabin.telegram.at_rest()
    await cabin.clock.advance(timedelta(seconds=31))
    await until(lambda: len(cabin.texts) == 2, DEADLINE)


async def test_a_deleted_one_is_given_up(cabin: Cabin) -> None:
    gone = refusal(400, "Bad Request: message to edit not found")
    cabin.telegram.next("editMessageText", gone)
    cabin.stages.set_playback(cabin.room.id, Playback("Two"))
    await until(lambda: cabin.remotes.of(cabin.room.id) is None, DEADLINE)


async def test_a_new_one_takes_the_place_of_the_old_one(cabin: Cabin) -> None:
    await cabin.keep(message=8)
    cabin.stages.set_playback(cabin.room.id, Playback("Two"))
    await cabin.shows("Two")
    messages = {fields["message_id"] for fields in cabin.telegram.fields("editMessageText")}
    assert messages == {"8"}


async def test_after_the_talk_it_has_no_buttons(cabin: Cabin) -> None:
    await cabin.is_now(RoomState.ENDED)
    await cabin.shows("This talk is over.")
    assert "reply_markup" not in cabin.telegram.fields("editMessageText")[-1]
    await until(lambda: cabin.remotes.of(cabin.room.id) is None, DEADLINE)


async def test_a_sound_that_could_not_be_played_to_its_end_is_explained(cabin: Cabin) -> None:
    cabin.stages.set_playback(cabin.room.id, ONE)
    await cabin.shows("Comes next")
    cabin.stages.set_playback(cabin.room.id, Playback("Two", error="SoundUnreachable"))
    await cabin.shows_later("“One” does not answer")
    cabin.stages.set_playback(cabin.room.id, Playback("Two", volume=50, error="SoundUnreachable"))
    await cabin.shows_later("volume 50")
    assert "“One”" in cabin.texts[-1]
