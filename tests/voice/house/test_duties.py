"""The duties: what the relay process does at each command, in a house with Telegram pretended."""

import asyncio
import shutil
import time
from collections.abc import AsyncIterator
from concurrent.futures import Executor
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from rooms.errors.calls import CallUnreachable, RelayNotInChat
from rooms.errors.recording import NothingOnTape
from rooms.errors.sounds import SoundRefused, VoiceMissing
from rooms.ids import ChatId, RoomId
from rooms.playing import Cue
from rooms.ports import Fault, Links, Opening
from tests.sandbox.waiting import until
from tests.voice.exchange import ADA, RELAY, Board, Lists
from tests.voice.sounds import listen, tone
from voice.house import duties
from voice.house.duties import carry_out
from voice.house.equipment import Equipment
from voice.house.house import House
from voice.messages import commands
from voice.messages.reports import Checked, Clipped, Finished, Linked, Planned, Report, Sound
from voice.sources.sounds import Sounds
from voice.telegram.calls import ListedCall

ROOM, CHAT = RoomId(7), ChatId(-1001)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
JINGLE = Path("voice/sounds/jingle.ogg").resolve()


class Plans(Lists):
    """Calls are planned too, and the relay may manage them if it is there."""

    may: bool | RelayNotInChat = True

    async def schedule(self, room: RoomId, chat: ChatId, title: str, at: datetime) -> ListedCall:  # noqa: ARG002
        if chat not in self.listed:
            self.create(chat, title)
            self.listed[chat] = replace(self.listed[chat], scheduled_for=at)
        return self.listed[chat]

    async def unschedule(self, chat: ChatId, call_id: int) -> None:
        if chat in self.listed and self.listed[chat].id == call_id:
            self.forget(chat)

    async def may_manage(self, chat: ChatId) -> bool:  # noqa: ARG002
        if isinstance(self.may, RelayNotInChat):
            raise self.may
        return self.may


class Scene(NamedTuple):
    house: House
    lists: Plans
    reports: list[Report]

    async def do(self, command: commands.Command) -> object:
        return await carry_out(command, self.house)

    async def open(self, *, is_live: bool = True) -> None:
        await self.do(commands.Open(0, Opening(ROOM, CHAT, "Talk", is_live), time.monotonic()))
        await self.hear_more()

    async def hear_more(self, slots: int = 5) -> None:
        enough = self.heard + slots
        await until(lambda: self.heard >= enough)

    @property
    def heard(self) -> int:
        return sum(isinstance(report, Sound) for report in self.reports)


@asynccontextmanager
async def at_work(recordings: Path, disk: Executor) -> AsyncIterator[Scene]:
    lists = Plans()
    reports: list[Report] = []
    sounds = Sounds(tone(300, 1), tone(900, 0.2))
    equipment = Equipment(recordings, disk, sounds, RELAY, lists, Board(lists))
    async with asyncio.TaskGroup() as company:

        async def live() -> None:
            async with asyncio.TaskGroup() as tasks:
                houses.set_result(House(equipment, reports.append, tasks))
                await asyncio.Event().wait()

        houses: asyncio.Future[House] = asyncio.get_running_loop().create_future()
        life = company.create_task(live())
        yield Scene(await houses, lists, reports)
        life.cancel()


async def test_begin_and_ping_need_nothing_but_an_answer(tmp_path: Path, disk: Executor) -> None:
    async with at_work(tmp_path, disk) as scene:
        assert await scene.do(commands.Begin(0)) is None
        assert await scene.do(commands.Ping(0)) is None


def test_no_command_is_left_undone() -> None:
    assert set(commands.Command.__args__) <= set(carry_out.registry) | {commands.Begin, commands.Ping}


async def test_a_talk_from_beginning_to_end(tmp_path: Path, disk: Executor) -> None:
    async with at_work(tmp_path, disk) as scene:
        await scene.open(is_live=False)
        await scene.do(commands.GoLive(0, ROOM))
        await scene.hear_more(30)
        finished = await scene.do(commands.Close(0, ROOM))
        assert isinstance(finished, Finished)
        assert finished.path == str(tmp_path / "7" / "talk.ogg")
        assert await scene.do(commands.Close(0, RoomId(8))) is None


async def test_calls_are_planned_and_taken_back(tmp_path: Path, disk: Executor) -> None:
    async with at_work(tmp_path, disk) as scene:
        assert await scene.do(commands.Plan(0, ROOM, CHAT, "Talk", NOON)) == Planned(1)
        assert await scene.do(
            commands.Plan(0, RoomId(8), CHAT, "Another", NOON + timedelta(hours=1))
        ) == Planned(None)
        await scene.do(commands.Unplan(0, CHAT, 2))
        assert CHAT in scene.lists.listed
        await scene.do(commands.Unplan(0, CHAT, 1))
        assert CHAT not in scene.lists.listed


async def test_another_call_in_its_place_has_no_number_of_ours(tmp_path: Path, disk: Executor) -> None:
    async with at_work(tmp_path, disk) as scene:
        scene.lists.listed[CHAT] = ListedCall(CHAT, None, "Theirs")
        assert await scene.do(commands.Plan(0, ROOM, CHAT, "Talk", NOON)) == Planned(None)


async def test_where_all_is_well_no_fault_is_found(tmp_path: Path, disk: Executor) -> None:
    async with at_work(tmp_path / "new" / "recordings", disk) as scene:
        assert await scene.do(commands.Check(0, CHAT)) == Checked(())
    assert list((tmp_path / "new" / "recordings").iterdir()) == []


async def test_faults_are_named(tmp_path: Path, disk: Executor, monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_work(tmp_path, disk) as scene:
        scene.lists.may = False
        assert await scene.do(commands.Check(0, CHAT)) == Checked((Fault.LACKS_RIGHTS,))
        scene.lists.may = RelayNotInChat(CHAT, "CHANNEL_PRIVATE")
        free = shutil.disk_usage(tmp_path).free
        monkeypatch.setattr(duties, "ROOM_ON_DISK", free * 2)
        assert await scene.do(commands.Check(0, CHAT)) == Checked((Fault.NOT_IN_CHAT, Fault.DISK_FULL))


async def test_a_folder_that_is_none_counts_as_a_full_disk(tmp_path: Path, disk: Executor) -> None:
    (tmp_path / "recordings").write_text("a file")
    async with at_work(tmp_path / "recordings", disk) as scene:
        assert await scene.do(commands.Check(0, CHAT)) == Checked((Fault.DISK_FULL,))


async def test_the_floor_is_given_and_taken(tmp_path: Path, disk: Executor) -> None:
    async with at_work(tmp_path, disk) as scene:
        await scene.open()
        await scene.do(commands.LetSpeak(0, ROOM, ADA, True))
        await scene.do(commands.Silence(0, ROOM, ADA))
        await scene.do(commands.Silence(0, ROOM, None))
        await scene.do(commands.LowerHand(0, ROOM, ADA))
        assert await scene.do(commands.AskLinks(0, ROOM)) == Linked(Links("speak-1", "listen-1"))
    assert (ADA, {"muted": True}) in scene.lists.edits


async def test_sounds_are_played(tmp_path: Path, disk: Executor) -> None:
    async with at_work(tmp_path, disk) as scene:
        await scene.open()
        player = scene.house.engagement(ROOM).player
        await scene.do(commands.Play(0, ROOM, Cue("Fanfare", JINGLE)))
        await scene.do(commands.Play(0, ROOM, Cue("Again", JINGLE)))
        await until(lambda: player.playback.now == "Fanfare")
        await scene.do(commands.Pause(0, ROOM, True))
        assert player.playback.is_paused
        await scene.do(commands.Pause(0, ROOM, False))
        await scene.do(commands.SetVolume(0, ROOM, 150))
        assert player.playback.volume == 150
        await scene.do(commands.Skip(0, ROOM))
        await until(lambda: player.playback.now == "Again")
        await scene.do(commands.Stop(0, ROOM))
        await until(lambda: player.playback.now is None)
        with pytest.raises(SoundRefused):
            await scene.do(commands.Play(0, ROOM, Cue("Nothing", tmp_path / "nothing")))
        with pytest.raises(VoiceMissing):
            await scene.do(commands.Say(0, ROOM, "Salve", "tlh"))


async def test_a_clip_of_a_talk_that_goes_on(tmp_path: Path, disk: Executor) -> None:
    async with at_work(tmp_path, disk) as scene:
        await scene.open(is_live=False)
        with pytest.raises(NothingOnTape):
            await scene.do(commands.Cut(0, ROOM, timedelta(seconds=1)))
        await scene.do(commands.GoLive(0, ROOM))
        await scene.hear_more(60)
        clipped = await scene.do(commands.Cut(0, ROOM, timedelta(seconds=0.5)))
        assert isinstance(clipped, Clipped)
        assert len(listen(Path(clipped.path))) == pytest.approx(24_000, abs=500)
        assert clipped.length == timedelta(seconds=0.5)


@pytest.mark.parametrize(
    "command",
    [
        commands.GoLive(0, ROOM),
        commands.LetSpeak(0, ROOM, ADA, True),
        commands.Silence(0, ROOM, None),
        commands.LowerHand(0, ROOM, ADA),
        commands.AskLinks(0, ROOM),
        commands.Play(0, ROOM, Cue("Fanfare", JINGLE)),
        commands.Say(0, ROOM, "Salve", "en"),
        commands.Pause(0, ROOM, True),
        commands.Skip(0, ROOM),
        commands.Stop(0, ROOM),
        commands.SetVolume(0, ROOM, 50),
        commands.Cut(0, ROOM, timedelta(seconds=1)),
    ],
)
async def test_nothing_can_be_done_in_a_room_that_is_not_open(
    tmp_path: Path, disk: Executor, command: commands.Command
) -> None:
    async with at_work(tmp_path, disk) as scene:
        with pytest.raises(CallUnreachable, match="room 7 is not open"):
            await scene.do(command)
