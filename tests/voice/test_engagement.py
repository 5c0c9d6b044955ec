"""The engagement: what is reported of a room while the relay is in its call."""

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from containers.ogg import read_packets
from rooms.ids import ChatId, RoomId
from rooms.ports import Packet
from tests.sandbox.waiting import until
from tests.voice.exchange import ADA, BEN, NOON, RELAY, Board, Lists, discarded, in_call, news, source_of
from tests.voice.sounds import tone
from voice.engagement import STAGE_PAUSE, Engagement
from voice.presence import Presence
from voice.recorder import Recorder, segments
from voice.sound import FRAME, SLOT
from voice.sources import Player, Sounds
from voice.studio import Studio
from voice.wire import Ended, Report, Sound, StageMoved

ROOM, CHAT, CALL = RoomId(7), ChatId(-1001), 1


@pytest.fixture
def disk() -> Iterator[Executor]:
    with ThreadPoolExecutor(1) as executor:
        yield executor


class Scene:
    """An engagement and what it reports."""

    def __init__(self, folder: Path, disk: Executor) -> None:
        self.lists = Lists()
        self.board = Board(self.lists)
        self.reports: list[tuple[float, Report]] = []
        self.folder = folder
        self._disk = disk
        presence = Presence(CHAT, RELAY, self.lists, self.board)
        player = Player(Sounds(tone(300, 1), tone(900, 0.2)))
        studio = Studio(presence.intake, player, Recorder(folder, disk, lambda: NOON))
        self.engagement = Engagement(ROOM, presence, studio, self._note)

    def _note(self, report: Report) -> None:
        self.reports.append((asyncio.get_running_loop().time(), report))

    @property
    def sounds(self) -> list[Packet]:
        told = [report for _, report in self.reports]
        return [Packet(told.at, told.opus, told.level) for told in told if isinstance(told, Sound)]

    @property
    def stages(self) -> list[tuple[str, ...]]:
        """Who was on the stage, speakers in capitals."""
        told = [report.stage for _, report in self.reports if isinstance(report, StageMoved)]
        return [tuple(p.name.upper() if p.is_speaking else p.name for p in stage.people) for stage in told]

    def hear(self, update: object) -> None:
        self.engagement.presence.hear(update, {}, {})

    def settle(self) -> None:
        """Wait until all that was handed to the disk is there."""
        self._disk.submit(lambda: None).result()

    @asynccontextmanager
    async def running(self) -> AsyncIterator["asyncio.Task[None]"]:
        """While the engagement, whose presence has joined, runs."""
        await self.engagement.presence.join("Talk")
        async with asyncio.TaskGroup() as tasks:
            run = tasks.create_task(self.engagement.run(time.monotonic(), self.board))
            yield run
            run.cancel()


@pytest.fixture
def scene(tmp_path: Path, disk: Executor) -> Scene:
    return Scene(tmp_path / "7", disk)


async def test_its_sound_is_reported_slot_by_slot(scene: Scene) -> None:
    async with scene.running():
        await until(lambda: len(scene.sounds) >= 10)
    times = [packet.at for packet in scene.sounds]
    assert times == list(range(times[0], times[-1] + 1, SLOT))
    assert all(report.room == ROOM for _, report in scene.reports if isinstance(report, Sound))


async def test_its_own_sound_is_sent_into_the_call(scene: Scene) -> None:
    scene.engagement.studio.wait_for_start()
    async with scene.running():
        await until(lambda: len(scene.board.sent) >= 10)


async def test_the_stage_is_reported_as_it_is_found(scene: Scene) -> None:
    async with scene.running():
        await until(lambda: scene.stages)
    assert scene.stages == [("Ada",)]


async def test_who_comes_and_who_speaks_is_reported(scene: Scene) -> None:
    async with scene.running():
        await until(lambda: scene.stages == [("Ada",)])
        scene.hear(news(CALL, 2, in_call(BEN, muted=True)))
        await until(lambda: scene.stages[-1] == ("Ada", "Ben"))
        for frame in tone(440, 0.5).reshape(-1, FRAME):
            scene.board.ears[CHAT](source_of(ADA), frame.tobytes())
        await until(lambda: scene.stages[-1] == ("ADA", "Ben"))
        await until(lambda: scene.stages[-1] == ("Ada", "Ben"))


async def test_an_equal_stage_is_not_repeated(scene: Scene) -> None:
    async with scene.running():
        await until(lambda: scene.stages == [("Ada",)])
        for _ in range(3):
            scene.engagement.presence.moved()
            await until(lambda: not scene.engagement._moved.is_set())
        scene.hear(news(CALL, 2, in_call(BEN)))
        await until(lambda: len(scene.stages) == 2)
    assert scene.stages == [("Ada",), ("Ada", "Ben")]


async def test_many_changes_at_once_become_few_reports_and_the_last_is_told(scene: Scene) -> None:
    async with scene.running():
        await until(lambda: scene.stages == [("Ada",)])
        for version in range(2, 202):
            scene.hear(news(CALL, version, in_call(BEN, left=version % 2 == 1)))
            await asyncio.sleep(0)
        scene.hear(news(CALL, 202, in_call(BEN)))
        await until(lambda: scene.stages[-1] == ("Ada", "Ben"))
    times = [at for at, report in scene.reports if isinstance(report, StageMoved)]
    pauses = [later - earlier for earlier, later in itertools.pairwise(times)]
    assert min(pauses) > STAGE_PAUSE * 0.95


async def test_when_others_end_the_call_the_recording_stops_and_this_is_reported_last(scene: Scene) -> None:
    scene.engagement.studio.begin(with_jingle=False)
    async with scene.running() as run:
        await until(lambda: len(scene.sounds) >= 5)
        scene.lists.forget(CHAT)
        scene.hear(discarded(CALL))
        await run
    assert scene.reports[-1][1] == Ended(ROOM)
    assert sum(isinstance(report, Ended) for _, report in scene.reports) == 1
    assert CHAT not in scene.board.ears
    scene.settle()
    (segment,) = segments(scene.folder)
    assert list(read_packets(segment)) == [packet.opus for packet in scene.sounds]


async def test_a_room_that_we_close_ourselves_is_not_reported_as_ended(scene: Scene) -> None:
    async with scene.running() as run:
        await until(lambda: scene.sounds)
        run.cancel()
        await asyncio.wait([run])
    assert not any(isinstance(report, Ended) for _, report in scene.reports)
