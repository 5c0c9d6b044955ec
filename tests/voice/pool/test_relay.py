"""The relay: a process that may die at any moment, behind two ports that do not."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rooms.errors.calls import (
    AdminMaySpeak,
    CallRefused,
    CallUnreachable,
    RelayDiskRefused,
    RelayLacksRights,
    RelayStumbled,
)
from rooms.errors.sounds import SoundUnreachable, VoiceMissing
from rooms.ids import ChatId, PersonId, RoomId
from rooms.outlets import OutletState
from rooms.playing import Cue, Playback
from rooms.ports import (
    CallEnded,
    CallRegained,
    Fault,
    Links,
    Opening,
    OutletChanged,
    Packet,
    PlaybackChanged,
    RelayRestarted,
    StageChanged,
)
from rooms.recordings import Excerpt, Gap
from tests.sandbox.waiting import until
from tests.voice.understudy import HELD, cast_of
from voice.errors import AccountRefused
from voice.pool.child import Patience
from voice.pool.relay import Relay

ROOM, CHAT = RoomId(7), ChatId(-1001)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
UNDERSTUDY = [sys.executable, "-m", "tests.voice.understudy"]
PATIENT = Patience()


@asynccontextmanager
async def running(farewell: Path, patience: Patience = PATIENT) -> AsyncIterator[Relay]:
    relay = Relay([*UNDERSTUDY, str(farewell)], patience=patience)
    async with asyncio.TaskGroup() as tasks:
        run = tasks.create_task(relay.run())
        yield relay
        run.cancel()


@pytest.fixture
def farewell(tmp_path: Path) -> Path:
    return tmp_path / "farewell"


def said(farewell: Path) -> str:
    return farewell.read_text()


def cast(farewell: Path) -> list[int]:
    """The numbers of the processes that came, in order."""
    came = cast_of(farewell)
    return [int(number) for number in came.read_text().split()] if came.exists() else []


def opening(title: str = "Talk") -> Opening:
    return Opening(ROOM, CHAT, title, is_live=False)


async def test_commands_wait_for_the_process_and_are_answered(farewell: Path) -> None:
    async with running(farewell) as relay:
        await relay.open(opening())
        recording = await relay.close(ROOM)
    assert recording is not None
    assert recording.path == Path("/talk.ogg")
    assert recording.duration == timedelta(minutes=45)
    assert recording.gaps == (Gap(timedelta(seconds=1), timedelta(seconds=2)),)


@pytest.mark.parametrize(
    ("title", "kind", "reason"),
    [
        ("refuse", RelayLacksRights, "CHAT_ADMIN_REQUIRED"),
        ("disk full", RelayDiskRefused, "No space left on device"),
        ("stumble", RelayStumbled, "KeyError"),
    ],
)
async def test_refusals_keep_their_kind_and_facts(
    farewell: Path, title: str, kind: type[CallRefused], reason: str
) -> None:
    async with running(farewell) as relay:
        with pytest.raises(kind) as refused:
            await relay.open(opening(title))
    assert (type(refused.value), refused.value.chat, refused.value.reason) == (kind, CHAT, reason)


async def test_events_and_sound_come_out(farewell: Path) -> None:
    async with running(farewell) as relay, relay.events() as events, relay.listen(ROOM) as packets:
        await relay.open(opening())
        await relay.go_live(ROOM)
        stage = await anext(events)
        assert isinstance(stage, StageChanged)
        assert stage.stage.people[0].name == "Ada"
        assert [await anext(events) for _ in range(5)] == [
            CallEnded(ROOM, CHAT),
            CallRegained(ROOM, timedelta(seconds=3)),
            PlaybackChanged(ROOM, Playback("Fanfare")),
            OutletChanged(ROOM, "radio.example", OutletState.ON_AIR),
            RelayRestarted(ROOM),
        ]
        assert await anext(packets) == Packet(960, HELD, 30)


async def test_what_is_asked_is_answered(farewell: Path) -> None:
    async with running(farewell) as relay:
        await relay.open(opening())
        assert await relay.plan(ROOM, CHAT, "Talk", NOON) == 77
        await relay.unplan(CHAT, 77)
        assert await relay.links(ROOM) == Links("https://speak", "https://listen")
        clip = await relay.clip(ROOM, timedelta(seconds=30))
        assert clip == Excerpt(Path("/clip.ogg"), timedelta(seconds=12))
        assert await relay.check(CHAT) == (Fault.NOT_IN_CHAT, Fault.DISK_FULL)
        for done in (
            relay.silence(ROOM, None),
            relay.lower_hand(ROOM, PersonId(1)),
            relay.pause(ROOM, is_paused=True),
            relay.skip(ROOM),
            relay.stop(ROOM),
            relay.set_volume(ROOM, 50),
        ):
            await done


async def test_what_is_refused_comes_back_as_it_was_raised(farewell: Path) -> None:
    async with running(farewell) as relay:
        await relay.open(opening())
        with pytest.raises(AdminMaySpeak) as admin:
            await relay.let_speak(ROOM, PersonId(1), may_speak=False)
        assert (admin.value.chat, admin.value.reason) == (CHAT, "1 False")
        with pytest.raises(SoundUnreachable) as unreachable:
            await relay.play(ROOM, Cue("Fanfare", Path("/fanfare.ogg")))
        assert (unreachable.value.title, unreachable.value.reason) == ("Fanfare", "it is gone")
        with pytest.raises(VoiceMissing) as missing:
            await relay.say(ROOM, "Ciao", "it")
        assert (missing.value.title, missing.value.reason) == ("Ciao", "it")


async def test_when_nobody_answers_that_is_the_fault(farewell: Path) -> None:
    relay = Relay([*UNDERSTUDY, str(farewell)], patience=Patience(booting=0.01))
    assert await relay.check(CHAT) == (Fault.RELAY_DOWN,)
    with pytest.raises(CallUnreachable, match="down"):
        await relay.skip(ROOM)


async def test_it_says_goodbye_when_cancelled(farewell: Path) -> None:
    async with running(farewell) as relay:
        await relay.is_up.wait()
    assert said(farewell) == "left\n"


async def test_a_death_fails_what_is_under_way_and_is_followed_by_a_new_life(farewell: Path) -> None:
    async with running(farewell) as relay, relay.events() as events:
        with pytest.raises(CallUnreachable, match="died"):
            await relay.open(opening("die"))
        assert await anext(events) == RelayRestarted()
        await relay.open(opening())


async def test_a_spare_takes_over_from_one_that_dies(farewell: Path) -> None:
    async with running(farewell, Patience(calm=0.0)) as relay, relay.events() as events:
        await relay.is_up.wait()
        await until(lambda: len(cast(farewell)) == 2)
        first, spare = cast(farewell)
        assert relay.pid == first
        with pytest.raises(CallUnreachable):
            await relay.open(opening("die"))
        assert await anext(events) == RelayRestarted()
        assert relay.pid == spare
        await until(lambda: len(cast(farewell)) == 3)
    assert said(farewell) == "left\n" * 2


async def test_a_machine_that_cannot_start_a_process_is_tried_again(
    tmp_path: Path, farewell: Path, caplog: pytest.LogCaptureFixture
) -> None:
    program, script = tmp_path / "python", tmp_path / "script"
    relay = Relay([str(program), *UNDERSTUDY[1:], str(farewell)])
    async with asyncio.TaskGroup() as tasks:
        run = tasks.create_task(relay.run())
        await until(lambda: "no relay process can be started" in caplog.text)
        script.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
        script.chmod(0o700)
        script.rename(program)
        await relay.open(opening())
        run.cancel()


async def test_a_relay_that_is_run_anew_says_so_too(farewell: Path) -> None:
    """Whoever supervises it may have to run it again, and the rooms on air must be opened again then too."""
    relay = Relay([*UNDERSTUDY, str(farewell)])
    async with relay.events() as events:
        for _ in range(2):
            async with asyncio.TaskGroup() as tasks:
                run = tasks.create_task(relay.run())
                await relay.open(opening())
                run.cancel()
            assert not relay.is_up.is_set()
            assert relay.pid is None
        assert RelayRestarted() in [await anext(events) for _ in range(2)]


async def test_an_account_that_was_logged_out_ends_it(farewell: Path) -> None:
    relay = Relay([*UNDERSTUDY, str(farewell)])

    async def open_a_room() -> None:
        with pytest.raises(CallUnreachable):
            await relay.open(opening("log out"))

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(open_a_room())
        with pytest.raises(AccountRefused, match="SESSION_REVOKED"):
            await relay.run()


async def test_a_process_that_is_stuck_is_replaced(farewell: Path) -> None:
    hasty = Patience(between_pings=0.05, answering=0.5, leaving=0.2)
    async with running(farewell, hasty) as relay, relay.events() as events:
        with pytest.raises(CallUnreachable):
            await relay.open(opening("hang"))
        assert await anext(events) == RelayRestarted()


def test_the_process_leaves_when_its_parent_is_killed(farewell: Path) -> None:
    source = (
        "import asyncio, os, signal, sys\n"
        "from voice.pool.relay import Relay\n"
        "async def main():\n"
        "    relay = Relay(sys.argv[1:])\n"
        "    async with asyncio.TaskGroup() as tasks:\n"
        "        tasks.create_task(relay.run())\n"
        "        await relay.is_up.wait()\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "asyncio.run(main())\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", source, *UNDERSTUDY, str(farewell)], stdout=subprocess.PIPE
    )
    parent.communicate()  # ends when nobody holds the pipe any more, the orphan included
    assert parent.returncode == -signal.SIGKILL
    assert said(farewell) == "left\n"
