"""Two real relay accounts: what one loses, the other takes over, and a listener hears it soon again."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import pytest_asyncio

from rooms.errors.calls import CallRefused, NoAccount, RelayNotInChat, RelayResting
from rooms.ids import ChatId, RoomId
from rooms.ports import CallEnded, CallRegained, Opening, RelayRestarted
from rooms.recordings import Gap, Recording
from sandbox.world.entities import Membership, Status
from tests.contract.telegram import (
    GUEST,
    MANAGE,
    OWNER,
    PATIENCE,
    RELAY,
    SPARE,
    Ear,
    Telegram,
    environment,
    listening,
    telegram,
)
from tests.interface import needs_interface
from tests.sandbox.sounds import RATE, tone
from tests.sandbox.waiting import until
from voice.errors import AccountRefused
from voice.mixing.units import SLOT
from voice.pool.child import Patience
from voice.pool.continuity import SHORTEST
from voice.pool.pool import Pool
from voice.pool.standing import Condition

pytestmark = needs_interface

ROOM, HERTZ = RoomId(7), 440.0
CALM = 3600.0
"""Seconds before a spare process is started: of two accounts one takes over from the other, as it is."""

MOST_LOST = 10.0
"""Seconds of sound that a loss may cost."""


@dataclass
class Evening:
    """A room in a group in which both accounts are; the room is opened again whenever that is asked for."""

    scene: Telegram
    pool: Pool
    troubles: list[tuple[str, str]]
    room: RoomId = ROOM
    refusals: list[CallRefused] = field(default_factory=list)
    regained: list[timedelta] = field(default_factory=list)
    over: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def home(self) -> str | None:
        return self.pool.homes.get(self.room)

    async def open(self) -> None:
        await self.pool.open(Opening(self.room, ChatId(self.scene.chat.id), "Careers", is_live=True))

    async def close(self) -> Recording:
        recording = await self.pool.close(self.room)
        assert recording is not None
        return recording

    async def keep_open(self) -> None:
        """What the program does: whatever is refused is tried again."""
        async with self.pool.events() as events:
            async for event in events:
                if isinstance(event, CallRegained):
                    self.regained.append(event.away)
                if isinstance(event, CallEnded):
                    self.over.set()
                if isinstance(event, RelayRestarted):
                    await self._open_again()

    async def until_hears(self, ear: Ear) -> None:
        """Return when the tone is heard in what comes from now on."""
        ear.packets.clear()
        await ear.until_hears(HERTZ)

    def longest_silence(self, ear: Ear) -> float:
        """Seconds of the longest jump in what went out."""
        return max(self.jumps(ear))

    def jumps(self, ear: Ear) -> list[float]:
        """Seconds from each packet that went out to the next."""
        times = [packet.at for packet in ear.packets]
        return [(late - early) / RATE for early, late in pairwise(times)]

    async def _open_again(self) -> None:
        while True:
            try:
                return await self.open()
            except CallRefused as refusal:
                self.refusals.append(refusal)
                if isinstance(refusal, NoAccount):
                    return None
                await asyncio.sleep(0.5)


@pytest_asyncio.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Telegram]:
    async with telegram(tmp_path) as scene:
        admin = Membership(SPARE, Status.ADMINISTRATOR, MANAGE)
        scene.world.society.set_member(scene.chat, admin, OWNER)
        yield scene


@asynccontextmanager
async def evening(scene: Telegram, folder: Path, *names: str) -> AsyncIterator[Evening]:
    """The pool at work, until the block ends or Telegram refuses all of it."""
    troubles: list[tuple[str, str]] = []
    commands = {name: [sys.executable, "-m", "app.relay_process", "--account", name] for name in names}
    told = lambda name, reason: troubles.append((name, reason))  # noqa: E731
    pool = Pool(commands, environment(scene, folder), Patience(calm=CALM), told)
    one = Evening(scene, pool, troubles)

    async def run() -> None:
        try:
            await pool.run()
        except AccountRefused:
            assert len(pool.refused) == len(names)

    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(run())
        keeping = tasks.create_task(one.keep_open())
        try:
            yield one
        finally:
            for task in (running, keeping):
                task.cancel()


async def until_up(one: Evening, *names: str) -> None:
    await until(lambda: all(name in one.pool.pids for name in names), 60)


@asynccontextmanager
async def talk(scene: Telegram, folder: Path) -> AsyncIterator[tuple[Evening, Ear]]:
    """The first account has the call, in which Bruno's tone is heard; both are up."""
    async with evening(scene, folder, "relay", "spare") as one:
        await until_up(one, "relay")
        await one.open()
        assert one.home == "relay"
        await until_up(one, "relay", "spare")
        async with scene.speaking(GUEST, tone(HERTZ, 10), loops=True), listening(one.pool, one.room) as ear:
            await ear.until_hears(HERTZ)
            yield one, ear


async def taken_over(one: Evening, ear: Ear) -> None:
    """Wait until the other account is heard, and see that it took no longer than it may."""
    await until(lambda: one.home == "spare", PATIENCE)
    before = list(ear.packets)
    await one.until_hears(ear)
    ear.packets[:0] = before
    assert one.longest_silence(ear) < MOST_LOST


async def gaps(one: Evening) -> tuple[Gap, ...]:
    recording = await one.close()
    assert recording.path.exists()
    return recording.gaps


async def test_what_an_account_had_whose_session_ends_another_takes_over(
    scene: Telegram, tmp_path: Path
) -> None:
    async with talk(scene, tmp_path) as (one, ear):
        scene.door.end_session("relay", "AUTH_KEY_DUPLICATED")
        await taken_over(one, ear)
        assert one.pool.standings["relay"].condition is Condition.REFUSED
        assert one.troubles == [("relay", "AUTH_KEY_DUPLICATED")]
        missing = [jump - SLOT / RATE for jump in one.jumps(ear) if jump * RATE >= SHORTEST + SLOT]
        assert [away.total_seconds() for away in one.regained] == pytest.approx(missing)
        assert await gaps(one)


async def test_what_an_account_had_that_is_removed_from_the_group_another_takes_over(
    scene: Telegram, tmp_path: Path
) -> None:
    async with talk(scene, tmp_path) as (one, ear):
        scene.appoint(Status.KICKED, frozenset())
        await until(lambda: one.home == "spare", PATIENCE)
        await one.until_hears(ear)
        assert SPARE in scene.call.participants
        assert one.pool.standings["relay"].condition is Condition.UP
        assert not one.over.is_set()
        assert await gaps(one)


async def test_a_call_out_of_which_the_only_account_is_removed_is_had_again_once_that_is_mended(
    scene: Telegram, tmp_path: Path
) -> None:
    async with evening(scene, tmp_path, "relay") as one:
        await until_up(one, "relay")
        await one.open()
        call = scene.call.id
        scene.appoint(Status.KICKED, frozenset())
        await until(lambda: bool(one.refusals), PATIENCE)
        scene.appoint(Status.ADMINISTRATOR)
        await until(lambda: RELAY in scene.call.participants, PATIENCE)
        assert {type(refusal) for refusal in one.refusals} == {RelayNotInChat}
        assert scene.call.id == call
        assert not one.over.is_set()


async def test_a_killed_process_comes_back_by_itself_or_another_account_is_faster(
    scene: Telegram, tmp_path: Path
) -> None:
    async with talk(scene, tmp_path) as (one, ear):
        killed = one.pool.pids["relay"]
        os.kill(killed, signal.SIGKILL)
        await until(lambda: one.pool.pids.get("relay") != killed, PATIENCE)
        before = list(ear.packets)
        await one.until_hears(ear)
        ear.packets[:0] = before
        assert one.longest_silence(ear) < MOST_LOST
        await until_up(one, "relay", "spare")
        assert one.troubles == []


async def test_an_account_that_is_flooded_as_it_connects_rests_and_another_has_its_calls(
    scene: Telegram, tmp_path: Path
) -> None:
    scene.door.floods["updates.GetState"] = 700
    async with evening(scene, tmp_path, "relay", "spare") as one:
        await until_up(one, "spare")
        await until(lambda: one.pool.standings["relay"].condition is Condition.RESTING, PATIENCE)
        await one.open()
        assert one.home == "spare"
        assert one.troubles == [("relay", "FLOOD_WAIT_700")]
        assert one.pool.standings["relay"].seconds > 600


async def test_a_flooded_account_that_is_the_only_one_says_so_and_comes_back(
    scene: Telegram, tmp_path: Path
) -> None:
    scene.door.floods["updates.GetState"] = 12
    async with evening(scene, tmp_path, "relay") as one:
        await until(lambda: one.pool.standings["relay"].condition is Condition.RESTING, PATIENCE)
        with pytest.raises(RelayResting):
            await one.open()
        scene.door.floods.clear()
        await until_up(one, "relay")
        await one.open()
        assert one.troubles == [("relay", "FLOOD_WAIT_12")]


async def test_a_call_out_of_which_an_account_falls_while_it_may_not_return_another_takes_over(
    scene: Telegram, tmp_path: Path
) -> None:
    async with talk(scene, tmp_path) as (one, ear):
        scene.door.floods["phone.JoinGroupCall"] = 700
        scene.world.calls.leave(scene.call, RELAY)
        await taken_over(one, ear)
        assert one.troubles == [("relay", "FLOOD_WAIT_700")]


async def test_a_call_that_goes_on_stays_with_an_account_that_must_rest(
    scene: Telegram, tmp_path: Path
) -> None:
    async with talk(scene, tmp_path) as (one, ear):
        scene.door.floods["phone.CheckGroupCall"] = 700
        await until(lambda: one.pool.standings["relay"].condition is Condition.RESTING, PATIENCE)
        await one.open()
        assert one.home == "relay"
        await one.until_hears(ear)
        assert SPARE not in scene.call.participants


@pytest.mark.parametrize("end", ["SESSION_REVOKED", "USER_DEACTIVATED_BAN"])
async def test_when_the_only_account_is_refused_in_mid_talk_that_is_said_and_nothing_is_tried(
    scene: Telegram, tmp_path: Path, end: str
) -> None:
    async with evening(scene, tmp_path, "relay") as one:
        await until_up(one, "relay")
        await one.open()
        scene.door.end_session("relay", end)
        await until(lambda: bool(one.refusals), PATIENCE)
        assert isinstance(one.refusals[0], NoAccount)
        assert one.pool.pids == {}
        assert one.pool.standings["relay"].condition is Condition.REFUSED
        assert one.troubles == [("relay", end)]
        with pytest.raises(NoAccount):
            await one.open()
