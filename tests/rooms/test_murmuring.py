"""What is heard of a gallery changes on a fixed timer and in steps, whenever people come, go and react."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from rooms.audience import SILENCE, Murmur, Reaction
from rooms.ids import RoomId
from rooms.listening import Stages
from rooms.murmuring import BURST, BURSTS, Murmuring
from tests.fakes.clock import NOON, FakeClock, settle

ROOM, OTHER = RoomId(1), RoomId(2)
MINUTE = BURSTS * BURST
SECOND = timedelta(seconds=1)


class Gallery:
    """A gallery in which people come and go, and all that is heard of it, with the time."""

    def __init__(self, draw: Callable[[int], int] = lambda _below: 0) -> None:
        self.clock = FakeClock()
        self.stages = Stages()
        self.murmuring = Murmuring(self.stages, self.clock, draw)
        self.heard: list[tuple[float, Murmur]] = []

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        async with asyncio.TaskGroup() as running:
            task = running.create_task(self.murmuring.run())
            await settle()
            yield
            task.cancel()

    def fill(self, number: int, room: RoomId = ROOM) -> list[Callable[[], None]]:
        return [self.murmuring.come(room) for _ in range(number)]

    def react(self, number: int, reaction: Reaction = Reaction.HEART) -> None:
        for person in range(number):
            self.murmuring.react(ROOM, reaction, b"%d" % person)

    async def pass_time(self, by: timedelta) -> None:
        """Second by second; what is heard otherwise than before is noted."""
        for _ in range(by // SECOND):
            await self.clock.advance(SECOND)
            murmur = self.stages.murmur(ROOM)
            if murmur != (self.heard[-1][1] if self.heard else SILENCE):
                self.heard.append((seconds(self.clock.now()), murmur))


def seconds(now: datetime) -> float:
    return (now - NOON).total_seconds()


async def test_the_crowd_is_told_in_steps_and_on_a_fixed_timer() -> None:
    gallery = Gallery()
    async with gallery.at_work():
        await gallery.pass_time(5 * SECOND)
        leave = gallery.fill(30)
        await gallery.pass_time(MINUTE + 20 * SECOND)
        for go in leave[:15]:
            go()
        await gallery.pass_time(MINUTE)
        for go in leave[15:]:
            go()
        await gallery.pass_time(MINUTE)
    assert gallery.heard == [(60, Murmur(20)), (120, Murmur(10)), (180, SILENCE)]


async def test_nothing_stirs_when_few_come_and_go() -> None:
    gallery = Gallery()
    rings = gallery.stages.changed.rings
    async with gallery.at_work():
        for number in (1, 10, 3):
            leave = gallery.fill(number)
            await gallery.pass_time(2 * MINUTE)
            for go in leave:
                go()
        gallery.fill(10, OTHER)
        await gallery.pass_time(MINUTE)
    assert gallery.heard == []
    assert gallery.stages.changed.rings == rings


async def test_how_far_off_a_step_lies_is_drawn_once_a_room_so_that_trying_again_tells_nothing() -> None:
    drawn: list[int] = []

    def draw(below: int) -> int:
        drawn.append(below)
        return below - 1

    gallery = Gallery(draw)
    async with gallery.at_work():
        leave = gallery.fill(14)
        await gallery.pass_time(MINUTE)
        assert gallery.heard == []
        leave += gallery.fill(1)
        await gallery.pass_time(MINUTE)
        for go in leave:
            go()
        await gallery.pass_time(MINUTE)
        gallery.fill(14)
        await gallery.pass_time(MINUTE)
    assert gallery.heard == [(120, Murmur(10)), (180, SILENCE)]
    assert len(drawn) == len(set(drawn))


async def test_reactions_are_summed_over_a_burst_and_gone_after_it() -> None:
    gallery = Gallery()
    async with gallery.at_work():
        await gallery.pass_time(3 * SECOND)
        gallery.react(12)
        gallery.react(6, Reaction.APPLAUSE)
        gallery.react(5, Reaction.WONDER)
        await gallery.pass_time(30 * SECOND)
    assert gallery.heard == [
        (10, Murmur(reactions=((Reaction.APPLAUSE, 5), (Reaction.HEART, 10)))),
        (20, SILENCE),
    ]


async def test_one_who_reacts_again_and_again_is_as_if_nobody_did() -> None:
    gallery = Gallery()
    async with gallery.at_work():
        for _ in range(100):
            gallery.murmuring.react(ROOM, Reaction.HEART, b"the same")
        await gallery.pass_time(BURST)
    assert gallery.heard == []


async def test_a_timer_that_was_late_goes_on_at_its_instants() -> None:
    gallery = Gallery()
    async with gallery.at_work():
        await gallery.clock.advance(timedelta(seconds=33))
        gallery.react(6)
        await gallery.pass_time(10 * SECOND)
    assert gallery.heard[0] == (40, Murmur(reactions=((Reaction.HEART, 5),)))


async def test_a_room_that_is_over_is_silent() -> None:
    gallery = Gallery()
    gallery.fill(11)
    async with gallery.at_work():
        await gallery.pass_time(MINUTE)
        gallery.stages.clear(ROOM)
        assert gallery.stages.murmur(ROOM) == SILENCE
