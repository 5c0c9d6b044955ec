"""Telling: the last state is always told, and no state twice in a row."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from rooms.ids import RoomId
from rooms.playing import Playback
from tests.sandbox.waiting import until
from voice.house.telling import Telling
from voice.messages.reports import Report, Turned


class Scene:
    def __init__(self) -> None:
        self.volume = 0
        self.told: list[int] = []
        self.telling = Telling(lambda: Turned(RoomId(7), Playback(volume=self.volume)), self._note)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        async with asyncio.TaskGroup() as tasks:
            run = tasks.create_task(self.telling.run())
            yield
            run.cancel()

    def turn(self, volume: int) -> None:
        self.volume = volume
        self.telling.stir()

    def _note(self, report: Report) -> None:
        assert isinstance(report, Turned)
        self.told.append(report.playback.volume)


async def test_of_many_changes_the_last_is_told() -> None:
    scene = Scene()
    async with scene.running():
        for volume in range(1, 101):
            scene.turn(volume)
            await asyncio.sleep(0)
        await until(lambda: scene.told[-1:] == [100])
    assert len(scene.told) == 2


async def test_what_was_told_already_is_not_told_again() -> None:
    scene = Scene()
    async with scene.running():
        scene.turn(1)
        await until(lambda: scene.told == [1])
        scene.telling.stir()
        await until(lambda: not scene.telling._was_stirred.is_set())
        scene.turn(2)
        await until(lambda: scene.told == [1, 2])
