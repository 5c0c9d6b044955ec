"""Recordings in their folders, by the real works: mastered, cut and deleted in processes of their own."""

import asyncio
import os
import shutil
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from app.archive import Archive
from bot.erasing import UNHEARD, mark_unheard
from rooms.errors.calls import CallRefused
from rooms.errors.recording import NothingOnTape, NotRecorded
from rooms.ids import NO_CHAT, PersonId, RoomId
from rooms.ports import Mastering
from rooms.recordings import Excerpt, Turn
from tests.deadline import DEADLINE
from tests.voice.mastering.tape import ADA, BEA, CIA, NOON, hear, tape_talk
from tests.voice.sounds import strength
from voice.mastering.orders import Order, order_to_json
from voice.recording.splicing import splice
from voice.recording.turn_log import TurnLog
from voice.recording.turns import TURNS

ROOM = RoomId(7)
SECOND = timedelta(seconds=1)
NAMES = {ADA: "Ada", BEA: "Bea", CIA: "Cia"}


class Relay:
    """A relay that cuts what it is told to, or says that there is nothing yet."""

    def __init__(self, clip: Excerpt | None = None) -> None:
        self._clip = clip

    async def clip(self, _room: RoomId, _length: timedelta) -> Excerpt:
        if self._clip is None:
            raise NothingOnTape(NO_CHAT, "nothing is recorded there")
        return self._clip


@pytest.fixture
def folder(taped: Path, tmp_path: Path) -> Path:
    """A copy of the talk, to do with as one likes."""
    return shutil.copytree(taped, tmp_path / str(ROOM))


@pytest.fixture(scope="module")
def taped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A talk of forty seconds in which two take turns, and a third says a word, as its end leaves it."""
    folder = tmp_path_factory.mktemp("taped") / str(ROOM)
    tape_talk(folder, 40, {ADA: [(0, 18)], BEA: [(20, 38)], CIA: [(18.5, 19.5)]})
    with ThreadPoolExecutor(1) as disk:
        log = TurnLog(folder, disk, NOON)
        for slot in range(2000):
            speaking = (
                {ADA} if slot < 900 else {CIA} if 925 <= slot < 975 else {BEA} if slot >= 1000 else set()
            )
            log.follow(slot, frozenset(speaking), NAMES.__getitem__)
        log.stop()
    splice(folder)
    return folder


def archive(folder: Path, relay: Relay | None = None) -> Archive:
    return Archive(folder.parent, relay or Relay())


def order(**more: frozenset[PersonId]) -> Mastering:
    return Mastering(ROOM, "Careers after 40", "Ada", "careers", **more)


def names(turns: tuple[Turn, ...]) -> list[str]:
    return [turn.name for turn in turns]


async def test_a_recording_becomes_what_a_replay_consists_of(folder: Path) -> None:
    mastered = await archive(folder).master(order(consenting=frozenset({ADA})))
    recording = mastered.recording
    assert recording.path == folder / "talk.ogg"
    assert [part.path.name for part in recording.parts] == ["replay.ogg"]
    assert recording.waveform is not None
    assert recording.waveform.read_bytes().startswith(b"\x89PNG")
    assert round(recording.duration.total_seconds()) == 40
    assert names(mastered.turns) == ["Ada", "Cia", "Bea"]
    assert [(track.person, track.name) for track in mastered.tracks] == [(ADA, "Ada")]
    assert b"CHAPTER002NAME=Bea" in recording.parts[0].path.read_bytes()
    assert not (folder / "voices" / f"{BEA}.ogg").exists(), "who did not consent has none"


async def test_who_said_no_is_heard_nowhere_and_named_nowhere(folder: Path) -> None:
    made = await archive(folder).master(order(consenting=frozenset({ADA, BEA})))
    assert len(made.tracks) == 2
    made = await archive(folder).master(order(consenting=frozenset({ADA, BEA}), unrecorded=frozenset({BEA})))
    assert [track.person for track in made.tracks] == [ADA]
    assert names(made.turns) == ["Ada", "Cia"]
    sound = hear(folder / "talk.ogg")
    assert strength(sound[21 * 48_000 : 37 * 48_000], 900) < strength(sound[: 16 * 48_000], 500) / 100
    assert not (folder / "voices" / f"{BEA}.ogg").exists()
    assert "Bea" not in (folder / TURNS).read_text()
    again = await archive(folder).master(order(consenting=frozenset({ADA}), unrecorded=frozenset({BEA})))
    assert names(again.turns) == ["Ada", "Cia"]


async def test_who_was_forgotten_is_left_out_once_and_leaves_no_note(folder: Path) -> None:
    mark_unheard([folder / "talk.ogg"], BEA)
    made = await archive(folder).master(order(consenting=frozenset({BEA})))
    assert (made.tracks, names(made.turns)) == ((), ["Ada", "Cia"])
    assert not (folder / UNHEARD).exists()
    assert str(BEA) not in {path.stem for path in folder.rglob("*")}


async def test_what_cannot_be_mastered_is_refused_with_a_reason(folder: Path) -> None:
    mark_unheard([folder / "talk.ogg"], BEA)
    (folder / "talk.ogg").write_bytes(b"no Ogg at all")
    with pytest.raises(CallRefused, match=r"talk\.ogg"):
        await archive(folder).master(order())
    assert (folder / UNHEARD).is_dir(), "to be done yet"
    with pytest.raises(CallRefused, match="nothing is left"):
        await archive(folder / "elsewhere").master(order())


async def test_a_stretch_of_a_finished_talk_is_cut(folder: Path) -> None:
    clip = await archive(folder).clip(ROOM, 5 * SECOND, 20 * SECOND)
    sound = hear(clip.path)
    assert abs(len(sound) - 5 * 48_000) <= 960
    assert strength(sound, 900) > 100 * strength(sound, 500)
    with pytest.raises(NotRecorded):
        await archive(folder).clip(ROOM, 5 * SECOND, 60 * SECOND)


async def test_what_is_being_recorded_is_cut_by_the_relay(folder: Path) -> None:
    clip = Excerpt(Path("clips/1.ogg"), 3 * SECOND)
    assert await archive(folder, Relay(clip)).clip(ROOM, 5 * SECOND) == clip
    with pytest.raises(NotRecorded):
        await archive(folder).clip(ROOM, 5 * SECOND)


async def test_all_of_a_recording_is_deleted_as_often_as_one_likes(folder: Path) -> None:
    await archive(folder).master(order())
    for _ in range(2):
        await archive(folder).erase(ROOM)
        assert not folder.exists()


async def test_a_mastering_that_is_given_up_is_done_again_from_what_it_left(folder: Path) -> None:
    async with asyncio.TaskGroup() as group:
        working = group.create_task(archive(folder).master(order(unrecorded=frozenset({BEA}))))
        await _until(lambda: any(folder.rglob("*.part")))
        working.cancel()
    made = await archive(folder).master(order(unrecorded=frozenset({BEA})))
    assert names(made.turns) == ["Ada", "Cia"]
    assert np.abs(hear(folder / "talk.ogg")[21 * 48_000 : 37 * 48_000]).max() < 50


async def test_the_process_that_masters_dies_with_the_program(folder: Path) -> None:
    """Else two would work at one recording after a restart."""
    ordered = folder.parent / "order.json"
    ordered.write_bytes(order_to_json(Order(folder, "T", "A", "t", 10**6, excluded=(BEA,))))
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _PROGRAM, str(ordered), stdout=asyncio.subprocess.PIPE
    )
    assert program.stdout is not None
    child = int(await program.stdout.readline())
    await _until(lambda: any(folder.rglob("*.part")))
    program.kill()
    await program.wait()
    await _until(lambda: not _lives(child))
    assert not (folder / "replay.json").exists(), "it was in the midst of it"
    assert (await archive(folder).master(order(unrecorded=frozenset({BEA})))).recording.parts


_PROGRAM = """
import subprocess, sys
with open(sys.argv[1]) as order:
    child = subprocess.Popen([sys.executable, "-m", "voice.mastering"], stdin=order)
print(child.pid, flush=True)
child.wait()
"""


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
        return b") Z " not in Path(f"/proc/{process}/stat").read_bytes()
    except (ProcessLookupError, FileNotFoundError):
        return False


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(DEADLINE):
        while not holds():  # noqa: ASYNC110  # no event tells of what another process does
            await asyncio.sleep(0.002)
