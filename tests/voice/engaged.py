"""A relay engaged in a room for tests: Telegram pretended, and all that is reported."""

import asyncio
import time
from collections.abc import AsyncIterator
from concurrent.futures import Executor
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from rooms.ids import ChatId, PersonId, RoomId
from rooms.ports import Opening, Packet
from rooms.stage import OnStage
from tests.voice.exchange import RELAY, Board, Lists, in_call, news, source_of
from tests.voice.sounds import tone
from voice.house.engagement import Engagement
from voice.house.equipment import Equipment
from voice.messages.reports import Report, Sound, StageMoved
from voice.mixing.units import FRAME
from voice.sources.sounds import Sounds
from voice.studio.leg import Leg

ROOM, CHAT = RoomId(7), ChatId(-1001)
EAST, WEST = ChatId(-1002), ChatId(-1003)
OPENING = Opening(ROOM, CHAT, "Talk", is_live=True)


class Scene:
    """An engagement and what it reports, with the loop's time."""

    def __init__(self, recordings: Path, disk: Executor, opening: Opening = OPENING) -> None:
        self.lists = Lists()
        self.board = Board(self.lists)
        self.reports: list[tuple[float, Report]] = []
        self.folder = recordings / str(ROOM)
        self.opening = opening
        self._disk = disk
        self._versions: dict[ChatId, int] = {}
        sounds = Sounds(tone(300, 1), tone(900, 0.2))
        equipment = Equipment(recordings, disk, sounds, RELAY, self.lists, self.board, allows_private=True)
        home = Leg(equipment.presence(CHAT))
        self.engagement = Engagement(ROOM, home, equipment, self._note)

    @property
    def told(self) -> list[Report]:
        return [report for _, report in self.reports]

    @property
    def sounds(self) -> list[Packet]:
        return [Packet(told.at, told.opus, told.level) for told in self.told if isinstance(told, Sound)]

    @property
    def stages(self) -> list[tuple[str, ...]]:
        """Who was on the stage, speakers in capitals."""
        return [
            tuple(p.name.upper() if p.is_speaking else p.name for p in told.stage.people)
            for told in self.told
            if isinstance(told, StageMoved)
        ]

    @property
    def people(self) -> tuple[OnStage, ...]:
        """Who is on the stage now."""
        told = [told.stage.people for told in self.told if isinstance(told, StageMoved)]
        return told[-1] if told else ()

    def hear(self, update: object) -> None:
        self.engagement.hear(update, {}, {})

    def enter(self, person: PersonId, chat: ChatId = CHAT, **told: object) -> None:
        """Somebody comes into a call, or something about them changes."""
        self.hear(self.change(person, chat, **told))

    def change(self, person: PersonId, chat: ChatId = CHAT, **told: object) -> Any:
        """The news of it."""
        self._versions[chat] = self._versions.get(chat, self.lists.version) + 1
        return news(self.lists.listed[chat].id, self._versions[chat], in_call(person, **told))

    def speak(self, person: PersonId, hertz: float, seconds: float, chat: ChatId = CHAT) -> None:
        """Somebody is heard in a call."""
        for frame in tone(hertz, seconds).reshape(-1, FRAME):
            self.board.ears[chat](source_of(person), frame.tobytes())

    def rearrange(self, **changes: object) -> None:
        """The room is opened again, and something is different."""
        self.opening = replace(self.opening, **changes)  # type: ignore[arg-type]
        self.engagement.arrange(self.opening, self._began)

    def settle(self) -> None:
        """Wait until all that was handed to the disk is there."""
        self._disk.submit(lambda: None).result()

    @asynccontextmanager
    async def running(self) -> AsyncIterator["asyncio.Task[None]"]:
        """While the engagement, whose presence has joined, runs."""
        self._began = time.monotonic()
        await self.engagement.home.presence.join("Talk")
        self.engagement.arrange(self.opening, self._began)
        async with asyncio.TaskGroup() as tasks:
            run = tasks.create_task(self.engagement.run(self._began))
            yield run
            run.cancel()

    def _note(self, report: Report) -> None:
        self.reports.append((asyncio.get_running_loop().time(), report))
